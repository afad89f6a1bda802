//! The rules that an authentic token is judged by, each by itself. Their order stands in `validator`.
//!
//! * `claims`: what the token says, against the policy.
//! * `state`: what was taken back since the token was issued.
//! * `sender`: who sent it, and with which proof.

mod claims;
mod sender;
mod state;

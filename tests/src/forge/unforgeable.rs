//! What no caller can come by: a claim of a token that was not judged. Each of these must not compile.
//!
//! Only a grant has a subject:
//! ```
//! fn subject<'s>(grant: &jotgate_core::Grant<'s>) -> Option<&'s str> {
//!     grant.subject()
//! }
//! ```
//! A token that was read has none, nor one whose signature is good:
//! ```compile_fail
//! fn subject<'s>(token: &jotgate_core::steps::Unverified<'s>) -> Option<&'s str> {
//!     token.subject()
//! }
//! ```
//! ```compile_fail
//! fn subject<'s>(token: &jotgate_core::steps::Authentic<'_, 's>) -> Option<&'s str> {
//!     token.subject()
//! }
//! ```
//! ```compile_fail
//! fn claims(token: &jotgate_core::steps::Authentic<'_, '_>) {
//!     let _ = token.claims;
//! }
//! ```
//! An authentic token comes from a signature and nothing else, and is judged once more:
//! ```compile_fail
//! fn authentic<'c, 's>(token: &'c jotgate_core::steps::Unverified<'s>) -> jotgate_core::steps::Authentic<'c, 's> {
//!     token.into()
//! }
//! ```
//! ```compile_fail
//! fn granted<'s>(token: jotgate_core::steps::Authentic<'_, 's>) -> jotgate_core::Grant<'s> {
//!     token.into()
//! }
//! ```

//! Signs tokens with test keys, good and bad ones, and judges them in a fixture that owns its memory.

mod debug_tree;
mod fixture;
mod good;
mod key;
mod proof;
pub mod record;
mod token;
mod unforgeable;

pub use fixture::{
    AUDIENCE, Fixture, ISSUER, NOW, OTHER_ISSUER, Report, Summary, load, load_from, revocation_list,
    with_scratch,
};
pub use good::{claim, es, fixture, good, rsa};
pub use jotgate_core::crypto::ALL_ALGORITHMS;
pub use key::Key;
pub use proof::{
    DpopFixture, METHOD, ProofForge, URI, bound_key, good_bound, public_jwk, replay_window, thumbprint,
};
pub use token::{Token, b64, compact, flipped, good_claims, key_set, raw, with_member};

//! What must hold for every input, one function for each parser. Each panics when it does not hold.
//!
//! The programs in `fuzz_targets/` call them for the fuzzer, `tests/tests/fuzz_seeds.rs` for `cargo test`.

mod base64;
mod gate;
mod inflate;
mod introspection;
mod json;
#[cfg(feature = "policy_file")]
mod policy;
mod proof;
mod revocation;
mod signature;
mod status_list;
mod token;
mod uri;
mod world;

pub use base64::base64url;
pub use gate::{authorization, key_set};
pub use inflate::inflate;
pub use introspection::introspection;
pub use json::{json, json_members};
#[cfg(feature = "policy_file")]
pub use policy::policy_file;
pub use proof::dpop_proof;
pub use revocation::revocation_list;
pub use signature::{signature, signature_answers};
pub use status_list::status_list;
pub use token::{header, token};
pub use uri::request_uri;

/// A parser by the name of its program and of its folder of seeds.
pub type Target = (&'static str, fn(&[u8]));

/// Every parser.
pub const TARGETS: &[Target] = &[
    ("authorization", authorization),
    ("base64url", base64url),
    ("dpop_proof", dpop_proof),
    ("header", header),
    ("inflate", inflate),
    ("introspection", introspection),
    ("json", json),
    ("json_members", json_members),
    ("key_set", key_set),
    #[cfg(feature = "policy_file")]
    ("policy_file", policy_file),
    ("request_uri", request_uri),
    ("revocation_list", revocation_list),
    ("signature", signature),
    ("status_list", status_list),
    ("token", token),
];

//! What must hold for every input, one function for each parser. Each panics when it does not hold.
//!
//! The programs in `fuzz_targets/` call them for the fuzzer, `tests/smoke.rs` for `cargo test`.

mod base64;
mod gate;
mod json;
mod policy;
mod token;

pub use base64::base64url;
pub use gate::{authorization, key_set};
pub use json::{json, json_members};
pub use policy::policy_file;
pub use token::{header, token};

/// A parser by the name of its program and of its folder of seeds.
pub type Target = (&'static str, fn(&[u8]));

/// Every parser.
pub const TARGETS: [Target; 8] = [
    ("authorization", authorization),
    ("base64url", base64url),
    ("header", header),
    ("json", json),
    ("json_members", json_members),
    ("key_set", key_set),
    ("policy_file", policy_file),
    ("token", token),
];

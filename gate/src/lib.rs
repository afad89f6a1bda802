//! What every gateway needs around `jotgate-core`: one policy file for all of them and for the command
//! line, the key sets that it names, and what is known beside them.
//!
//! [`PolicyFile`] is read once and checked as a whole; errors name line and key. Its products lend their
//! lists to [`Policy`](jotgate_core::Policy) without copying. [`RevocationFile`], [`StatusListFile`] and [`ProofMemory`]
//! lend what the core looks tokens and proofs up in.
#![forbid(unsafe_code)]

/// Compiles what README.md shows.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod binding;
mod claims;
mod clients;
mod defaults;
mod error;
mod file;
mod issuer;
mod keys;
pub mod limits;
mod list;
mod list_rules;
mod owned_policy;
mod policy_file;
mod product;
mod revocation_status;
mod setting;
mod settings_table;
mod spelling;
mod state;
mod tables;

pub use binding::OwnedDpopRule;
pub use error::PolicyFileError;
pub use file::{BoundedFile, FileFault, PIPE_SECONDS, WRITER_SECONDS, read_bounded};
pub use issuer::{IssuerSource, KeyFile};
pub use keys::{Capacity, KeyFileError, in_key_ring};
pub use list_rules::{ItemFault, check_alternatives, check_media_types, check_names};
pub use owned_policy::{Audience, OwnedPolicy};
pub use policy_file::PolicyFile;
pub use product::Product;
pub use setting::Setting;
pub use state::{ListFileError, MAX_STATUSES_LEN, ProofMemory, RevocationFile, StatusListFile};
pub use tables::{TABLED_KEYS, Tabled, Tables};

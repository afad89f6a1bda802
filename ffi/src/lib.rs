//! The C ABI of jotgate: `libjotgate`, whose header is `include/jotgate.h`.
//!
//! Every object lives in the caller's memory, opaque and of a fixed size; nothing is allocated, and nothing is to be
//! freed. The functions are a few safe lines each: pointers are checked in `memory`, and nowhere else.
//!
//! The crate is an ordinary library, so that the workspace builds and tests it like any other. `scripts/build-lib`
//! makes the static and the shared library of it, with a panic handler (`fault`).
#![no_std]

#[cfg(test)]
extern crate std;

mod fault;
mod id_token;
mod jws;
mod keys;
mod memory;
mod peek;
mod policy;
mod revocation_status;
mod scratch;
mod sender;
pub mod sizes;
pub mod status;
mod swap;
mod text;
mod verdict;
pub mod version;

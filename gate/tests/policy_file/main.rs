//! Policy files: what is read, and where errors say they are.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod claims;
mod errors;
mod every_key;
mod file;
mod lists;
mod products;
mod revocation_status;
mod settings;

//! The JSON reader against serde_json, over arbitrary documents; and serde through the reader.

mod claims;
mod errors;
mod grammar;
mod spelling;
mod tree;

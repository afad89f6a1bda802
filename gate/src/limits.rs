//! Bounds of files that the core does not name; its own are in [`jotgate_core::limits`].

/// Longest policy file, bytes. That of an operator with hundreds of products has 100 KB.
pub const MAX_POLICY_LEN: usize = 1024 * 1024;

/// Longest answer of an authorization server about a token, bytes (RFC 7662). It has about what the token's claims have.
pub const MAX_INTROSPECTION_LEN: usize = 64 * 1024;

/// Longest body of a request whose digest is taken from a file, bytes.
pub const MAX_BODY_LEN: usize = 16 * 1024 * 1024;

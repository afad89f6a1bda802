//! Libraries that validate whole tokens: the key by its id among six, signature, `exp`, `nbf`, `iss`, `aud`, and the
//! scope, which none of them checks, by the caller.

mod josekit;
mod jsonwebtoken;
mod jwt_compact;
mod jwt_simple;

use crate::{case::Case, subject::Subject};
use jotgate_benches::{provider::Arithmetic, token::SCOPE};

pub(crate) fn peers(case: &Case) -> Vec<Subject> {
    let mut peers = vec![
        jsonwebtoken::subject("jsonwebtoken (aws_lc_rs)", Arithmetic::AwsLc, case),
        jsonwebtoken::subject("jsonwebtoken (rust_crypto)", Arithmetic::RustCrypto, case),
        josekit::subject("josekit (OpenSSL)", case),
        jwt_simple::subject("jwt-simple (pure-rust)", case),
    ];
    peers.extend(jwt_compact::subject("jwt-compact", case));
    peers
}

/// The caller's part of a validation.
fn covers(scopes: &str) -> bool {
    scopes.split(' ').any(|scope| scope == SCOPE)
}

//! Libraries that verify signatures, each with the key in the most prepared form that it has; one also without, for
//! keys that come with their message.

mod aws_lc;
mod graviola;
mod openssl;
mod ring;
mod rustcrypto;

use crate::{case::Case, subject::Subject};

pub(crate) fn peers(case: &Case) -> Vec<Subject> {
    let mut peers = vec![
        ring::subject("ring", case),
        openssl::subject("openssl (system)", case),
        graviola::subject("graviola", case),
    ];
    peers.extend(aws_lc::subjects(case));
    peers.extend(rustcrypto::subjects(case));
    peers
}

//! The steps of [`Validator::check`], one by one: for tests, and for benches that measure a step alone.

use super::{
    grant::Grant,
    sender::Presented,
    token::{Authentic, Unverified},
    validator::Validator,
    worker::WorkerState,
};
use crate::{Denied, Now, Scheme, Scratch, TrustedKey};

/// Picks the key that may verify the token.
///
/// # Errors
/// [`Denied::IssuerMissing`], [`Denied::IssuerUnknown`], [`Denied::EmbeddedKey`], [`Denied::NoKeysForIssuer`], or what the
/// ring says of key id and algorithm.
pub fn select<'a, S: AsRef<str>>(
    validator: &Validator<'a, S>,
    token: &Unverified<'_>,
    worker: &mut WorkerState<'_>,
) -> Result<&'a TrustedKey<'a>, Denied> {
    validator.select(token, worker).map(|(_, key)| key)
}

/// Judges the claims of an authentic token. Nothing is known of the sender, so that a bound token is refused.
///
/// # Errors
/// The first reason to refuse.
pub fn judge<'a: 's, 's, S: AsRef<str>>(
    validator: &Validator<'a, S>,
    token: &Authentic<'_, 's>,
    scheme: Scheme,
    now: Now,
) -> Result<Grant<'s>, Denied> {
    let presented = Presented::under(scheme, &[]);
    let scratch = Scratch::new(&mut [], &mut []);
    let issuer = validator.issuer_of(token)?;
    validator.judge_as(token, issuer, &presented, now, scratch, Validator::introspection)
}

//! ID tokens: who authenticated (OpenID Connect Core, section 3.1.3.7; CIBA).

use crate::{
    keys::ring::JotgateKeyRing,
    memory::{In, InOut, Out, Plain, Span, Text, object},
    scratch::{JotgateScratch, Mark},
    sizes::JOTGATE_ID_TOKEN_WORDS,
    status::{Misuse, Status},
    verdict::{validator::now as time, value::JotgateValue},
};
use core::ffi::c_char;
use jotgate_core::{AlgorithmName, HashRule, IdToken, IdTokenRule, UnixSeconds};

/// An ID token that passed every check of one authentication. It says who authenticated, and gives access to nothing.
/// Stale as soon as the scratch is used again.
#[repr(C)]
pub struct JotgateIdToken {
    opaque: [u64; JOTGATE_ID_TOKEN_WORDS],
}

/// The token, and the use of the scratch that it came of.
pub(crate) struct Checked {
    token: IdToken<'static>,
    mark: Mark,
}

object!(JotgateIdToken, 18, Checked, |checked| checked.mark.memory());

/// A hash of what came with an ID token may be missing: what came from the token endpoint, over TLS. One that is there
/// must be right.
pub const JOTGATE_HASH_OPTIONAL: u32 = 1;
/// It must be there: what came through the browser.
pub const JOTGATE_HASH_REQUIRED: u32 = 2;

/// Most trusted audiences, and most classes, of one rule.
const MOST: usize = 8;

/// What a client expects of the ID token that answers one of its authentication requests. Everything that it sent must be
/// said here, or it is not checked; texts that are empty were not sent.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateIdTokenRule {
    /// The exact value of `iss`.
    pub issuer: Text,
    /// The label of the section that its keys are in; empty: the issuer's one section.
    pub section: Text,
    /// The client itself.
    pub client_id: Text,
    /// The algorithm that the client has registered: `RS256`, for example.
    pub algorithm: Text,
    /// Audiences that are trusted besides the client, at most 8.
    pub trusted_audiences: In<Text>,
    /// How many.
    pub trusted_audience_count: usize,
    /// The nonce that was sent.
    pub nonce: Text,
    /// Values of `acr` of which the token must have one, at most 8.
    pub classes: In<Text>,
    /// How many; 0 for any.
    pub class_count: usize,
    /// How many seconds ago the user may have authenticated (`max_age` was sent), or `JOTGATE_UNBOUNDED`.
    pub max_authentication_age: u32,
    /// Seconds since `iat`, more than 0; 600 are usual.
    pub max_age: u32,
    /// Tolerance for clocks that differ, seconds, at most 300.
    pub leeway: u32,
    /// Whether the hash of the access token must be there: one of `JOTGATE_HASH_*`.
    pub access_token_hash: u32,
    /// Whether that of the code must be there: likewise.
    pub code_hash: u32,
    /// The access token that came with it.
    pub access_token: Text,
    /// The authorization code that came with it.
    pub code: Text,
    /// The authentication request that a push of CIBA answers (section 10.3.1).
    pub auth_request: Text,
    /// The refresh token of such a push.
    pub refresh_token: Text,
    /// Time before which none is believed, seconds since 1970-01-01T00:00:00Z; 31536000 where nothing better is known.
    pub clock_floor: i64,
}

// SAFETY: pointers and numbers, of which nothing is promised.
unsafe impl Plain for JotgateIdTokenRule {}

fn hash_rule(rule: u32) -> Result<HashRule, Misuse> {
    match rule {
        JOTGATE_HASH_OPTIONAL => Ok(HashRule::Optional),
        JOTGATE_HASH_REQUIRED => Ok(HashRule::Required),
        _ => Err(Misuse::UnknownValue),
    }
}

/// Up to [`MOST`] texts.
fn texts<'a>(
    list: In<Text>,
    count: usize,
    room: &'a mut [&'static str; MOST],
) -> Result<&'a [&'static str], Misuse> {
    let listed = list.list(count)?;
    for (place, text) in room.get_mut(..count).ok_or(Misuse::TooMany)?.iter_mut().zip(listed) {
        *place = text.text()?;
    }
    Ok(room.get(..count).unwrap_or_default())
}

/// Judges one ID token.
///
/// Parameters: `token` of `token_len` bytes; `ring`; `rule`; `now`, seconds since 1970-01-01T00:00:00Z, or
/// `JOTGATE_TIME_NOT_TRUSTED`; `scratch`, used until the ID token is done with; `id_token` is written: empty unless every
/// check passed.
///
/// Returns: `JOTGATE_OK`: it says who authenticated; 2xxx to 6xxx: why it is refused; 82xx: the rule is none; a misuse
/// (1xxx): correct the program.
///
/// Memory: the ID token borrows from `scratch` and from `token`. Threads: `ring` may be shared; all else is one thread's
/// own.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_id_token_check(
    token: In<c_char>,
    token_len: usize,
    ring: In<JotgateKeyRing>,
    rule: In<JotgateIdTokenRule>,
    now: i64,
    scratch: InOut<JotgateScratch>,
    id_token: Out<JotgateIdToken>,
) -> Status {
    let output = id_token.span();
    let ([ring_own, keys, tables], [own, read, _]) = (ring.regions(), scratch.regions());
    let id_token = id_token.open(&[token.span_of(token_len), ring_own, keys, tables, rule.span(), own, read]);
    Status::of(|| {
        let id_token = id_token?;
        let (mut audiences, mut classes) = ([""; MOST], [""; MOST]);
        let (ring, own) = (ring.value()?, rule.plain()?);
        let name = AlgorithmName::from_jose(own.algorithm.text()?).ok_or(Misuse::UnknownValue)?;
        let mut said = IdTokenRule::new(own.issuer.text()?, own.client_id.text()?, name)?
            .with_trusted_audiences(texts(own.trusted_audiences, own.trusted_audience_count, &mut audiences)?)
            .with_max_age(own.max_age)?
            .with_leeway(own.leeway)?
            .with_clock_floor(UnixSeconds(own.clock_floor));
        if own.section.len != 0 {
            said = said.with_section(own.section.text()?)?;
        }
        if own.nonce.len != 0 {
            said = said.with_nonce(own.nonce.text()?)?;
        }
        if own.class_count != 0 {
            said = said.with_classes(texts(own.classes, own.class_count, &mut classes)?)?;
        }
        if own.max_authentication_age != crate::policy::rules::JOTGATE_UNBOUNDED {
            said = said.with_max_authentication_age(own.max_authentication_age);
        }
        if own.access_token.len != 0 {
            said = said.with_access_token(own.access_token.octets()?, hash_rule(own.access_token_hash)?);
        }
        if own.code.len != 0 {
            said = said.with_code(own.code.octets()?, hash_rule(own.code_hash)?);
        }
        if own.auth_request.len != 0 {
            let refresh = own.refresh_token.octets()?;
            let refresh = (!refresh.is_empty()).then_some(refresh);
            said = said.with_push(own.auth_request.text()?, own.access_token.octets()?, refresh)?;
        }
        let octets = token.octets(token_len)?;
        let (mut lent, mark) =
            scratch.begin(&[output, Span::of_slice(octets), rule.span(), ring_own, keys, tables])?;
        let token = IdToken::check(octets, ring, &said, time(now), &mut lent)?;
        // SAFETY: only the lifetime changes. What the token borrows from is the memory of the scratch, which no getter
        // looks at without asking `mark`.
        let token = unsafe { core::mem::transmute::<IdToken<'_>, IdToken<'static>>(token) };
        id_token.fill_object(Checked { token, mark });
        Ok(())
    })
}

impl In<JotgateIdToken> {
    fn checked<'a>(self) -> Result<&'a Checked, Misuse> {
        let checked = self.value()?;
        checked.mark.current()?;
        Ok(checked)
    }
}

/// Who authenticated: `sub`, at the issuer that the rule names.
///
/// Parameters: `id_token`; `subject` is written: a view into the scratch.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program.
///
/// Memory: the view is good until the scratch is used again. Threads: those that may read the ID token.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_id_token_subject(id_token: In<JotgateIdToken>, subject: Out<Text>) -> Status {
    let subject = subject.open(&id_token.regions());
    Status::of(|| subject?.fill_optional(Some(id_token.checked()?.token.subject())))
}

/// `acr`: how the user authenticated.
///
/// Parameters: `id_token`; `class_` is written: a view into the scratch.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; a misuse (11xx): correct the program.
///
/// Memory: the view is good until the scratch is used again. Threads: those that may read the ID token.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_id_token_authentication_class(
    id_token: In<JotgateIdToken>,
    class: Out<Text>,
) -> Status {
    let class = class.open(&id_token.regions());
    Status::of(|| class?.fill_optional(id_token.checked()?.token.authentication_class()))
}

/// `auth_time`, seconds since 1970-01-01T00:00:00Z.
///
/// Parameters: `id_token`; `seconds` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: those that may read the ID token.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_id_token_authenticated_at(
    id_token: In<JotgateIdToken>,
    seconds: Out<i64>,
) -> Status {
    let seconds = seconds.open(&id_token.regions());
    Status::of(|| {
        let seconds = seconds?;
        seconds.fill(id_token.checked()?.token.authenticated_at().ok_or(Status::ABSENT)?.0);
        Ok(())
    })
}

/// Any claim of the ID token.
///
/// Parameters: `id_token`; `name` of `name_len` bytes; `value` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; a misuse (11xx): correct the program.
///
/// Memory: the value borrows from the scratch; it is stale when the scratch is used again. Threads: those that may read
/// the ID token.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_id_token_claim(
    id_token: In<JotgateIdToken>,
    name: In<c_char>,
    name_len: usize,
    value: Out<JotgateValue>,
) -> Status {
    let value = value.open(&id_token.regions_and(name.span_of(name_len)));
    Status::of(|| {
        let value = value?;
        let checked = id_token.checked()?;
        value.fill_value(checked.token.claim(name.text(name_len)?).ok_or(Status::ABSENT)?, checked.mark);
        Ok(())
    })
}

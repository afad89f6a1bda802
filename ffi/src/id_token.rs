//! ID tokens: who authenticated (OpenID Connect Core, section 3.1.3.7; CIBA).

use crate::{
    keys::ring::JotgateKeyRing,
    memory::{In, InOut, Out, Plain, Span, Text, object},
    policy::rules::JOTGATE_UNBOUNDED,
    scratch::{JotgateScratch, Mark},
    sizes::JOTGATE_ID_TOKEN_WORDS,
    status::{Misuse, Status},
    verdict::{validator::now as time, value::JotgateValue},
};
use core::ffi::c_char;
use jotgate_core::{AlgorithmName, HashRule, IdToken, IdTokenRule, PolicyError, UnixSeconds};

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

/// It was not sent, or did not come: nothing is compared, and its text or list is empty.
pub const JOTGATE_PRESENCE_ABSENT: u32 = 1;
/// It was sent, or came: it must not be empty.
pub const JOTGATE_PRESENCE_PRESENT: u32 = 2;

/// A hash of what came with an ID token may be missing: what came from the token endpoint, over TLS. One that is there
/// must be right.
pub const JOTGATE_HASH_OPTIONAL: u32 = 1;
/// It must be there: what came through the browser, or in a push.
pub const JOTGATE_HASH_REQUIRED: u32 = 2;
/// Nothing came that it could be the hash of: nothing is compared, and the text is empty.
pub const JOTGATE_HASH_NOT_CHECKED: u32 = 3;

/// Most trusted audiences, and most classes, of one rule.
const MOST: usize = 8;

/// What a client expects of the ID token that answers one of its authentication requests. Of everything that it may have
/// sent it must be said whether it was; zeros are a misuse.
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
    /// How many.
    pub class_count: usize,
    /// Whether a nonce was sent: one of `JOTGATE_PRESENCE_*`.
    pub nonce_presence: u32,
    /// Whether one of the classes is demanded: likewise.
    pub classes_presence: u32,
    /// How many seconds ago the user may have authenticated (`max_age` was sent), or `JOTGATE_UNBOUNDED`.
    pub max_authentication_age: u32,
    /// Seconds since `iat`, more than 0; 600 are usual.
    pub max_age: u32,
    /// Tolerance for clocks that differ, seconds, at most 300.
    pub leeway: u32,
    /// Whether an access token came, and its hash must be there: one of `JOTGATE_HASH_*`.
    pub access_token_hash: u32,
    /// Whether a code came, and its hash must be there: likewise.
    pub code_hash: u32,
    /// Whether it came in a push of CIBA: one of `JOTGATE_PRESENCE_*`. If so, so did an access token, and its hash must
    /// be there.
    pub auth_request_presence: u32,
    /// Whether a refresh token came in the push: likewise.
    pub refresh_token_presence: u32,
    /// The access token that came with it.
    pub access_token: Text,
    /// The authorization code that came with it.
    pub code: Text,
    /// The authentication request that a push of CIBA answers (section 10.3.1).
    pub auth_request: Text,
    /// The refresh token of such a push.
    pub refresh_token: Text,
    /// Time before which none is believed, seconds since 1970-01-01T00:00:00Z, more than 0; 31536000 where nothing better is
    /// known.
    pub clock_floor: i64,
}

// SAFETY: pointers and numbers, of which nothing is promised.
unsafe impl Plain for JotgateIdTokenRule {}

impl JotgateIdTokenRule {
    /// The same, checked; the lists are copied into `audiences` and `classes`.
    fn checked<'a>(
        &self,
        audiences: &'a mut [&'static str; MOST],
        classes: &'a mut [&'static str; MOST],
    ) -> Result<IdTokenRule<'a>, Status> {
        let name = AlgorithmName::from_jose(self.algorithm.text()?).ok_or(Misuse::UnknownValue)?;
        if self.clock_floor <= 0 {
            return Err(PolicyError::SecondsOutOfRange.into());
        }
        let mut rule = IdTokenRule::new(self.issuer.text()?, self.client_id.text()?, name)?
            .with_max_age(self.max_age)?
            .with_leeway(self.leeway)?
            .with_clock_floor(UnixSeconds(self.clock_floor));
        // Fewer are stricter: none is said by their number.
        if self.trusted_audience_count != 0 {
            let listed = texts(self.trusted_audiences, self.trusted_audience_count, audiences)?;
            rule = rule.with_trusted_audiences(listed)?;
        }
        if self.section.len != 0 {
            rule = rule.with_section(self.section.text()?)?;
        }
        if present(self.nonce_presence, self.nonce.len)? {
            rule = rule.with_nonce(self.nonce.text()?)?;
        }
        if present(self.classes_presence, self.class_count)? {
            rule = rule.with_classes(texts(self.classes, self.class_count, classes)?)?;
        }
        if self.max_authentication_age != JOTGATE_UNBOUNDED {
            rule = rule.with_max_authentication_age(self.max_authentication_age);
        }
        let access = hash_rule(self.access_token_hash, self.access_token)?;
        if let Some((token, hash)) = access {
            rule = rule.with_access_token(token, hash)?;
        }
        if let Some((code, hash)) = hash_rule(self.code_hash, self.code)? {
            rule = rule.with_code(code, hash)?;
        }
        let refresh = present(self.refresh_token_presence, self.refresh_token.len)?;
        let refresh = if refresh { Some(self.refresh_token.bytes()?) } else { None };
        match (present(self.auth_request_presence, self.auth_request.len)?, access, refresh) {
            (true, Some((token, HashRule::Required)), refresh) => {
                Ok(rule.with_push(self.auth_request.text()?, token, refresh)?)
            }
            (false, _, None) => Ok(rule),
            // A push without the hash of its access token, or a refresh token that came otherwise.
            _ => Err(Misuse::UnknownValue.into()),
        }
    }
}

/// Whether something was sent, which is said: something that was not has no length.
fn present(presence: u32, len: usize) -> Result<bool, Misuse> {
    match (presence, len) {
        (JOTGATE_PRESENCE_PRESENT, _) => Ok(true),
        (JOTGATE_PRESENCE_ABSENT, 0) => Ok(false),
        _ => Err(Misuse::UnknownValue),
    }
}

/// What came beside an ID token, if something did, and the rule about its hash.
fn hash_rule(rule: u32, value: Text) -> Result<Option<(&'static [u8], HashRule)>, Misuse> {
    match (rule, value.len) {
        (JOTGATE_HASH_OPTIONAL, _) => Ok(Some((value.bytes()?, HashRule::Optional))),
        (JOTGATE_HASH_REQUIRED, _) => Ok(Some((value.bytes()?, HashRule::Required))),
        (JOTGATE_HASH_NOT_CHECKED, 0) => Ok(None),
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
/// Returns: `JOTGATE_OK`: it says who authenticated; 2xxx to 6xxx: why it is refused; 82xx: the rule is none, or something
/// that is said to be present is empty; `JOTGATE_UNKNOWN_VALUE`: of something it is not said whether it is present, or it
/// is said to be absent and is not; another misuse (1xxx): correct the program.
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
        let said = own.checked(&mut audiences, &mut classes)?;
        let bytes = token.bytes(token_len)?;
        let (mut lent, mark) =
            scratch.begin(&[output, Span::of_slice(bytes), rule.span(), ring_own, keys, tables])?;
        let token = IdToken::check(bytes, ring, &said, time(now), &mut lent)?;
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

//! The JOSE header of a signed token (RFC 7515, section 4).

use super::{
    media_type,
    text::{denied, text},
};
use crate::{
    Denied,
    ground::{
        fingerprint::{Fingerprint, NameSet},
        scratch::Scratch,
        words::Words,
    },
    limits::{MAX_HEADER_LEN, MAX_HEADER_MEMBERS, MAX_KID_LEN},
    wire::json::{Members, Object, Value},
};
use jotgate_crypto::{AlgorithmName, Hashing};

/// What the header says, its strings as texts or as places of texts. Nothing is authentic yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header<T> {
    pub(crate) algorithm: AlgorithmName,
    pub(crate) kid: Option<T>,
    pub(crate) typ: Option<T>,
    pub(crate) key_parameters: KeyParameters,
    /// `jwk`, if it is an object; braces included. For DPoP proofs alone.
    pub(crate) key: Option<T>,
    /// `cty` says that the payload is a token again.
    pub(crate) is_nested: bool,
}

/// A header parameter that brings a key or says where to fetch one. jotgate never follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyParameter {
    /// `jku`, the address of a key set (RFC 7515, section 4.1.2).
    Jku,
    /// `jwk`, a key (section 4.1.3).
    Jwk,
    /// `x5c`, a chain of certificates (section 4.1.6).
    X5c,
    /// `x5u`, the address of a certificate (section 4.1.5).
    X5u,
}

/// A set of [`KeyParameter`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyParameters(u8);

impl KeyParameters {
    /// No parameter.
    pub const NONE: Self = Self(0);

    /// The set with one more.
    #[must_use]
    pub const fn with(self, parameter: KeyParameter) -> Self {
        Self(
            self.0
                | match parameter {
                    KeyParameter::Jku => 1,
                    KeyParameter::Jwk => 2,
                    KeyParameter::X5c => 4,
                    KeyParameter::X5u => 8,
                },
        )
    }

    pub(crate) fn contain(self, parameter: KeyParameter) -> bool {
        Self::NONE.with(parameter).are_within(self)
    }

    pub(crate) fn are_within(self, allowed: Self) -> bool {
        self.0 & !allowed.0 == 0
    }
}

impl<T: Copy> Header<T> {
    /// The same with other texts, if each has one.
    #[inline]
    pub(crate) fn map<U>(&self, mut of: impl FnMut(T) -> Option<U>) -> Option<Header<U>> {
        let Self { algorithm, kid, typ, key_parameters, key, is_nested } = *self;
        let mut optional =
            |text: Option<T>| if let Some(text) = text { of(text).map(Some) } else { Some(None) };
        let (kid, typ, key) = (optional(kid)?, optional(typ)?, optional(key)?);
        Some(Header { algorithm, kid, typ, key_parameters, key, is_nested })
    }
}

impl<'s> Header<&'s str> {
    /// Where no header was read yet; the algorithm is one of many.
    pub(crate) const UNREAD: Self = Self {
        algorithm: AlgorithmName::Es256,
        kid: None,
        typ: None,
        key_parameters: KeyParameters::NONE,
        key: None,
        is_nested: false,
    };

    /// Reads a decoded header, once, and hashes meanwhile.
    pub(crate) fn read(
        json: &'s [u8],
        scratch: &mut Scratch<'s>,
        meanwhile: &mut [Hashing<'_>],
    ) -> Result<Self, Denied> {
        if json.len() > MAX_HEADER_LEN {
            return Err(Denied::HeaderTooLong);
        }
        let (names, scratch) = scratch.for_object(MAX_HEADER_MEMBERS);
        let mut seen = Seen::default();
        let object = seen.read(json, names, meanwhile)?;

        if seen.is_encrypted {
            return Err(Denied::EncryptionHeader);
        }
        match seen.b64 {
            None | Some(Value::Bool(true)) => {}
            // RFC 7797, section 7: JWTs must not use it, named in `crit` or not.
            Some(Value::Bool(false)) => return Err(Denied::UnencodedPayload),
            Some(_) => return Err(Denied::HeaderWrongType),
        }
        if let Some(crit) = seen.crit {
            return Err(refuse_crit(crit, object));
        }
        let algorithm = string(seen.alg)?.ok_or(Denied::AlgorithmMissing)?;
        let algorithm = text(algorithm, scratch)?;
        let algorithm = AlgorithmName::from_jose(algorithm).ok_or(Denied::AlgorithmNotSupported)?;
        let mut optional = |value| string(value)?.map(|string| text(string, scratch)).transpose();
        let kid = optional(seen.kid)?;
        if kid.is_some_and(|kid| kid.len() > MAX_KID_LEN) {
            return Err(Denied::KidTooLong);
        }
        let typ = optional(seen.typ)?;
        let cty = optional(seen.cty)?;
        let is_nested = cty.is_some_and(|cty| media_type::same(cty, "JWT"));
        Ok(Self { algorithm, kid, typ, key_parameters: seen.key_parameters, key: seen.jwk, is_nested })
    }
}

/// The parameters that matter, as they stand there.
#[derive(Default)]
struct Seen<'s> {
    alg: Option<Value<'s>>,
    kid: Option<Value<'s>>,
    typ: Option<Value<'s>>,
    cty: Option<Value<'s>>,
    crit: Option<Value<'s>>,
    b64: Option<Value<'s>>,
    jwk: Option<&'s str>,
    key_parameters: KeyParameters,
    is_encrypted: bool,
}

impl<'s> Seen<'s> {
    fn read(
        &mut self,
        json: &'s [u8],
        names: &mut [u64],
        meanwhile: &mut [Hashing<'_>],
    ) -> Result<Object<'s>, Denied> {
        let fail = |error| denied(error, Denied::TooManyHeaderMembers);
        let mut members = Members::open(json, names).map_err(fail)?;
        let mut buffer = [0; LONGEST_NAME];
        while let Some((name, value)) = members.next().map_err(fail)? {
            Hashing::advance_each(meanwhile);
            // A name that does not fit the buffer, or holds a lone surrogate, is none of these.
            match name.resolve(&mut buffer).unwrap_or_default().as_bytes() {
                b"alg" => self.alg = Some(value),
                b"kid" => self.kid = Some(value),
                b"typ" => self.typ = Some(value),
                b"cty" => self.cty = Some(value),
                b"crit" => self.crit = Some(value),
                b"b64" => self.b64 = Some(value),
                b"jku" => self.key_parameters = self.key_parameters.with(KeyParameter::Jku),
                b"jwk" => {
                    self.jwk = value.as_object().map(|jwk| jwk.text());
                    self.key_parameters = self.key_parameters.with(KeyParameter::Jwk);
                }
                b"x5c" => self.key_parameters = self.key_parameters.with(KeyParameter::X5c),
                b"x5u" => self.key_parameters = self.key_parameters.with(KeyParameter::X5u),
                // RFC 7516, sections 4.1.2 and 4.1.3.
                b"enc" | b"zip" => self.is_encrypted = true,
                // RFC 7515, section 4: what is not understood is ignored, `x5t` among it.
                _ => {}
            }
        }
        Ok(members.object())
    }
}

/// The longest name in the match above.
const LONGEST_NAME: usize = 4;

fn string<'s>(value: Option<Value<'s>>) -> Result<Option<crate::wire::json::Str<'s>>, Denied> {
    value.map(|value| value.as_str().ok_or(Denied::HeaderWrongType)).transpose()
}

/// Names that RFC 7515, section 4.1.11, forbids in `crit`: defined by JWS, JWE or JWA themselves.
const REGISTERED: &str = "alg apu apv crit cty enc epk iv jku jwk kid p2c p2s tag typ x5c x5t x5t#S256 x5u";

/// No extension is understood, so every `crit` is refused (RFC 7515, section 4.1.11); the reason says
/// whether it was lawful. Each name is read once, whatever its spelling, and fingerprints are compared.
#[cold]
fn refuse_crit(crit: Value<'_>, header: Object<'_>) -> Denied {
    let Value::Array(names) = crit else { return Denied::CritMalformed };
    let mut present = [0; MAX_HEADER_MEMBERS];
    let mut count = 0_usize;
    for (fingerprint, (member, _)) in present.iter_mut().zip(header.members()) {
        *fingerprint = member.fingerprint();
        count = count.saturating_add(1);
    }
    let present = present.get(..count).unwrap_or_default();
    // More names than a header may have members cannot all stand in it.
    let mut memory = [0; MAX_HEADER_MEMBERS];
    let mut seen = NameSet::new(&mut memory);
    let mut may_be_critical = |name: Value<'_>| {
        let Value::String(name) = name else { return false };
        let fingerprint = name.fingerprint();
        let is_registered =
            || Words::of(REGISTERED).any(|name| Fingerprint::of(name.as_bytes()) == fingerprint);
        seen.add(fingerprint).is_ok() && present.contains(&fingerprint) && !is_registered()
    };
    let is_lawful = names.items().all(&mut may_be_critical) && names.items().next().is_some();
    if is_lawful && seen.finish().is_ok() { Denied::CritNotSupported } else { Denied::CritMalformed }
}

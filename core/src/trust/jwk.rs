//! One key of a key set (RFC 7517, section 4): which members it has, and whether it may be used.

use crate::{
    AlgorithmName, SkipReason,
    ground::{fingerprint::NameSet, scratch::Scratch},
    limits::{MAX_KEY_MEMBERS, MAX_KID_LEN},
    wire::json::{JsonError, Members, Object, Str, Value},
};
use jotgate_crypto::{Curve, PublicKey};

/// A key that may verify signatures, its numbers decoded but not checked.
pub(crate) struct Jwk<'t, 's> {
    pub(crate) kid: Option<&'s str>,
    /// `alg`, when the key names one.
    pub(crate) algorithm: Option<AlgorithmName>,
    pub(crate) public: PublicKey<'s>,
    pub(crate) remarks: Remarks,
    /// The members as they stand there, for reports.
    pub(crate) shown: Shown<'t>,
}

/// What a report can show of a key, whatever becomes of it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Shown<'t> {
    pub(super) kid: Option<Str<'t>>,
    pub(super) kind: Option<Str<'t>>,
    pub(super) algorithm: Option<Str<'t>>,
}

/// What is odd about a key that is used all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// The key set publishes private members (`d`, `p`, ...). They are not read; whoever runs the issuer
    /// should replace the key.
    pub private_members: bool,
    /// The modulus was written with one leading zero byte, against RFC 7518, section 6.3.1.1.
    pub leading_zero: bool,
}

/// The members that matter, as they stand there. `x5c` and all others are passed over.
#[derive(Default)]
struct Seen<'t> {
    kty: Option<Value<'t>>,
    usage: Option<Value<'t>>,
    key_ops: Option<Value<'t>>,
    alg: Option<Value<'t>>,
    kid: Option<Value<'t>>,
    crv: Option<Value<'t>>,
    n: Option<Value<'t>>,
    e: Option<Value<'t>>,
    x: Option<Value<'t>>,
    y: Option<Value<'t>>,
    has_private: bool,
}

/// A reason, and what can be shown of the key.
type Skipped<'t> = (SkipReason, Shown<'t>);

impl<'t: 's, 's> Jwk<'t, 's> {
    /// Reads one entry of `keys`. The bytes of the numbers are written to `scratch`.
    pub(crate) fn read(entry: Value<'t>, scratch: &mut Scratch<'s>) -> Result<Self, Skipped<'t>> {
        let Value::Object(object) = entry else { return Err((SkipReason::NotObject, Shown::default())) };
        let mut seen = Seen::default();
        let all_read = seen.read(object, scratch.for_object(MAX_KEY_MEMBERS).0);
        let shown = Shown {
            kid: seen.kid.and_then(|value| value.as_str()),
            kind: seen.kty.and_then(|value| value.as_str()),
            algorithm: seen.alg.and_then(|value| value.as_str()),
        };
        all_read.and_then(|()| seen.judge(shown, scratch)).map_err(|reason| (reason, shown))
    }
}

impl<'t> Seen<'t> {
    fn read(&mut self, object: Object<'t>, names: &mut [u64]) -> Result<(), SkipReason> {
        let fail = |error| match error {
            JsonError::TooManyMembers => SkipReason::TooManyMembers,
            _ => SkipReason::DuplicateMember,
        };
        let mut members = Members::open(object.text().as_bytes(), names).map_err(fail)?;
        let mut buffer = [0; LONGEST_NAME];
        while let Some((name, value)) = members.next().map_err(fail)? {
            match name.resolve(&mut buffer).unwrap_or_default() {
                "kty" => self.kty = Some(value),
                "use" => self.usage = Some(value),
                "key_ops" => self.key_ops = Some(value),
                "alg" => self.alg = Some(value),
                "kid" => self.kid = Some(value),
                "crv" => self.crv = Some(value),
                "n" => self.n = Some(value),
                "e" => self.e = Some(value),
                "x" => self.x = Some(value),
                "y" => self.y = Some(value),
                "d" | "p" | "q" | "dp" | "dq" | "qi" | "oth" => self.has_private = true,
                _ => {}
            }
        }
        Ok(())
    }

    fn judge<'s>(&self, shown: Shown<'t>, scratch: &mut Scratch<'s>) -> Result<Jwk<'t, 's>, SkipReason>
    where
        't: 's,
    {
        let kty = required(self.kty)?;
        if kty == *"oct" {
            return Err(SkipReason::Symmetric);
        }
        if kty == *"AKP" {
            return Err(SkipReason::KindNotSupported);
        }
        if !KINDS.iter().any(|kind| kty == **kind) {
            return Err(SkipReason::KindUnknown);
        }
        self.may_verify()?;
        let algorithm = match string(self.alg)? {
            None => None,
            Some(alg) => {
                let mut buffer = [0; LONGEST_ALG];
                let name = alg.resolve(&mut buffer).map_err(|_| SkipReason::AlgorithmUnknown)?;
                Some(AlgorithmName::from_jose(name).ok_or(SkipReason::AlgorithmUnknown)?)
            }
        };
        let kid = match string(self.kid)? {
            None => None,
            Some(kid) => {
                let kid = crate::meaning::text::text(kid, scratch.text())
                    .map_err(|_| SkipReason::StringNotUsable)?;
                if kid.len() > MAX_KID_LEN {
                    return Err(SkipReason::KidTooLong);
                }
                Some(kid)
            }
        };
        let mut remarks = Remarks { private_members: self.has_private, leading_zero: false };
        let public = if kty == *"RSA" {
            let n = bytes(required(self.n)?, scratch)?;
            let e = bytes(required(self.e)?, scratch)?;
            let n = match n {
                [0, rest @ ..] if !rest.is_empty() => {
                    remarks.leading_zero = true;
                    rest
                }
                _ => n,
            };
            PublicKey::Rsa { n, e }
        } else if kty == *"EC" {
            let curve = curve(required(self.crv)?)?;
            let x = bytes(required(self.x)?, scratch)?;
            let y = bytes(required(self.y)?, scratch)?;
            PublicKey::Ec { curve, x, y }
        } else {
            if required(self.crv)? != *"Ed25519" {
                return Err(SkipReason::CurveUnknown);
            }
            PublicKey::Ed25519 { x: bytes(required(self.x)?, scratch)? }
        };
        Ok(Jwk { kid, algorithm, public, remarks, shown })
    }

    /// RFC 7517, sections 4.2 and 4.3: both may be absent; what is there must allow verification.
    fn may_verify(&self) -> Result<(), SkipReason> {
        if string(self.usage)?.is_some_and(|usage| usage != *"sig") {
            return Err(SkipReason::NotForSignatures);
        }
        let Some(operations) = self.key_ops else { return Ok(()) };
        let operations = operations.as_array().ok_or(SkipReason::MemberWrongType)?;
        // Eight are registered; more than that cannot all be different and known.
        let mut names = [0; 8];
        let mut names = NameSet::new(&mut names);
        let mut has_verify = false;
        for operation in operations.items() {
            let name = operation.as_str().ok_or(SkipReason::MemberWrongType)?;
            names.add(name.fingerprint()).map_err(|_| SkipReason::OperationTwice)?;
            has_verify |= name == *"verify";
        }
        if has_verify { Ok(()) } else { Err(SkipReason::NotForVerification) }
    }
}

/// Values of `kty` that public keys have (RFC 7518 section 6.1, RFC 8037 section 2).
const KINDS: [&str; 3] = ["EC", "OKP", "RSA"];

/// The longest name in the match above: `key_ops`.
const LONGEST_NAME: usize = 7;

/// The longest name of an algorithm: `Ed25519`.
const LONGEST_ALG: usize = 7;

fn string(value: Option<Value<'_>>) -> Result<Option<Str<'_>>, SkipReason> {
    value.map(|value| value.as_str().ok_or(SkipReason::MemberWrongType)).transpose()
}

fn required(value: Option<Value<'_>>) -> Result<Str<'_>, SkipReason> {
    string(value)?.ok_or(SkipReason::MemberMissing)
}

fn curve(crv: Str<'_>) -> Result<Curve, SkipReason> {
    if crv == *"P-256" {
        Ok(Curve::P256)
    } else if crv == *"P-384" {
        Ok(Curve::P384)
    } else if crv == *"P-521" {
        Ok(Curve::P521)
    } else {
        Err(SkipReason::CurveUnknown)
    }
}

/// Decodes base64url. An escape in it, lawful as JSON, is refused: no one writes numbers so.
fn bytes<'s>(text: Str<'_>, scratch: &mut Scratch<'s>) -> Result<&'s [u8], SkipReason> {
    let text = text.as_plain().ok_or(SkipReason::NotBase64url)?;
    let len = crate::wire::base64url::decoded_len(text.len()).ok_or(SkipReason::NotBase64url)?;
    let buffer =
        scratch.text().take(len).map_err(|_| SkipReason::Fault(jotgate_crypto::KeyFault::OutOfMemory))?;
    crate::wire::base64url::decode(text.as_bytes(), buffer).ok_or(SkipReason::NotBase64url)?;
    Ok(buffer)
}

//! The one way from a token to a grant.

use super::{grant::JotgateGrant, presented::JotgatePresented, worker::JotgateWorker};
use crate::{
    keys::ring::JotgateKeyRing,
    memory::{CheckedText, In, InOut, Out, object},
    policy::demands::JotgatePolicy,
    scratch::JotgateScratch,
    sizes::JOTGATE_VALIDATOR_WORDS,
    status::{Misuse, Status},
};
use jotgate_core::{Now, UnixSeconds, Validator};

/// Judges tokens for one product: a key ring and a policy, both shared and immutable.
#[repr(C)]
pub struct JotgateValidator {
    opaque: [u64; JOTGATE_VALIDATOR_WORDS],
}

/// By what is judged. Both are looked at anew at every call.
pub(crate) struct Product {
    ring: In<JotgateKeyRing>,
    policy: In<JotgatePolicy>,
}

object!(JotgateValidator, 8, Product);

impl Product {
    #[inline]
    pub(super) fn validator<'a>(&self) -> Result<Validator<'a, CheckedText>, Misuse> {
        Ok(Validator::for_product(self.ring.value()?, self.policy.value()?))
    }
}

/// The host's time is not known: it has no clock, or one that was not set since it booted. Nothing is granted then.
pub const JOTGATE_TIME_NOT_TRUSTED: i64 = i64::MIN;

#[inline]
pub(super) fn now(seconds: i64) -> Now {
    if seconds == JOTGATE_TIME_NOT_TRUSTED { Now::NotTrusted } else { Now::Trusted(UnixSeconds(seconds)) }
}

/// Makes a validator of a key ring and a policy. It holds their addresses and nothing else: to be made anew, between
/// requests, when the ring was swapped.
///
/// Parameters: `validator` is written; `ring`; `policy`.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
///
/// Memory: `ring` and `policy` must stay where they are, unchanged, as long as the validator is used. Threads: one at
/// a time; what was written may be shared.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_validator_init(
    validator: Out<JotgateValidator>,
    ring: In<JotgateKeyRing>,
    policy: In<JotgatePolicy>,
) -> Status {
    let validator = validator.open(&[ring.span(), policy.span()]);
    Status::of(|| {
        let (validator, product) = (validator?, Product { ring, policy });
        product.validator()?;
        validator.fill_object(product);
        Ok(())
    })
}

/// Judges one token. Nothing else gives a grant, and nothing but a grant gives a subject.
///
/// Parameters: `validator`; `presented`; `now`, seconds since 1970-01-01T00:00:00Z, or `JOTGATE_TIME_NOT_TRUSTED`;
/// `scratch`, used until the grant is done with; `worker`; `grant` is written: empty unless the token is granted.
///
/// Returns: `JOTGATE_OK`: the token is granted; every other value is a refusal. 1xxx: the host called wrongly, answer
/// 500; 2xxx to 6xxx: the reason, for logs; answer what `jotgate_validator_answer` says. After `JOTGATE_UNKNOWN_KID`
/// `jotgate_worker_take_unknown_kid` names the issuer.
///
/// Memory: the grant borrows from `scratch` and from the policy. It is stale as soon as the scratch is used again.
///
/// Threads: `validator` and `presented` may be shared; `scratch`, `worker` and `grant` are one thread's own.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_validator_check(
    validator: In<JotgateValidator>,
    presented: In<JotgatePresented>,
    now: i64,
    scratch: InOut<JotgateScratch>,
    worker: InOut<JotgateWorker>,
    grant: Out<JotgateGrant>,
) -> Status {
    let output = grant.span();
    let grant = grant.open(&[validator.span(), presented.span(), scratch.span(), worker.span()]);
    Status::of(|| {
        let grant = grant?;
        let request = presented.value()?;
        let rules = validator.value()?.validator()?;
        let remembered = worker.value_mut()?;
        let others =
            [output, request.bytes, worker.span(), remembered.whole, presented.span(), validator.span()];
        let (mut lent, mark) = scratch.begin(&others)?;
        request.bytes.apart_from(&[output, worker.span(), remembered.whole])?;
        let granted = rules.check(request.presented, self::now(now), &mut lent, &mut remembered.state)?;
        grant.fill_grant(granted, mark);
        Ok(())
    })
}

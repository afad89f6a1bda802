//! The one way from a token to a grant.

use super::{
    grant::JotgateGrant,
    presented::{JotgatePresented, Request},
    worker::{JotgateWorker, State},
};
use crate::{
    currency::{
        inquiry::JotgateInquiry, revocations::JotgateRevocationList, status_lists::JotgateStatusLists,
    },
    keys::ring::JotgateKeyRing,
    memory::{CheckedText, In, InOut, Out, Span, object},
    policy::demands::JotgatePolicy,
    scratch::{JotgateScratch, Mark},
    sender::replay::JotgateReplayWindow,
    sizes::JOTGATE_VALIDATOR_WORDS,
    status::{Misuse, Status},
};
use jotgate_core::{Checked, Now, Scratch, UnixSeconds, Validator, WorkerState};

/// Judges tokens for one product: a key ring and a policy, both shared and immutable.
#[repr(C)]
pub struct JotgateValidator {
    opaque: [u64; JOTGATE_VALIDATOR_WORDS],
}

/// By what is judged. Both are looked at anew at every call.
pub(crate) struct Product {
    ring: In<JotgateKeyRing>,
    policy: In<JotgatePolicy>,
    revocations: Option<In<JotgateRevocationList>>,
    status_lists: Option<In<JotgateStatusLists>>,
    window: Option<In<JotgateReplayWindow>>,
}

object!(JotgateValidator, 8, Product);

impl Product {
    #[inline]
    pub(super) fn validator<'a>(&self) -> Result<Validator<'a, CheckedText>, Misuse> {
        let mut validator = Validator::for_product(self.ring.value()?, self.policy.value()?);
        if let Some(list) = self.revocations {
            validator = validator.with_revocations(list.value()?);
        }
        if let Some(lists) = self.status_lists {
            validator = validator.with_status_lists(lists.value()?.lists());
        }
        if let Some(window) = self.window {
            validator = validator.with_replay_window(window.value()?);
        }
        Ok(validator)
    }
}

/// The host's time is not known: it has no clock, or one that was not set since it booted. Nothing is granted then.
pub const JOTGATE_TIME_NOT_TRUSTED: i64 = i64::MIN;

#[inline]
pub(crate) fn now(seconds: i64) -> Now {
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
        let (validator, product) =
            (validator?, Product { ring, policy, revocations: None, status_lists: None, window: None });
        product.validator()?;
        validator.fill_object(product);
        Ok(())
    })
}

/// Looks tokens up in this list, where the policy demands it.
///
/// Parameters: `validator`; `list`.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program; the validator is empty then.
///
/// Memory: `list` must stay where it is, unchanged, as long as the validator is used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_validator_set_revocations(
    validator: InOut<JotgateValidator>,
    list: In<JotgateRevocationList>,
) -> Status {
    Status::of(|| {
        validator.change(|product| {
            list.value()?;
            Ok(Product { revocations: Some(list), ..product })
        })
    })
}

/// Looks up in these lists the status that tokens refer to, where the policy demands it.
///
/// Parameters: `validator`; `lists`.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program; the validator is empty then.
///
/// Memory: `lists` must stay where they are, unchanged, as long as the validator is used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_validator_set_status_lists(
    validator: InOut<JotgateValidator>,
    lists: In<JotgateStatusLists>,
) -> Status {
    Status::of(|| {
        validator.change(|product| {
            lists.value()?;
            Ok(Product { status_lists: Some(lists), ..product })
        })
    })
}

/// Remembers DPoP proofs in this window. Without it none is taken.
///
/// Parameters: `validator`; `window`.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program; the validator is empty then.
///
/// Memory: `window` must stay where it is as long as the validator is used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_validator_set_replay_window(
    validator: InOut<JotgateValidator>,
    window: In<JotgateReplayWindow>,
) -> Status {
    Status::of(|| {
        validator.change(|product| {
            window.value()?;
            Ok(Product { window: Some(window), ..product })
        })
    })
}

/// Judges one token. Nothing else gives a grant, and nothing but a grant gives a subject.
///
/// Parameters: `validator`; `presented`; `now`, seconds since 1970-01-01T00:00:00Z, or `JOTGATE_TIME_NOT_TRUSTED`;
/// `scratch`, used until the grant is done with; `worker`; `grant` is written: empty unless the token is granted.
///
/// Returns: `JOTGATE_OK`: the token is granted; every other value is a refusal. 1xxx: the host called wrongly, answer
/// 500; 2xxx to 6xxx: the reason, for logs; answer what `jotgate_validator_answer` says. After `JOTGATE_UNKNOWN_KID`
/// `jotgate_worker_take_unknown_kid` names the section.
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
    let inputs = [validator.span(), presented.span(), scratch.span(), worker.span()];
    let output = grant.span();
    let grant = grant.open(&inputs);
    Status::of(|| {
        let grant = grant?;
        let judging = Judging::begin(validator, presented, scratch, worker, &[output])?;
        let Judging { rules, request, mut lent, mark, state } = judging;
        let granted = rules.check(request.presented(), self::now(now), &mut lent, state)?;
        grant.fill_grant(granted, mark);
        Ok(())
    })
}

/// The same for products that have the authorization server asked about each token (RFC 7662,
/// `jotgate_policy_set_introspection`): what is good otherwise is then a question to be asked, and the answer completes
/// the check. A question counts neither as granted nor as denied.
///
/// Parameters: as of `jotgate_validator_check`; `inquiry` is written: empty unless somebody must be asked.
///
/// Returns: `JOTGATE_OK`: the token is granted, nobody need be asked; `JOTGATE_ASK`: ask, then
/// `jotgate_inquiry_answered` or `jotgate_inquiry_unanswered`; every other value is a refusal, as of
/// `jotgate_validator_check`.
///
/// Memory: grant and inquiry borrow from `scratch` and from the policy. Both are stale as soon as the scratch is used
/// again.
///
/// Threads: as of `jotgate_validator_check`.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_validator_check_or_ask(
    validator: In<JotgateValidator>,
    presented: In<JotgatePresented>,
    now: i64,
    scratch: InOut<JotgateScratch>,
    worker: InOut<JotgateWorker>,
    grant: Out<JotgateGrant>,
    inquiry: Out<JotgateInquiry>,
) -> Status {
    let inputs = [validator.span(), presented.span(), scratch.span(), worker.span(), grant.span()];
    let outputs = [grant.span(), inquiry.span()];
    let grant = grant.open(inputs.get(..4).unwrap_or_default());
    let inquiry = inquiry.open(&inputs);
    Status::of(|| {
        let (grant, inquiry) = (grant?, inquiry?);
        let judging = Judging::begin(validator, presented, scratch, worker, &outputs)?;
        let Judging { rules, request, mut lent, mark, state } = judging;
        match rules.check_or_ask(request.presented(), self::now(now), &mut lent, state)? {
            Checked::Granted(granted) => grant.fill_grant(granted, mark),
            Checked::Asking(asking) => {
                inquiry.fill_inquiry(asking, mark);
                return Err(Status::ASK);
            }
        }
        Ok(())
    })
}

/// All that one judgement needs, apart from each other.
struct Judging<'j> {
    rules: Validator<'j, CheckedText>,
    request: &'j Request,
    lent: Scratch<'j>,
    mark: Mark,
    state: &'j mut WorkerState<'static>,
}

impl<'j> Judging<'j> {
    // What it gives would be copied twice; a microcontroller rather has it once.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    fn begin(
        validator: In<JotgateValidator>,
        presented: In<JotgatePresented>,
        scratch: InOut<JotgateScratch>,
        worker: InOut<JotgateWorker>,
        outputs: &[Span],
    ) -> Result<Self, Misuse> {
        let rules = validator.value()?.validator()?;
        let request = presented.value()?;
        let State { state, whole } = worker.value_mut()?;
        // What is written meanwhile: the outputs, the scratch, the worker, and the memory of both.
        let inputs = [validator.span(), presented.span(), worker.span(), *whole];
        let (lent, mark) = scratch.begin(&inputs)?;
        scratch.apart(outputs)?;
        for bytes in request.bytes() {
            scratch.apart(&[*bytes])?;
            bytes.apart_from(outputs)?;
            bytes.apart_from(&[worker.span(), *whole])?;
        }
        worker.span().apart_from(&[validator.span(), presented.span()])?;
        Ok(Self { rules, request, lent, mark, state })
    }
}

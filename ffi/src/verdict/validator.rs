//! The one way from a token to a grant.

use super::{
    grant::JotgateGrant,
    presented::{JotgatePresented, Request},
    worker::{JotgateWorker, State},
};
use crate::{
    keys::ring::JotgateKeyRing,
    memory::{CheckedText, Entered, In, InOut, Opened, Out, Span, object},
    policy::init::JotgatePolicy,
    revocation_status::{
        inquiry::JotgateInquiry, revocations::JotgateRevocationList, status_lists::JotgateStatusLists,
    },
    scratch::{InUse, JotgateScratch, Lent, Mark},
    sender::replay::JotgateReplayWindow,
    sizes::JOTGATE_VALIDATOR_WORDS,
    status::{Misuse, Status},
};
use jotgate_core::{Checked, Now, UnixSeconds, Validator, WorkerState};

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

    /// Where all that it judges by lies.
    fn regions(&self) -> [[Span; 3]; 5] {
        let none = [Span::NOTHING; 3];
        [
            self.ring.regions(),
            self.policy.regions(),
            self.revocations.map_or(none, In::regions),
            self.status_lists.map_or(none, In::regions),
            self.window.map_or(none, In::regions),
        ]
    }

    /// That what comes to it has memory of its own.
    fn with(&self, validator: InOut<JotgateValidator>, regions: &[Span]) -> Result<(), Misuse> {
        validator.span().apart_from(regions)?;
        self.apart_from(regions)
    }

    /// That `regions` share no byte with all that it judges by: of another object, or of an output.
    pub(super) fn apart_from(&self, regions: &[Span]) -> Result<(), Misuse> {
        self.regions().iter().flatten().try_for_each(|own| own.apart_from(regions))
    }
}

impl In<JotgateValidator> {
    /// That `regions` share no byte with it, nor with all that it judges by.
    pub(super) fn apart_from(self, regions: &[Span]) -> Result<(), Misuse> {
        self.span().apart_from(regions)?;
        self.value().map_or(Ok(()), |product| product.apart_from(regions))
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
/// Returns: `JOTGATE_OK`; `JOTGATE_OVERLAP`: both were lent the same memory; another misuse (11xx): correct the program.
///
/// Memory: `ring` and `policy` must stay where they are, unchanged, and so must their memory, as long as the validator is
/// used: at each check it is told whether both objects are still there, not whether their memory is. Threads: one at a
/// time; what was written may be shared.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_validator_init(
    validator: Out<JotgateValidator>,
    ring: In<JotgateKeyRing>,
    policy: In<JotgatePolicy>,
) -> Status {
    let product = Product { ring, policy, revocations: None, status_lists: None, window: None };
    let apart = product.apart_from(&[validator.span()]);
    let validator = apart.and_then(|()| validator.open(&[]));
    Status::of(|| {
        let validator = validator?;
        for region in ring.regions() {
            region.apart_from(&policy.regions())?;
        }
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
            let others = Product { revocations: None, ..product };
            others.with(validator, &list.regions())?;
            Ok(Product { revocations: Some(list), ..others })
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
            let others = Product { status_lists: None, ..product };
            others.with(validator, &lists.regions())?;
            Ok(Product { status_lists: Some(lists), ..others })
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
            let others = Product { window: None, ..product };
            others.with(validator, &window.regions())?;
            Ok(Product { window: Some(window), ..others })
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
    let call = Call { validator, presented, scratch, worker };
    let held = call.held();
    let grant = call.open(&held, grant);
    Status::of(|| {
        let grant = grant?;
        let Judging { rules, request, mut lent, mark, state, _entered } = held?.begin()?;
        let front = lent.front();
        let granted = rules.check(request.presented(), self::now(now), &mut lent, state)?;
        front.still(mark)?;
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
    let call = Call { validator, presented, scratch, worker };
    let apart = inquiry.span().apart_from(&[grant.span()]);
    let held = call.held();
    let grant = call.open(&held, grant);
    let inquiry = apart.and_then(|()| call.open(&held, inquiry));
    Status::of(|| {
        let (grant, inquiry) = (grant?, inquiry?);
        let Judging { rules, request, mut lent, mark, state, _entered } = held?.begin()?;
        let front = lent.front();
        let checked = rules.check_or_ask(request.presented(), self::now(now), &mut lent, state)?;
        front.still(mark)?;
        match checked {
            Checked::Granted(granted) => grant.fill_grant(granted, mark),
            Checked::Asking(asking) => {
                inquiry.fill_inquiry(asking, mark);
                return Err(Status::ASK);
            }
        }
        Ok(())
    })
}

/// What one judgement is called with, besides its outputs.
#[derive(Clone, Copy)]
struct Call {
    validator: In<JotgateValidator>,
    presented: In<JotgatePresented>,
    scratch: InOut<JotgateScratch>,
    worker: InOut<JotgateWorker>,
}

/// What the objects of a call hold.
struct Held<'j> {
    call: Call,
    product: &'j Product,
    request: &'j Request,
    lent: &'j Lent,
    worker: &'j mut State,
}

/// All that one judgement needs, apart from each other, and used by no other call.
struct Judging<'j> {
    rules: Validator<'j, CheckedText>,
    request: &'j Request,
    lent: InUse<'j>,
    mark: Mark,
    state: &'j mut WorkerState<'static>,
    _entered: Entered<'j>,
}

impl Call {
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    fn held<'j>(self) -> Result<Held<'j>, Misuse> {
        let (product, request) = (self.validator.value()?, self.presented.value()?);
        let (lent, worker) = (self.scratch.read().value()?, self.worker.value_mut()?);
        Ok(Held { call: self, product, request, lent, worker })
    }

    fn objects(self) -> [Span; 4] {
        [self.validator.span(), self.presented.span(), self.scratch.span(), self.worker.span()]
    }

    /// Opens an output, apart from all of it.
    // Spans stay in registers; a microcontroller rather has it once.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    fn open<T>(self, held: &Result<Held<'_>, Misuse>, output: Out<T>) -> Result<Opened<T>, Misuse> {
        let [validator, presented, scratch, worker] = self.objects();
        let Ok(held) = held else { return output.open(&[validator, presented, scratch, worker]) };
        let place = output.span();
        for bytes in held.request.bytes() {
            place.apart_from(&[*bytes])?;
        }
        output.open(&[validator, presented, scratch, worker, held.lent.whole(), held.worker.whole])
    }
}

impl<'j> Held<'j> {
    // What it gives would be copied twice; a microcontroller rather has it once.
    #[cfg_attr(target_pointer_width = "64", inline(always))]
    fn begin(self) -> Result<Judging<'j>, Misuse> {
        let Self { call, product, request, lent, worker: State { state, whole, busy } } = self;
        let rules = product.validator()?;
        let [validator, presented, scratch, worker] = call.objects();
        // What is written meanwhile: the scratch, the worker, and the memory of both.
        let written = [scratch, lent.whole(), worker, *whole];
        for bytes in request.bytes() {
            bytes.apart_from(&written)?;
        }
        worker.apart_from(&[validator, presented])?;
        let entered = busy.enter()?;
        let (lent, mark) = call.scratch.begin_with(lent, &[validator, presented, worker, *whole])?;
        Ok(Judging { rules, request, lent, mark, state, _entered: entered })
    }
}

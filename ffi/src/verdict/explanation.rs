//! All rules of one token, for a person.

use super::{
    presented::{JotgatePresented, Request},
    validator::{JotgateValidator, now as time},
};
use crate::{
    memory::{In, InOut, Out, Plain, Span, Text},
    scratch::JotgateScratch,
    status::Status,
};
use jotgate_core::Verdict;

/// What became of one rule.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateVerdict {
    /// The rule's name in snake case: a constant.
    pub rule: Text,
    /// `JOTGATE_OK`: the rule holds, or the policy does not ask for it; `JOTGATE_NOT_JUDGED`: an earlier step failed
    /// that this one needs; else the reason why the rule does not hold.
    pub outcome: Status,
}

// SAFETY: a `Text` and a number.
unsafe impl Plain for JotgateVerdict {}

/// Judges one token by every rule, also behind the first that fails, and says what became of each. For people who run
/// the gate, never for an HTTP answer: it says more than a stranger should know. It grants nothing.
///
/// Parameters: `validator`; `presented`; `now`, seconds since 1970-01-01T00:00:00Z, or `JOTGATE_TIME_NOT_TRUSTED`;
/// `scratch`, used meanwhile; `verdicts`, room for `capacity`, `JOTGATE_RULES` of them for all, in the order of
/// judging; `count` is written: how many rules there are.
///
/// Returns: `JOTGATE_OK`: explained, which says nothing of the token; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: `validator` and `presented` may be shared; all else is one thread's own.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_validator_explain(
    validator: In<JotgateValidator>,
    presented: In<JotgatePresented>,
    now: i64,
    scratch: InOut<JotgateScratch>,
    verdicts: Out<JotgateVerdict>,
    capacity: usize,
    count: Out<usize>,
) -> Status {
    let [used, read, _] = scratch.regions();
    let (room, number) = (verdicts.span_of(capacity), count.span());
    let bytes = presented.value().map_or(&[][..], Request::bytes);
    let apart = |output: Span| {
        validator.apart_from(&[output])?;
        output.apart_from(bytes)?;
        output.apart_from(&[presented.span(), used, read])
    };
    let verdicts = apart(room).and_then(|()| verdicts.open_list(capacity, &[]));
    let count = apart(number).and_then(|()| count.open(&[room]));
    Status::of(|| {
        let (verdicts, count) = (verdicts?, count?);
        let request = presented.value()?;
        validator.apart_from(&[used, read])?;
        let rules = validator.value()?.validator()?;
        scratch.apart(bytes)?;
        let (mut lent, _) = scratch.begin(&[presented.span()])?;
        let explanation = rules.explain(request.presented(), time(now), &mut lent);
        for (place, (rule, verdict)) in verdicts.iter_mut().zip(explanation.verdicts()) {
            let outcome = match verdict {
                Verdict::NotJudged => Status::NOT_JUDGED,
                Verdict::Passed => Status::OK,
                Verdict::Failed(denied) => denied.into(),
            };
            *place = JotgateVerdict { rule: Text::of(rule.name()), outcome };
        }
        count.fill(explanation.verdicts().count());
        Ok(())
    })
}

//! `jotgate check`: a token goes in, a decision comes out.

use super::{
    judge::{Judge, JudgeMemory},
    policy_and_keys::{PolicyAndKeys, refused},
};
use crate::{
    Outcome,
    args::CheckArgs,
    failure::Failure,
    input::{Given, for_each_token},
    lists::ListFiles,
    ring::{Event, in_ring, tables_for},
    sender::Sender,
    unused_keys::UnusedKeys,
};
use jotgate_core::{KeyRing, Now, StatusLists, UnixSeconds, Validator};
use jotgate_gate::OwnedPolicy;
use std::{
    cell::RefCell,
    time::{SystemTime, UNIX_EPOCH},
};

/// Reads every file that is named, and loads the keys.
pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Failure> {
    let sender = Sender::read(&args.sender)?;
    let PolicyAndKeys { policy, keys } = PolicyAndKeys::of(args, &sender)?;
    let list_files = ListFiles::read(&args.lists, args.now)?;
    // A policy on the command line has one set: without it nothing can be granted.
    let strict = args.strict_keys || args.policy.is_none();
    let unused = RefCell::new(UnusedKeys::default());
    let with = |ring: &KeyRing<'_>| {
        let unused = unused.borrow();
        // Whoever judges many tokens should know before; behind one decision it is told after it.
        if args.lines {
            unused.tell();
        }
        with_keys(args, ring, &policy, list_files, &sender, &unused)
    };
    let mut hear = |event: Event<'_>| unused.borrow_mut().take(event, strict);
    let ended = in_ring(keys, tables_for(args.lines), &mut hear, with).and_then(|ended| ended);
    // Whoever does not read the decision does not read warnings.
    if !ended.as_ref().is_err_and(Failure::is_closed_pipe) {
        unused.borrow().tell();
    }
    ended
}

/// Loads the lists, which the keys verify, and makes the validator.
fn with_keys(
    args: &CheckArgs,
    ring: &KeyRing<'_>,
    owned: &OwnedPolicy,
    mut list_files: ListFiles,
    sender: &Sender,
    unused: &UnusedKeys,
) -> Result<Outcome, Failure> {
    let policy = owned.as_policy().map_err(refused)?;
    let lists = list_files.load(ring, owned)?;
    let status_lists = StatusLists::new(&lists.status_lists);
    let window = sender.window(owned)?;
    let mut validator =
        Validator::for_product(ring, &policy).with_status_lists(&status_lists).with_replay_window(&window);
    if let Some(list) = &lists.revocations {
        validator = validator.with_revocations(list);
    }
    let mut memory = JudgeMemory::new();
    judge_tokens(args, sender, Judge::new(validator, lists.response, &mut memory), unused)
}

/// Reads the tokens, has each of them judged as the request brought it, and prints the decisions.
fn judge_tokens(
    args: &CheckArgs,
    sender: &Sender,
    mut judge: Judge<'_>,
    unused: &UnusedKeys,
) -> Result<Outcome, Failure> {
    for_each_token(args.lines, &args.tokens, |given, out| {
        sender.present(given, |presented| {
            let now = now(args.now);
            let rules = args.explain.then(|| judge.explain(presented, now));
            let mut decision = judge.decide(presented, now, sender.asked(), rules);
            if let (Some(denied), Given::Token(token)) = (decision.judgement.denied(), given) {
                decision.note = unused.note(denied, token);
            }
            decision.write(args, now, out)?;
            Ok(decision.judgement.outcome())
        })
    })
}

fn now(given: Option<i64>) -> Now {
    let seconds = given.or_else(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    });
    seconds.map_or(Now::NotTrusted, |seconds| Now::Trusted(UnixSeconds(seconds)))
}

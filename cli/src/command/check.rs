//! `jotgate check`: a token goes in, a decision comes out.

use super::{
    judge::{Judge, JudgeMemory},
    policy_and_keys::{PolicyAndKeys, refused},
};
use crate::{
    Outcome,
    args::CheckArgs,
    failure::Failure,
    input::for_each_token,
    lists::ListFiles,
    ring::{in_ring, tables_for},
    sender::Sender,
};
use jotgate_core::{Denied, KeyRing, Now, Presented, StatusLists, UnixSeconds, Validator};
use std::{
    io::{self, Write},
    time::{SystemTime, UNIX_EPOCH},
};

/// Reads every file that is named, and loads the keys.
pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Failure> {
    let sender = Sender::read(&args.sender)?;
    let product = PolicyAndKeys::of(args, &sender)?;
    let list_files = ListFiles::read(&args.lists, args.now)?;
    let with = |ring: &KeyRing<'_>| with_keys(args, ring, &product, list_files, &sender);
    in_ring(&product.keys, tables_for(args.lines), &mut |_| {}, with)?
}

/// Loads the lists, which the keys verify, and makes the validator.
fn with_keys(
    args: &CheckArgs,
    ring: &KeyRing<'_>,
    product: &PolicyAndKeys,
    mut list_files: ListFiles,
    sender: &Sender,
) -> Result<Outcome, Failure> {
    let policy = product.policy.as_policy().map_err(refused)?;
    let lists = list_files.load(ring, &product.policy)?;
    let status_lists = StatusLists::new(&lists.status_lists);
    let window = sender.window(&product.policy)?;
    let mut validator =
        Validator::for_product(ring, &policy).with_status_lists(&status_lists).with_replay_window(&window);
    if let Some(list) = &lists.revocations {
        validator = validator.with_revocations(list);
    }
    let mut memory = JudgeMemory::new();
    judge_tokens(args, sender, Judge::new(validator, lists.response, &mut memory))
}

/// Reads the tokens, and has each of them judged as the request brought it.
fn judge_tokens(args: &CheckArgs, sender: &Sender, mut judge: Judge<'_>) -> Result<Outcome, Failure> {
    for_each_token(args.lines, &args.tokens, |given, out| {
        sender.present(given, |presented| judge_token(args, sender, &mut judge, presented, out))
    })
}

/// Decides about one token, and prints the decision.
fn judge_token(
    args: &CheckArgs,
    sender: &Sender,
    judge: &mut Judge<'_>,
    presented: Result<Presented<'_>, Denied>,
    out: &mut dyn Write,
) -> io::Result<Outcome> {
    let now = now(args.now);
    let rules = args.explain.then(|| judge.explain(presented, now));
    let decision = judge.decide(presented, now, sender.asked(), rules);
    decision.write(args, now, out)?;
    Ok(decision.judgement.outcome())
}

fn now(given: Option<i64>) -> Now {
    let seconds = given.or_else(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    });
    seconds.map_or(Now::NotTrusted, |seconds| Now::Trusted(UnixSeconds(seconds)))
}

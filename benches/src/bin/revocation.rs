//! What a revocation list costs a token that it does not name, by the length of the list.
//!
//! `revocation time [ROUNDS]` measures. So many tokens come in turn that what one look-up leaves in the caches is gone when
//! its token comes again: the long list answers from memory, the short one from the first cache.
//!
//! `revocation count ENTRIES TOKENS` judges so many tokens within [`run`], for `scripts/cache-misses` to count.

use jotgate_benches::{
    clock::{Candidate, interleave},
    gate,
    revocations::{Revocable, list},
};
use jotgate_core::{RevocationList, Scheme, Validator, steps};
use std::hint::black_box;

/// Tokens in turn: a line of 64 bytes for each is more than the second cache holds.
const TOKENS: usize = 40_000;

/// Nanoseconds of one sample.
const SAMPLE: u64 = 20_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["time"] => time(60),
        ["time", rounds] => time(rounds.parse().unwrap()),
        ["count", entries, tokens] => count(entries.parse().unwrap(), tokens.parse().unwrap()),
        _ => panic!("usage: revocation time [ROUNDS] | revocation count ENTRIES TOKENS"),
    }
}

fn time(rounds: usize) {
    let revocable = &Revocable::new(TOKENS);
    let lists = [1_000, 1_000_000].map(|entries| (entries, list(entries, false)));
    let judge = |list: Option<&'static RevocationList<'static>>| {
        let mut work = work(revocable, list);
        move |call| work(call % TOKENS)
    };
    let mut candidates = vec![Candidate::new("no list", judge(None))];
    for (entries, list) in lists {
        let list = Box::leak(Box::new(list));
        candidates.push(Candidate::new(format!("{entries} entries"), judge(Some(list))));
    }
    interleave(&mut candidates, rounds, SAMPLE);
    println!("{TOKENS} tokens in turn, judged; nanoseconds: minimum, median of {rounds} rounds");
    for candidate in &candidates {
        println!("  {:20} {:9.0} {:9.0}", candidate.name, candidate.minimum(), candidate.median());
    }
}

fn count(entries: usize, tokens: usize) {
    let revocable = Revocable::new(tokens);
    let list = Box::leak(Box::new(list(entries, false)));
    // All that a look-up reads of tokens and code is in the caches then, and of the list what fits beside it.
    let other = Box::leak(Box::new(self::list(1, false)));
    (0..tokens).for_each(work(&revocable, Some(other)));
    run(&mut work(&revocable, Some(list)), tokens);
}

/// By itself, so that a profiler can begin and end here.
#[inline(never)]
fn run(work: &mut dyn FnMut(usize), tokens: usize) {
    (0..tokens).for_each(work);
}

fn work<'a>(
    revocable: &'a Revocable,
    list: Option<&'static RevocationList<'static>>,
) -> impl FnMut(usize) + use<'a> {
    let validator: Validator<'a> = list.map_or_else(|| revocable.unlisted(), |list| revocable.listed(list));
    move |number| {
        let token = black_box(&revocable.tokens[number]);
        assert!(steps::judge(&validator, token, Scheme::Bearer, gate::AT).is_ok());
    }
}

//! `jotgate check`: a token goes in, a decision comes out.

use super::decision::Decision;
use crate::{
    Outcome,
    args::{CheckArgs, DirectArgs, Format},
    failure::Failure,
    input::for_each_token,
    ring::{KeySet, in_ring, tables_for},
};
use jotgate_core::{
    HeaderSlot, Issuer, KeyRing, Now, Policy, Presented, Scratch, Types, UnixSeconds, Validator, WorkerState,
    limits::MAX_TOKEN_LEN_RAISED,
};
use jotgate_gate::{Demands, PolicyFile};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Failure> {
    let (demands, sets) = match (&args.policy, &args.product) {
        (Some(file), Some(name)) => {
            let policy = PolicyFile::open(file)?;
            let product = policy.product(name).ok_or_else(|| {
                let known: Vec<&str> = policy.products().iter().map(jotgate_gate::Product::name).collect();
                Failure::Usage(format!(
                    "{}: there is no product \"{name}\"; there are {}",
                    file.display(),
                    known.join(", ")
                ))
            })?;
            (product.demands().clone(), KeySet::of_policy(&policy)?)
        }
        _ => direct(&args.direct)?,
    };
    let policy =
        demands.policy().map_err(|(key, error)| Failure::Usage(format!("--{}: {error}", flag(key))))?;
    in_ring(&sets, tables_for(args.lines), &mut |_| {}, |ring| judge_all(args, ring, &policy))?
}

/// A policy and a key set from the command line alone.
fn direct(args: &DirectArgs) -> Result<(Demands, Vec<KeySet>), Failure> {
    let (Some(keys), Some(name)) = (&args.keys, &args.issuer) else {
        return Err(Failure::Usage(
            "give --policy and --product, or --keys, --issuer and --audience".to_owned(),
        ));
    };
    let usage = |flag: &'static str| move |error| Failure::Usage(format!("--{flag}: {error}"));
    let types = match args.typ.as_slice() {
        [] => Types::OfProfile,
        [any] if any == "any" => Types::Any,
        named => Types::OneOf(named.join(" ")),
    };
    let issuer = Issuer::new(name.clone(), args.preset).map_err(usage("issuer"))?;
    let issuer = issuer.with_types(types).map_err(usage("typ"))?;
    let mut demands = Demands::new(vec![issuer], args.audience.clone());
    demands.scopes = (!args.scope.is_empty()).then(|| args.scope.clone());
    demands.leeway = args.leeway.unwrap_or(demands.leeway);
    demands.max_lifetime = args.max_lifetime;
    let unnamed: Vec<_> = args.alg.into_iter().collect();
    Ok((demands, vec![KeySet::read(keys, name, &unnamed)?]))
}

/// The flag that sets a demand.
fn flag(key: &str) -> &str {
    match key {
        "scopes" => "scope",
        "max_lifetime" => "max-lifetime",
        key => key,
    }
}

fn judge_all(args: &CheckArgs, ring: &KeyRing<'_>, policy: &Policy<'_, String>) -> Result<Outcome, Failure> {
    let validator = Validator::for_product(ring, policy);
    let (mut text, mut names) = (vec![0; Scratch::text_len(MAX_TOKEN_LEN_RAISED)], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let mut headers = [HeaderSlot::EMPTY; KNOWN_HEADERS];
    let mut worker = WorkerState::new().with_known_headers(&mut headers);
    let mut challenge = vec![0; CHALLENGE_LEN];
    for_each_token(args.lines, &args.tokens, |token, out| {
        let now = now(args.now);
        let presented = Presented::bearer(token);
        let rules = args.explain.then(|| validator.explain(presented, now, &mut scratch));
        let result = validator.check(presented, now, &mut scratch, &mut worker);
        let outcome = if result.is_ok() { Outcome::AllGood } else { Outcome::SomethingDenied };
        let answer = result.as_ref().err().and_then(|denied| validator.answer(*denied, &mut challenge).ok());
        let decision = Decision { result: &result, answer, rules };
        match (args.tokens.format, args.lines) {
            (Format::Json, _) => decision.write_json(out)?,
            (Format::Text, true) => decision.write_line(out)?,
            (Format::Text, false) => decision.write_text(now, out)?,
        }
        Ok(outcome)
    })
}

/// Headers that need not be read again: as many as issuers may sign with at a time, for most policies.
const KNOWN_HEADERS: usize = 8;

/// Room for every challenge: the scopes of a policy's alternative are what can make one long.
const CHALLENGE_LEN: usize = 16 * 1024;

fn now(given: Option<i64>) -> Now {
    let seconds = given.or_else(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    });
    seconds.map_or(Now::NotTrusted, |seconds| Now::Trusted(UnixSeconds(seconds)))
}

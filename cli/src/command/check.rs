//! `jotgate check`: a token goes in, a decision comes out.

use super::{decision::Decision, judgement::Judgement, rules::Rules};
use crate::{
    Outcome,
    args::{CheckArgs, DirectArgs, Format},
    failure::Failure,
    input::for_each_token,
    lists::{self, ListFiles},
    ring::{KeySet, in_ring, tables_for},
    sender::Sender,
};
use jotgate_core::{
    HeaderSlot, Issuer, KeyRing, Now, PolicyError, Scratch, StatusLists, Types, UnixSeconds, Validator,
    WorkerState, limits::MAX_TOKEN_LEN_RAISED,
};
use jotgate_gate::{OwnedPolicy, PolicyFile, Setting};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, Failure> {
    let sender = Sender::read(&args.sender)?;
    let (owned, sets) = match (&args.policy, &args.product) {
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
            lists::refuse_unused(&args.lists, name, product.policy())?;
            sender.refuse_unused(name, product.policy())?;
            (product.policy().clone(), KeySet::of_policy(&policy)?)
        }
        _ => {
            let (mut owned, sets) = direct(&args.direct)?;
            lists::demand(&args.lists, &mut owned);
            sender.demand(&mut owned);
            (owned, sets)
        }
    };
    let mut list_files = ListFiles::read(&args.lists, args.now)?;
    let with = |ring: &KeyRing<'_>| judge_all(args, ring, &owned, &mut list_files, &sender);
    in_ring(&sets, tables_for(args.lines), &mut |_| {}, with)?
}

/// A policy and a key set from the command line alone.
fn direct(args: &DirectArgs) -> Result<(OwnedPolicy, Vec<KeySet>), Failure> {
    let (Some(keys), Some(name)) = (&args.keys, &args.issuer) else {
        return Err(Failure::Usage(
            "what to judge by? Give --policy FILE and --product NAME, or --keys JWKS, --issuer ISS and --audience \
                AUD; jotgate check --help has examples"
                .to_owned(),
        ));
    };
    let usage = |flag: &'static str| move |error| Failure::Usage(format!("--{flag}: {error}"));
    let types = match args.typ.as_slice() {
        [] => Types::OfProfile,
        [any] if any == "any" => Types::Any,
        named if named.iter().any(|name| name == "any") => {
            return Err(Failure::Usage(
                "--typ: any stands alone; another name says nothing beside it".to_owned(),
            ));
        }
        named => Types::OneOf(named.join(" ")),
    };
    let issuer = Issuer::new(name.clone(), args.preset).map_err(usage("issuer"))?;
    let issuer = issuer.with_types(types).map_err(usage("typ"))?;
    let mut owned = OwnedPolicy::new(vec![issuer], args.audience.clone());
    owned.scopes = (!args.scope.is_empty()).then(|| args.scope.clone());
    owned.leeway = args.leeway.unwrap_or(owned.leeway);
    owned.max_lifetime = args.max_lifetime;
    let default_rsa_algorithms: Vec<_> = args.alg.into_iter().collect();
    Ok((owned, vec![KeySet::read(keys, name, &default_rsa_algorithms)?]))
}

/// Which option sets what the core refuses.
fn refused(setting: Setting, error: PolicyError) -> Failure {
    let way_out = match error {
        PolicyError::AudienceNotRequired => {
            ", in a policy file with audience = \"by-client\" and the list clients"
        }
        _ => "",
    };
    Failure::Usage(format!("--{}: {error}{way_out}", option(setting)))
}

/// The option that sets a demand; of those that no option sets, the name in a policy file.
fn option(setting: Setting) -> &'static str {
    match setting {
        Setting::Issuers => "issuer",
        Setting::Audience => "audience",
        Setting::Scopes => "scope",
        Setting::Leeway => "leeway",
        Setting::MaxLifetime => "max-lifetime",
        Setting::Revocation => "revoked",
        Setting::StatusList => "status-list",
        Setting::Introspection => "introspection",
        Setting::RevocationMaxAge
        | Setting::RevocationStaleFor
        | Setting::RevocationCount
        | Setting::StatusListMaxAge
        | Setting::StatusListStaleFor
        | Setting::WhenUnanswered
        | Setting::Purposes
        | Setting::PurposeForm
        | Setting::Clients
        | Setting::BlockedClients
        | Setting::Legs
        | Setting::AcrValues
        | Setting::MaxAuthenticationAge
        | Setting::MaxAge
        | Setting::RequiredClaims
        | Setting::SenderBinding
        | Setting::Realm
        | Setting::Dialect
        | Setting::ClockFloor
        | Setting::MaxTokenLen
        | Setting::DpopAlgorithms
        | Setting::DpopMaxAge
        | Setting::DpopNonceLife
        | Setting::DpopRequestDigests
        | Setting::DpopReplayMemory => setting.name(),
    }
}

/// Judges every token of the input.
fn judge_all(
    args: &CheckArgs,
    ring: &KeyRing<'_>,
    owned: &OwnedPolicy,
    list_files: &mut ListFiles,
    sender: &Sender,
) -> Result<Outcome, Failure> {
    let policy = owned.as_policy().map_err(|(setting, error)| refused(setting, error))?;
    let lists = list_files.load(ring, owned)?;
    let status_lists = StatusLists::new(&lists.status_lists);
    let window = sender.window(owned)?;
    let mut validator =
        Validator::for_product(ring, &policy).with_status_lists(&status_lists).with_replay_window(&window);
    if let Some(list) = &lists.revocations {
        validator = validator.with_revocations(list);
    }
    let text_len = Scratch::text_len_with_proof(MAX_TOKEN_LEN_RAISED);
    let (mut text, mut names) = (vec![0; text_len], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let mut headers = [HeaderSlot::EMPTY; KNOWN_HEADERS];
    let mut worker = WorkerState::new().with_known_headers(&mut headers);
    let mut challenge = vec![0; CHALLENGE_LEN];
    let (mut own_text, mut own_names) = ([], [0; Scratch::NAMES]);
    let mut for_answer = Scratch::new(&mut own_text, &mut own_names);
    for_each_token(args.lines, &args.tokens, |given, out| {
        sender.present(given, |presented| {
            let now = now(args.now);
            let (judgement, rules) = match presented {
                Err(denied) => (Judgement::Denied(denied), Some(Rules::without_token(denied))),
                Ok(presented) => {
                    let explained = args.explain.then(|| validator.explain(presented, now, &mut scratch));
                    let checked = validator.check_or_ask(presented, now, &mut scratch, &mut worker);
                    let judgement = Judgement::of(checked, lists.response, now, &mut for_answer);
                    let rules = explained.map(|explained| Rules::of(&explained, &judgement));
                    (judgement, rules)
                }
            };
            let asked = sender.asked();
            let answer =
                judgement.denied().and_then(|denied| validator.answer_to(asked, denied, &mut challenge).ok());
            let decision = Decision { judgement: &judgement, answer, rules: rules.filter(|_| args.explain) };
            match (args.tokens.format, args.lines) {
                (Format::Json, _) => decision.write_json(out)?,
                (Format::Text, true) => decision.write_line(out)?,
                (Format::Text, false) => decision.write_text(now, out)?,
            }
            Ok(judgement.outcome())
        })
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

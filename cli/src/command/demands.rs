//! What tokens are judged by: a product of a policy file, or what the command line says itself.

use crate::{
    args::{CheckArgs, DirectArgs},
    failure::Failure,
    lists,
    ring::KeySet,
    sender::Sender,
};
use jotgate_core::{Issuer, PolicyError, Types};
use jotgate_gate::{OwnedPolicy, PolicyFile, Product, Setting};
use std::path::Path;

/// A policy, and the key sets of its issuers.
pub(crate) struct Demands {
    pub(crate) policy: OwnedPolicy,
    pub(crate) keys: Vec<KeySet>,
}

impl Demands {
    pub(crate) fn of(args: &CheckArgs, sender: &Sender) -> Result<Self, Failure> {
        match (&args.policy, &args.product) {
            (Some(file), Some(name)) => Self::of_product(file, name, args, sender),
            _ => Self::direct(args, sender),
        }
    }

    fn of_product(file: &Path, name: &str, args: &CheckArgs, sender: &Sender) -> Result<Self, Failure> {
        let policy = PolicyFile::open(file)?;
        let product = policy.product(name).ok_or_else(|| {
            let known: Vec<&str> = policy.products().iter().map(Product::name).collect();
            Failure::Usage(format!(
                "{}: there is no product \"{name}\"; there are {}",
                file.display(),
                known.join(", ")
            ))
        })?;
        lists::refuse_unused(&args.lists, name, product.policy())?;
        sender.refuse_unused(name, product.policy())?;
        Ok(Self { policy: product.policy().clone(), keys: KeySet::of_policy(&policy)? })
    }

    /// Without a policy file, what is given is demanded.
    fn direct(args: &CheckArgs, sender: &Sender) -> Result<Self, Failure> {
        let mut demands = direct(&args.direct)?;
        lists::demand(&args.lists, &mut demands.policy);
        sender.demand(&mut demands.policy);
        Ok(demands)
    }
}

/// A policy and a key set from the command line alone.
fn direct(args: &DirectArgs) -> Result<Demands, Failure> {
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
    Ok(Demands { policy: owned, keys: vec![KeySet::read(keys, name, &default_rsa_algorithms)?] })
}

/// Which option sets what the core refuses.
pub(crate) fn refused((setting, error): (Setting, PolicyError)) -> Failure {
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

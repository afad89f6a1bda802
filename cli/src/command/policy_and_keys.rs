//! What tokens are judged by: a product of a policy file, or what the command line says itself.

use crate::{
    args::{CheckArgs, DirectArgs},
    failure::Failure,
    lists,
    ring::KeySet,
    sender::Sender,
};
use jotgate_core::{Issuer, PolicyError, Types};
use jotgate_gate::{
    ItemFault, OwnedPolicy, PolicyFile, Product, Setting, check_alternatives, check_media_types, check_names,
};
use std::{fmt::Display, path::Path};

/// A policy, and the key sets of its issuers.
pub(crate) struct PolicyAndKeys {
    pub(crate) policy: OwnedPolicy,
    pub(crate) keys: Vec<KeySet>,
}

impl PolicyAndKeys {
    pub(crate) fn of(args: &CheckArgs, sender: &Sender) -> Result<Self, Failure> {
        match (&args.policy, &args.product) {
            (Some(file), Some(name)) => Self::of_product(file, name, args, sender),
            _ => Self::of_options(args, sender),
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
        Ok(Self { policy: product.policy().clone(), keys: KeySet::of_policy(&policy) })
    }

    /// Without a policy file, what is given is demanded.
    fn of_options(args: &CheckArgs, sender: &Sender) -> Result<Self, Failure> {
        let direct = &args.direct;
        let (Some(keys), Some(name)) = (&direct.keys, &direct.issuer) else {
            return Err(Failure::Usage(
                "what to judge by? Give --policy FILE and --product NAME, or --keys JWKS, --issuer ISS and --audience \
                AUD; jotgate check --help has examples"
                    .to_owned(),
            ));
        };
        let mut policy = OwnedPolicy::new(vec![issuer(name, direct)?], direct.audience.clone());
        check_list(option(Setting::Audience), check_names, &direct.audience)?;
        check_list(option(Setting::Scopes), check_alternatives, &direct.scope)?;
        policy.scopes = (!direct.scope.is_empty()).then(|| direct.scope.clone());
        policy.leeway = direct.leeway.unwrap_or(policy.leeway);
        policy.max_lifetime = direct.max_lifetime;
        lists::demand(&args.lists, &mut policy);
        sender.demand(&mut policy);
        let default_rsa_algorithms: Vec<_> = direct.alg.into_iter().collect();
        Ok(Self { policy, keys: vec![KeySet::read(keys, name, &default_rsa_algorithms)?] })
    }
}

/// The issuer that the options describe.
fn issuer(name: &str, args: &DirectArgs) -> Result<Issuer<String>, Failure> {
    let types = match args.typ.as_slice() {
        [] => Types::OfProfile,
        [any] if any == "any" => Types::Any,
        named if named.iter().any(|name| name == "any") => {
            return Err(usage("typ", "any stands alone; another name says nothing beside it"));
        }
        named => {
            check_list("typ", check_media_types, named)?;
            Types::OneOf(named.join(" "))
        }
    };
    let issuer = Issuer::new(name.to_owned(), args.preset).map_err(|error| usage("issuer", error))?;
    issuer.with_types(types).map_err(|error| usage("typ", error))
}

/// The values of an option that may be repeated are a list, for which the rules of a policy file hold.
fn check_list(
    option: &str,
    rule: fn(&[&str]) -> Result<(), ItemFault>,
    values: &[String],
) -> Result<(), Failure> {
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    rule(&values).map_err(|fault| usage(option, fault.message))
}

fn usage(option: &str, message: impl Display) -> Failure {
    Failure::Usage(format!("--{option}: {message}"))
}

/// Which option sets what the core refuses.
pub(crate) fn refused((setting, error): (Setting, PolicyError)) -> Failure {
    let way_out = match error {
        PolicyError::AudienceNotRequired => {
            ", in a policy file with audience = \"by-client\" and the list clients"
        }
        _ => "",
    };
    usage(option(setting), format_args!("{error}{way_out}"))
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
        | Setting::Claims
        | Setting::SenderBinding
        | Setting::Realm
        | Setting::ResourceMetadata
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

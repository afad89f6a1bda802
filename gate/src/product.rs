//! `[products.NAME]`: what one product demands of a token.

use crate::{
    binding::{DpopDemands, DpopTable},
    currency::{Currency, CurrencyKeys},
    error::Fault,
    issuer::IssuerSource,
    spelling::{DIALECTS, LEGS, PURPOSE_FORMS, SENDER_BINDINGS, WordOrList, spelled},
};
use jotgate_core::{
    Client, ClientRule, DEFAULT_CLOCK_FLOOR, DEFAULT_LEEWAY, Dialect, IntrospectionRule, Issuer, Legs,
    Policy, PolicyError, PurposeForm, PurposeRule, RevocationRule, ScopeRule, SenderBinding, StatusListRule,
    StepUp, UnixSeconds, Within, limits::MAX_TOKEN_LEN,
};
use serde::Deserialize;
use std::{collections::BTreeMap, ops::Range};
use toml::Spanned;

/// What a product demands, in owned lists.
#[derive(Clone, Debug)]
pub struct Demands {
    /// Issuers that are accepted.
    pub issuers: Vec<Issuer<String>>,
    /// Audiences, one of which the token must name.
    pub audiences: Vec<String>,
    /// Alternatives, each of scopes separated by spaces; `None` demands none.
    pub scopes: Option<Vec<String>>,
    /// Purposes, one of which the token must name, and how tokens write it.
    pub purposes: Option<(Vec<String>, PurposeForm)>,
    /// Clients that may use the product; `None` for all.
    pub clients: Option<Vec<Client<String>>>,
    /// Clients that may not.
    pub blocked_clients: Vec<String>,
    /// For whom the token must stand.
    pub legs: Legs,
    /// Values of `acr`, one of which the token must have; empty demands none.
    pub acr_values: Vec<String>,
    /// Seconds since the user authenticated, at most.
    pub max_authentication_age: Option<u32>,
    /// Tolerance for clocks that differ, seconds.
    pub leeway: u32,
    /// Seconds from `iat` to `exp`, at most.
    pub max_lifetime: Option<u32>,
    /// Seconds since `iat`, at most.
    pub max_age: Option<u32>,
    /// Claims that must be there.
    pub required_claims: Vec<String>,
    /// The earliest time that is believed.
    pub clock_floor: UnixSeconds,
    /// Named in challenges.
    pub realm: Option<String>,
    /// How refusals are answered.
    pub dialect: Dialect,
    /// Longest token, bytes.
    pub max_token_len: usize,
    /// Whether tokens are looked up in a revocation list.
    pub revocation: RevocationRule,
    /// Whether the status that tokens refer to is looked up.
    pub status_list: StatusListRule,
    /// Whether the authorization server is asked about each token.
    pub introspection: IntrospectionRule,
    /// Whether tokens must be bound to their sender.
    pub sender_binding: SenderBinding,
    /// How DPoP proofs must look; `None` takes none.
    pub dpop: Option<DpopDemands>,
}

impl Demands {
    /// Tokens of these issuers for these audiences; strict defaults for everything else, no scope demanded,
    /// and nothing asked about what was revoked.
    #[must_use]
    pub fn new(issuers: Vec<Issuer<String>>, audiences: Vec<String>) -> Self {
        Self {
            issuers,
            audiences,
            scopes: None,
            purposes: None,
            clients: None,
            blocked_clients: Vec::new(),
            legs: Legs::Either,
            acr_values: Vec::new(),
            max_authentication_age: None,
            leeway: DEFAULT_LEEWAY,
            max_lifetime: None,
            max_age: None,
            required_claims: Vec::new(),
            clock_floor: DEFAULT_CLOCK_FLOOR,
            realm: None,
            dialect: Dialect::Rfc,
            max_token_len: MAX_TOKEN_LEN,
            revocation: RevocationRule::NotChecked,
            status_list: StatusListRule::NotChecked,
            introspection: IntrospectionRule::NotAsked,
            sender_binding: SenderBinding::AsTheTokenSays,
            dpop: None,
        }
    }

    /// The policy that borrows these lists: a few words are copied, so that it may be made for each request.
    ///
    /// # Errors
    /// What is wrong with one of the demands, and its key in the policy file.
    pub fn policy(&self) -> Result<Policy<'_, String>, (&'static str, PolicyError)> {
        let at = |key: &'static str| move |error| (key, error);
        let within = |seconds: Option<u32>| seconds.map_or(Within::Unbounded, Within::Seconds);
        let base =
            Policy::new(&self.issuers, &self.audiences, ScopeRule::NotChecked).map_err(at("audience"))?;
        let mut policy = match &self.scopes {
            None => base,
            Some(alternatives) => Policy::new(&self.issuers, &self.audiences, ScopeRule::AnyOf(alternatives))
                .map_err(at("scopes"))?,
        };
        if let Some((names, form)) = &self.purposes {
            policy = policy.with_purpose(PurposeRule::OneOf(names, *form)).map_err(at("purposes"))?;
        }
        if let Some(clients) = &self.clients {
            policy = policy.with_clients(ClientRule::OneOf(clients)).map_err(at("clients"))?;
        }
        let mut step_up = StepUp::NOT_REQUIRED;
        if !self.acr_values.is_empty() {
            step_up = StepUp::classes(&self.acr_values).map_err(at("acr_values"))?;
        }
        if let Some(seconds) = self.max_authentication_age {
            step_up = step_up.with_max_age(seconds);
        }
        if let Some(realm) = &self.realm {
            policy = policy.with_realm(realm).map_err(at("realm"))?;
        }
        if let Some(dpop) = &self.dpop {
            policy = policy.with_dpop(dpop.rule()?);
        }
        policy
            .with_revocation(self.revocation)
            .with_status_list(self.status_list)
            .with_introspection(self.introspection)
            .with_sender_binding(self.sender_binding)
            .map_err(at("sender_binding"))?
            .with_blocked_clients(&self.blocked_clients)
            .with_legs(self.legs)
            .with_step_up(step_up)
            .with_clock_floor(self.clock_floor)
            .with_dialect(self.dialect)
            .with_leeway(self.leeway)
            .map_err(at("leeway"))?
            .with_max_lifetime(within(self.max_lifetime))
            .map_err(at("max_lifetime"))?
            .with_max_age(within(self.max_age))
            .map_err(at("max_age"))?
            .with_required_claims(&self.required_claims)
            .map_err(at("required_claims"))?
            .with_max_token_len(self.max_token_len)
            .map_err(at("max_token_len"))
    }
}

/// A product of the policy file; its demands were checked when the file was read.
#[derive(Clone, Debug)]
pub struct Product {
    pub(crate) name: String,
    pub(crate) demands: Demands,
}

impl Product {
    /// The name by which gateways and the command line call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it demands.
    #[must_use]
    pub fn demands(&self) -> &Demands {
        &self.demands
    }
}

/// Demands that products share unless they say otherwise: `[defaults]`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DefaultsTable {
    leeway: Option<Spanned<u32>>,
    max_lifetime: Option<Spanned<u32>>,
    realm: Option<Spanned<String>>,
    dialect: Option<Spanned<String>>,
    clock_floor: Option<Spanned<i64>>,
    max_token_len: Option<Spanned<usize>>,
    dpop: Option<DpopTable>,
}

/// The table as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProductTable {
    issuers: Spanned<Vec<String>>,
    audience: Spanned<Vec<String>>,
    scopes: Spanned<WordOrList>,
    revocation: Spanned<String>,
    revocation_max_age: Option<Spanned<u32>>,
    revocation_stale_for: Option<Spanned<u32>>,
    revocation_count: Option<Spanned<String>>,
    status_list: Option<Spanned<String>>,
    status_list_max_age: Option<Spanned<u32>>,
    status_list_stale_for: Option<Spanned<u32>>,
    introspection: Option<Spanned<String>>,
    when_unanswered: Option<Spanned<String>>,
    purposes: Option<Spanned<Vec<String>>>,
    purpose_form: Option<Spanned<String>>,
    clients: Option<Spanned<Vec<String>>>,
    blocked_clients: Option<Spanned<Vec<String>>>,
    legs: Option<Spanned<String>>,
    acr_values: Option<Spanned<Vec<String>>>,
    max_authentication_age: Option<Spanned<u32>>,
    leeway: Option<Spanned<u32>>,
    max_lifetime: Option<Spanned<u32>>,
    max_age: Option<Spanned<u32>>,
    required_claims: Option<Spanned<Vec<String>>>,
    sender_binding: Option<Spanned<String>>,
    dpop: Option<DpopTable>,
}

/// Group names to clients: `[client_groups]`.
pub(crate) type ClientGroups = BTreeMap<String, Vec<String>>;

/// What a product table refers to.
pub(crate) struct Around<'f> {
    pub(crate) issuers: &'f [IssuerSource],
    pub(crate) groups: &'f ClientGroups,
    pub(crate) defaults: &'f DefaultsTable,
}

impl ProductTable {
    /// `whole` is where the table stands: the place of a fault that has no better one.
    pub(crate) fn read(
        self,
        name: String,
        whole: Range<usize>,
        around: &Around<'_>,
    ) -> Result<Product, Fault> {
        let key = |part: &str| format!("products.{name}.{part}");
        let issuers = self
            .issuers
            .get_ref()
            .iter()
            .map(|wanted| {
                let known = around.issuers.iter().find(|source| source.label == *wanted);
                known.map(|source| source.issuer.clone()).ok_or_else(|| {
                    let message = format!("there is no [issuers.{wanted}]");
                    Fault::new(self.issuers.span(), key("issuers"), message)
                })
            })
            .collect::<Result<Vec<_>, Fault>>()?;
        if issuers.is_empty() {
            return Err(Fault::new(self.issuers.span(), key("issuers"), PolicyError::EmptyList));
        }
        if let Some(message) = same_issuer(&issuers) {
            return Err(Fault::new(self.issuers.span(), key("issuers"), message));
        }

        let mut demands = Demands::new(issuers, self.audience.get_ref().clone());
        demands.scopes = match self.scopes.get_ref() {
            WordOrList::List(list) => Some(list.clone()),
            WordOrList::Word(word) if word == "not-checked" => None,
            WordOrList::Word(word) => {
                let message = format!("\"{word}\" must be a list of alternatives, or the word not-checked");
                return Err(Fault::new(self.scopes.span(), key("scopes"), message));
            }
        };
        let form =
            choice(&self.purpose_form, &PURPOSE_FORMS, || key("purpose_form"))?.unwrap_or(PurposeForm::Scope);
        demands.purposes = self.purposes.as_ref().map(|names| (names.get_ref().clone(), form));
        if let Some(clients) = &self.clients {
            let listed = grouped(clients.get_ref(), around.groups);
            demands.clients =
                Some(listed.map_err(|message| Fault::new(clients.span(), key("clients"), message))?);
        }
        demands.blocked_clients = owned(self.blocked_clients.as_ref());
        demands.legs = choice(&self.legs, &LEGS, || key("legs"))?.unwrap_or(Legs::Either);
        if let Some(values) = &self.acr_values
            && values.get_ref().is_empty()
        {
            return Err(Fault::new(values.span(), key("acr_values"), PolicyError::EmptyList));
        }
        demands.acr_values = owned(self.acr_values.as_ref());
        demands.max_authentication_age =
            self.max_authentication_age.as_ref().map(|seconds| *seconds.get_ref());
        demands.max_age = self.max_age.as_ref().map(|seconds| *seconds.get_ref());
        demands.required_claims = owned(self.required_claims.as_ref());

        let defaults = around.defaults;
        let leeway = self.leeway.as_ref().or(defaults.leeway.as_ref());
        demands.leeway = leeway.map_or(DEFAULT_LEEWAY, |seconds| *seconds.get_ref());
        let max_lifetime = self.max_lifetime.as_ref().or(defaults.max_lifetime.as_ref());
        demands.max_lifetime = max_lifetime.map(|seconds| *seconds.get_ref());
        demands.realm = defaults.realm.as_ref().map(|realm| realm.get_ref().clone());
        demands.dialect =
            choice(&defaults.dialect, &DIALECTS, || "defaults.dialect".to_owned())?.unwrap_or(Dialect::Rfc);
        if let Some(floor) = &defaults.clock_floor {
            demands.clock_floor = UnixSeconds(*floor.get_ref());
        }
        if let Some(len) = &defaults.max_token_len {
            demands.max_token_len = *len.get_ref();
        }

        demands.sender_binding = choice(&self.sender_binding, &SENDER_BINDINGS, || key("sender_binding"))?
            .unwrap_or(SenderBinding::AsTheTokenSays);
        demands.dpop = match (&self.dpop, &defaults.dpop) {
            (Some(own), _) => Some(own.read(key)?),
            (None, Some(shared)) => Some(shared.read(|part| format!("defaults.{part}"))?),
            (None, None) => None,
        };

        let Currency { revocation, status_list, introspection } = self.currency().read(&key)?;
        (demands.revocation, demands.status_list, demands.introspection) =
            (revocation, status_list, introspection);
        if let Err((part, error)) = demands.policy() {
            let (span, in_defaults) = match part {
                "audience" => (Some(self.audience.span()), false),
                "scopes" => (Some(self.scopes.span()), false),
                "purposes" => (span_of(&self.purposes), false),
                "clients" => (span_of(&self.clients), false),
                "required_claims" => (span_of(&self.required_claims), false),
                "max_age" => (span_of(&self.max_age), false),
                "sender_binding" => (span_of(&self.sender_binding), false),
                "leeway" => (leeway.map(Spanned::span), self.leeway.is_none()),
                "max_lifetime" => (max_lifetime.map(Spanned::span), self.max_lifetime.is_none()),
                "realm" => (span_of(&defaults.realm), true),
                _ => (span_of(&defaults.max_token_len), true),
            };
            let key = if in_defaults { format!("defaults.{part}") } else { key(part) };
            return Err(Fault::new(span.unwrap_or(whole), key, error));
        }
        Ok(Product { name, demands })
    }

    fn currency(&self) -> CurrencyKeys<'_> {
        CurrencyKeys {
            revocation: &self.revocation,
            revocation_max_age: self.revocation_max_age.as_ref(),
            revocation_stale_for: self.revocation_stale_for.as_ref(),
            revocation_count: self.revocation_count.as_ref(),
            status_list: self.status_list.as_ref(),
            status_list_max_age: self.status_list_max_age.as_ref(),
            status_list_stale_for: self.status_list_stale_for.as_ref(),
            introspection: self.introspection.as_ref(),
            when_unanswered: self.when_unanswered.as_ref(),
        }
    }
}

fn span_of<T>(value: &Option<Spanned<T>>) -> Option<Range<usize>> {
    value.as_ref().map(Spanned::span)
}

fn owned(list: Option<&Spanned<Vec<String>>>) -> Vec<String> {
    list.map(|list| list.get_ref().clone()).unwrap_or_default()
}

fn choice<T: Copy>(
    word: &Option<Spanned<String>>,
    table: &[(&str, T)],
    key: impl FnOnce() -> String,
) -> Result<Option<T>, Fault> {
    match word {
        None => Ok(None),
        Some(word) => match spelled(table, word.get_ref()) {
            Ok(value) => Ok(Some(value)),
            Err(message) => Err(Fault::new(word.span(), key(), message)),
        },
    }
}

/// Which two tables are of one issuer: the tokens would not say which of them judges.
fn same_issuer(issuers: &[Issuer<String>]) -> Option<String> {
    issuers.iter().enumerate().find_map(|(at, second)| {
        let first = issuers.iter().take(at).find(|first| first.name() == second.name())?;
        Some(format!(
            "[issuers.{}] and [issuers.{}] are both of {}: a product can name one of them, because a token does not \
             say which of the two it is for",
            first.section().label,
            second.section().label,
            second.name()
        ))
    })
}

/// Clients by id, or whole groups as `@group`.
fn grouped(names: &[String], groups: &ClientGroups) -> Result<Vec<Client<String>>, String> {
    let mut clients = Vec::new();
    for name in names {
        match name.strip_prefix('@') {
            None => clients.push(Client { id: name.clone(), group: String::new() }),
            Some(group) => {
                let members = groups
                    .get(group)
                    .ok_or_else(|| format!("there is no group {group} in [client_groups]"))?;
                clients.extend(members.iter().map(|id| Client { id: id.clone(), group: group.to_owned() }));
            }
        }
    }
    Ok(clients)
}

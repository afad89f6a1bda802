//! `[products.NAME]`: what one product demands of a token.

use crate::{
    Audience, OwnedPolicy,
    binding::DpopTable,
    clients::ClientGroups,
    error::Fault,
    issuer::IssuerSource,
    list::{Items, List, WordOrList},
    owned_policy::Part,
    revocation_status::{RevocationStatus, RevocationStatusKeys},
    spelling::{LEGS, PURPOSE_FORMS, SENDER_BINDINGS, spelled},
};
use jotgate_core::{Issuer, Legs, PolicyError, PurposeForm, SenderBinding};
use serde::Deserialize;
use std::{collections::BTreeSet, ops::Range};
use toml::Spanned;

/// A product of the policy file; its demands were checked when the file was read.
#[derive(Clone, Debug)]
pub struct Product {
    pub(crate) name: String,
    pub(crate) policy: OwnedPolicy,
}

impl Product {
    /// The name by which gateways and the command line call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it demands.
    #[must_use]
    pub fn policy(&self) -> &OwnedPolicy {
        &self.policy
    }
}

/// The table as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProductTable {
    issuers: List,
    audience: Spanned<WordOrList>,
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
    purposes: Option<List>,
    purpose_form: Option<Spanned<String>>,
    clients: Option<List>,
    blocked_clients: Option<List>,
    legs: Option<Spanned<String>>,
    acr_values: Option<List>,
    max_authentication_age: Option<Spanned<u32>>,
    leeway: Option<Spanned<u32>>,
    max_lifetime: Option<Spanned<u32>>,
    max_age: Option<Spanned<u32>>,
    required_claims: Option<List>,
    sender_binding: Option<Spanned<String>>,
    dpop: Option<DpopTable>,
}

/// What a product table refers to.
pub(crate) struct Around<'f> {
    pub(crate) issuers: &'f [IssuerSource],
    pub(crate) groups: &'f ClientGroups,
    /// The demands of a product that says nothing itself.
    pub(crate) shared: &'f OwnedPolicy,
}

impl ProductTable {
    /// `whole` is where the table stands: the place of a fault that has no better one.
    pub(crate) fn read(
        &self,
        name: String,
        whole: Range<usize>,
        around: &Around<'_>,
    ) -> Result<Product, Fault> {
        let key = |part: &str| format!("products.{name}.{part}");
        let texts = |list: &Option<List>, part: &str| match list {
            None => Ok(Vec::new()),
            Some(list) => Items::of(list, key(part)).map(|list| list.texts()),
        };
        let mut owned = around.shared.clone();
        owned.issuers = self.issuers(around.issuers, key("issuers"))?;
        owned.audience = match Items::unless("by-client", &self.audience, "audience", key("audience"))? {
            None => Audience::ByClient,
            Some(list) => Audience::OneOf(list.texts()),
        };
        owned.scopes = Items::unless("not-checked", &self.scopes, "scopes", key("scopes"))?
            .map(|list| alternatives(&list))
            .transpose()?;
        owned.purposes = self.purposes(&key)?;
        if let Some(list) = &self.clients {
            owned.clients = Some(around.groups.clients(&Items::of(list, key("clients"))?)?);
        }
        if let Some(list) = &self.blocked_clients {
            let blocked = around.groups.clients(&Items::of(list, key("blocked_clients"))?)?;
            owned.blocked_clients = blocked.into_iter().map(|client| client.id).collect();
        }
        owned.legs = choice(&self.legs, &LEGS, || key("legs"))?.unwrap_or(Legs::Either);
        owned.acr_values = texts(&self.acr_values, "acr_values")?;
        owned.max_authentication_age = seconds(&self.max_authentication_age);
        owned.max_age = seconds(&self.max_age);
        owned.required_claims = texts(&self.required_claims, "required_claims")?;
        owned.leeway = seconds(&self.leeway).unwrap_or(owned.leeway);
        owned.max_lifetime = seconds(&self.max_lifetime).or(owned.max_lifetime);
        owned.sender_binding = choice(&self.sender_binding, &SENDER_BINDINGS, || key("sender_binding"))?
            .unwrap_or(SenderBinding::AsTheTokenSays);
        if let Some(dpop) = &self.dpop {
            owned.dpop = Some(dpop.read(key)?);
        }
        let RevocationStatus { revocation, status_list, introspection } =
            self.revocation_status().read(&key)?;
        (owned.revocation, owned.status_list, owned.introspection) = (revocation, status_list, introspection);
        if let Err((part, error)) = owned.checked() {
            let message = format!("{error}{}", self.culprit(part, error, &owned));
            return Err(Fault::new(self.span(part).unwrap_or(whole), key(part.key()), message));
        }
        Ok(Product { name, policy: owned })
    }

    pub(crate) fn names_group(&self, group: &str) -> bool {
        let lists = [&self.clients, &self.blocked_clients].into_iter().flatten();
        lists.flat_map(|list| list.get_ref()).any(|own| own.get_ref().strip_prefix('@') == Some(group))
    }

    fn issuers(&self, known: &[IssuerSource], key: String) -> Result<Vec<Issuer<String>>, Fault> {
        let issuers = Items::of(&self.issuers, key.clone())?.read(|wanted| {
            let known = known.iter().find(|source| source.label == *wanted);
            let known = known.ok_or_else(|| format!("there is no [issuers.{wanted}]"))?;
            Ok(known.issuer.clone())
        })?;
        match same_issuer(&issuers) {
            Some(message) => Err(Fault::new(self.issuers.span(), key, message)),
            None => Ok(issuers),
        }
    }

    fn purposes(&self, key: &impl Fn(&str) -> String) -> Result<Option<(Vec<String>, PurposeForm)>, Fault> {
        let form = choice(&self.purpose_form, &PURPOSE_FORMS, || key("purpose_form"))?;
        match (&self.purposes, &self.purpose_form) {
            (Some(names), _) => {
                let names = Items::of(names, key("purposes"))?.texts();
                Ok(Some((names, form.unwrap_or(PurposeForm::Scope))))
            }
            (None, None) => Ok(None),
            (None, Some(form)) => {
                let message = "purpose_form says nothing without purposes";
                Err(Fault::new(form.span(), key("purpose_form"), message))
            }
        }
    }

    /// Which issuer the audience does not go with.
    fn culprit(&self, part: Part, error: PolicyError, owned: &OwnedPolicy) -> String {
        let alone = |issuer: &Issuer<String>| OwnedPolicy { issuers: vec![issuer.clone()], ..owned.clone() };
        let mut labels = self.issuers.get_ref().iter().zip(&owned.issuers);
        let culprit = labels.find(|(_, issuer)| alone(issuer).checked().err() == Some((part, error)));
        match (error, culprit) {
            (PolicyError::AudienceNotRequired | PolicyError::KindNotMarked, Some((label, _))) => {
                format!(" ([issuers.{}])", label.get_ref())
            }
            _ => String::new(),
        }
    }

    /// Where a demand stands, if it stands in this table.
    fn span(&self, part: Part) -> Option<Range<usize>> {
        match part {
            Part::Audience => Some(self.audience.span()),
            Part::Scopes => Some(self.scopes.span()),
            Part::Purposes => span_of(&self.purposes),
            Part::Clients => span_of(&self.clients),
            Part::BlockedClients => span_of(&self.blocked_clients),
            Part::AcrValues => span_of(&self.acr_values),
            Part::RequiredClaims => span_of(&self.required_claims),
            Part::SenderBinding => span_of(&self.sender_binding),
            Part::Leeway => span_of(&self.leeway),
            Part::MaxLifetime => span_of(&self.max_lifetime),
            Part::MaxAge => span_of(&self.max_age),
            // These stand in the defaults, or were checked with their own table.
            Part::Realm
            | Part::MaxTokenLen
            | Part::DpopAlgorithms
            | Part::DpopMaxAge
            | Part::DpopNonceLife => None,
        }
    }

    fn revocation_status(&self) -> RevocationStatusKeys<'_> {
        RevocationStatusKeys {
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

pub(crate) fn seconds(value: &Option<Spanned<u32>>) -> Option<u32> {
    value.as_ref().map(|seconds| *seconds.get_ref())
}

pub(crate) fn choice<T: Copy>(
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

/// Alternatives of scopes, of which none demands all that another does: it would say nothing.
fn alternatives(list: &Items<'_>) -> Result<Vec<String>, Fault> {
    let words = |alternative: &str| -> BTreeSet<String> {
        alternative.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let all = list.texts();
    list.read(|own| {
        let lesser = all.iter().find(|other| *other != own && words(other).is_subset(&words(own)));
        match lesser {
            Some(lesser) => Err(format!("\"{own}\" says nothing where \"{lesser}\" suffices")),
            None => Ok(own.to_owned()),
        }
    })
}

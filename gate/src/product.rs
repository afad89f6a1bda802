//! `[products.NAME]`: what one product demands of a token.

use crate::{
    Audience, OwnedPolicy, Setting,
    binding::DpopTable,
    claims::{self, ClaimTable},
    clients::ClientGroups,
    error::Fault,
    issuer::IssuerSource,
    list::{List, WordOrList},
    list_rules::check_alternatives,
    revocation_status::RevocationStatus,
    settings_table::SettingsTable,
    spelling::{LEGS, PURPOSE_FORMS, SENDER_BINDINGS},
};
use jotgate_core::{Issuer, Legs, PolicyError, PurposeForm, SenderBinding};
use serde::Deserialize;
use std::ops::Range;
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
    pub(crate) issuers: List,
    pub(crate) audience: Spanned<WordOrList>,
    pub(crate) scopes: Spanned<WordOrList>,
    pub(crate) revocation: Spanned<String>,
    pub(crate) revocation_max_age: Option<Spanned<u32>>,
    pub(crate) revocation_stale_for: Option<Spanned<u32>>,
    pub(crate) revocation_count: Option<Spanned<String>>,
    pub(crate) status_list: Option<Spanned<String>>,
    pub(crate) status_list_max_age: Option<Spanned<u32>>,
    pub(crate) status_list_stale_for: Option<Spanned<u32>>,
    pub(crate) introspection: Option<Spanned<String>>,
    pub(crate) when_unanswered: Option<Spanned<String>>,
    pub(crate) purposes: Option<List>,
    pub(crate) purpose_form: Option<Spanned<String>>,
    pub(crate) clients: Option<List>,
    pub(crate) blocked_clients: Option<List>,
    pub(crate) legs: Option<Spanned<String>>,
    pub(crate) acr_values: Option<List>,
    pub(crate) max_authentication_age: Option<Spanned<u32>>,
    pub(crate) leeway: Option<Spanned<u32>>,
    pub(crate) max_lifetime: Option<Spanned<u32>>,
    pub(crate) max_age: Option<Spanned<u32>>,
    pub(crate) required_claims: Option<List>,
    pub(crate) claims: Option<Spanned<Vec<Spanned<ClaimTable>>>>,
    pub(crate) sender_binding: Option<Spanned<String>>,
    pub(crate) resource_metadata: Option<Spanned<String>>,
    pub(crate) dpop: Option<DpopTable>,
}

/// What a product table refers to.
pub(crate) struct Around<'f> {
    pub(crate) issuers: &'f [IssuerSource],
    pub(crate) groups: &'f ClientGroups,
    /// The demands of a product that says nothing itself.
    pub(crate) shared: &'f OwnedPolicy,
}

impl ProductTable {
    /// `whole` is where the table stands: a fault of a setting that is not written is told there.
    pub(crate) fn read(
        &self,
        name: String,
        whole: Range<usize>,
        around: &Around<'_>,
    ) -> Result<Product, Fault> {
        let here = SettingsTable::Product { name: &name, table: self, whole };
        let mut owned = around.shared.clone();
        owned.issuers = self.issuers(around.issuers, &here)?;
        owned.audience = match here.items_unless(Setting::Audience, "by-client", &self.audience)? {
            None => Audience::ByClient,
            Some(list) => Audience::OneOf(list.texts()),
        };
        owned.scopes = here
            .items_unless(Setting::Scopes, "not-checked", &self.scopes)?
            .map(|list| list.texts_by(check_alternatives))
            .transpose()?;
        owned.purposes = self.purposes(&here)?;
        if let Some(list) = &self.clients {
            owned.clients = Some(around.groups.clients(&here.items(Setting::Clients, list)?)?);
        }
        if let Some(list) = &self.blocked_clients {
            let blocked = here.items(Setting::BlockedClients, list)?;
            owned.blocked_clients = around.groups.blocked(&blocked, owned.clients.as_deref())?;
        }
        owned.legs = here.word_if_any(Setting::Legs, &self.legs, &LEGS)?.unwrap_or(Legs::Either);
        owned.acr_values = here.texts(Setting::AcrValues, &self.acr_values)?;
        owned.max_authentication_age = seconds(&self.max_authentication_age);
        owned.max_age = seconds(&self.max_age);
        owned.required_claims = here.texts(Setting::RequiredClaims, &self.required_claims)?;
        owned.claims = claims::read(&self.claims, &here)?;
        if let Some(url) = &self.resource_metadata {
            owned.resource_metadata = Some(url.get_ref().clone());
        }
        owned.leeway = seconds(&self.leeway).unwrap_or(owned.leeway);
        owned.max_lifetime = seconds(&self.max_lifetime).or(owned.max_lifetime);
        owned.sender_binding = here
            .word_if_any(Setting::SenderBinding, &self.sender_binding, &SENDER_BINDINGS)?
            .unwrap_or(SenderBinding::AsTheTokenSays);
        if let Some(dpop) = &self.dpop {
            owned.dpop = Some(dpop.read(&here)?);
        }
        let RevocationStatus { revocation, status_list, introspection } =
            RevocationStatus::read(self, &here)?;
        (owned.revocation, owned.status_list, owned.introspection) = (revocation, status_list, introspection);
        if let Err((setting, error)) = owned.as_policy() {
            let culprit = self.culprit(setting, error, &owned);
            return Err(here.fault(setting, format!("{error}{culprit}")));
        }
        Ok(Product { name, policy: owned })
    }

    pub(crate) fn names_group(&self, group: &str) -> bool {
        let lists = [&self.clients, &self.blocked_clients].into_iter().flatten();
        lists.flat_map(|list| list.get_ref()).any(|own| own.get_ref().strip_prefix('@') == Some(group))
    }

    fn issuers(
        &self,
        known: &[IssuerSource],
        here: &SettingsTable<'_>,
    ) -> Result<Vec<Issuer<String>>, Fault> {
        here.items(Setting::Issuers, &self.issuers)?.read(|wanted| {
            let known = known.iter().find(|source| source.label == *wanted);
            let known = known.ok_or_else(|| format!("there is no [issuers.{wanted}]"))?;
            Ok(known.issuer.clone())
        })
    }

    fn purposes(&self, here: &SettingsTable<'_>) -> Result<Option<(Vec<String>, PurposeForm)>, Fault> {
        let form = here.word_if_any(Setting::PurposeForm, &self.purpose_form, &PURPOSE_FORMS)?;
        match (&self.purposes, form) {
            (Some(names), form) => {
                let names = here.items(Setting::Purposes, names)?.texts();
                Ok(Some((names, form.unwrap_or(PurposeForm::Scope))))
            }
            (None, None) => Ok(None),
            (None, Some(_)) => {
                let message = format!("{} says nothing without {}", Setting::PurposeForm, Setting::Purposes);
                Err(here.fault(Setting::PurposeForm, message))
            }
        }
    }

    /// Which issuer the audience does not go with.
    fn culprit(&self, setting: Setting, error: PolicyError, owned: &OwnedPolicy) -> String {
        let alone = |issuer: &Issuer<String>| OwnedPolicy { issuers: vec![issuer.clone()], ..owned.clone() };
        let mut labels = self.issuers.get_ref().iter().zip(&owned.issuers);
        let culprit = labels.find(|(_, issuer)| alone(issuer).as_policy().err() == Some((setting, error)));
        match (error, culprit) {
            (PolicyError::AudienceNotRequired | PolicyError::KindNotMarked, Some((label, _))) => {
                format!(" ([issuers.{}])", label.get_ref())
            }
            _ => String::new(),
        }
    }
}

pub(crate) fn seconds(value: &Option<Spanned<u32>>) -> Option<u32> {
    value.as_ref().map(|seconds| *seconds.get_ref())
}

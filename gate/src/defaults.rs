//! `[defaults]`: what products share unless they say otherwise.

use crate::{
    OwnedPolicy, Setting, binding::DpopTable, error::Fault, product::seconds, settings_table::SettingsTable,
    spelling::DIALECTS,
};
use jotgate_core::{Dialect, Issuer, PolicyError, Profile, UnixSeconds};
use serde::Deserialize;
use toml::Spanned;

/// The table as it stands in the file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DefaultsTable {
    pub(crate) leeway: Option<Spanned<u32>>,
    pub(crate) max_lifetime: Option<Spanned<u32>>,
    pub(crate) realm: Option<Spanned<String>>,
    pub(crate) resource_metadata: Option<Spanned<String>>,
    pub(crate) dialect: Option<Spanned<String>>,
    pub(crate) clock_floor: Option<Spanned<i64>>,
    pub(crate) max_token_len: Option<Spanned<usize>>,
    pub(crate) dpop: Option<DpopTable>,
}

impl DefaultsTable {
    /// The demands of a product that says nothing itself: nobody's tokens for nobody. They are checked even where every
    /// product says otherwise.
    pub(crate) fn read(&self) -> Result<OwnedPolicy, Fault> {
        let here = SettingsTable::Defaults(self);
        let mut shared = OwnedPolicy::new(vec![], vec![]);
        shared.leeway = seconds(&self.leeway).unwrap_or(shared.leeway);
        shared.max_lifetime = seconds(&self.max_lifetime);
        shared.realm = self.realm.as_ref().map(|realm| realm.get_ref().clone());
        shared.resource_metadata = self.resource_metadata.as_ref().map(|url| url.get_ref().clone());
        shared.dialect =
            here.word_if_any(Setting::Dialect, &self.dialect, &DIALECTS)?.unwrap_or(Dialect::Rfc);
        if let Some(floor) = &self.clock_floor {
            shared.clock_floor = UnixSeconds(*floor.get_ref());
        }
        if let Some(len) = &self.max_token_len {
            shared.max_token_len = *len.get_ref();
        }
        shared.dpop = self.dpop.as_ref().map(|dpop| dpop.read(&here)).transpose()?;
        check(&shared).map_err(|(setting, error)| here.fault(setting, error))?;
        Ok(shared)
    }
}

/// Whether a product may share these.
fn check(shared: &OwnedPolicy) -> Result<(), (Setting, PolicyError)> {
    let issuer = Issuer::new("i".to_owned(), Profile::RFC9068).map_err(|error| (Setting::Issuers, error))?;
    let own = OwnedPolicy::new(vec![issuer], vec!["a".to_owned()]);
    let whole = OwnedPolicy { issuers: own.issuers, audience: own.audience, ..shared.clone() };
    whole.as_policy().map(|_| ())
}

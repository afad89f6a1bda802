//! `[defaults]`: what products share unless they say otherwise.

use crate::{
    OwnedPolicy,
    binding::DpopTable,
    error::Fault,
    owned_policy::Part,
    product::{choice, seconds},
    spelling::DIALECTS,
};
use jotgate_core::{Dialect, Issuer, PolicyError, Profile, UnixSeconds};
use serde::Deserialize;
use toml::Spanned;

/// The table as it stands in the file.
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

impl DefaultsTable {
    /// The demands of a product that says nothing itself: nobody's tokens for nobody. They are checked even where every
    /// product says otherwise.
    pub(crate) fn read(&self) -> Result<OwnedPolicy, Fault> {
        let key = |name: &str| format!("defaults.{name}");
        let mut shared = OwnedPolicy::new(vec![], vec![]);
        shared.leeway = seconds(&self.leeway).unwrap_or(shared.leeway);
        shared.max_lifetime = seconds(&self.max_lifetime);
        shared.realm = self.realm.as_ref().map(|realm| realm.get_ref().clone());
        shared.dialect = choice(&self.dialect, &DIALECTS, || key("dialect"))?.unwrap_or(Dialect::Rfc);
        if let Some(floor) = &self.clock_floor {
            shared.clock_floor = UnixSeconds(*floor.get_ref());
        }
        if let Some(len) = &self.max_token_len {
            shared.max_token_len = *len.get_ref();
        }
        shared.dpop = self.dpop.as_ref().map(|dpop| dpop.read(key)).transpose()?;
        match check(&shared) {
            Ok(()) => Ok(shared),
            Err((part, error)) => {
                let span = match part {
                    Part::Leeway => self.leeway.as_ref().map(Spanned::span),
                    Part::MaxLifetime => self.max_lifetime.as_ref().map(Spanned::span),
                    Part::Realm => self.realm.as_ref().map(Spanned::span),
                    Part::MaxTokenLen => self.max_token_len.as_ref().map(Spanned::span),
                    // These are no defaults, or were checked already.
                    Part::Audience
                    | Part::Scopes
                    | Part::Purposes
                    | Part::Clients
                    | Part::BlockedClients
                    | Part::AcrValues
                    | Part::RequiredClaims
                    | Part::SenderBinding
                    | Part::MaxAge
                    | Part::DpopAlgorithms
                    | Part::DpopMaxAge
                    | Part::DpopNonceLife => None,
                };
                Err(Fault { span, key: key(part.key()), message: error.to_string() })
            }
        }
    }
}

/// Whether a product may share these.
fn check(shared: &OwnedPolicy) -> Result<(), (Part, PolicyError)> {
    let issuer = Issuer::new("i".to_owned(), Profile::RFC9068).map_err(|error| (Part::Audience, error))?;
    let own = OwnedPolicy::new(vec![issuer], vec!["a".to_owned()]);
    let whole = OwnedPolicy { issuers: own.issuers, audience: own.audience, ..shared.clone() };
    whole.checked().map(|_| ())
}

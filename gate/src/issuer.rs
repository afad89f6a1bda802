//! `[issuers.LABEL]`: who signs, how the tokens look, and where the keys come from.

use crate::{
    error::Fault,
    list::{Items, List, WordOrList},
    list_rules::{check_media_types, check_name},
    spelling::{
        CLIENT_CLAIMS, KEY_PARAMETERS, SCOPE_CLAIMS, SCOPE_FORMS, SUBJECT_FORMS, TOLERATED_CLAIMS, spelled,
    },
};
use jotgate_core::{
    AlgorithmName, ClientClaims, Issuer, KeyParameters, PolicyError, Profile, Types,
    crypto::{ALL_ALGORITHMS, Algorithm},
};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// An issuer, as the policy file describes it.
pub struct IssuerSource {
    pub(crate) label: String,
    pub(crate) issuer: Issuer<String>,
    pub(crate) keys: KeyFile,
    pub(crate) algorithms: Vec<&'static dyn Algorithm>,
}

/// Where an issuer's key set lies.
#[derive(Clone, Debug)]
pub struct KeyFile {
    /// A JWK Set; relative names are relative to the policy file.
    pub path: PathBuf,
    /// The algorithm of RSA keys that name none.
    pub default_rsa_algorithm: Option<AlgorithmName>,
}

impl IssuerSource {
    /// The label under which products name it.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The issuer as the core knows it.
    #[must_use]
    pub fn issuer(&self) -> &Issuer<String> {
        &self.issuer
    }

    /// Where its key set lies.
    #[must_use]
    pub fn keys(&self) -> &KeyFile {
        &self.keys
    }

    /// The algorithms that its keys may serve.
    #[must_use]
    pub fn algorithms(&self) -> &[&'static dyn Algorithm] {
        &self.algorithms
    }
}

/// The table as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IssuerTable {
    issuer: Spanned<String>,
    preset: Spanned<String>,
    keys: KeysTable,
    algorithms: Option<List>,
    typ: Option<Spanned<WordOrList>>,
    client_claims: Option<List>,
    scope_claim: Option<Spanned<String>>,
    scope_form: Option<Spanned<String>>,
    ignored_header_parameters: Option<List>,
    tolerated_claims: Option<List>,
    subject_form: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeysTable {
    file: Spanned<PathBuf>,
    algorithm: Option<Spanned<String>>,
}

impl IssuerTable {
    pub(crate) fn read(&self, label: String, folder: &Path) -> Result<IssuerSource, Fault> {
        let key = |name: &str| format!("issuers.{label}.{name}");
        let at_name = |error| Fault::new(self.issuer.span(), key("issuer"), error);
        check_name(self.issuer.get_ref())
            .map_err(|message| Fault::new(self.issuer.span(), key("issuer"), message))?;
        let mut issuer = Issuer::new(self.issuer.get_ref().clone(), self.profile(&key)?)
            .map_err(at_name)?
            // The keys of a table are its own, whatever other table has the same issuer.
            .with_section(label.clone())
            .map_err(|error| Fault::new(self.issuer.span(), format!("issuers.{label}"), error))?;
        if let Some(typ) = &self.typ {
            let types = match Items::unless("any", typ, "typ", key("typ"))? {
                None => Types::Any,
                Some(list) => Types::OneOf(list.texts_by(check_media_types)?.join(" ")),
            };
            let at_typ = |error| Fault::new(typ.span(), key("typ"), error);
            issuer = issuer.with_types(types).map_err(at_typ)?;
        }
        if let Some(names) = &self.ignored_header_parameters {
            let names = Items::of(names, key("ignored_header_parameters"))?.spelled(&KEY_PARAMETERS)?;
            issuer = issuer.with_ignored(names.into_iter().fold(KeyParameters::NONE, KeyParameters::with));
        }
        if let Some(names) = &self.tolerated_claims {
            let claims = Items::of(names, key("tolerated_claims"))?.spelled(&TOLERATED_CLAIMS)?;
            let at_claims = |error| Fault::new(names.span(), key("tolerated_claims"), error);
            for claim in claims {
                issuer = issuer.with_tolerated(claim).map_err(at_claims)?;
            }
        }
        if let Some(form) = &self.subject_form {
            let form = spelled(&SUBJECT_FORMS, form.get_ref())
                .map_err(|message| Fault::new(form.span(), key("subject_form"), message))?;
            issuer = issuer.with_subject_form(form);
        }
        let algorithms = match &self.algorithms {
            None => ALL_ALGORITHMS.to_vec(),
            Some(names) => enabled(&Items::of(names, key("algorithms"))?)?,
        };
        let default_rsa_algorithm = match &self.keys.algorithm {
            None => None,
            Some(name) => Some(
                for_rsa(name.get_ref(), &algorithms)
                    .map_err(|message| Fault::new(name.span(), key("keys.algorithm"), message))?,
            ),
        };
        let file = &self.keys.file;
        if file.get_ref().as_os_str().is_empty() {
            return Err(Fault::new(file.span(), key("keys.file"), PolicyError::EmptyName));
        }
        let path = folder.join(file.get_ref());
        Ok(IssuerSource { label, issuer, keys: KeyFile { path, default_rsa_algorithm }, algorithms })
    }

    fn profile(&self, key: &impl Fn(&str) -> String) -> Result<Profile, Fault> {
        let word = |word: &Spanned<String>, name: &str, message| Fault::new(word.span(), key(name), message);
        let presets = Profile::PRESETS;
        let mut profile = spelled(&presets, self.preset.get_ref())
            .map_err(|message| word(&self.preset, "preset", message))?;
        if let Some(claims) = &self.client_claims {
            let claims = Items::of(claims, key("client_claims"))?.spelled(&CLIENT_CLAIMS)?;
            let mut claims = claims.into_iter();
            if let Some(first) = claims.next() {
                let claims = ClientClaims::new(first, claims.next(), claims.next(), claims.next());
                profile = profile.with_client_claims(claims);
            }
        }
        match (&self.scope_claim, &self.scope_form) {
            (None, None) => Ok(profile),
            (Some(claim), None) => {
                let message = "scope_claim needs scope_form beside it: string, array, or either";
                Err(word(claim, "scope_claim", message.to_owned()))
            }
            (None, Some(form)) => {
                Err(word(form, "scope_form", "scope_form needs scope_claim beside it".to_owned()))
            }
            (Some(claim), Some(form)) => Ok(profile.with_scope_claim(
                spelled(&SCOPE_CLAIMS, claim.get_ref())
                    .map_err(|message| word(claim, "scope_claim", message))?,
                spelled(&SCOPE_FORMS, form.get_ref()).map_err(|message| word(form, "scope_form", message))?,
            )),
        }
    }
}

pub(crate) fn enabled(names: &Items<'_>) -> Result<Vec<&'static dyn Algorithm>, Fault> {
    names.read(algorithm)
}

/// The algorithm of RSA keys that name none, which must be one that keys may serve.
fn for_rsa(name: &str, enabled: &[&'static dyn Algorithm]) -> Result<AlgorithmName, String> {
    let named = algorithm(name)?.name();
    match named {
        AlgorithmName::Ps256
        | AlgorithmName::Ps384
        | AlgorithmName::Ps512
        | AlgorithmName::Rs256
        | AlgorithmName::Rs384
        | AlgorithmName::Rs512 => {}
        AlgorithmName::EdDsa | AlgorithmName::Es256 | AlgorithmName::Es384 | AlgorithmName::Es512 => {
            return Err(format!("{name} is no algorithm of RSA keys; the others need none named"));
        }
    }
    if enabled.iter().any(|algorithm| algorithm.name() == named) {
        Ok(named)
    } else {
        Err(format!("{name} is not among the algorithms of this issuer"))
    }
}

fn algorithm(name: &str) -> Result<&'static dyn Algorithm, String> {
    let table: Vec<_> = ALL_ALGORITHMS.iter().map(|own| (own.name().as_jose(), *own)).collect();
    spelled(&table, name)
}

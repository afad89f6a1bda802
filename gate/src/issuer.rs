//! `[issuers.LABEL]`: who signs, how the tokens look, and where the keys come from.

use crate::{
    ALL_ALGORITHMS,
    error::Fault,
    spelling::{CLIENT_CLAIMS, KEY_PARAMETERS, SCOPE_CLAIMS, SCOPE_FORMS, WordOrList, spelled},
};
use jotgate_core::{
    AlgorithmName, ClientClaims, Issuer, KeyParameters, Profile, ScopeForm, Types, crypto::Algorithm,
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
    pub unnamed: Option<AlgorithmName>,
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
    algorithms: Option<Spanned<Vec<String>>>,
    typ: Option<Spanned<WordOrList>>,
    client_claims: Option<Spanned<Vec<String>>>,
    scope_claim: Option<Spanned<String>>,
    scope_form: Option<Spanned<String>>,
    ignored_header_parameters: Option<Spanned<Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeysTable {
    file: Spanned<PathBuf>,
    algorithm: Option<Spanned<String>>,
}

impl IssuerTable {
    pub(crate) fn read(self, label: String, folder: &Path) -> Result<IssuerSource, Fault> {
        let key = |name: &str| format!("issuers.{label}.{name}");
        let presets = Profile::PRESETS;
        let mut profile = spelled(&presets, self.preset.get_ref())
            .map_err(|message| Fault::new(self.preset.span(), key("preset"), message))?;
        if let Some(claims) = self.client_claims {
            profile = profile.with_client_claims(
                client_claims(claims.get_ref())
                    .map_err(|message| Fault::new(claims.span(), key("client_claims"), message))?,
            );
        }
        if let Some(claim) = self.scope_claim {
            let form = match &self.scope_form {
                None => ScopeForm::String,
                Some(form) => spelled(&SCOPE_FORMS, form.get_ref())
                    .map_err(|message| Fault::new(form.span(), key("scope_form"), message))?,
            };
            let claim = spelled(&SCOPE_CLAIMS, claim.get_ref())
                .map_err(|message| Fault::new(claim.span(), key("scope_claim"), message))?;
            profile = profile.with_scope_claim(claim, form);
        } else if let Some(form) = self.scope_form {
            return Err(Fault::new(form.span(), key("scope_form"), "scope_form needs scope_claim beside it"));
        }

        let name = self.issuer.span();
        let mut issuer = Issuer::new(self.issuer.into_inner(), profile)
            .map_err(|error| Fault::new(name.clone(), key("issuer"), error))?
            // The keys of a table are its own, whatever other table has the same issuer.
            .with_section(label.clone())
            .map_err(|error| Fault::new(name, format!("issuers.{label}"), error))?;
        if let Some(typ) = self.typ {
            let span = typ.span();
            let types = match typ.into_inner() {
                WordOrList::Word(word) if word == "any" => Ok(Types::Any),
                WordOrList::Word(word) => Err(format!("\"{word}\" must be a list, or the word any")),
                WordOrList::List(list) => Ok(Types::OneOf(list.join(" "))),
            };
            let types = types.map_err(|message| Fault::new(span.clone(), key("typ"), message))?;
            issuer = issuer.with_types(types).map_err(|error| Fault::new(span, key("typ"), error))?;
        }
        if let Some(names) = self.ignored_header_parameters {
            let mut ignored = KeyParameters::NONE;
            for name in names.get_ref() {
                ignored = ignored.with(spelled(&KEY_PARAMETERS, name).map_err(|message| {
                    Fault::new(names.span(), key("ignored_header_parameters"), message)
                })?);
            }
            issuer = issuer.with_ignored(ignored);
        }

        let algorithms = match self.algorithms {
            None => ALL_ALGORITHMS.to_vec(),
            Some(names) => enabled(names.get_ref())
                .map_err(|message| Fault::new(names.span(), key("algorithms"), message))?,
        };
        let unnamed = match self.keys.algorithm {
            None => None,
            Some(name) => Some(
                algorithm(name.get_ref())
                    .map_err(|message| Fault::new(name.span(), key("keys.algorithm"), message))?
                    .name(),
            ),
        };
        let path = folder.join(self.keys.file.into_inner());
        Ok(IssuerSource { label, issuer, keys: KeyFile { path, unnamed }, algorithms })
    }
}

fn client_claims(names: &[String]) -> Result<ClientClaims, String> {
    let mut claims = [None; 4];
    if names.len() > claims.len() {
        return Err("a claim is named twice".to_owned());
    }
    for (place, name) in claims.iter_mut().zip(names) {
        *place = Some(spelled(&CLIENT_CLAIMS, name)?);
    }
    match claims {
        [Some(first), second, third, fourth] => Ok(ClientClaims::new(first, second, third, fourth)),
        _ => Err("the list is empty".to_owned()),
    }
}

pub(crate) fn enabled(names: &[String]) -> Result<Vec<&'static dyn Algorithm>, String> {
    if names.is_empty() {
        return Err("the list is empty; an empty list never means any".to_owned());
    }
    names.iter().map(|name| algorithm(name)).collect()
}

fn algorithm(name: &str) -> Result<&'static dyn Algorithm, String> {
    let table = ALL_ALGORITHMS.map(|algorithm| (algorithm.name().as_jose(), algorithm));
    spelled(&table, name)
}

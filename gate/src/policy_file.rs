//! The policy file: TOML, one for every gateway and for the command line.

use crate::{
    PolicyFileError,
    clients::{ClientGroups, GroupsTable},
    defaults::DefaultsTable,
    error::Fault,
    file::read_bounded,
    issuer::{IssuerSource, IssuerTable},
    limits::MAX_POLICY_LEN,
    product::{Around, Product, ProductTable},
};
use serde::Deserialize;
use std::{collections::BTreeMap, io, path::Path};
use toml::Spanned;

/// A policy file that was read and checked as a whole.
pub struct PolicyFile {
    issuers: Vec<IssuerSource>,
    products: Vec<Product>,
}

/// The file as it stands there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(default)]
    defaults: DefaultsTable,
    issuers: BTreeMap<String, Spanned<IssuerTable>>,
    #[serde(default)]
    client_groups: GroupsTable,
    products: BTreeMap<String, Spanned<ProductTable>>,
}

impl Tables {
    /// A group that no product names says nothing: another name may have been meant.
    fn refuse_unnamed_groups(&self) -> Result<(), Fault> {
        for (group, members) in &self.client_groups {
            if !self.products.values().any(|product| product.get_ref().names_group(group)) {
                let message = format!("no product names @{group}");
                return Err(Fault::new(members.span(), format!("client_groups.{group}"), message));
            }
        }
        Ok(())
    }
}

impl PolicyFile {
    /// Reads the file at `path`, at most [`MAX_POLICY_LEN`] bytes, with [`read_bounded`].
    ///
    /// # Errors
    /// The file cannot be read, or what is wrong in it, with line and key.
    pub fn open(path: &Path) -> Result<Self, PolicyFileError> {
        let file = read_bounded(path, MAX_POLICY_LEN);
        let bytes = file.map_err(|error| PolicyFileError::unreadable(path, &error))?.bytes;
        let text = String::from_utf8(bytes).map_err(|error| {
            let error = format!("not UTF-8 (at byte {})", error.utf8_error().valid_up_to());
            PolicyFileError::unreadable(path, &io::Error::other(error))
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).map_err(|fault| fault.within(&path.display().to_string(), &text))
    }

    fn parse(text: &str, folder: &Path) -> Result<Self, Fault> {
        let document = toml::Deserializer::parse(text).map_err(|error| toml_fault(&error, String::new()))?;
        let tables: Tables = serde_path_to_error::deserialize(document).map_err(|error| {
            let key = dotted(error.path());
            toml_fault(error.inner(), key)
        })?;
        let mut issuers = Vec::new();
        for (label, table) in &tables.issuers {
            issuers.push(table.get_ref().read(label.clone(), folder)?);
        }
        let groups = ClientGroups::read(&tables.client_groups)?;
        let shared = tables.defaults.read()?;
        let around = Around { issuers: &issuers, groups: &groups, shared: &shared };
        let mut products = Vec::new();
        for (name, table) in &tables.products {
            products.push(table.get_ref().read(name.clone(), table.span(), &around)?);
        }
        if products.is_empty() {
            return Err(Fault {
                span: None,
                key: "products".to_owned(),
                message: "no product is described".to_owned(),
            });
        }
        tables.refuse_unnamed_groups()?;
        Ok(Self { issuers, products })
    }

    /// The issuers, by label.
    #[must_use]
    pub fn issuers(&self) -> &[IssuerSource] {
        &self.issuers
    }

    /// The products, by name.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// The product of this name.
    #[must_use]
    pub fn product(&self, name: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.name() == name)
    }
}

/// The key as it stands in the file, without the steps that `Spanned` adds for itself.
fn dotted(path: &serde_path_to_error::Path) -> String {
    let steps = path.iter().map(ToString::to_string).filter(|step| !step.starts_with("$__"));
    steps.collect::<Vec<_>>().join(".")
}

fn toml_fault(error: &toml::de::Error, key: String) -> Fault {
    Fault { span: error.span(), key, message: error.message().to_owned() }
}

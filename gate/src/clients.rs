//! `[client_groups]`, and lists of clients: ids, and whole groups as `@group`.

use crate::{
    error::Fault,
    list::{Items, List},
};
use jotgate_core::Client;
use std::collections::{BTreeMap, BTreeSet};

/// The table as it stands in the file.
pub(crate) type GroupsTable = BTreeMap<String, List>;

/// Group names to clients.
pub(crate) struct ClientGroups(BTreeMap<String, Vec<String>>);

impl ClientGroups {
    pub(crate) fn read(table: &GroupsTable) -> Result<Self, Fault> {
        let mut groups = BTreeMap::new();
        for (name, members) in table {
            let key = format!("client_groups.{name}");
            if name.is_empty() {
                return Err(Fault::new(members.span(), key, "the group's name is empty"));
            }
            let members = Items::of(members, key)?.read(|id| match id.strip_prefix('@') {
                None => Ok(id.to_owned()),
                Some(_) => Err(format!("{id}: a group holds clients, and no groups")),
            })?;
            groups.insert(name.clone(), members);
        }
        Ok(Self(groups))
    }

    /// The clients that a list names, each once and with its group; the group of one that is named itself is empty.
    pub(crate) fn clients(&self, list: &Items<'_>) -> Result<Vec<Client<String>>, Fault> {
        let mut known = BTreeSet::new();
        let named = list.read(|name| {
            let clients = self.named(name)?;
            match clients.iter().find(|client| !known.insert(client.id.clone())) {
                Some(twice) => Err(format!("{name}: {} stands there already", twice.id)),
                None => Ok(clients),
            }
        })?;
        Ok(named.into_iter().flatten().collect())
    }

    /// The ids of clients that are blocked, of a list in which each item blocks somebody: where only some clients are
    /// `allowed`, others are denied anyway, and a name that is none of them may be a mistyped one.
    pub(crate) fn blocked(
        &self,
        list: &Items<'_>,
        allowed: Option<&[Client<String>]>,
    ) -> Result<Vec<String>, Fault> {
        let blocked = self.clients(list)?;
        if let Some(allowed) = allowed {
            let allowed: BTreeSet<&str> = allowed.iter().map(|client| client.id.as_str()).collect();
            list.read(|name| {
                if self.named(name)?.iter().any(|client| allowed.contains(client.id.as_str())) {
                    Ok(())
                } else {
                    Err(format!("{name} blocks nobody: it is not among the clients of this product"))
                }
            })?;
        }
        Ok(blocked.into_iter().map(|client| client.id).collect())
    }

    fn named(&self, name: &str) -> Result<Vec<Client<String>>, String> {
        let client = |id: &str, group: &str| Client { id: id.to_owned(), group: group.to_owned() };
        match name.strip_prefix('@') {
            None if self.0.contains_key(name) => {
                Err(format!("{name} is a group in [client_groups]: say @{name}, or call the group otherwise"))
            }
            None => Ok(vec![client(name, "")]),
            Some(group) => {
                let members = self
                    .0
                    .get(group)
                    .ok_or_else(|| format!("there is no group {group} in [client_groups]"))?;
                Ok(members.iter().map(|id| client(id, group)).collect())
            }
        }
    }
}

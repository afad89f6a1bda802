//! What holds of a list of texts, whether a policy file has it or the options of a command line.

use jotgate_core::{PolicyError, is_invisible};
use std::collections::{BTreeMap, BTreeSet};

/// An item of a list that is at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemFault {
    /// Its place in the list, from 0.
    pub position: usize,
    /// What is wrong with it.
    pub message: String,
}

/// Checks that items are not empty, have no white space around them, no control characters and none that nobody sees
/// ([`is_invisible`]), and that none stands there twice.
///
/// # Errors
/// The first item of which that is not so.
pub fn check_names(items: &[&str]) -> Result<(), ItemFault> {
    let mut known = BTreeSet::new();
    each(items, |own| {
        check_name(own)?;
        if known.insert(own) { Ok(()) } else { Err(format!("\"{own}\" stands there twice")) }
    })
}

/// Checks alternatives of scopes by [`check_names`], and that none demands all that another does: it would say nothing.
///
/// # Errors
/// The first item of which that is not so.
pub fn check_alternatives<'t>(items: &[&'t str]) -> Result<(), ItemFault> {
    check_names(items)?;
    let words = |alternative: &'t str| -> BTreeSet<&'t str> {
        alternative.split(' ').filter(|word| !word.is_empty()).collect()
    };
    let mut counts = BTreeMap::<&str, usize>::new();
    for word in items.iter().flat_map(|item| words(item)) {
        let count = counts.entry(word).or_default();
        *count = count.saturating_add(1);
    }
    // By their rarest word, so that each is compared with few others: those whose rarest word it has.
    let mut by_rarest = BTreeMap::<&str, Vec<(&str, BTreeSet<&str>)>>::new();
    for item in items {
        let own = words(item);
        if let Some(rarest) = own.iter().copied().min_by_key(|word| counts.get(word)) {
            by_rarest.entry(rarest).or_default().push((item, own));
        }
    }
    each(items, |own| {
        let all = words(own);
        let mut alike = all.iter().filter_map(|word| by_rarest.get(word)).flatten();
        let lesser = alike.find(|(other, lesser)| *other != own && lesser.is_subset(&all));
        match lesser.map(|(other, _)| other) {
            Some(lesser) => Err(format!("\"{own}\" says nothing where \"{lesser}\" suffices")),
            None => Ok(()),
        }
    })
}

/// Checks media types by [`check_names`], and that none is another in other words (RFC 7515, section 4.1.9).
///
/// # Errors
/// The first item of which that is not so.
pub fn check_media_types(items: &[&str]) -> Result<(), ItemFault> {
    check_names(items)?;
    let mut known = BTreeSet::new();
    each(items, |name| {
        if name.contains(' ') {
            return Err(format!("\"{name}\" holds a space: each type is an item of its own"));
        }
        let lower = name.to_ascii_lowercase();
        if known.insert(lower.strip_prefix("application/").unwrap_or(&lower).to_owned()) {
            Ok(())
        } else {
            Err(format!("\"{name}\" stands there twice, in other words"))
        }
    })
}

/// Checks a text that is looked for exactly as it stands: nobody means white space around it.
pub(crate) fn check_name(own: &str) -> Result<(), String> {
    if own.is_empty() {
        Err(PolicyError::EmptyName.to_string())
    } else if own.chars().any(char::is_control) {
        Err(format!("{own:?} holds a control character"))
    } else if own.chars().any(is_invisible) {
        Err(format!("\"{}\" holds a character that nobody sees", own.escape_default()))
    } else if own.trim() != own {
        Err(format!("\"{own}\" has white space around it"))
    } else {
        Ok(())
    }
}

fn each<'t>(
    items: &[&'t str],
    mut check: impl FnMut(&'t str) -> Result<(), String>,
) -> Result<(), ItemFault> {
    for (position, item) in items.iter().enumerate() {
        check(item).map_err(|message| ItemFault { position, message })?;
    }
    Ok(())
}

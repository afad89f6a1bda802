//! What a policy names against what a token says, where both may be many: each is looked at once.

use crate::{
    ground::{fingerprint::Fingerprint, words::Words},
    meaning::scope::{ScopeTable, Scopes},
    wire::json::{Object, Value},
};

/// Bytes of scopes to look through for all alternatives together, up to which looking through them each time is less work
/// than a table.
const FEW: usize = 1024;

/// Whether all scopes of one of these alternatives are there. In the older form of CAMARA's purpose, what stands behind
/// `#`, the `target`, is a scope as well.
pub(super) fn covers<S: AsRef<str>>(alternatives: &[S], scopes: &Scopes<'_>, target: Option<&str>) -> bool {
    if alternatives.len().saturating_mul(scopes.text_len()) > FEW {
        return covers_many(alternatives, scopes, target);
    }
    any_is_covered(alternatives, |scope| scopes.contains(scope) || target == Some(scope))
}

#[cold]
#[inline(never)]
fn covers_many<S: AsRef<str>>(alternatives: &[S], scopes: &Scopes<'_>, target: Option<&str>) -> bool {
    let table = ScopeTable::of(scopes.clone());
    any_is_covered(alternatives, |scope| table.contains(scope) || target == Some(scope))
}

#[inline]
fn any_is_covered<S: AsRef<str>>(alternatives: &[S], has: impl Fn(&str) -> bool) -> bool {
    alternatives.iter().any(|alternative| Words::of(alternative.as_ref()).all(&has))
}

/// How many required claims one walk through the claims finds: one bit for each.
const AT_ONCE: usize = 32;

/// Whether a member of each of these names is there. One that is null says nothing (OpenID Connect Core 1.0, section
/// 5.3.2: it should have been left out).
pub(super) fn has_all<S: AsRef<str>>(object: Object<'_>, names: &[S]) -> bool {
    names.chunks(AT_ONCE).all(|names| has_these(object, names))
}

fn has_these<S: AsRef<str>>(object: Object<'_>, names: &[S]) -> bool {
    let mut wanted = [0; AT_ONCE];
    for (fingerprint, name) in wanted.iter_mut().zip(names) {
        *fingerprint = Fingerprint::of(name.as_ref().as_bytes());
    }
    let mut found = 0_usize;
    let mut is_found = [false; AT_ONCE];
    for (member, value) in object.members() {
        if matches!(value, Value::Null) {
            continue;
        }
        let fingerprint = member.fingerprint();
        let all = wanted.iter().zip(names).zip(&mut is_found);
        for ((_, name), is_found) in
            all.filter(|((wanted, _), is_found)| **wanted == fingerprint && !**is_found)
        {
            if member == *name.as_ref() {
                *is_found = true;
                found = found.saturating_add(1);
            }
        }
        if found == names.len() {
            return true;
        }
    }
    false
}

//! CAMARA's scopes and operations, and the Data Privacy Vocabulary's purposes: as policies, and in tokens.

mod product;

use jotgate_core::{Denied, PolicyError, PurposeForm, PurposeRule};
use jotgate_tests::vectors::corpus;
use product::Product;
use serde_json::Value;
use std::collections::BTreeSet;

/// The strings of an array.
fn strings(array: &Value) -> Vec<&str> {
    array.as_array().expect("an array").iter().map(|item| item.as_str().expect("a string")).collect()
}

fn scopes<'p>(scopes: &'p [&'p str]) -> Product<'p> {
    Product { scopes, purpose: PurposeRule::NotChecked }
}

fn purposes<'p>(names: &'p [&'p str], form: PurposeForm) -> Product<'p> {
    Product { scopes: &["api"], purpose: PurposeRule::OneOf(names, form) }
}

#[test]
fn every_scope_is_an_alternative_and_a_scope() {
    let Some(camara) = corpus("camara") else { return };
    let all = camara.json("scopes.json");
    let all = strings(&all);
    assert_eq!(all.len(), 66);
    assert_eq!(scopes(&all).policy(), Ok(()));
    for scope in &all {
        let granted =
            scopes(&[scope]).check(scope, |grant| grant.scopes().map(|own| own == **scope).collect());
        assert_eq!(granted, Ok(vec![true]), "{scope}");
    }
    // More than a user would ever grant at once, and still a token.
    let granted = scopes(&all).check(&all.join(" "), |grant| grant.scopes().count());
    assert_eq!(granted, Ok(66));
}

/// "Any of these sets, all of one set" is what the alternatives say: a token with one whole set is granted,
/// one with all scopes of the operation but one of each set is not.
#[test]
fn every_operation_is_a_rule() {
    let Some(camara) = corpus("camara") else { return };
    let operations = camara.json("operations_scopes.json");
    let operations = operations.as_array().expect("the operations");
    assert_eq!(operations.len(), 72);
    let mut used = BTreeSet::new();
    for operation in operations {
        let name = &operation["operationId"];
        let any_of: Vec<_> =
            operation["any_of_all_of"].as_array().expect("the sets").iter().map(strings).collect();
        let alternatives: Vec<String> = any_of.iter().map(|all_of| all_of.join(" ")).collect();
        let alternatives: Vec<&str> = alternatives.iter().map(String::as_str).collect();
        let product = scopes(&alternatives);
        for all_of in &alternatives {
            assert_eq!(product.check(all_of, |_| ()), Ok(()), "{name}");
        }
        let incomplete: Vec<&str> = any_of.iter().flat_map(|all_of| &all_of[1..]).copied().collect();
        assert_eq!(product.check(&incomplete.join(" "), |_| ()), Err(Denied::ScopeMissing), "{name}");
        used.extend(any_of.into_iter().flatten().map(str::to_owned));
    }
    let all = camara.json("scopes.json");
    assert_eq!(used, strings(&all).into_iter().map(str::to_owned).collect());
}

/// Two terms of the lists are properties, which stand beside the purposes.
const PROPERTIES: [&str; 2] = ["hasPurpose", "hasSector"];

#[test]
fn every_term_is_a_purpose() {
    let Some(dpv) = corpus("dpv") else { return };
    let terms = dpv.json("purpose_terms.json");
    for (version, count) in [("2.0", 99), ("2.3", 125)] {
        let terms = strings(&terms[version]);
        assert_eq!(terms.len(), count);
        let (properties, terms): (Vec<_>, Vec<_>) =
            terms.into_iter().partition(|term| PROPERTIES.contains(term));
        assert_eq!(properties, PROPERTIES);
        for form in [PurposeForm::Scope, PurposeForm::ScopeWithTarget, PurposeForm::Claim] {
            assert_eq!(purposes(&terms, form).policy(), Ok(()));
            for property in PROPERTIES {
                assert_eq!(purposes(&[property], form).policy(), Err(PolicyError::PurposeMalformed));
            }
        }
        for term in terms {
            let scope = format!("api dpv:{term}");
            let named = purposes(&[term], PurposeForm::Scope)
                .check(&scope, |grant| grant.purpose().map(|purpose| purpose.name() == term));
            assert_eq!(named, Ok(Some(true)), "{term}");
        }
    }
}

#[test]
fn what_is_no_purpose() {
    for (name, error) in [
        ("", PolicyError::EmptyName),
        ("dpv:Marketing", PolicyError::PurposeMalformed),
        ("marketing", PolicyError::PurposeMalformed),
        ("Marketing1", PolicyError::PurposeMalformed),
        ("Marketing Sales", PolicyError::PurposeMalformed),
    ] {
        assert_eq!(purposes(&[name], PurposeForm::Scope).policy(), Err(error), "{name}");
    }
}

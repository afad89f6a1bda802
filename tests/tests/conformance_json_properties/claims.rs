//! A caller's own types see what the core sees: through serde the same values as member by member.

use crate::spelling::{document, spelling, string};
use jotgate_core::json::{DeError, Object, Str, Value};
use proptest::{collection::vec, option, prelude::*};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Claims<'c> {
    /// Borrowed from the token.
    iss: &'c str,
    sub: String,
    exp: u64,
    offset: i64,
    ratio: f64,
    active: bool,
    nickname: Option<String>,
    roles: Vec<String>,
    #[serde(borrow)]
    address: Address<'c>,
    past: Vec<Address<'c>>,
    tier: Tier,
    limits: BTreeMap<String, Option<u32>>,
    pair: (bool, i8),
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
struct Address<'c> {
    country: &'c str,
    zip: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Tier {
    Gold,
    PlainSilver,
}

/// The same by hand; nothing where a claim is missing or of another type.
fn by_hand<'c>(claims: Object<'c>) -> Option<Claims<'c>> {
    let get = |name| claims.get(name).expect("no name twice");
    Some(Claims {
        iss: get("iss")?.as_str()?.as_plain()?,
        sub: owned(get("sub")?.as_str()?)?,
        exp: get("exp")?.as_number()?.as_u64()?,
        offset: get("offset")?.as_number()?.as_i64()?,
        ratio: get("ratio")?.as_number()?.text().parse().ok()?,
        active: bool(get("active")?)?,
        nickname: optional(get("nickname"), |value| owned(value.as_str()?))?,
        roles: get("roles")?.as_array()?.items().map(|role| owned(role.as_str()?)).collect::<Option<_>>()?,
        address: address(get("address")?)?,
        past: get("past")?.as_array()?.items().map(address).collect::<Option<_>>()?,
        tier: [("gold", Tier::Gold), ("plain_silver", Tier::PlainSilver)]
            .into_iter()
            .find_map(|(name, tier)| (get("tier")?.as_str()? == *name).then_some(tier))?,
        limits: get("limits")?
            .as_object()?
            .members()
            .map(|(name, value)| Some((owned(name)?, optional(Some(value), small)?)))
            .collect::<Option<_>>()?,
        pair: {
            let mut items = get("pair")?.as_array()?.items();
            (bool(items.next()?)?, items.next()?.as_number()?.as_i64()?.try_into().ok()?)
        },
    })
}

fn address<'c>(value: Value<'c>) -> Option<Address<'c>> {
    let object = value.as_object()?;
    Some(Address {
        country: object.get("country").ok()??.as_str()?.as_plain()?,
        zip: optional(object.get("zip").ok()?, small)?,
    })
}

fn owned(string: Str<'_>) -> Option<String> {
    string.chars().collect::<Result<_, _>>().ok()
}

fn small(value: Value<'_>) -> Option<u32> {
    value.as_number()?.as_u64()?.try_into().ok()
}

fn bool(value: Value<'_>) -> Option<bool> {
    if let Value::Bool(value) = value { Some(value) } else { None }
}

/// A claim that may be absent or null, but not of another type.
fn optional<'c, T>(value: Option<Value<'c>>, read: impl Fn(Value<'c>) -> Option<T>) -> Option<Option<T>> {
    match value {
        None | Some(Value::Null) => Some(None),
        Some(value) => read(value).map(Some),
    }
}

/// Names that are written without escapes, whatever the spelling of the rest.
fn plain() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9:/._-]{0,20}"
}

fn address_json() -> impl Strategy<Value = serde_json::Value> {
    (plain(), option::of(any::<u32>())).prop_map(|(country, zip)| json!({ "country": country, "zip": zip }))
}

prop_compose! {
    fn claims_json()(
        (iss, sub, exp, offset) in (plain(), string(), any::<u64>(), any::<i64>()),
        (ratio, active, nickname) in (any::<f64>(), any::<bool>(), option::of(string())),
        (roles, address, past) in (vec(string(), 0..4), address_json(), vec(address_json(), 0..3)),
        (tier, pair) in (prop::sample::select(vec!["gold", "plain_silver"]), any::<(bool, i8)>()),
        limits in prop::collection::btree_map(string(), option::of(any::<u32>()), 0..4),
        (first, last) in (document(), document()),
    ) -> serde_json::Value {
        json!({
            "\u{0}": first, "iss": iss, "sub": sub, "exp": exp, "offset": offset, "ratio": ratio,
            "active": active, "nickname": nickname, "roles": roles, "address": address, "past": past,
            "tier": tier, "pair": pair, "limits": limits, "": last,
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_type_sees_what_the_core_sees(claims in claims_json(), spelling in spelling()) {
        let plain = claims.to_string();
        let value = Value::read(plain.as_bytes()).unwrap();
        let expected = by_hand(value.as_object().unwrap()).expect("no borrowed string is escaped");
        prop_assert_eq!(Claims::deserialize(value), Ok(expected.clone()));

        let spelled = spelling.write(&claims);
        let value = Value::read(spelled.as_bytes()).unwrap();
        match by_hand(value.as_object().unwrap()) {
            Some(by_hand) => {
                prop_assert_eq!(&by_hand, &expected);
                prop_assert_eq!(Claims::deserialize(value), Ok(expected));
            }
            // The spelling has escapes where the type borrows.
            None => prop_assert_eq!(Claims::deserialize(value), Err(DeError::WrongType)),
        }
    }

    /// A type that takes any document, made by somebody else: serde_json's own tree.
    #[test]
    fn any_document_goes_through(document in document(), spelling in spelling()) {
        let text = spelling.write(&document);
        let value = Value::read(text.as_bytes()).unwrap();
        let through_serde = serde_json::Value::deserialize(value).unwrap();
        prop_assert!(crate::tree::same(value, &through_serde), "{through_serde} {text}");
    }
}

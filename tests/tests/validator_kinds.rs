//! Other kinds of tokens, under every preset, every `typ` and every tolerance: none is granted.

use jotgate_core::{Client, Denied, Issuer, Policy, PolicyError, Profile, ScopeRule, Tolerated, Types};
use jotgate_tests::forge::{AUDIENCE, Fixture, ISSUER, NOW, Token, es, fixture, good};
use serde_json::{Value, json};

const CLIENTS: &[Client<&str>] = &[Client { id: "portal", group: "" }];

/// The claims of an ID token, a refresh token and a logout token that have neither `nonce` nor `at_hash`, as they are for
/// the client `portal`; and as near to an access token as their issuers write them.
fn others() -> Vec<(&'static str, Value)> {
    let dates = |mut claims: Value| {
        claims["iss"] = json!(ISSUER);
        claims["iat"] = json!(NOW);
        claims["exp"] = json!(NOW + 300);
        claims["jti"] = json!("1");
        claims
    };
    vec![
        ("ID", dates(json!({"sub": "ana", "aud": "portal", "auth_time": NOW}))),
        (
            "ID of Keycloak",
            dates(json!({"sub": "ana", "aud": "portal", "azp": "portal", "typ": "ID", "sid": "s"})),
        ),
        ("ID of Cognito", dates(json!({"sub": "ana", "aud": "portal", "token_use": "id"}))),
        (
            "refresh of Keycloak",
            dates(
                json!({"sub": "ana", "aud": ISSUER, "azp": "portal", "typ": "Refresh", "scope": "openid sim-swap"}),
            ),
        ),
        (
            "refresh of Keycloak with all that an access token has",
            dates(json!({
                "sub": "ana", "aud": AUDIENCE, "azp": "portal", "client_id": "portal", "cid": "portal",
                "typ": "Refresh", "scope": "sim-swap", "scp": "sim-swap",
            })),
        ),
        (
            "offline",
            dates(json!({
                "sub": "ana", "aud": AUDIENCE, "azp": "portal", "client_id": "portal", "cid": "portal",
                "typ": "Offline", "scope": "sim-swap", "scp": ["sim-swap"],
            })),
        ),
        (
            "logout",
            dates(json!({"sub": "ana", "aud": "portal", "sid": "s", "typ": "Logout", "events": {"e": {}}})),
        ),
        (
            "logout that hides what it is, but for its typ",
            dates(json!({
                "sub": "ana", "aud": AUDIENCE, "azp": "portal", "client_id": "portal", "cid": "portal",
                "typ": "Logout", "scope": "sim-swap", "scp": ["sim-swap"],
            })),
        ),
    ]
}

/// An access token that every product of the crossing grants, whatever the preset, if its `typ` is right.
fn access(preset: &str) -> Value {
    let scope = if preset == "okta" { json!(["sim-swap"]) } else { json!("sim-swap") };
    json!({
        "iss": ISSUER, "iat": NOW, "exp": NOW + 300, "jti": "1", "sub": "ana", "aud": AUDIENCE, "azp": "portal",
        "client_id": "portal", "cid": "portal", "typ": "Bearer", "token_use": "access", "scope": "sim-swap", "scp": scope,
    })
}

/// Every lawful issuer of the crossing.
fn issuers() -> Vec<(String, Issuer<&'static str>)> {
    let types = [
        Types::OfProfile,
        Types::OneOf("at+jwt"),
        Types::OneOf("JWT"),
        Types::OneOf("at+jwt JWT logout+jwt"),
        Types::Any,
    ];
    let mut all = vec![];
    for (preset, profile) in Profile::PRESETS {
        for types in types {
            for tolerated in [Tolerated::Nothing, Tolerated::Nonce] {
                let issuer = Issuer::new(ISSUER, profile).unwrap().with_types(types).unwrap();
                if let Ok(issuer) = issuer.with_tolerated(tolerated) {
                    all.push((format!("{preset} {types:?} {tolerated:?}"), issuer));
                }
            }
        }
    }
    all
}

/// By audience, and by client, where the issuer lets that be.
fn products(issuer: Issuer<&'static str>) -> impl Iterator<Item = Policy<'static>> {
    let issuers = vec![issuer].leak();
    let scopes = ScopeRule::AnyOf(&["sim-swap"]);
    let by_audience = Policy::new(issuers, &[AUDIENCE], scopes).ok();
    let by_client = Policy::by_client(issuers, CLIENTS, scopes).ok();
    by_audience.into_iter().chain(by_client)
}

fn typed(claims: Value, typ: Option<&str>) -> String {
    let token = Token::good(&es()).without_header("typ").with_claims(claims);
    typ.map_or(token.clone(), |typ| token.header("typ", typ)).sign()
}

#[test]
fn no_other_kind_is_granted() {
    let (mut judged, mut by_client) = (0, 0);
    for (name, issuer) in issuers() {
        for policy in products(issuer) {
            let debug = format!("{policy:?}");
            by_client += usize::from(debug.contains("ByClient"));
            let fixture = fixture().policy(|_| policy);
            let preset = name.split(' ').next().unwrap();
            let granted = [None, Some("JWT"), Some("at+jwt")]
                .iter()
                .any(|typ| fixture.denied(typed(access(preset), *typ)).is_none());
            assert!(granted, "{name}: no access token is granted");
            for (what, claims) in others() {
                for typ in [None, Some("JWT"), Some("at+jwt"), Some("logout+jwt")] {
                    let denied = fixture.denied(typed(claims.clone(), typ));
                    assert!(denied.is_some(), "{name}: {what} with typ {typ:?}");
                    judged += 1;
                }
            }
        }
    }
    // Seven presets with five choices of typ, twice where a tolerance is lawful: none of the loops is empty.
    assert!(judged > 1500, "{judged}");
    assert!(by_client >= 10, "{by_client}");
}

#[test]
fn a_nonce_is_tolerated_where_it_is_said() {
    let keycloak = |tolerated| {
        fixture().policy(|_| {
            let issuer = Issuer::new(ISSUER, Profile::KEYCLOAK).unwrap().with_tolerated(tolerated).unwrap();
            Policy::new(vec![issuer].leak(), &[AUDIENCE], ScopeRule::NotChecked).unwrap()
        })
    };
    let access =
        || good().header("typ", "JWT").without("client_id").claim("azp", "portal").claim("typ", "Bearer");
    let answers = |fixture: &Fixture| {
        ["nonce", "at_hash", "c_hash", "events"].map(|name| fixture.denied(access().claim(name, "x").sign()))
    };
    assert_eq!(answers(&keycloak(Tolerated::Nothing)), [Some(Denied::WrongKind); 4]);
    let wrong = Some(Denied::WrongKind);
    assert_eq!(answers(&keycloak(Tolerated::Nonce)), [None, wrong, wrong, wrong]);
    let id = access().claim("typ", "ID").claim("nonce", "x").sign();
    assert_eq!(keycloak(Tolerated::Nonce).denied(id), wrong);
}

/// A tolerance is refused where nothing else marks access tokens, and where it would have no effect.
#[test]
fn tolerances_that_are_refused() {
    let tolerant = |profile, types| {
        Issuer::new("a", profile).unwrap().with_types(types).unwrap().with_tolerated(Tolerated::Nonce).err()
    };
    let (not_marked, idle) = (Some(PolicyError::KindNotMarked), Some(PolicyError::ToleranceIdle));
    for (profile, types, expected) in [
        (Profile::RFC9068, Types::OfProfile, idle),
        (Profile::RFC9068, Types::OneOf("at+jwt"), idle),
        (Profile::RFC9068, Types::OneOf("JWT"), not_marked),
        (Profile::RFC9068, Types::Any, not_marked),
        (Profile::KEYCLOAK, Types::OfProfile, None),
        (Profile::KEYCLOAK, Types::Any, None),
        (Profile::COGNITO, Types::OfProfile, None),
        (Profile::AUTH0, Types::OfProfile, not_marked),
        (Profile::AUTH0, Types::OneOf("at+jwt"), None),
        (Profile::OKTA, Types::OfProfile, not_marked),
        (Profile::ENTRA, Types::Any, not_marked),
        (Profile::GENERIC_JWT, Types::OfProfile, not_marked),
        (Profile::GENERIC_JWT, Types::OneOf("application/at+jwt"), None),
    ] {
        assert_eq!(tolerant(profile, types), expected, "{profile:?} {types:?}");
    }
    // Whichever is said first.
    let tolerant =
        Issuer::new("a", Profile::GENERIC_JWT).unwrap().with_types(Types::OneOf("at+jwt")).unwrap();
    let tolerant = tolerant.with_tolerated(Tolerated::Nonce).unwrap();
    assert_eq!(tolerant.with_types(Types::Any).err(), Some(PolicyError::KindNotMarked));
}

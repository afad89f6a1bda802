//! Claims that matter only where the issuer's profile or the product asks for them: elsewhere their type is the issuer's
//! affair.

use jotgate_core::{
    Client, ClientRule, Denied, Freshness, Profile, PurposeForm, PurposeRule, RevocationRule, StepUp,
    SubjectForm, WhenStale,
};
use jotgate_tests::forge::{Fixture, NOW, fixture, good, revocation_list};

/// Values that are no texts, and no dates.
const WRONG: [&str; 6] = ["null", "4711", "true", "[\"client-1\"]", "{\"id\":1}", "[]"];

const CLIENTS: &[Client<&str>] = &[Client { id: "client-1", group: "" }];

fn with_list() -> Fixture {
    let fresh = Freshness { max_age: 60, when_stale: WhenStale::Deny };
    let mut fixture = fixture().policy(|policy| policy.with_revocation(RevocationRule::ByList(fresh)));
    fixture.revocations = Some(revocation_list("client evil\n", NOW));
    fixture
}

/// Products that ask for a claim that names the client, in whatever claim it stands.
fn who_ask_for_clients() -> [(&'static str, Fixture); 3] {
    [
        ("clients", fixture().policy(|policy| policy.with_clients(ClientRule::OneOf(CLIENTS)).unwrap())),
        ("blocked", fixture().policy(|policy| policy.with_blocked_clients(&["evil"]).unwrap())),
        ("by-client", fixture().by_client(Profile::RFC9068, CLIENTS)),
    ]
}

#[test]
fn nobody_asks() {
    for name in ["azp", "cid", "appid", "acr", "auth_time", "purpose", "typ", "token_use"] {
        for value in WRONG {
            if (name, value) != ("auth_time", "4711") {
                assert_eq!(fixture().denied(good().sign_with(name, value)), None, "{name} {value}");
            }
        }
    }
    for value in ["\"1700000000\"", "1e400", "99999999999999999999"] {
        assert_eq!(fixture().denied(good().sign_with("auth_time", value)), None, "{value}");
    }
}

#[test]
fn clients_are_asked_for() {
    for (product, fixture) in who_ask_for_clients().into_iter().chain([("revocation", with_list())]) {
        assert_eq!(fixture.denied(good().sign()), None, "{product}");
        for name in ["client_id", "azp", "cid", "appid"] {
            for value in WRONG {
                let denied = fixture.denied(good().sign_with(name, value));
                assert_eq!(denied, Some(Denied::ClaimWrongType), "{product} {name} {value}");
            }
        }
    }
}

/// What a profile reads is asked for by every product.
#[test]
fn profiles_ask() {
    for (preset, names) in [
        ("rfc9068", &["client_id"][..]),
        ("keycloak", &["azp", "client_id", "typ"]),
        ("auth0", &["client_id", "azp"]),
        ("okta", &["cid"]),
        ("entra", &["azp", "appid"]),
        ("generic-jwt", &["client_id", "azp", "cid", "appid"]),
    ] {
        let fixture = fixture().profile(Profile::preset(preset).unwrap());
        for name in names {
            let token = good().header("typ", "at+jwt").sign_with(name, "1");
            assert_eq!(fixture.denied(token), Some(Denied::ClaimWrongType), "{preset} {name}");
        }
    }
    let cognito = fixture().by_client(Profile::COGNITO, CLIENTS);
    assert_eq!(cognito.denied(good().sign_with("token_use", "1")), Some(Denied::ClaimWrongType));
}

#[test]
fn products_ask() {
    let purpose = |form| {
        fixture()
            .policy(|policy| policy.with_purpose(PurposeRule::OneOf(&["FraudPrevention"], form)).unwrap())
    };
    for (name, product) in [
        ("acr", fixture().policy(|policy| policy.with_step_up(StepUp::classes(&["gold"]).unwrap()))),
        ("auth_time", fixture().policy(|policy| policy.with_step_up(StepUp::NOT_REQUIRED.with_max_age(60)))),
        ("purpose", purpose(PurposeForm::Claim)),
    ] {
        for value in ["null", "true", "[\"gold\"]", "{}"] {
            let denied = product.denied(good().sign_with(name, value));
            assert_eq!(denied, Some(Denied::ClaimWrongType), "{name} {value}");
        }
    }
    let stepped = fixture().policy(|policy| policy.with_step_up(StepUp::NOT_REQUIRED.with_max_age(60)));
    assert_eq!(stepped.denied(good().sign_with("auth_time", "1e400")), Some(Denied::DateOutOfRange));
    // A purpose among the scopes has nothing to do with the claim.
    let among_scopes = purpose(PurposeForm::Scope);
    let token = good().claim("scope", "sim-swap dpv:FraudPrevention").sign_with("purpose", "[1]");
    assert_eq!(among_scopes.denied(token), None);
}

/// Registered claims that every check uses (RFC 7519, section 4.1).
#[test]
fn registered_claims_are_always_asked_for() {
    for name in ["iss", "sub", "aud", "jti"] {
        for value in ["null", "true", "{\"id\":1}", "1.5"] {
            let denied = fixture().denied(good().sign_with(name, value));
            assert_eq!(denied, Some(Denied::ClaimWrongType), "{name} {value}");
        }
    }
}

#[test]
fn subjects_in_digits() {
    let digits = fixture().issuer(|issuer| issuer.with_subject_form(SubjectForm::StringOrDigits));
    for (value, subject) in [
        ("42", Some("42")),
        ("0", Some("0")),
        ("12345678901234567890", Some("12345678901234567890")),
        ("\"ana\"", Some("ana")),
        ("-1", None),
        ("4.0", None),
        ("4e2", None),
        ("null", None),
        ("[42]", None),
    ] {
        let token = good().sign_with("sub", value);
        let expected = subject.map(str::to_owned).ok_or(Denied::ClaimWrongType);
        assert_eq!(digits.check(&token).map(|summary| summary.subject.unwrap()), expected, "{value}");
        if !value.starts_with('"') {
            assert_eq!(fixture().denied(&token), Some(Denied::ClaimWrongType), "{value}");
        }
    }
}

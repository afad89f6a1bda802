//! Attacks by what a token claims, each in a token with a good signature. Dates: attacks_dates.rs.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 42 | issuer that is almost the right one | `issuer_that_is_almost_right`, `issuer_of_another_type` |
//! | 43 | audience that is none, or almost right | `audience_that_is_none`, `audience_that_is_almost_right` |
//! | 49 | another kind of token | `other_kinds_of_token`, `other_kinds_of_token_by_their_claims` |
//! | 50 | scopes | `scope_that_is_almost_right`, `scope_of_another_form` |
//! | 51 | purposes | `purposes` |
//! | 52 | bound token | `bound_token_as_bearer` |
//! | 54 | signer behind a shared key server | `same_key_in_two_issuers` in attacks_algorithm_and_key.rs |

use jotgate_core::{Denied, Profile, PurposeForm, PurposeRule};
use jotgate_tests::forge::{AUDIENCE, ISSUER, OTHER_ISSUER, claim, fixture, good};
use serde_json::{Value, json};

#[test]
fn issuer_that_is_almost_right() {
    for issuer in [
        "",
        "as.example",
        "https://as.example/",
        "https://as.exampl",
        "https://as.example.attacker.example",
        "HTTPS://as.example",
        "https://AS.example",
        "http://as.example",
        " https://as.example",
        "https://as.example ",
        "https://as.example:443",
        "https://as.example#",
        "https://as.example?",
        "https://as%2eexample",
        "https://\u{430}s.example",
        "https://attacker.example",
        "https://as.example,https://other.example",
    ] {
        assert_eq!(fixture().denied(claim("iss", issuer)), Some(Denied::IssuerUnknown), "{issuer}");
    }
    assert_eq!(fixture().denied(good().without("iss").sign()), Some(Denied::IssuerMissing));
    // The same name in another spelling is the same name.
    assert_eq!(fixture().denied(good().sign_with("iss", r#""https:\/\/as\u002eexample""#)), None);
}

#[test]
fn issuer_of_another_type() {
    for issuer in [
        json!(null),
        json!(1),
        json!(true),
        json!([ISSUER]),
        json!([ISSUER, OTHER_ISSUER]),
        json!({"iss": ISSUER}),
    ] {
        assert_eq!(fixture().denied(claim("iss", issuer.clone())), Some(Denied::ClaimWrongType), "{issuer}");
    }
}

#[test]
fn audience_that_is_none() {
    for audience in [
        json!(null),
        json!(1),
        json!(true),
        json!({}),
        json!({"aud": AUDIENCE}),
        json!([]),
        json!([1]),
        json!([AUDIENCE, 1]),
        json!([AUDIENCE, null]),
        json!([[AUDIENCE]]),
    ] {
        assert_eq!(
            fixture().denied(claim("aud", audience.clone())),
            Some(Denied::ClaimWrongType),
            "{audience}"
        );
    }
    assert_eq!(fixture().denied(good().without("aud").sign()), Some(Denied::AudienceMissing));
}

#[test]
fn audience_that_is_almost_right() {
    for audience in [
        json!(""),
        json!("https://api.example"),
        json!(AUDIENCE.to_owned() + "/"),
        json!(AUDIENCE.to_uppercase()),
        json!(AUDIENCE.strip_prefix("https://")),
        json!(AUDIENCE.replace("https", "http")),
        json!(format!("{AUDIENCE} https://x.example")),
        json!(AUDIENCE[..AUDIENCE.len() - 1]),
        json!("*"),
        json!(["https://a.example", "https://b.example"]),
        json!([AUDIENCE.to_owned() + " "]),
        json!(["", "*"]),
        json!("client-1"),
    ] {
        assert_eq!(
            fixture().denied(claim("aud", audience.clone())),
            Some(Denied::WrongAudience),
            "{audience}"
        );
    }
    for audience in [json!([AUDIENCE]), json!(["https://a.example", AUDIENCE])] {
        assert_eq!(fixture().denied(claim("aud", audience.clone())), None, "{audience}");
    }
    for spelled in
        [r#""https:\/\/api.example\/sim\u002dswap""#, r#"["x","https:\/\/api.example\/sim\u002dswap"]"#]
    {
        assert_eq!(fixture().denied(good().sign_with("aud", spelled)), None, "{spelled}");
    }
}

/// RFC 8725, section 3.11: all signed by the same issuer with the same key.
#[test]
fn other_kinds_of_token() {
    for typ in [
        "JWT",
        "jwt",
        "application/jwt",
        "dpop+jwt",
        "secevent+jwt",
        "logout+jwt",
        "token-introspection+jwt",
        "oauth-authz-req+jwt",
        "statuslist+jwt",
        "client-authentication+jwt",
        "kb+jwt",
        "rt+jwt",
        "",
        "at+jwt ",
        "application/application/at+jwt",
        "text/at+jwt",
        "at+jwt;v=1",
        "at+jw",
        "xat+jwt",
    ] {
        assert_eq!(fixture().denied(good().header("typ", typ).sign()), Some(Denied::WrongType), "{typ:?}");
    }
    assert_eq!(fixture().denied(good().without_header("typ").sign()), Some(Denied::WrongType));
    for typ in [json!(null), json!(1), json!(["at+jwt"])] {
        assert_eq!(
            fixture().denied(good().header("typ", typ.clone()).sign()),
            Some(Denied::HeaderWrongType),
            "{typ}"
        );
    }
    for typ in ["at+jwt", "at+JWT", "AT+JWT", "application/at+jwt", "Application/AT+JWT"] {
        assert_eq!(fixture().denied(good().header("typ", typ).sign()), None, "{typ}");
    }
}

/// Where `typ` is `JWT` for all, claims that access tokens do not have tell the others (validator_presets.rs
/// has whole tokens of providers).
#[test]
fn other_kinds_of_token_by_their_claims() {
    let fixture = fixture().profile(Profile::GENERIC_JWT);
    let token = good().header("typ", "JWT");
    assert_eq!(fixture.denied(token.sign()), None);
    for name in ["nonce", "at_hash", "c_hash", "events"] {
        for value in [json!("x"), json!(null), json!({})] {
            let denied = fixture.denied(token.clone().claim(name, value).sign());
            assert_eq!(denied, Some(Denied::WrongKind), "{name}");
        }
    }
    let session = token.claim("sid", "s");
    assert_eq!(fixture.denied(session.sign()), None);
    assert_eq!(fixture.denied(session.without("scope").sign()), Some(Denied::WrongKind));
}

#[test]
fn scope_that_is_almost_right() {
    for scope in [
        "",
        " ",
        "sim-swap:checks",
        "sim-swap:chec",
        "sim-swa",
        "xsim-swap",
        "sim-swap:check:x",
        "SIM-SWAP",
        "sim-swap,sim-swap:check",
        "sim-swap;x",
        "openid dpv:Marketing",
        "sim-swap:retrieve-date",
        "sim-swap:*",
        "*",
        "org:sim-swap:check",
    ] {
        assert_eq!(fixture().denied(claim("scope", scope)), Some(Denied::ScopeMissing), "{scope:?}");
    }
    for scope in ["sim-swap", "x sim-swap", "sim-swap x", "  x   sim-swap:check  ", "sim-swap sim-swap"] {
        assert_eq!(fixture().denied(claim("scope", scope)), None, "{scope:?}");
    }
    for scope in [
        "a\tsim-swap",
        "sim-swap\n",
        "\"sim-swap\"",
        "sim-swap \\",
        "sim-swap \u{a0}",
        "sim-swap \u{e4}",
        "sim-swap \u{7f}",
    ] {
        assert_eq!(fixture().denied(claim("scope", scope)), Some(Denied::ScopeMalformed), "{scope:?}");
    }
    let many = |count| claim("scope", format!("{}sim-swap", "a ".repeat(count)));
    assert_eq!(fixture().denied(many(10_000)), Some(Denied::TokenTooLong));
    assert_eq!(fixture().denied(many(1000)), Some(Denied::TooManyScopes));
    assert_eq!(fixture().denied(good().sign_with("scope", r#""sim\u002dswap""#)), None);
    assert_eq!(fixture().denied(good().without("scope").sign()), Some(Denied::ScopeMissing));
}

/// Only the claim and the form that the profile names count: a token with two would gain rights.
#[test]
fn scope_of_another_form() {
    for scope in [json!(null), json!(1), json!(true), json!({}), json!(["sim-swap"]), json!([])] {
        assert_eq!(fixture().denied(claim("scope", scope.clone())), Some(Denied::ClaimWrongType), "{scope}");
    }
    for name in ["scp", "roles", "permissions", "scopes"] {
        for scope in [json!("sim-swap"), json!(["sim-swap"])] {
            let elsewhere = good().claim("scope", "openid").claim(name, scope).sign();
            assert_eq!(fixture().denied(elsewhere), Some(Denied::ScopeMissing), "{name}");
        }
    }
}

#[test]
fn purposes() {
    let fixture = |form| {
        fixture().policy(|policy| {
            policy.with_purpose(PurposeRule::OneOf(&["FraudPrevention", "Security"], form)).unwrap()
        })
    };
    for (scope, expected) in [
        ("dpv:FraudPrevention sim-swap", None),
        ("sim-swap dpv:Security", None),
        ("sim-swap", Some(Denied::PurposeMissing)),
        ("sim-swap DPV:Security", Some(Denied::PurposeMissing)),
        ("sim-swap xdpv:Security", Some(Denied::PurposeMissing)),
        ("sim-swap dpv:Marketing", Some(Denied::PurposeNotAllowed)),
        ("sim-swap dpv:FraudPreventionAndMore", Some(Denied::PurposeNotAllowed)),
        ("sim-swap dpv:SECURITY", Some(Denied::PurposeNotAllowed)),
        ("sim-swap dpv:Security dpv:FraudPrevention", Some(Denied::PurposeAmbiguous)),
        ("sim-swap dpv:Security dpv:Security", Some(Denied::PurposeAmbiguous)),
        ("sim-swap dpv:Security dpv:", Some(Denied::PurposeAmbiguous)),
        ("sim-swap dpv:", Some(Denied::PurposeMalformed)),
        ("sim-swap dpv:security", Some(Denied::PurposeMalformed)),
        ("sim-swap dpv:Security1", Some(Denied::PurposeMalformed)),
        ("sim-swap dpv:Security#sim-swap", Some(Denied::PurposeMalformed)),
    ] {
        assert_eq!(fixture(PurposeForm::Scope).denied(claim("scope", scope)), expected, "{scope}");
    }
    // The forms do not mix.
    let beside = good().claim("scope", "sim-swap").claim("purpose", "dpv:Security").sign();
    assert_eq!(fixture(PurposeForm::Scope).denied(beside), Some(Denied::PurposeMissing));
    let among = claim("scope", "sim-swap dpv:Security");
    assert_eq!(fixture(PurposeForm::Claim).denied(&among), Some(Denied::PurposeMissing));
    assert_eq!(fixture(PurposeForm::ScopeWithTarget).denied(among), Some(Denied::PurposeMalformed));
}

/// Row 52: nothing that `cnf` holds makes a token one that whoever has it may use.
#[test]
fn bound_token_as_bearer() {
    let thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    for (cnf, denied) in [
        (json!({"jkt": thumbprint}), Denied::BindingNotProven),
        (json!({"x5t#S256": thumbprint}), Denied::CertificateMissing),
        (json!({"jkt": thumbprint, "x5t#S256": thumbprint}), Denied::BindingNotProven),
        (json!({}), Denied::ConfirmationUnknown),
        (json!({"unknown": 1}), Denied::ConfirmationUnknown),
        (json!({"jwk": {}}), Denied::ConfirmationUnknown),
        (json!({"kid": "a"}), Denied::ConfirmationUnknown),
        (json!({"jkt": "short"}), Denied::ConfirmationMalformed),
        (json!({"jkt": 1}), Denied::ConfirmationMalformed),
        (json!({"jkt": null}), Denied::ConfirmationMalformed),
        (json!({"jkt": ""}), Denied::ConfirmationMalformed),
        (json!({"jkt": format!("{thumbprint}A")}), Denied::ConfirmationMalformed),
        (json!({"jkt": format!("{thumbprint}=")}), Denied::ConfirmationMalformed),
        (json!({"jkt": thumbprint.replace('-', "+")}), Denied::ConfirmationMalformed),
        // The unused bits of the last character are not zero.
        (json!({"jkt": thumbprint.replace("A4I", "A4J")}), Denied::ConfirmationMalformed),
        (json!({"x5t#S256": 1}), Denied::ConfirmationMalformed),
        (json!({"jkt": thumbprint, "x5t#S256": "short"}), Denied::ConfirmationMalformed),
    ] {
        assert_eq!(fixture().denied(claim("cnf", cnf.clone())), Some(denied), "{cnf}");
    }
    for cnf in [json!(null), json!("jkt"), json!([]), json!(1), json!(false)] {
        assert_eq!(fixture().denied(claim("cnf", cnf.clone())), Some(Denied::ClaimWrongType), "{cnf}");
    }
    let many: Value = (0..9).map(|at| (format!("m{at}"), json!(1))).collect::<serde_json::Map<_, _>>().into();
    assert_eq!(fixture().denied(claim("cnf", many)), Some(Denied::ClaimWrongType));
}

//! Attacks by what a token claims, each in a token with a good signature.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 42 | issuer that is almost the right one | `issuer_that_is_almost_right`, `issuer_of_another_type` |
//! | 43 | audience that is none, or almost right | `audience_that_is_none`, `audience_that_is_almost_right` |
//! | 44 | expiration of another type or size | `dates_of_another_type`, `dates_beyond_all_bounds`, `fractions_never_lengthen_a_life` |
//! | 45 | arithmetic at the edge of time | `arithmetic_at_the_edges_of_time` |
//! | 46 | 2038 | `after_2038` |
//! | 47 | lives too long, too old, from the future | `lifetime_and_age` |
//! | 48 | not valid yet | `not_valid_yet`, `dates_of_another_type` |
//! | 49 | another kind of token | `other_kinds_of_token` |
//! | 50 | scopes | `scope_that_is_almost_right`, `scope_of_another_form` |
//! | 51 | purposes | `purposes` |
//! | 52 | bound token | `bound_token_as_bearer` |
//! | 54 | signer behind a shared key server | `same_key_in_two_issuers` in attacks_algorithm_and_key.rs |

use jotgate_core::{Denied, Now, PurposeForm, PurposeRule, UnixSeconds, Within};
use jotgate_tests::forge::{AUDIENCE, Bench, ISSUER, Key, NOW, OTHER_ISSUER, Token, with_member};
use serde_json::{Value, json};

fn es() -> Key {
    Key::es256("es-1", 1)
}

fn bench() -> Bench {
    Bench::new(&[&es()])
}

fn good() -> Token {
    Token::good(&es())
}

/// A good token but for one claim.
fn claim(name: &str, value: impl Into<Value>) -> String {
    good().claim(name, value).sign()
}

/// A good token but for one claim, written as it is.
fn text(name: &str, value: &str) -> String {
    let token = good().claim(name, 0).without(name);
    token.sign_payload(with_member(&token.claims_text(), &format!("\"{name}\":{value}")))
}

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
        assert_eq!(bench().denied(claim("iss", issuer)), Some(Denied::IssuerUnknown), "{issuer}");
    }
    assert_eq!(bench().denied(good().without("iss").sign()), Some(Denied::IssuerMissing));
    // The same name in another spelling is the same name.
    assert_eq!(bench().denied(text("iss", r#""https:\/\/as\u002eexample""#)), None);
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
        assert_eq!(bench().denied(claim("iss", issuer.clone())), Some(Denied::ClaimWrongType), "{issuer}");
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
            bench().denied(claim("aud", audience.clone())),
            Some(Denied::ClaimWrongType),
            "{audience}"
        );
    }
    assert_eq!(bench().denied(good().without("aud").sign()), Some(Denied::AudienceMissing));
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
        assert_eq!(bench().denied(claim("aud", audience.clone())), Some(Denied::WrongAudience), "{audience}");
    }
    for audience in [json!([AUDIENCE]), json!(["https://a.example", AUDIENCE])] {
        assert_eq!(bench().denied(claim("aud", audience.clone())), None, "{audience}");
    }
    for spelled in
        [r#""https:\/\/api.example\/sim\u002dswap""#, r#"["x","https:\/\/api.example\/sim\u002dswap"]"#]
    {
        assert_eq!(bench().denied(text("aud", spelled)), None, "{spelled}");
    }
}

#[test]
fn dates_of_another_type() {
    for name in ["exp", "nbf", "iat", "auth_time"] {
        for value in ["null", "true", "false", "\"1700000600\"", "\"\"", "[1700000600]", "{}", "\"never\""] {
            assert_eq!(bench().denied(text(name, value)), Some(Denied::ClaimWrongType), "{name} {value}");
        }
    }
    assert_eq!(bench().denied(good().without("exp").sign()), Some(Denied::ExpirationMissing));
}

#[test]
fn dates_beyond_all_bounds() {
    for name in ["exp", "nbf", "iat", "auth_time"] {
        for value in [
            "1e300",
            "-1e300",
            "1e400",
            "1e99999999999999999999",
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616",
            "92233720368547758070e-0",
            "1e19",
        ] {
            assert_eq!(bench().denied(text(name, value)), Some(Denied::DateOutOfRange), "{name} {value}");
        }
        let long = "1".repeat(33);
        assert_eq!(bench().denied(text(name, &long)), Some(Denied::NumberTooLong), "{name}");
    }
    for value in [
        "0",
        "-0",
        "-1",
        "-1e9",
        "0e999",
        "1e-400",
        "-9223372036854775808",
        "1700000600e-3",
        "1",
        "1699999940",
    ] {
        assert_eq!(bench().denied(text("exp", value)), Some(Denied::Expired), "{value}");
    }
    for value in ["1.7000006e9", "17000006000E-1", "1700000600.0", "0.17000006e10", "17000006e+2"] {
        assert_eq!(bench().denied(text("exp", value)), None, "{value}");
    }
}

/// RFC 7519 allows fractions: `exp` is rounded down, `nbf` and `iat` up.
#[test]
fn fractions_never_lengthen_a_life() {
    let strict = bench().policy(|policy| policy.with_leeway(0).unwrap());
    let within = |name, value: &str| {
        let token = good().claim("iat", NOW - 10);
        strict.denied(token.clone().claim(name, 0).without(name).sign_payload(with_member(
            &token.claim(name, 0).without(name).claims_text(),
            &format!("\"{name}\":{value}"),
        )))
    };
    for (name, value, expected) in [
        ("exp", "1700000000.999", Some(Denied::Expired)),
        ("exp", "1700000001.0", None),
        ("nbf", "1700000000", None),
        ("nbf", "1700000000.001", Some(Denied::NotYetValid)),
        ("iat", "1700000000.0", None),
        ("iat", "1700000000.001", Some(Denied::IssuedInFuture)),
    ] {
        assert_eq!(within(name, value), expected, "{name} {value}");
    }
}

#[test]
fn arithmetic_at_the_edges_of_time() {
    let (first, last) = (i64::MIN, i64::MAX);
    let at = |now: i64, token: &Token| {
        let mut bench = bench().policy(|p| {
            p.with_leeway(300)
                .unwrap()
                .with_max_age(Within::Seconds(u32::MAX))
                .unwrap()
                .with_max_lifetime(Within::Seconds(u32::MAX))
                .unwrap()
                .with_clock_floor(UnixSeconds(first))
        });
        bench.now = Now::Trusted(UnixSeconds(now));
        bench.denied(token.sign())
    };
    let dates = |exp: i64, nbf: i64, iat: i64| good().claim("exp", exp).claim("nbf", nbf).claim("iat", iat);
    for (now, token, expected) in [
        (last, dates(last, last, last - 1), Some(Denied::Expired)),
        (last - 1, dates(last, last, last - 1), None),
        (first, dates(first + 1, first, first), None),
        (first, dates(first, first, first), Some(Denied::ExpiresBeforeIssued)),
        (first, dates(last, first, first), Some(Denied::LifetimeTooLong)),
        (last, dates(first, first, first), Some(Denied::Expired)),
        (0, dates(last, first, first), Some(Denied::LifetimeTooLong)),
        (first, dates(last, last, last), Some(Denied::NotYetValid)),
        (first, dates(last, first, last), Some(Denied::IssuedInFuture)),
        (NOW, dates(last, first, NOW), Some(Denied::LifetimeTooLong)),
    ] {
        assert_eq!(at(now, &token), expected, "{now} {}", token.claims_text());
    }
}

#[test]
fn after_2038() {
    for now in [
        i64::from(i32::MAX),
        i64::from(i32::MAX) + 1,
        i64::from(u32::MAX),
        i64::from(u32::MAX) + 1,
        253_402_300_799,
    ] {
        let token = good().claim("exp", now + 600).claim("iat", now).claim("nbf", now);
        let at = |seconds: i64| bench().later(seconds - NOW).denied(token.sign());
        let all = (at(now - 61), at(now), at(now + 660));
        assert_eq!(all, (Some(Denied::NotYetValid), None, Some(Denied::Expired)), "{now}");
    }
}

#[test]
fn lifetime_and_age() {
    let bench = bench().policy(|policy| {
        policy.with_max_lifetime(Within::Seconds(900)).unwrap().with_max_age(Within::Seconds(600)).unwrap()
    });
    let dates = |iat: i64, exp: i64| good().claim("iat", NOW + iat).claim("exp", NOW + exp).sign();
    let century = 100 * 365 * 86_400;
    bench.answers([
        ("900 s", dates(0, 900), None),
        ("901 s", dates(0, 901), Some(Denied::LifetimeTooLong)),
        ("100 years", dates(0, century), Some(Denied::LifetimeTooLong)),
        ("660 s old", dates(-660, 200), None),
        ("661 s old", dates(-661, 200), Some(Denied::TooOld)),
        ("60 s ahead", dates(60, 600), None),
        ("61 s ahead", dates(61, 600), Some(Denied::IssuedInFuture)),
        ("exp = iat", dates(0, 0), Some(Denied::ExpiresBeforeIssued)),
        ("exp < iat", dates(10, 5), Some(Denied::ExpiresBeforeIssued)),
        ("no iat", good().without("iat").sign(), Some(Denied::IssuedAtMissing)),
    ]);
    let generic = bench.profile(jotgate_core::Profile::GENERIC_JWT);
    for (lifetime, age, expected) in [
        (Within::Unbounded, Within::Unbounded, None),
        (Within::Seconds(900), Within::Unbounded, Some(Denied::IssuedAtMissing)),
        (Within::Unbounded, Within::Seconds(600), Some(Denied::IssuedAtMissing)),
    ] {
        let bench =
            generic.clone().policy(|p| p.with_max_lifetime(lifetime).unwrap().with_max_age(age).unwrap());
        assert_eq!(bench.denied(good().without("iat").sign()), expected);
    }
}

#[test]
fn not_valid_yet() {
    bench().answers([
        ("60 s ahead", claim("nbf", NOW + 60), None),
        ("61 s ahead", claim("nbf", NOW + 61), Some(Denied::NotYetValid)),
        ("after exp", claim("nbf", NOW + 10_000), Some(Denied::NotYetValid)),
    ]);
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
        assert_eq!(bench().denied(good().header("typ", typ).sign()), Some(Denied::WrongType), "{typ:?}");
    }
    assert_eq!(bench().denied(good().without_header("typ").sign()), Some(Denied::WrongType));
    for typ in [json!(null), json!(1), json!(["at+jwt"])] {
        assert_eq!(
            bench().denied(good().header("typ", typ.clone()).sign()),
            Some(Denied::HeaderWrongType),
            "{typ}"
        );
    }
    for typ in ["at+jwt", "at+JWT", "AT+JWT", "application/at+jwt", "Application/AT+JWT"] {
        assert_eq!(bench().denied(good().header("typ", typ).sign()), None, "{typ}");
    }
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
        assert_eq!(bench().denied(claim("scope", scope)), Some(Denied::ScopeMissing), "{scope:?}");
    }
    for scope in ["sim-swap", "x sim-swap", "sim-swap x", "  x   sim-swap:check  ", "sim-swap sim-swap"] {
        assert_eq!(bench().denied(claim("scope", scope)), None, "{scope:?}");
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
        assert_eq!(bench().denied(claim("scope", scope)), Some(Denied::ScopeMalformed), "{scope:?}");
    }
    let many = |count| claim("scope", format!("{}sim-swap", "a ".repeat(count)));
    assert_eq!(bench().denied(many(10_000)), Some(Denied::TokenTooLong));
    assert_eq!(bench().denied(many(1000)), Some(Denied::TooManyScopes));
    assert_eq!(bench().denied(text("scope", r#""sim\u002dswap""#)), None);
    assert_eq!(bench().denied(good().without("scope").sign()), Some(Denied::ScopeMissing));
}

/// Only the claim and the form that the profile names count: a token with two would gain rights.
#[test]
fn scope_of_another_form() {
    for scope in [json!(null), json!(1), json!(true), json!({}), json!(["sim-swap"]), json!([])] {
        assert_eq!(bench().denied(claim("scope", scope.clone())), Some(Denied::ClaimWrongType), "{scope}");
    }
    for name in ["scp", "roles", "permissions", "scopes"] {
        for scope in [json!("sim-swap"), json!(["sim-swap"])] {
            let elsewhere = good().claim("scope", "openid").claim(name, scope).sign();
            assert_eq!(bench().denied(elsewhere), Some(Denied::ScopeMissing), "{name}");
        }
    }
}

#[test]
fn purposes() {
    let bench = |form| {
        bench().policy(|policy| {
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
        assert_eq!(bench(PurposeForm::Scope).denied(claim("scope", scope)), expected, "{scope}");
    }
    // The forms do not mix.
    let beside = good().claim("scope", "sim-swap").claim("purpose", "dpv:Security").sign();
    assert_eq!(bench(PurposeForm::Scope).denied(beside), Some(Denied::PurposeMissing));
    let among = claim("scope", "sim-swap dpv:Security");
    assert_eq!(bench(PurposeForm::Claim).denied(&among), Some(Denied::PurposeMissing));
    assert_eq!(bench(PurposeForm::ScopeWithTarget).denied(among), Some(Denied::PurposeMalformed));
}

/// No proof can be given yet: whatever `cnf` holds, the token is refused.
#[test]
fn bound_token_as_bearer() {
    let print = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    for cnf in [
        json!({"jkt": print}),
        json!({"x5t#S256": print}),
        json!({"jkt": print, "x5t#S256": print}),
        json!({}),
        json!({"unknown": 1}),
        json!({"jkt": "short"}),
        json!({"jkt": 1}),
        json!({"jwk": {}}),
        json!({"kid": "a"}),
    ] {
        assert_eq!(bench().denied(claim("cnf", cnf.clone())), Some(Denied::BindingNotProven), "{cnf}");
    }
    for cnf in [json!(null), json!("jkt"), json!([]), json!(1), json!(false)] {
        assert_eq!(bench().denied(claim("cnf", cnf.clone())), Some(Denied::ClaimWrongType), "{cnf}");
    }
    let many: Value = (0..9).map(|at| (format!("m{at}"), json!(1))).collect::<serde_json::Map<_, _>>().into();
    assert_eq!(bench().denied(claim("cnf", many)), Some(Denied::ClaimWrongType));
}

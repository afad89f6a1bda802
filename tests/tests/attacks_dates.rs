//! Attacks by the dates of a token, each in a token with a good signature.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 44 | expiration of another type or size | `dates_of_another_type`, `dates_beyond_all_bounds`, `fractions_never_lengthen_a_life` |
//! | 45 | arithmetic at the edge of time | `arithmetic_at_the_edges_of_time` |
//! | 46 | 2038 | `after_2038` |
//! | 47 | lives too long, too old, from the future | `lifetime_and_age` |
//! | 48 | not valid yet | `not_valid_yet`, `dates_of_another_type` |

use jotgate_core::{Denied, Now, Profile, StepUp, UnixSeconds, Within};
use jotgate_tests::forge::{Fixture, NOW, Token, claim, fixture, good};

/// The default product; or one that asks for `auth_time`, which is nobody's affair otherwise.
fn product(date: &str) -> Fixture {
    match date {
        "auth_time" => fixture().policy(|policy| policy.with_step_up(StepUp::NOT_REQUIRED.with_max_age(600))),
        _ => fixture(),
    }
}

#[test]
fn dates_of_another_type() {
    for name in ["exp", "nbf", "iat", "auth_time"] {
        for value in ["null", "true", "false", "\"1700000600\"", "\"\"", "[1700000600]", "{}", "\"never\""] {
            assert_eq!(
                product(name).denied(good().sign_with(name, value)),
                Some(Denied::ClaimWrongType),
                "{name} {value}"
            );
        }
    }
    assert_eq!(fixture().denied(good().without("exp").sign()), Some(Denied::ExpirationMissing));
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
            assert_eq!(
                product(name).denied(good().sign_with(name, value)),
                Some(Denied::DateOutOfRange),
                "{name} {value}"
            );
        }
        let long = "1".repeat(33);
        assert_eq!(
            product(name).denied(good().sign_with(name, &long)),
            Some(Denied::NumberTooLong),
            "{name}"
        );
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
        assert_eq!(fixture().denied(good().sign_with("exp", value)), Some(Denied::Expired), "{value}");
    }
    for value in ["1.7000006e9", "17000006000E-1", "1700000600.0", "0.17000006e10", "17000006e+2"] {
        assert_eq!(fixture().denied(good().sign_with("exp", value)), None, "{value}");
    }
}

/// RFC 7519 allows fractions: `exp` is rounded down, `nbf` up; `iat` down: clocks of one second agree.
#[test]
fn fractions_never_lengthen_a_life() {
    let strict = fixture().policy(|policy| policy.with_leeway(0).unwrap());
    let older = good().claim("iat", NOW - 10);
    for (name, value, expected) in [
        ("exp", "1700000000.999", Some(Denied::Expired)),
        ("exp", "1700000001.0", None),
        ("nbf", "1700000000", None),
        ("nbf", "1700000000.001", Some(Denied::NotYetValid)),
        ("iat", "1700000000.0", None),
        ("iat", "1700000000.999", None),
        ("iat", "1700000001.0", Some(Denied::IssuedInFuture)),
    ] {
        assert_eq!(strict.denied(older.sign_with(name, value)), expected, "{name} {value}");
    }
}

#[test]
fn arithmetic_at_the_edges_of_time() {
    let (first, last) = (i64::MIN, i64::MAX);
    let at = |now: i64, token: &Token| {
        let mut fixture = fixture().policy(|p| {
            p.with_leeway(300)
                .unwrap()
                .with_max_age(Within::Seconds(u32::MAX))
                .unwrap()
                .with_max_lifetime(Within::Seconds(u32::MAX))
                .unwrap()
                .with_clock_floor(UnixSeconds(first))
        });
        fixture.now = Now::Trusted(UnixSeconds(now));
        fixture.denied(token.sign())
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
        let at = |seconds: i64| fixture().later(seconds - NOW).denied(token.sign());
        let all = (at(now - 61), at(now), at(now + 660));
        assert_eq!(all, (Some(Denied::NotYetValid), None, Some(Denied::Expired)), "{now}");
    }
}

#[test]
fn lifetime_and_age() {
    let fixture = fixture().policy(|policy| {
        policy.with_max_lifetime(Within::Seconds(900)).unwrap().with_max_age(Within::Seconds(600)).unwrap()
    });
    let dates = |iat: i64, exp: i64| good().claim("iat", NOW + iat).claim("exp", NOW + exp).sign();
    let century = 100 * 365 * 86_400;
    fixture.answers([
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
    let generic = fixture.profile(Profile::GENERIC_JWT);
    for (lifetime, age, expected) in [
        (Within::Unbounded, Within::Unbounded, None),
        (Within::Seconds(900), Within::Unbounded, Some(Denied::IssuedAtMissing)),
        (Within::Unbounded, Within::Seconds(600), Some(Denied::IssuedAtMissing)),
    ] {
        let fixture =
            generic.clone().policy(|p| p.with_max_lifetime(lifetime).unwrap().with_max_age(age).unwrap());
        assert_eq!(fixture.denied(good().without("iat").sign()), expected);
    }
}

#[test]
fn not_valid_yet() {
    fixture().answers([
        ("60 s ahead", claim("nbf", NOW + 60), None),
        ("61 s ahead", claim("nbf", NOW + 61), Some(Denied::NotYetValid)),
        ("after exp", claim("nbf", NOW + 10_000), Some(Denied::NotYetValid)),
    ]);
}

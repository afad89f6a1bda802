//! Tokens of an issuer, or of a client that had some words in them: they are signed, and then judged. Any signature will
//! do, so that its price is not among the figures.

use super::{
    Bar, Worst, escaped, filled, list,
    token::{PAYLOAD, token},
};
use crate::{
    accept_any::ANY_ES256,
    gate,
    signer::Signer,
    token::{AUDIENCE, ISSUER, NOW},
};
use jotgate_core::{
    AlgorithmName, Denied, Grant, Issuer, Policy, Presented, Profile, ScopeClaim, ScopeForm, ScopeRule,
    Validator,
};
use std::hint::black_box;

/// What is judged without a word more than must be.
const LEAST: &str = r#""client_id":"c","sub":"s","jti":"j""#;

pub(super) fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub(super) fn issuers(profile: Profile) -> &'static [Issuer<&'static str>] {
    vec![Issuer::new(ISSUER, profile).unwrap()].leak()
}

pub(super) fn policy(scopes: ScopeRule<'static, &'static str>) -> Policy<'static> {
    Policy::new(issuers(Profile::RFC9068), &[AUDIENCE], scopes).unwrap()
}

pub(super) fn validator(policy: Policy<'static>) -> Validator<'static> {
    let jwk = Signer::new(AlgorithmName::Es256).jwk_named("k");
    gate::validator(gate::ring(&[jwk], &[&ANY_ES256]), leaked(policy))
}

/// A token of the issuer with these claims besides issuer, times and what [`LEAST`] has.
pub(super) fn signed(claims: &str) -> Vec<u8> {
    let (exp, iat) = (NOW + 600, NOW);
    let header = r#"{"alg":"ES256","typ":"at+jwt","kid":"k"}"#;
    token(header, &format!(r#"{{"iss":"{ISSUER}","exp":{exp},"iat":{iat},{LEAST},{claims}}}"#))
}

fn judged(name: &str, policy: Policy<'static>, claims: &str, expected: Result<(), Denied>) -> Worst {
    let (token, validator) = (signed(claims), validator(policy));
    let (mut scratch, mut worker) = (gate::scratch(), gate::worker());
    Worst::new(name, Bar::Verified, token.len(), move |_| {
        let granted =
            validator.check(Presented::bearer(black_box(&token)), gate::AT, &mut scratch, &mut worker);
        assert_eq!(black_box(granted).map(drop), expected);
    })
}

/// What a host may do with the grant of such a token.
fn used(name: &str, claims: &str, mut work: impl FnMut(&Grant<'_>) + 'static) -> Worst {
    let token = signed(&format!(r#""aud":"{AUDIENCE}",{claims}"#)).leak();
    let validator = validator(policy(ScopeRule::NotChecked));
    let scratch = Box::leak(Box::new(gate::scratch()));
    let grant = validator.check(Presented::bearer(token), gate::AT, scratch, &mut gate::worker()).unwrap();
    Worst::new(name, Bar::Verified, token.len(), move |_| work(black_box(&grant)))
}

/// So many alternatives of two scopes each; the second no token has.
fn alternatives(count: usize, first: &str) -> ScopeRule<'static, &'static str> {
    let each = |at| leaked(format!("{first} {at:02}-never"));
    ScopeRule::AnyOf((0..count).map(|at| each(at).as_str()).collect::<Vec<_>>().leak())
}

/// Enters `x` as deep as it goes, and takes nothing out.
#[derive(serde::Deserialize)]
struct Entered {
    #[serde(rename = "x")]
    _x: Option<Box<Entered>>,
}

pub fn cases() -> Vec<Worst> {
    let aud = format!(r#""aud":"{AUDIENCE}""#);
    let with_list = |scopes| {
        let profile = Profile::RFC9068.with_scope_claim(ScopeClaim::Scope, ScopeForm::Array);
        Policy::new(issuers(profile), &[AUDIENCE], scopes).unwrap()
    };
    let lacking = Err(Denied::ScopeMissing);
    // The scope that the alternatives ask for comes last.
    let scopes = |each: fn(usize) -> String| format!("{},\"last\"", list(126, each));
    let long = scopes(|at| format!("\"{}\"", escaped(&format!("scop{at:03}"))));
    let plain = scopes(|at| format!("\"{at:03}-never\""));
    let words = format!("{}last", (0..126).map(|at| format!("{at:03}-never ")).collect::<String>());
    let mut cases = vec![];
    for count in [1, 4, 32] {
        cases.extend([
            judged(
                &format!("127 escaped scopes in a list, {count} alternatives"),
                with_list(alternatives(count, "last")),
                &format!(r#"{aud},"scope":[{long}]"#),
                lacking,
            ),
            judged(
                &format!("127 scopes in a list, {count} alternatives"),
                with_list(alternatives(count, "last")),
                &format!(r#"{aud},"scope":[{plain}]"#),
                lacking,
            ),
            judged(
                &format!("127 scopes as words, {count} alternatives"),
                policy(alternatives(count, "last")),
                &format!(r#"{aud},"scope":"{words}""#),
                lacking,
            ),
        ]);
    }
    let names = |count: usize, each: fn(usize) -> String| -> &'static [&'static str] {
        (0..count).map(|at| leaked(each(at)).as_str()).collect::<Vec<_>>().leak()
    };
    let demanding = |names| policy(ScopeRule::NotChecked).with_required_claims(names).unwrap();
    let ten = names(10, |at| format!("required{at}"));
    let there = list(10, |at| format!("\"required{at}\":0"));
    let escaped_names = filled(PAYLOAD - 500, |at| format!("\"{}{at:03}\":0", escaped("required")));
    let url = "https://api.operator.example/";
    let own = names(32, |at| format!("https://api.operator.example/{at:02}"));
    cases.extend([
        judged(
            "10 required claims behind a long one",
            demanding(ten),
            &format!(r#"{aud},"x":[{}],{there}"#, filled(PAYLOAD - 500, |_| "1".into())),
            Ok(()),
        ),
        judged(
            "10 required claims behind 200",
            demanding(ten),
            &format!(r#"{aud},{},{there}"#, list(200, |at| format!("\"{at:03}\":0"))),
            Ok(()),
        ),
        judged(
            "32 required claims, escaped names",
            demanding(names(32, |at| format!("required{at:04}"))),
            &format!("{aud},{escaped_names}"),
            Err(Denied::RequiredClaimMissing),
        ),
        judged(
            "32 audiences for a product with 32",
            Policy::new(issuers(Profile::RFC9068), own, ScopeRule::NotChecked).unwrap(),
            &format!(r#""aud":[{}]"#, list(32, |at| format!("\"{url}x{at:02}\""))),
            Err(Denied::WrongAudience),
        ),
        judged(
            "32 escaped audiences for a product with 8",
            Policy::new(issuers(Profile::RFC9068), &own[..8], ScopeRule::NotChecked).unwrap(),
            &format!(r#""aud":[{}]"#, list(24, |at| format!("\"{}x{at:02}\"", escaped(url)))),
            Err(Denied::WrongAudience),
        ),
        judged(
            "all claims of 32 digits",
            policy(ScopeRule::NotChecked),
            &format!(r#"{aud},"x":[{}]"#, filled(PAYLOAD - 500, |_| "1".repeat(32))),
            Ok(()),
        ),
    ]);
    let inside = format!(r#""x":{{{}}}"#, list(256, |at| format!("\"{}\":0", escaped(&format!("{at:02}")))));
    let deep = format!(
        r#""x":{}{{{}}}{}"#,
        r#"{"x":"#.repeat(12),
        list(200, |at| format!("\"{at:03}\":0")),
        "}".repeat(12)
    );
    let ones = filled(PAYLOAD - 500, |_| "1".into());
    let beside = format!(r#""x":{}{{"y":[{ones}]}}{}"#, r#"{"x":"#.repeat(13), "}".repeat(13));
    cases.extend([
        used("a claim inside of one with 256 members", &inside, |grant| {
            let _ = black_box(grant.claim_at(&["x", "no"]));
        }),
        used("a claim inside of twelve", &deep, |grant| {
            let _ = black_box(grant.claim_at(&["x"; 14]));
        }),
        used("a claim inside of fourteen, behind a long one", &beside, |grant| {
            let _ = black_box(grant.claim_at(&["x"; 15]));
        }),
        used("claims as a type, fourteen inside of each other", &beside, |grant| {
            assert!(black_box(grant.claims::<Entered>()).is_ok());
        }),
        used("has a scope, of 127", &format!(r#""scope":"{words}""#), |grant| {
            black_box(grant.scopes().contains("last"));
        }),
    ]);
    cases
}

//! Attacks on the binding of a token to its sender.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 49 | a DPoP proof as an access token | `other_kinds_of_token` in attacks_claims.rs |
//! | 52 | bound token as Bearer; another key, another certificate; both, one of them proven | `bound_token_as_bearer` in attacks_claims.rs, `bound_token_and_scheme`, `certificates`, `key_and_certificate_must_both_be_proven` |
//! | 53 | a proof that is not good | attacks_proof.rs, attacks_replay.rs |
//! | 64 | timing | comparisons go through one helper, `core/src/ground/constant_time.rs` |

use jotgate_core::{
    Denied, Dialect, Scheme, SenderBinding, Verdict,
    steps::{self, Unverified},
};
use jotgate_tests::forge::{DpopFixture, Token, b64, bound_key, good_bound, good_claims, thumbprint};
use serde_json::json;

#[test]
fn bound_token_and_scheme() {
    let (fixture, token, proof) = good_bound();
    let proof = proof.sign();
    assert_eq!(fixture.check("Bearer", &token, &[]), Err(Denied::BindingNotProven));
    // RFC 9449, section 7.2: nor with a proof beside it.
    assert_eq!(fixture.check("Bearer", &token, &[&proof]), Err(Denied::BindingNotProven));
    let unbound = Token::good(&bound_key()).sign();
    let of_unbound = fixture.proof(&unbound).sign();
    assert_eq!(fixture.check("DPoP", &unbound, &[&of_unbound]), Err(Denied::TokenNotBound));
    assert_eq!(fixture.check("Bearer", &unbound, &[]), Ok(()));
    assert_eq!(fixture.check("Bearer", &unbound, &[&of_unbound]), Ok(()), "a proof that nobody asks for");
    assert_eq!(fixture.check("dpop", &token, &[&proof]), Ok(()));
}

#[test]
fn certificates() {
    let fixture = DpopFixture::new(&bound_key());
    let digest = [7; 32];
    let token = Token::good(&bound_key()).claim("cnf", json!({"x5t#S256": b64(&digest)})).sign();
    let shown = |certificate| DpopFixture { certificate, ..fixture.clone() };
    assert_eq!(shown(Some(digest)).check("Bearer", &token, &[]), Ok(()));
    assert_eq!(shown(None).check("Bearer", &token, &[]), Err(Denied::CertificateMissing));
    for bit in 0..256 {
        let mut other = digest;
        other[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(shown(Some(other)).check("Bearer", &token, &[]), Err(Denied::CertificateMismatch));
    }
    // Under DPoP it would have to be bound to a key.
    let proof = fixture.proof(&token).sign();
    assert_eq!(shown(Some(digest)).check("DPoP", &token, &[&proof]), Err(Denied::TokenNotBound));
    // A certificate that nobody asks for does no harm.
    assert_eq!(shown(Some(digest)).check("Bearer", &Token::good(&bound_key()).sign(), &[]), Ok(()));
}

#[test]
fn key_and_certificate_must_both_be_proven() {
    let fixture = DpopFixture::new(&bound_key());
    let digest = [7; 32];
    let cnf = json!({"x5t#S256": b64(&digest), "jkt": thumbprint(&fixture.client)});
    let token = Token::good(&bound_key()).claim("cnf", cnf).sign();
    let proof = fixture.proof(&token).sign();
    let shown = |certificate| DpopFixture { certificate, ..fixture.clone() };
    assert_eq!(shown(Some(digest)).check("Bearer", &token, &[]), Err(Denied::BindingNotProven));
    assert_eq!(shown(None).check("DPoP", &token, &[&proof]), Err(Denied::CertificateMissing));
    assert_eq!(shown(Some([8; 32])).check("DPoP", &token, &[&proof]), Err(Denied::CertificateMismatch));
    assert_eq!(shown(Some(digest)).check("DPoP", &token, &[]), Err(Denied::ProofMissing));
    assert_eq!(shown(Some(digest)).check("DPoP", &token, &[&proof]), Ok(()));
}

#[test]
fn products_that_demand_a_bound_token() {
    use SenderBinding::{AsTheTokenSays, Certificate, Dpop, Either};
    let digest = [7; 32];
    let fixture = DpopFixture { certificate: Some(digest), ..DpopFixture::new(&bound_key()) };
    let by_key = fixture.token(&bound_key()).sign();
    let proof = |id: &str| fixture.proof(&by_key).claim("jti", id).sign();
    let by_certificate = Token::good(&bound_key()).claim("cnf", json!({"x5t#S256": b64(&digest)})).sign();
    let unbound = Token::good(&bound_key()).sign();
    let missing = Err(Denied::BindingMissing);
    for (binding, expected) in [
        (AsTheTokenSays, [Ok(()), Ok(()), Ok(())]),
        (Dpop, [missing, missing, Ok(())]),
        (Certificate, [missing, Ok(()), missing]),
        (Either, [missing, Ok(()), Ok(())]),
    ] {
        let fixture = fixture.clone().policy(|policy| policy.with_sender_binding(binding).unwrap());
        let answers = [
            fixture.check("Bearer", &unbound, &[]),
            fixture.check("Bearer", &by_certificate, &[]),
            fixture.check("DPoP", &by_key, &[&proof(&format!("{binding:?}"))]),
        ];
        assert_eq!(answers, expected, "{binding:?}");
        // Explained alike.
        let explained = fixture.explain("Bearer", &unbound, &[]).unwrap().denied();
        assert_eq!(explained, expected[0].err());
    }
}

/// A proof belongs to a request; the claims' rules fail each by themselves beside it.
#[test]
fn explained_to_the_end() {
    let fixture = DpopFixture::new(&bound_key());
    let token = fixture.token(&bound_key()).claim("scope", "x").sign();
    let explanation =
        fixture.explain("DPoP", &token, &[&fixture.proof(&token).claim("htm", "GET").sign()]).unwrap();
    let failed: Vec<_> = explanation
        .verdicts()
        .filter_map(|(rule, verdict)| match verdict {
            Verdict::Failed(denied) => Some((rule.name(), denied)),
            Verdict::NotJudged => Some((rule.name(), Denied::NoCredentials)),
            Verdict::Passed => None,
        })
        .collect();
    let expected = [
        ("scope", Denied::ScopeMissing),
        ("proof", Denied::ProofWrongMethod),
        ("replay", Denied::NoCredentials),
    ];
    assert_eq!(failed, expected);
}

/// What is judged by `judge` alone has no sender: a bound token is refused.
#[test]
fn judging_claims_alone_grants_no_bound_token() {
    let fixture = DpopFixture::new(&bound_key());
    let token = fixture.token(&bound_key()).sign();
    jotgate_tests::forge::with_scratch(|scratch| {
        let validator = fixture.fixture.validator();
        let unverified = Unverified::read(token.as_bytes(), scratch).unwrap();
        let key = steps::select(&validator, &unverified, &mut jotgate_core::WorkerState::new()).unwrap();
        let authentic = unverified.verify(key).unwrap();
        for scheme in [Scheme::Bearer, Scheme::Dpop] {
            let denied = steps::judge(&validator, &authentic, scheme, fixture.fixture.now).err();
            assert_eq!(denied, Some(Denied::BindingNotProven));
        }
    });
}

/// In both dialects the DPoP reasons are known; nothing of the proof is repeated.
#[test]
fn dialects_do_not_change_the_decision() {
    let (fixture, token, proof) = good_bound();
    let camara = fixture.policy(|policy| policy.with_dialect(Dialect::Camara));
    let proof = proof.claim("htm", "GET").sign();
    assert_eq!(camara.check("DPoP", &token, &[&proof]), Err(Denied::ProofWrongMethod));
    assert_eq!(good_claims()["cnf"], json!(null), "the default token is bound to nobody");
}

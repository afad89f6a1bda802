//! The proofs of RFC 9449, checked with the key and the times of the document.

use jotgate_core::{
    Denied, DpopProof, DpopRequest, DpopRule, Issuer, Now, Policy, Profile, RequestUri, ScopeRule, Scratch,
    Thumbprint, UnixSeconds, crypto,
};
use jotgate_tests::{
    forge::{replay_window, with_scratch},
    vectors::corpus,
};
use serde_json::Value;

const ES256: &[&dyn crypto::Algorithm] = &[&crypto::ES256];

struct Document {
    cases: Vec<Value>,
    thumbprint: Thumbprint,
}

fn document() -> Option<Document> {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let json = corpus("dpop-rfc9449")?.json("vectors.json");
    let jkt = Base64UrlUnpadded::decode_vec(json["jkt"].as_str().unwrap()).unwrap();
    let cases = json["cases"].as_array().unwrap().clone();
    Some(Document { cases, thumbprint: Thumbprint(jkt.try_into().unwrap()) })
}

impl Document {
    fn check<T>(
        &self,
        case: &Value,
        token: &str,
        later: i64,
        then: impl FnOnce(DpopProof<'_>) -> Result<T, Denied>,
    ) -> Result<T, Denied> {
        let text = |name: &str| case[name].as_str().unwrap().as_bytes();
        let now = Now::Trusted(UnixSeconds(case["iat"].as_i64().unwrap() + later));
        let issuers = [Issuer::new("i", Profile::RFC9068).unwrap()];
        let policy = Policy::new(&issuers, &["a"], ScopeRule::NotChecked).unwrap();
        let policy = policy.with_dpop(DpopRule::new(ES256).unwrap());
        let fields = [text("proof")];
        let request = DpopRequest::new(&fields, text("htm"), RequestUri::parse(text("htu")).unwrap());
        with_scratch(|scratch: &mut Scratch<'_>| {
            DpopProof::check(&request, token.as_bytes(), &self.thumbprint, &policy, now, scratch)
                .and_then(then)
        })
    }
}

#[test]
fn proof_for_a_resource() {
    let Some(document) = document() else { return };
    let mut checked = 0;
    for case in &document.cases {
        let Some(token) = case["access_token"].as_str() else { continue };
        let window = replay_window(4, 10, 3600);
        let now = UnixSeconds(case["iat"].as_i64().unwrap());
        let spend = || document.check(case, token, 0, |proof| proof.spend(&window, "i", "c", now));
        assert_eq!(spend(), Ok(()));
        assert_eq!(spend(), Err(Denied::Replayed));
        let denied = |token: &str, later| document.check(case, token, later, |_| Ok(())).err();
        assert_eq!(denied(token, 360), None);
        assert_eq!(denied(token, 361), Some(Denied::ProofTooOld));
        assert_eq!(denied(token, -61), Some(Denied::ProofIssuedInFuture));
        assert_eq!(denied("another", 0), Some(Denied::ProofWrongToken));
        let other = Document { thumbprint: Thumbprint([0; 32]), cases: vec![] };
        assert_eq!(other.check(case, token, 0, |_| Ok(())).err(), Some(Denied::ProofWrongKey));
        checked += 1;
    }
    assert_eq!(checked, 1);
}

/// It binds no token, so it proves nothing at a resource.
#[test]
fn proof_for_the_token_endpoint() {
    let Some(document) = document() else { return };
    let of_endpoint = document.cases.iter().filter(|case| case["ath"].is_null()).collect::<Vec<_>>();
    assert_eq!(of_endpoint.len(), 1);
    let denied = document.check(of_endpoint[0], "", 0, |_| Ok(())).err();
    assert_eq!(denied, Some(Denied::ProofClaimMissing));
}

//! DPoP proofs: whole ones, and claims that are signed as the client would sign them.

use crate::world::{KEY_SET, NOW, SECONDS, SIGNED, policy, ring, sign, signing_input, with_scratch};
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    ClientSlot, Denied, DpopProof, DpopRequest, DpopRule, Policy, ReplayMark, ReplaySlot, ReplayWindow,
    RequestUri, UnixSeconds, crypto, limits::MAX_PROOF_ID_LEN,
};
use serde_json::Value;
use sha2::{Digest, Sha256};

const METHOD: &str = "POST";
const URI: &str = "https://api.example/sim-swap/check";

/// The proof that `examples/make_seeds.rs` signs.
const PROOF: &[u8] = include_bytes!("../seeds/dpop_proof/good");

/// As a whole proof: only what the client signed is taken. As claims that the client signed: what is taken is a proof of
/// this request, with this token, made now; and it is good once.
pub fn dpop_proof(data: &[u8]) {
    match check(data) {
        Ok(()) => assert_eq!(signing_input(data.trim_ascii()), signing_input(PROOF), "never signed"),
        Err(denied) => assert!(is_of_a_proof(denied), "{denied:?}"),
    }
    let header = header();
    match check(sign(&header, data).as_bytes()) {
        Ok(()) => says_what_it_must(&header, data),
        Err(denied) => {
            assert!(is_of_a_proof(denied), "{denied:?}");
            assert!(
                !matches!(denied, Denied::ProofBadSignature | Denied::ProofWrongKey),
                "it was signed well"
            );
        }
    }
}

fn is_of_a_proof(denied: Denied) -> bool {
    (5010..=5031).contains(&denied.code())
}

fn policy_for_proofs() -> Policy<'static> {
    const ALGORITHMS: &[&dyn crypto::Algorithm] = &[&crypto::ES256, &crypto::EDDSA, &crypto::RS256];
    policy().with_dpop(DpopRule::new(ALGORITHMS).unwrap())
}

/// The client's key is the issuer's: one is enough here.
fn header() -> String {
    let set: Value = serde_json::from_str(KEY_SET).unwrap();
    let key = &set["keys"][0];
    format!(
        r#"{{"typ":"dpop+jwt","alg":"ES256","jwk":{{"kty":"EC","crv":"P-256","x":{},"y":{}}}}}"#,
        key["x"], key["y"]
    )
}

/// Checks a proof, and whether it is good once.
fn check(proof: &[u8]) -> Result<(), Denied> {
    let fields = [proof];
    let uri = RequestUri::parse(URI.as_bytes()).unwrap();
    let request = DpopRequest::new(&fields, METHOD.as_bytes(), uri);
    let bound_to = ring().keys().next().unwrap().thumbprint();
    let (mark, slots, clients) = (ReplayMark::new(), [const { ReplaySlot::new() }; 4], [ClientSlot::new()]);
    let window = ReplayWindow::new(&mark, &slots, &clients, [7; 16], 4, 421).unwrap();
    with_scratch(0, |scratch| {
        let proof = DpopProof::check(&request, SIGNED[0], &bound_to, &policy_for_proofs(), NOW, scratch)?;
        let spend = || proof.spend(&window, "issuer", "client", UnixSeconds(SECONDS));
        assert_eq!((spend(), spend()), (Ok(()), Err(Denied::Replayed)));
        Ok(())
    })
}

/// serde_json reads in the claims what the checks are about. Written again, they are taken again.
fn says_what_it_must(header: &str, data: &[u8]) {
    // Lone surrogates, and numbers that no float can be, in claims that nobody reads.
    let Ok(claims) = serde_json::from_slice::<Value>(data) else { return };
    assert_eq!(claims["htm"], METHOD);
    let uri = RequestUri::parse(claims["htu"].as_str().unwrap().as_bytes()).unwrap();
    assert!(uri.is_same_as(&RequestUri::parse(URI.as_bytes()).unwrap()));
    let age = SECONDS as f64 - claims["iat"].as_f64().unwrap();
    assert!((-60.0..=361.0).contains(&age), "{age}");
    let digest = Base64UrlUnpadded::encode_string(&Sha256::digest(SIGNED[0]));
    assert_eq!(claims["ath"], digest);
    assert!((1..=MAX_PROOF_ID_LEN).contains(&claims["jti"].as_str().unwrap().len()));
    assert!(claims.get("nonce").is_none_or(Value::is_string));
    assert_eq!(check(sign(header, claims.to_string().as_bytes()).as_bytes()), Ok(()), "{claims}");
}

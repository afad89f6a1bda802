//! What a stranger sends around a token: the Authorization field, DPoP proofs, the address that they name.

use super::{Bar, Worst, escaped, filled, list, token::token};
use crate::{accept_any::ANY_ES256, gate, signer::Signer};
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    AlgorithmName, Authorization, Denied, DpopProof, DpopRequest, DpopRule, RequestUri, Thumbprint,
    crypto::{Curve, PublicKey},
};
use std::hint::black_box;

fn field(name: &str, field: Vec<u8>) -> Worst {
    Worst::new(format!("Authorization: {name}"), Bar::Unverified, field.len(), move |_| {
        let _ = black_box(Authorization::read(&[black_box(&field)]));
    })
}

/// An address that a request came for.
fn uri(name: &str, uri: String) -> Worst {
    Worst::new(format!("URI: {name}"), Bar::Unverified, uri.len(), move |_| {
        let _ = black_box(RequestUri::parse(black_box(uri.as_bytes())));
    })
}

/// A proof that is refused, for a request with this URI. Its key is a good one, and any signature will do.
fn proof(name: &str, header: &str, claims: &str, uri: &str) -> Worst {
    let client = Signer::new(AlgorithmName::Es256);
    let members: &'static _ = Box::leak(Box::new(client.members()));
    let bytes = |name| members.iter().find(|member| member.0 == name).unwrap().1.as_slice();
    let bound_to = Thumbprint::of(&PublicKey::Ec { curve: Curve::P256, x: bytes("x"), y: bytes("y") });
    let member = |name| Base64UrlUnpadded::encode_string(bytes(name));
    let jwk = format!(r#"{{"kty":"EC","crv":"P-256","x":"{}","y":"{}"}}"#, member("x"), member("y"));
    let proof = token(
        &format!(r#"{{"typ":"dpop+jwt","alg":"ES256","jwk":{jwk}{header}}}"#),
        &format!("{{{claims}}}"),
    );
    let rule = DpopRule::new(vec![&ANY_ES256 as _].leak()).unwrap();
    let policy = gate::camara_policy().with_dpop(rule);
    let mut scratch = gate::scratch();
    let uri = uri.to_owned();
    Worst::new(format!("proof: {name}"), Bar::Unverified, proof.len() + uri.len(), move |_| {
        let fields = [black_box(proof.as_slice())];
        let request = DpopRequest::new(&fields, b"POST", RequestUri::parse(uri.as_bytes()).unwrap());
        let checked = DpopProof::check(&request, b"token", &bound_to, &policy, gate::AT, &mut scratch);
        assert_ne!(black_box(checked).map(drop), Err(Denied::ScratchTooSmall));
    })
}

pub fn cases() -> Vec<Worst> {
    let repeated = |text: &str, bytes: usize| text.repeat(bytes / text.len());
    let here = "https://api.operator.example/x";
    let rest = format!(r#","jti":"j","iat":{},"ath":"a""#, crate::token::NOW);
    let htu = |uri: &str| format!(r#""htm":"POST","htu":"{uri}"{rest}"#);
    let long = |segment: &str| format!("https://api.operator.example/{}", repeated(segment, 4_000));
    vec![
        field("spaces", [b"Bearer ".as_slice(), &[b' '; 8_000]].concat()),
        field("spaces before", [[b' '; 8_000].as_slice(), b"Bearer x"].concat()),
        field("padding", [b"Bearer ".as_slice(), &[b'='; 8_000]].concat()),
        field("a character at the end", [b"Bearer ".as_slice(), &[b'a'; 8_000], b"\x80"].concat()),
        field("no scheme", vec![b'a'; 8_000]),
        uri("percent", long("%41")),
        uri("dots", long("../")),
        uri("segments", long("a/")),
        uri("a long host", format!("https://{}/", repeated("a.", 4_000))),
        uri("unusual characters", long("~!")),
        proof(
            "31 members of escaped names",
            &format!(",{}", list(28, |at| format!("\"{}\":0", escaped(&format!("{at:03}"))))),
            &htu(here),
            here,
        ),
        proof(
            "32 claims of escaped names",
            "",
            &list(32, |at| format!("\"{}{at:02}\":0", escaped("abcdefghijkl"))),
            here,
        ),
        proof("jti of escapes", "", &format!(r#""jti":"{}""#, escaped(&"a".repeat(900))), here),
        proof("htu of escapes", "", &htu(&escaped(&"a".repeat(900))), here),
        proof("long htu of percents", "", &htu(&long("%41")), &long("%41")),
        proof("long htu of other percents", "", &htu(&long("%61")), &long("a")),
        proof("long htu of dots", "", &htu(&long("./")), &long("../")),
        proof("long htu of segments", "", &htu(&long("a/")), &long("a/")),
        proof("numbers", "", &format!(r#""x":[{}]"#, filled(5_500, |_| "1".into())), here),
    ]
}

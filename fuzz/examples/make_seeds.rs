//! Writes the seeds: small documents that show each parser its grammar. The same bytes in every run.
//!
//! `cargo run --manifest-path fuzz/Cargo.toml --example make_seeds`

use base64ct::{Base64UrlUnpadded, Encoding};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use std::{fs, path::Path};

fn encode(octets: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(octets)
}

fn signed(key: &SigningKey, header: &str, claims: &str) -> Vec<u8> {
    let input = format!("{}.{}", encode(header.as_bytes()), encode(claims.as_bytes()));
    let signature: Signature = key.sign(input.as_bytes());
    format!("{input}.{}", encode(&signature.to_bytes())).into_bytes()
}

fn main() {
    let write = |target: &str, name: &str, octets: &[u8]| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), octets).unwrap();
    };

    // A test key that protects nothing.
    let key = SigningKey::from_slice(&[0x42; 32]).unwrap();
    let point = key.verifying_key().to_sec1_point(false);
    let (x, y) = point.as_bytes()[1..].split_at(32);
    let (x, y) = (encode(x), encode(y));
    let jwk =
        format!(r#"{{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"k1","x":"{x}","y":"{y}"}}"#);

    write("key_set", "es256", format!(r#"{{"keys":[{jwk}]}}"#).as_bytes());
    write("key_set", "twice", format!(r#"{{"keys":[{jwk},{jwk}]}}"#).as_bytes());
    write("key_set", "empty", br#"{"keys":[]}"#);
    write("key_set", "not_a_set", jwk.as_bytes());
    let others = format!(
        r#"{{"keys":[{{"kty":"oct","k":"AAAA"}},{{"kty":"RSA","n":"{}","e":"AQAB","alg":"RS256","key_ops":["verify"]}},
        {{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}},{{"kty":"EC","crv":"P-384","x":"","y":""}}]}}"#,
        encode(&[0xff; 256])
    );
    write("key_set", "other_kinds", others.as_bytes());

    let header = r#"{"alg":"ES256","typ":"at+jwt","kid":"k1"}"#;
    let claims = |exp: u32, scope: &str| {
        format!(
            r#"{{"iss":"https://issuer.example","sub":"user-1","aud":["https://api.example"],"exp":{exp},"iat":1783999000,"jti":"j","client_id":"c","scope":"{scope}","act":{{"a":[1,-2.5e3,null,true]}}}}"#
        )
    };
    let granted = claims(1_784_000_600, "read write");
    write("token", "granted", &signed(&key, header, &granted));
    write("token", "expired", &signed(&key, header, &claims(1_783_999_100, "read write")));
    write(
        "token",
        "escapes",
        &signed(&key, header, &granted.replace("user", r"\u0075ser").replace("aud", r"\u0061ud")),
    );
    write(
        "token",
        "alg_none",
        format!("{}.{}.", encode(br#"{"alg":"none"}"#), encode(granted.as_bytes())).as_bytes(),
    );
    write("token", "jwe", b"eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AA.AA.AA.AA");

    write("header", "usual", header.as_bytes());
    write("header", "crit", br#"{"alg":"ES256","crit":["exp"],"exp":1}"#);
    write(
        "header",
        "embedded_key",
        format!(r#"{{"alg":"ES256","jwk":{jwk},"x5c":["AA=="],"jku":"https://a"}}"#).as_bytes(),
    );
    write("header", "nested", br#"{"alg":"RS256","cty":"JWT","b64":true,"zip":"DEF"}"#);
    write("header", "escaped", br#"{"\u0061lg":"ES256","kid":"\ud83d\ude00","typ":"application/at+jwt"}"#);

    write("json", "claims", granted.as_bytes());
    write("json", "numbers", b"[0,-0,1.5,1e3,-2E-7,1784000000,9223372036854775808,0.1e+1]");
    write("json", "escapes", br#"["\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00","\ud800"]"#);
    write("json", "literals", b" { \"a\" : [ true , false , null , [ ] , { } ] }\r\n\t");
    write("json", "depth_16", format!("{}{}", "[".repeat(16), "]".repeat(16)).as_bytes());
    write("json", "depth_17", format!("{}{}", "[".repeat(17), "]".repeat(17)).as_bytes());
    write("json", "utf8", "{\"n\u{e4}me\":\"\u{1f600}\"}".as_bytes());

    let members = |room: u8, text: &[u8]| [&[room], text].concat();
    write("json_members", "claims", &members(16, granted.as_bytes()));
    write("json_members", "twice", &members(16, br#"{"a":1,"\u0061":2}"#));
    write("json_members", "too_many", &members(2, br#"{"a":1,"b":2,"c":3}"#));
    let many: Vec<String> = (0..40).map(|number| format!(r#""member-{number}":{number}"#)).collect();
    write("json_members", "many", &members(255, format!("{{{}}}", many.join(",")).as_bytes()));
    write("json_members", "array", &members(1, b"[1]"));

    write("base64url", "empty", b"");
    write("base64url", "alphabet", b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    write("base64url", "two_tail", b"AAAAAQ");
    write("base64url", "three_tail", b"AAAAAAE");
    write("base64url", "unused_bits", b"AAAAAR");
    write("base64url", "padded", b"AAAAAQ==");
    write("base64url", "dots", b"AAAA.AAAA.AA");

    write("authorization", "bearer", b"Bearer a.b.c");
    write("authorization", "dpop", b"DPoP  abc~+/==");
    write("authorization", "two_fields", b"Bearer a\nBearer b");
    write("authorization", "other_scheme", b"Basic dXNlcjpwYXNz");

    write("policy_file", "example", include_bytes!("../../examples/policy.toml"));
    write("policy_file", "smallest", b"[issuers.a]\nurl = \"https://a\"\n[products.p]\n");
}

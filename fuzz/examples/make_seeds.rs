//! Writes the seeds: small documents that show each parser its grammar. The same bytes in every run.
//!
//! `cargo run --manifest-path fuzz/Cargo.toml --example make_seeds`

use base64ct::{Base64UrlUnpadded, Encoding};
use miniz_oxide::deflate::compress_to_vec_zlib;
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

fn signed(key: &SigningKey, header: &str, claims: &str) -> Vec<u8> {
    let input = format!("{}.{}", encode(header.as_bytes()), encode(claims.as_bytes()));
    let signature: Signature = key.sign(input.as_bytes());
    format!("{input}.{}", encode(&signature.to_bytes())).into_bytes()
}

/// A token without its signature.
fn signing_input(token: &[u8]) -> &[u8] {
    let end = token.iter().rposition(|byte| *byte == b'.').unwrap();
    &token[..end]
}

fn main() {
    let write = |target: &str, name: &str, bytes: &[u8]| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
    };

    // A test key that protects nothing.
    let key = SigningKey::from_slice(&[0x42; 32]).unwrap();
    let point = key.verifying_key().to_sec1_point(false);
    let (x, y) = point.as_bytes()[1..].split_at(32);
    let (x, y) = (encode(x), encode(y));
    let jwk =
        format!(r#"{{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"k1","x":"{x}","y":"{y}"}}"#);

    // Which algorithm, no flipped bits; a secret and a message.
    for (algorithm, name) in ["es256", "es384", "eddsa", "rs256", "ps256"].into_iter().enumerate() {
        let text = [[0x42; 48].as_slice(), b"message"].concat();
        write("signature", name, &[&[u8::try_from(algorithm).unwrap(), 0, 0], text.as_slice()].concat());
    }
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

    write("request_uri", "same", b"HTTPS://API.example:443/a/%7e/./b/../c?q#f\nhttps://api.example/a/~/c");
    write("request_uri", "slash", b"http://a.example:80\nhttp://a.example/");
    write("request_uri", "parents", b"http://e/../../a//../b/%2E%2e/..\nhttp://e/a/");
    write("request_uri", "address", b"http://[2001:DB8::1]:0080/a%2Fb\nhttp://[2001:db8::1]/a%2fb");
    write("request_uri", "user", b"https://u@a.example/\nhttps://a.example:65536/");
    write("request_uri", "other_scheme", b"a+1-.://h%41:/%\na+1-.://ha/%zz");

    let digest: String = Sha256::digest(signing_input(&signed(&key, header, &granted)))
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let every_kind = format!(
        "# every kind\nclient a\njti https://issuer.example x%20y\nsubject https://issuer.example u\n\
         kid https://issuer.example k2\ndigest {}\nissued-before 1784000000 issuer https://a\n\
         issued-before 1784000000 client b\n",
        "0".repeat(64)
    );
    write("revocation_list", "every_kind", every_kind.as_bytes());
    write("revocation_list", "token", b"jti https://issuer.example j\n");
    write("revocation_list", "digest", format!("digest {digest}\n").as_bytes());
    write("revocation_list", "client", b"client a\nclient %63\nclient c\n");
    write("revocation_list", "subject", b"subject https://issuer.example user-1\n\n#\n");
    write("revocation_list", "key", b"kid https://issuer.example k1\n");
    write(
        "revocation_list",
        "before",
        b"issued-before 0 client c\nissued-before 1783999000 client c\nissued-before 1783999001 issuer https://issuer.example\n",
    );
    write("revocation_list", "cut", b"client a\nclient b");
    write("revocation_list", "escapes", "client \u{e4}%25%7f\nclient %00\n".as_bytes());

    let zlib = |bytes: &[u8], level: u8| compress_to_vec_zlib(bytes, level);
    write("inflate", "stored", &zlib(b"a stored block", 0));
    write("inflate", "fixed", &zlib(b"fixed fixed fixed fixed", 9));
    let noise: Vec<u8> = (0..2000_u32).map(|number| (number.wrapping_mul(0x9e37_79b9) >> 28) as u8).collect();
    write("inflate", "dynamic", &zlib(&noise, 9));
    write("inflate", "empty", &zlib(b"", 6));
    write("inflate", "far", &zlib(&[&noise[..], &[7; 9000], &noise].concat(), 9));
    write("inflate", "trailing", &[zlib(b"abc", 6), b"d".to_vec()].concat());

    let list = |bits: u8, bytes: &[u8], more: &str| {
        let lst = encode(&zlib(bytes, 9));
        format!(
            r#"{{"sub":"https://issuer.example/lists/1","iat":1783999900,"status_list":{{"bits":{bits},"lst":"{lst}"}}{more}}}"#
        )
    };
    write("status_list", "one_bit", list(1, &[0xb9, 0xa3], r#","exp":1784086400,"ttl":43200"#).as_bytes());
    write(
        "status_list",
        "two_bits",
        list(2, &[0xc9, 0x44, 0xf9], r#","iss":"https://issuer.example""#).as_bytes(),
    );
    write("status_list", "four_bits", list(4, &[7; 500], r#","ttl":0.5"#).as_bytes());
    write(
        "status_list",
        "eight_bits",
        list(8, &noise[..200], r#","exp":1784000000.5,"x":[null]"#).as_bytes(),
    );
    write("status_list", "expired", list(1, b"", r#","exp":1783999000"#).as_bytes());

    write("introspection", "active", br#"{"active":true}"#);
    let whole = br#"{"active":true,"scope":"read write","client_id":"c","username":"u","token_type":"Bearer","exp":1784000600,"iat":1783999000,"nbf":1783999000,"sub":"user-1","aud":["https://api.example"],"iss":"https://issuer.example","jti":"j","cnf":{"jkt":"x"}}"#;
    write("introspection", "whole", whole);
    write("introspection", "inactive", br#"{"active":false,"sub":"user-2"}"#);
    write("introspection", "another", br#"{"\u0061ctive":true,"sub":"us\u0065r-2","exp":1.784e9}"#);
    write("introspection", "text", br#"{"active":"true"}"#);

    let proof_header = format!(
        r#"{{"typ":"dpop+jwt","alg":"ES256","jwk":{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}"}}}}"#
    );
    let ath = encode(&Sha256::digest(signed(&key, header, &granted)));
    let proof = format!(
        r#"{{"jti":"proof-1","htm":"POST","htu":"https://api.example/sim-swap/check","iat":1783999990,"ath":"{ath}"}}"#
    );
    // Whole proofs, and claims, which the target signs.
    write("dpop_proof", "good", &signed(&key, &proof_header, &proof));
    write("dpop_proof", "old", &signed(&key, &proof_header, &proof.replace("1783999990", "1783990000")));
    write("dpop_proof", "without_key", &signed(&key, r#"{"typ":"dpop+jwt","alg":"ES256"}"#, &proof));
    write("dpop_proof", "claims", proof.as_bytes());
    let respelled = proof
        .replace("POST", r"PO\u0053T")
        .replace("https://api", "HTTPS://API")
        .replace('}', r#","nonce":"n","iat2":-1.5e3}"#);
    write("dpop_proof", "claims_respelled", respelled.as_bytes());
    write("dpop_proof", "claims_in_the_future", proof.replace("1783999990", "1784000060").as_bytes());

    write("policy_file", "example", include_bytes!("../../examples/policy.toml"));
    write("policy_file", "smallest", b"[issuers.a]\nurl = \"https://a\"\n[products.p]\n");
}

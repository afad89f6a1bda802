//! One algorithm with one key: tokens to accept, and tokens to refuse.

use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_benches::{
    signer::Signer,
    token::{self, AUDIENCE, ISSUER, SCOPE, Size},
};
use jotgate_core::AlgorithmName;
use std::time::{SystemTime, UNIX_EPOCH};

/// An algorithm, with the size of its key where keys differ.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) algorithm: AlgorithmName,
    rsa_bits: usize,
}

impl Kind {
    pub(crate) const ALL: [Self; 9] = [
        Self { name: "RS256-2048", algorithm: AlgorithmName::Rs256, rsa_bits: 2048 },
        Self { name: "RS256-3072", algorithm: AlgorithmName::Rs256, rsa_bits: 3072 },
        Self { name: "RS256-4096", algorithm: AlgorithmName::Rs256, rsa_bits: 4096 },
        Self { name: "PS256-2048", algorithm: AlgorithmName::Ps256, rsa_bits: 2048 },
        Self { name: "PS256-3072", algorithm: AlgorithmName::Ps256, rsa_bits: 3072 },
        Self { name: "PS256-4096", algorithm: AlgorithmName::Ps256, rsa_bits: 4096 },
        Self { name: "ES256", algorithm: AlgorithmName::Es256, rsa_bits: 0 },
        Self { name: "ES384", algorithm: AlgorithmName::Es384, rsa_bits: 0 },
        Self { name: "EdDSA", algorithm: AlgorithmName::EdDsa, rsa_bits: 0 },
    ];

    /// Different tokens in turn. A processor learns the branches of sixteen signatures by heart, which flatters whoever
    /// branches on them, ourselves most (docs/GROWTH.md). RSA does not branch on signatures, and is slow to sign.
    fn tokens(&self) -> usize {
        if self.rsa_bits == 0 { 1024 } else { 16 }
    }

    /// Claims that make a token of about 900 bytes: signatures of RSA leave less room.
    fn size(&self) -> Size {
        if self.rsa_bits == 0 { Size::CamaraLong } else { Size::Camara }
    }
}

/// A token, whole and in parts.
pub(crate) struct Sample {
    /// What is wrong with it, for messages.
    pub(crate) fault: &'static str,
    pub(crate) token: String,
    /// What is signed: the token as far as its second dot, excluded.
    pub(crate) input: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

impl Sample {
    fn new(fault: &'static str, token: Vec<u8>) -> Self {
        let token = String::from_utf8(token).unwrap();
        let (input, signature) = token.rsplit_once('.').unwrap();
        let signature = Base64UrlUnpadded::decode_vec(signature).unwrap();
        Self { fault, input: input.as_bytes().to_vec(), signature, token }
    }

    /// The same header and claims under another signature.
    fn with_signature(&self, fault: &'static str, signature: &[u8]) -> Self {
        let input = std::str::from_utf8(&self.input).unwrap();
        Self::new(fault, format!("{input}.{}", Base64UrlUnpadded::encode_string(signature)).into_bytes())
    }
}

/// What all subjects of one measurement get.
pub(crate) struct Case {
    pub(crate) kind: &'static Kind,
    pub(crate) signer: Signer,
    /// As many different tokens as the kind wants.
    pub(crate) good: Vec<Sample>,
    /// Wrong signatures: refused by everybody.
    pub(crate) tampered: Vec<Sample>,
    /// Rightly signed, wrong claims: refused by who validates.
    pub(crate) denied: Vec<Sample>,
}

impl Case {
    pub(crate) fn new(kind: &'static Kind) -> Self {
        let signer = Signer::with_rsa_bits(kind.algorithm, kind.rsa_bits);
        let sign = |fault, claims: &str| Sample::new(fault, signer.token(claims));
        let now = now();
        let claims = |number| token::claims_at(now, kind.size(), number);
        let good: Vec<Sample> = (0..kind.tokens()).map(|number| sign("none", &claims(number))).collect();
        let tampered = tampered(&good);
        let denied = vec![
            sign("expired", &token::claims_at(now - 7200, kind.size(), 0)),
            sign("not yet valid", &with_not_before(&claims(0), now + 3000)),
            sign("another issuer", &claims(0).replace(ISSUER, "https://auth.partner.example")),
            sign(
                "another audience",
                &claims(0).replace(AUDIENCE, "https://api.operator.example/location/v1"),
            ),
            sign("without the scope", &claims(0).replace(SCOPE, "sim-swap:chess")),
        ];
        Self { kind, signer, good, tampered, denied }
    }

    /// Bytes of a token.
    pub(crate) fn token_len(&self) -> usize {
        self.good[0].token.len()
    }

    /// Ids of the six keys that are preloaded: the signer's stands among others.
    pub(crate) fn key_ids(&self) -> Vec<String> {
        let others = (1..6).map(|month| format!("2026-0{month}-operator-retired"));
        let mut ids: Vec<String> = others.collect();
        ids.insert(3, self.signer.kid.clone());
        ids
    }

    /// The bytes of a member of the public key.
    pub(crate) fn member(&self, name: &str) -> Vec<u8> {
        self.signer.members().into_iter().find(|member| member.0 == name).unwrap().1
    }

    /// The uncompressed point (SEC 1, section 2.3.3).
    #[cfg(feature = "peers")]
    pub(crate) fn point(&self) -> Vec<u8> {
        [vec![4], self.member("x"), self.member("y")].concat()
    }
}

/// Seconds since the Unix epoch.
pub(crate) fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

fn tampered(good: &[Sample]) -> Vec<Sample> {
    let first = &good[0];
    let flipped = |at: usize| {
        let mut signature = first.signature.clone();
        signature[at] ^= 1;
        signature
    };
    let len = first.signature.len();
    vec![
        first.with_signature("last bit of the signature", &flipped(len - 1)),
        first.with_signature("a bit in the middle of the signature", &flipped(len / 2 - 1)),
        first.with_signature("another token's signature", &good[1].signature),
    ]
}

fn with_not_before(claims: &str, not_before: i64) -> String {
    let start = claims.find(r#","nbf":"#);
    let without = start.map_or(claims.to_owned(), |start| {
        let len = claims[start + 1..].find(',').unwrap() + 1;
        format!("{}{}", &claims[..start], &claims[start + len..])
    });
    without.replacen('{', &format!(r#"{{"nbf":{not_before},"#), 1)
}

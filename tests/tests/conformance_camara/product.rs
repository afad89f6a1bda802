//! One product before one token that says what a test wants it to say.

use base64ct::{Base64UrlUnpadded, Encoding};
use ed25519_dalek::{Signer, SigningKey};
use jotgate_core::{
    Denied, Grant, Issuer, Now, Policy, PolicyError, Presented, Profile, PurposeRule, ScopeRule, Scratch,
    UnixSeconds, Validator, WorkerState, limits::MAX_TOKEN_LEN,
};
use jotgate_tests::vectors::key_set::{ISSUER, load_one};
use serde_json::json;

const AUDIENCE: &str = "https://api.example";
const ISSUED: i64 = 1_700_000_000;

/// What a product demands, as lists of strings.
#[derive(Clone, Copy)]
pub struct Product<'p> {
    pub scopes: &'p [&'p str],
    pub purpose: PurposeRule<'p, &'p str>,
}

impl Product<'_> {
    /// Whether the policy can be built.
    pub fn policy(&self) -> Result<(), PolicyError> {
        let issuers = [Issuer::new(ISSUER, Profile::RFC9068)?];
        self.policy_for(&issuers).map(|_| ())
    }

    fn policy_for<'a>(&'a self, issuers: &'a [Issuer<&'a str>]) -> Result<Policy<'a>, PolicyError> {
        Policy::new(issuers, &[AUDIENCE], ScopeRule::AnyOf(self.scopes))?.with_purpose(self.purpose)
    }

    /// Checks a good token with these scopes, and hands the grant to `then`.
    pub fn check<T>(&self, scope: &str, then: impl FnOnce(&Grant<'_>) -> T) -> Result<T, Denied> {
        let signer = SigningKey::from_bytes(&[7; 32]);
        let x = Base64UrlUnpadded::encode_string(signer.verifying_key().as_bytes());
        let (ring, _) = load_one(&json!({ "kty": "OKP", "crv": "Ed25519", "x": x }), None).ring();
        let token = token(&signer, scope);

        let issuers = [Issuer::new(ISSUER, Profile::RFC9068).expect("the issuer has a name")];
        let policy = self.policy_for(&issuers).expect("the policy can be built");
        let mut text = vec![0; Scratch::text_len(MAX_TOKEN_LEN)];
        let mut names = [0; Scratch::NAMES];
        let mut scratch = Scratch::new(&mut text, &mut names);
        let now = Now::Trusted(UnixSeconds(ISSUED));
        let validator = Validator::for_product(&ring, &policy);
        let presented = Presented::bearer(token.as_bytes());
        validator.check(presented, now, &mut scratch, &mut WorkerState::new()).map(|grant| then(&grant))
    }
}

fn token(signer: &SigningKey, scope: &str) -> String {
    let header = json!({ "alg": "EdDSA", "typ": "at+jwt" });
    let claims = json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "user", "client_id": "client", "jti": "1",
        "iat": ISSUED, "exp": ISSUED + 60, "scope": scope,
    });
    let segment = |json: serde_json::Value| Base64UrlUnpadded::encode_string(json.to_string().as_bytes());
    let input = format!("{}.{}", segment(header), segment(claims));
    let signature = Base64UrlUnpadded::encode_string(&signer.sign(input.as_bytes()).to_bytes());
    format!("{input}.{signature}")
}

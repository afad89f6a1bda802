//! DPoP proofs, good and spoilt, and a fixture that judges bound tokens.

use super::{Fixture, Key, NOW, Token, b64, raw, record, with_scratch};
use jotgate_core::{
    Authorization, ClientSlot, Denied, DpopNonces, DpopRequest, DpopRule, Explanation, Grant, Now, Policy,
    Presented, ReplayMark, ReplaySlot, ReplayWindow, RequestUri, UnixSeconds, WorkerState,
    crypto::ALL_ALGORITHMS,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The method of every request.
pub const METHOD: &str = "POST";

/// The URI of every request, query and fragment cut off.
pub const URI: &str = "https://api.example/sim-swap/v2/check";

/// A proof before it is signed: header and claims to be changed at will.
#[derive(Clone)]
pub struct ProofForge {
    header: Value,
    claims: Value,
    key: Key,
}

impl ProofForge {
    /// A proof of `key` that is good for the request of [`DpopFixture`] with this token.
    #[must_use]
    pub fn good(key: &Key, token: &str) -> Self {
        Self {
            header: json!({"alg": key.algorithm(), "typ": "dpop+jwt", "jwk": public_jwk(key)}),
            claims: json!({
                "jti": "proof-1", "htm": METHOD, "htu": URI, "iat": NOW,
                "ath": b64(&Sha256::digest(token)),
            }),
            key: key.clone(),
        }
    }

    /// With a header parameter, or another value of it.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header[name] = value.into();
        self
    }

    /// With a claim, or another value of it.
    #[must_use]
    pub fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims[name] = value.into();
        self
    }

    /// With a member of `jwk`, or another value of it.
    #[must_use]
    pub fn jwk(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header["jwk"][name] = value.into();
        self
    }

    /// Without a header parameter.
    ///
    /// # Panics
    /// When it is not there.
    #[must_use]
    pub fn without_header(mut self, name: &str) -> Self {
        self.header.as_object_mut().expect("an object").shift_remove(name).expect("the member is there");
        self
    }

    /// Without a claim.
    ///
    /// # Panics
    /// When it is not there.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.claims.as_object_mut().expect("an object").shift_remove(name).expect("the member is there");
        self
    }

    /// Signed by another key than the header's.
    #[must_use]
    pub fn signed_by(mut self, key: &Key) -> Self {
        self.key = key.clone();
        self
    }

    /// The header as JSON.
    #[must_use]
    pub fn header_text(&self) -> String {
        self.header.to_string()
    }

    /// The claims as JSON.
    #[must_use]
    pub fn claims_text(&self) -> String {
        self.claims.to_string()
    }

    /// The proof.
    #[must_use]
    pub fn sign(&self) -> String {
        raw(&self.key, self.header_text(), self.claims_text())
    }

    /// The proof with these texts, JSON or not.
    #[must_use]
    pub fn sign_texts(&self, header: &str, claims: &str) -> String {
        raw(&self.key, header, claims)
    }
}

/// What a client puts into a proof: the members that make the key, and nothing else.
#[must_use]
pub fn public_jwk(key: &Key) -> Value {
    let mut jwk = key.jwk();
    let members = jwk.as_object_mut().expect("an object");
    for name in ["alg", "use", "kid"] {
        members.shift_remove(name);
    }
    jwk
}

/// The thumbprint of a P-256 key (RFC 7638), computed here from its JWK.
///
/// # Panics
/// For a key of another kind.
#[must_use]
pub fn thumbprint(key: &Key) -> String {
    let jwk = key.jwk();
    let names: &[&str] = match jwk["kty"].as_str().expect("a string") {
        "EC" => &["crv", "kty", "x", "y"],
        "RSA" => &["e", "kty", "n"],
        "OKP" => &["crv", "kty", "x"],
        other => panic!("{other}"),
    };
    let members: Vec<_> = names.iter().map(|name| format!("\"{name}\":{}", jwk[name])).collect();
    b64(&Sha256::digest(format!("{{{}}}", members.join(","))))
}

/// Memory of used proofs, never freed.
#[must_use]
pub fn replay_window(slots: usize, quota: u32, longest_life: u32) -> ReplayWindow<'static> {
    let mark = Box::leak(Box::new(ReplayMark::new()));
    let slots = (0..slots).map(|_| ReplaySlot::new()).collect::<Vec<_>>().leak();
    let clients = (0..64).map(|_| ClientSlot::new()).collect::<Vec<_>>().leak();
    ReplayWindow::new(mark, slots, clients, *b"a key of sixteen", quota, longest_life).expect("lawful")
}

/// A fixture that takes proofs: keys, policy, the request, and a memory of its own.
#[derive(Clone)]
pub struct DpopFixture {
    /// Keys, policy, time.
    pub fixture: Fixture,
    /// The key of the client.
    pub client: Key,
    /// Memory of used proofs, if the host lends any.
    pub window: Option<ReplayWindow<'static>>,
    /// The method.
    pub method: String,
    /// The URI.
    pub uri: String,
    /// The query, once the host says it.
    pub query: Option<Option<&'static [u8]>>,
    /// SHA-256 of the body, once the host says it.
    pub body: Option<Option<&'static [u8; 32]>>,
    /// The nonces that are good.
    pub nonces: Option<DpopNonces<'static>>,
    /// SHA-256 of the certificate, if the client showed one.
    pub certificate: Option<[u8; 32]>,
}

/// The issuer's key of bound tokens.
#[must_use]
pub fn bound_key() -> Key {
    Key::es256("es-1", 1)
}

/// A fixture, a good bound token, and a good proof for it.
#[must_use]
pub fn good_bound() -> (DpopFixture, String, ProofForge) {
    let fixture = DpopFixture::new(&bound_key());
    let token = fixture.token(&bound_key()).sign();
    let proof = fixture.proof(&token);
    (fixture, token, proof)
}

impl DpopFixture {
    /// Checks that each proof has its answer, each with a memory of its own.
    ///
    /// # Panics
    /// Otherwise, or when explaining answers something else.
    pub fn answers<'p>(
        &self,
        token: &str,
        table: impl IntoIterator<Item = (&'p str, String, Option<Denied>)>,
    ) {
        let mut wrong = vec![];
        for (name, proof, expected) in table {
            let fixture = Self { window: Some(replay_window(4, 10, 3600)), ..self.clone() };
            let explained = fixture.explain("DPoP", token, &[&proof]).expect("readable").denied();
            let answer = fixture.check("DPoP", token, &[&proof]).err();
            if (answer, explained) != (expected, expected) {
                wrong.push(format!("{name}: {answer:?}, explained {explained:?}, not {expected:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// Tokens of `issuer_key`, proofs with any algorithm.
    ///
    /// # Panics
    /// Never: the rule is lawful.
    #[must_use]
    pub fn new(issuer_key: &Key) -> Self {
        let rule = DpopRule::new(ALL_ALGORITHMS).expect("lawful");
        Self {
            fixture: Fixture::new(&[issuer_key]).policy(|policy| policy.with_dpop(rule)),
            client: Key::es256("client", 9),
            window: Some(replay_window(256, 100, 3600)),
            method: METHOD.to_owned(),
            uri: URI.to_owned(),
            query: None,
            body: None,
            nonces: None,
            certificate: None,
        }
    }

    /// With a rule made of the default one.
    ///
    /// # Panics
    /// Never: the rule is lawful.
    #[must_use]
    pub fn rule(self, change: impl FnOnce(DpopRule<'static>) -> DpopRule<'static>) -> Self {
        let rule = change(DpopRule::new(ALL_ALGORITHMS).expect("lawful"));
        self.policy(|policy| policy.with_dpop(rule))
    }

    /// With a policy made of the present one.
    #[must_use]
    pub fn policy(mut self, change: impl FnOnce(Policy<'static>) -> Policy<'static>) -> Self {
        self.fixture = self.fixture.policy(change);
        self
    }

    /// So many seconds later than [`NOW`], with the same memory.
    #[must_use]
    pub fn later(mut self, seconds: i64) -> Self {
        self.fixture.now = Now::Trusted(UnixSeconds(NOW + seconds));
        self
    }

    /// A good token, bound to the client's key.
    #[must_use]
    pub fn token(&self, issuer_key: &Key) -> Token {
        Token::good(issuer_key).claim("cnf", json!({"jkt": thumbprint(&self.client)}))
    }

    /// A good proof of the client for this token.
    #[must_use]
    pub fn proof(&self, token: &str) -> ProofForge {
        ProofForge::good(&self.client, token)
    }

    /// Judges a token under this scheme with these `DPoP` fields.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn check(&self, scheme: &str, token: &str, fields: &[&str]) -> Result<(), Denied> {
        let decision = self.grant(scheme, token, fields, |_| ());
        record::bound(self, scheme, token, fields, decision);
        decision
    }

    /// The same, and asks the grant.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn grant<T>(
        &self,
        scheme: &str,
        token: &str,
        fields: &[&str],
        ask: impl FnOnce(&Grant<'_>) -> T,
    ) -> Result<T, Denied> {
        self.presented(scheme, token, fields, |presented| {
            with_scratch(|scratch| {
                let mut validator = self.fixture.validator();
                if let Some(window) = &self.window {
                    validator = validator.with_replay_window(window);
                }
                let mut worker = WorkerState::new();
                validator.check(presented, self.fixture.now, scratch, &mut worker).map(|grant| ask(&grant))
            })
        })
    }

    /// Judges by every rule.
    ///
    /// # Errors
    /// What is wrong with the scheme or the token's characters.
    pub fn explain(&self, scheme: &str, token: &str, fields: &[&str]) -> Result<Explanation, Denied> {
        self.presented(scheme, token, fields, |presented| {
            let mut validator = self.fixture.validator();
            if let Some(window) = &self.window {
                validator = validator.with_replay_window(window);
            }
            Ok(with_scratch(|scratch| validator.explain(presented, self.fixture.now, scratch)))
        })
    }

    fn presented<T>(
        &self,
        scheme: &str,
        token: &str,
        fields: &[&str],
        then: impl FnOnce(Presented<'_>) -> Result<T, Denied>,
    ) -> Result<T, Denied> {
        let field = format!("{scheme} {token}");
        let fields: Vec<&[u8]> = fields.iter().map(|field| field.as_bytes()).collect();
        let uri = RequestUri::parse(self.uri.as_bytes()).expect("an absolute URI");
        let mut request = DpopRequest::new(&fields, self.method.as_bytes(), uri);
        if let Some(query) = self.query {
            request = request.with_query(query);
        }
        if let Some(body) = self.body {
            request = request.with_body_digest(body);
        }
        if let Some(nonces) = self.nonces {
            request = request.with_nonces(nonces);
        }
        let credentials = field.as_bytes();
        let mut presented = Presented::from(Authorization::read(&[credentials])?).with_dpop(request);
        if let Some(certificate) = &self.certificate {
            presented = presented.with_certificate(certificate);
        }
        then(presented)
    }
}

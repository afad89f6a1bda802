//! Bound tokens and their proofs, to be measured: a memory that is empty again after each round of proofs.

use crate::values::algorithm;
use crate::{
    gate,
    signer::Signer,
    token,
    token::{AUDIENCE, ISSUER, NOW, Size},
};
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    AlgorithmName, Authorization, ClientSlot, DpopProof, DpopRequest, DpopRule, Policy, Presented,
    ReplayMark, ReplaySlot, ReplayWindow, RequestUri, Thumbprint, UnixSeconds, Validator, WorkerState,
    crypto::{Algorithm, Curve, PublicKey, SigningInput, VerifyingKey},
};
use sha2::{Digest, Sha256};
use std::hint::black_box;

const METHOD: &[u8] = b"POST";
const URI: &str = "https://api.operator.example/sim-swap/v2/check";

/// Proofs until the memory is emptied. Twice as many slots, so that it is half full at the most.
const PROOFS: usize = 1024;

/// One bound token, the same one unbound, and proofs for it.
pub struct Bound {
    token: Vec<u8>,
    unbound: Vec<u8>,
    proofs: Vec<Vec<u8>>,
    client: Signer,
    issuer: Signer,
}

fn encode(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

impl Default for Bound {
    fn default() -> Self {
        Self::new()
    }
}

impl Bound {
    pub fn new() -> Self {
        let (issuer, client) = (Signer::new(AlgorithmName::Es256), Signer::new(AlgorithmName::Es256));
        let members = client.members();
        let member = |name| encode(&members.iter().find(|member| member.0 == name).unwrap().1);
        let jwk = format!(r#"{{"kty":"EC","crv":"P-256","x":"{}","y":"{}"}}"#, member("x"), member("y"));
        let thumbprint = {
            let canonical =
                format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, member("x"), member("y"));
            encode(&Sha256::digest(canonical))
        };
        let claims = token::claims(Size::Camara, 0);
        let bound = format!(r#"{},"cnf":{{"jkt":"{thumbprint}"}}}}"#, claims.strip_suffix('}').unwrap());
        let (token, unbound) = (issuer.token(&bound), issuer.token(&claims));
        let ath = encode(&Sha256::digest(&token));
        let header = format!(r#"{{"typ":"dpop+jwt","alg":"ES256","jwk":{jwk}}}"#);
        let proofs = (0..PROOFS)
            .map(|number| {
                let jti = format!("5d0c4b1e-9c6a-4f3a-8b1d-{number:012x}");
                let claims =
                    format!(r#"{{"jti":"{jti}","htm":"POST","htu":"{URI}","iat":{NOW},"ath":"{ath}"}}"#);
                client.signed(&header, &claims)
            })
            .collect();
        Self { token, unbound, proofs, client, issuer }
    }

    /// Bytes of the token and of a proof.
    pub fn lens(&self) -> (usize, usize) {
        (self.token.len(), self.proofs[0].len())
    }

    fn policy(algorithm: &'static dyn Algorithm) -> Policy<'static> {
        let rule = DpopRule::new(vec![algorithm].leak()).unwrap();
        gate::camara_policy().with_dpop(rule)
    }

    /// A validator with keys of `issuer` and this algorithm for proofs; `any` signature of the token will do.
    fn validator(&self, any: &'static dyn Algorithm, proof: &'static dyn Algorithm) -> Validator<'static> {
        let policy = Box::leak(Box::new(Self::policy(proof)));
        gate::validator(gate::ring(&[self.issuer.jwk()], &[any]), policy)
    }

    /// The whole check of the bound token with its proof, replay included.
    pub fn whole(
        &self,
        token: &'static dyn Algorithm,
        proof: &'static dyn Algorithm,
    ) -> impl FnMut(usize) + use<'_> {
        let validator = self.validator(token, proof);
        let (mut scratch, mut worker) = (gate::scratch(), WorkerState::new());
        let field = [b"DPoP ", self.token.as_slice()].concat();
        let mut memory = Memory::new();
        let mut next = 0;
        move |_| {
            if next == PROOFS {
                memory = Memory::new();
                next = 0;
            }
            let window = memory.window();
            let fields = [black_box(self.proofs[next].as_slice())];
            next += 1;
            let uri = RequestUri::parse(URI.as_bytes()).unwrap();
            let request = DpopRequest::new(&fields, METHOD, uri);
            let authorization = Authorization::read(&[black_box(&field)]).unwrap();
            let presented = Presented::from(authorization).with_dpop(request);
            let validator = validator.with_replay_window(&window);
            let grant = validator.check(presented, gate::AT, &mut scratch, &mut worker);
            assert!(black_box(&grant).is_ok(), "{grant:?}");
        }
    }

    /// The whole check of the same token without `cnf`, as Bearer.
    pub fn bearer(&self, token: &'static dyn Algorithm) -> impl FnMut(usize) + use<'_> {
        let validator = self.validator(token, algorithm(AlgorithmName::Es256));
        let (mut scratch, mut worker) = (gate::scratch(), WorkerState::new());
        let field = [b"Bearer ", self.unbound.as_slice()].concat();
        move |_| {
            let authorization = Authorization::read(&[black_box(&field)]).unwrap();
            let presented = Presented::from(authorization);
            let grant = validator.check(presented, gate::AT, &mut scratch, &mut worker);
            assert!(black_box(&grant).is_ok());
        }
    }

    /// The proof by itself, replay included.
    pub fn proof(&self, proof: &'static dyn Algorithm) -> impl FnMut(usize) + use<'_> {
        let policy = Self::policy(proof);
        let bound_to = Thumbprint::of(&self.public());
        let mut scratch = gate::scratch();
        let mut memory = Memory::new();
        let mut next = 0;
        let now = UnixSeconds(NOW);
        move |_| {
            if next == PROOFS {
                memory = Memory::new();
                next = 0;
            }
            let fields = [black_box(self.proofs[next].as_slice())];
            next += 1;
            let request = DpopRequest::new(&fields, METHOD, RequestUri::parse(URI.as_bytes()).unwrap());
            let token = black_box(&self.token);
            let checked = DpopProof::check(&request, token, &bound_to, &policy, gate::AT, &mut scratch);
            let spent = checked.and_then(|proof| proof.spend(&memory.window(), ISSUER, AUDIENCE, now));
            assert_eq!(black_box(spent), Ok(()));
        }
    }

    fn public(&self) -> PublicKey<'static> {
        let members: &'static _ = Box::leak(Box::new(self.client.members()));
        let bytes = |name| members.iter().find(|member| member.0 == name).unwrap().1.as_slice();
        PublicKey::Ec { curve: Curve::P256, x: bytes("x"), y: bytes("y") }
    }

    /// Hash and verification of the proofs' signatures, signature decoded; the key is a stranger's, and prepared each time.
    pub fn signature(&self, algorithm: &'static dyn Algorithm) -> impl FnMut(usize) + use<'_> {
        let mut words = vec![0; gate::words_for(1)];
        let cut: Vec<(&[u8], Vec<u8>)> = self
            .proofs
            .iter()
            .map(|proof| {
                let dot = proof.iter().rposition(|byte| *byte == b'.').unwrap();
                let signature = std::str::from_utf8(&proof[dot + 1..]).unwrap();
                (&proof[..dot], Base64UrlUnpadded::decode_vec(signature).unwrap())
            })
            .collect();
        move |call| {
            let (input, signature) = &cut[call % cut.len()];
            let input = SigningInput::new(black_box(input));
            let mut memory = words.as_mut_slice();
            let key = VerifyingKey::prepare(algorithm, black_box(&self.public()), &mut memory).unwrap();
            assert!(key.verify(black_box(&input), black_box(signature)).is_ok());
        }
    }
}

struct Memory {
    mark: ReplayMark,
    slots: Vec<ReplaySlot>,
    clients: Vec<ClientSlot>,
}

impl Memory {
    fn new() -> Self {
        Self {
            mark: ReplayMark::new(),
            slots: (0..2 * PROOFS).map(|_| ReplaySlot::new()).collect(),
            clients: (0..64).map(|_| ClientSlot::new()).collect(),
        }
    }

    fn window(&self) -> ReplayWindow<'_> {
        ReplayWindow::new(&self.mark, &self.slots, &self.clients, [7; 16], 2048, 600).unwrap()
    }
}

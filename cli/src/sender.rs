//! How the request came: what the token's sender proved, as the command line says it.

use crate::{
    args::SenderArgs,
    failure::{self, Failure},
    input::Given,
};
use jotgate_core::{
    Asked, Authorization, Denied, DpopNonces, DpopRequest, Presented, ReplayMemory, ReplayWindow,
    RequestDigests, RequestUri, Scheme, crypto::ALL_ALGORITHMS, limits::MAX_PROOF_LEN,
};
use jotgate_gate::{OwnedDpopRule, OwnedPolicy, ProofMemory, Setting, limits::MAX_BODY_LEN};
use sha2::{Digest, Sha256};
use std::path::Path;

/// What is known of the sender, and memory of the proofs used in this run.
pub(crate) struct Sender {
    certificate: Option<[u8; 32]>,
    dpop: Option<Dpop>,
    memory: ProofMemory,
}

/// A request with a DPoP proof.
struct Dpop {
    proof: Vec<u8>,
    method: String,
    uri: String,
    body: Option<[u8; 32]>,
    nonce: Option<String>,
}

impl Sender {
    pub(crate) fn read(args: &SenderArgs) -> Result<Self, Failure> {
        let dpop = match (&args.dpop, &args.method, &args.uri) {
            (Some(proof), Some(method), Some(uri)) => Some(Dpop {
                proof: match proof.strip_prefix('@') {
                    Some(path) => trimmed(&Failure::read(Path::new(path), MAX_PROOF_FILE)?),
                    None => trimmed(proof.as_bytes()),
                },
                method: method.clone(),
                uri: uri.clone(),
                body: match &args.body {
                    Some(path) => Some(Sha256::digest(Failure::read(path, MAX_BODY_LEN)?).into()),
                    None => None,
                },
                nonce: args.nonce.clone(),
            }),
            _ => None,
        };
        let memory = ProofMemory::new(PROOFS, 1).map_err(Failure::Input)?;
        Ok(Self { certificate: args.cert_sha256, dpop, memory })
    }

    /// Without a policy file, a proof is taken whatever algorithm signed it, and needs the nonce and the body's digest that
    /// are given.
    pub(crate) fn demand(&self, owned: &mut OwnedPolicy) {
        if let Some(dpop) = &self.dpop {
            owned.dpop = Some(OwnedDpopRule {
                algorithms: ALL_ALGORITHMS.to_vec(),
                max_age: jotgate_core::DEFAULT_PROOF_AGE,
                nonce_life: dpop.nonce.is_some().then_some(jotgate_core::DEFAULT_PROOF_AGE),
                request_digests: match dpop.body {
                    Some(_) => RequestDigests::Body,
                    None => RequestDigests::NotRequired,
                },
                replay_memory: ReplayMemory::WhileProofIsFresh,
            });
        }
    }

    /// A nonce and a body are the host's: what the product does not look at would seem to have been looked at. A proof that
    /// it does not take is the client's doing, and is denied.
    pub(crate) fn refuse_unused(&self, product: &str, owned: &OwnedPolicy) -> Result<(), Failure> {
        let Some(given) = &self.dpop else { return Ok(()) };
        let rule = owned.dpop.as_ref();
        let digests = rule.map_or(RequestDigests::NotRequired, |rule| rule.request_digests);
        let wants_body = matches!(digests, RequestDigests::Body | RequestDigests::QueryAndBody);
        let wants_nonce = rule.is_some_and(|rule| rule.nonce_life.is_some());
        for (flag, is_unused, setting) in [
            ("body", given.body.is_some() && !wants_body, Setting::DpopRequestDigests),
            ("nonce", given.nonce.is_some() && !wants_nonce, Setting::DpopNonceLife),
        ] {
            if is_unused {
                return Err(failure::not_used(flag, product, setting));
            }
        }
        Ok(())
    }

    /// Where the proofs of this run are remembered.
    pub(crate) fn window(&self, owned: &OwnedPolicy) -> Result<ReplayWindow<'_>, Failure> {
        self.memory
            .window(u32::try_from(PROOFS).unwrap_or(1), owned.longest_proof_life())
            .map_err(|error| Failure::Usage(format!("the memory of proofs: {error}")))
    }

    /// Hands `judge` the token as the request brought it, or why it brought none.
    pub(crate) fn present<T>(
        &self,
        given: Given<'_>,
        judge: impl FnOnce(Result<Presented<'_>, Denied>) -> T,
    ) -> T {
        let (token, dpop) = match (given, &self.dpop) {
            (Given::TooLong, None) => return judge(Err(Denied::TokenTooLong)),
            (Given::TooLong, Some(_)) => return judge(Err(Denied::AuthorizationHeaderTooLong)),
            (Given::Token(token), None) => return judge(Ok(self.certified(Presented::bearer(token)))),
            (Given::Token(token), Some(dpop)) => (token, dpop),
        };
        let field = [b"DPoP ", token].concat();
        let proofs = [dpop.proof.as_slice()];
        let credentials = Authorization::read(&[&field]);
        judge(credentials.and_then(|read| {
            let request = dpop.request(&proofs).ok_or(Denied::RequestDetailsMissing)?;
            Ok(self.certified(Presented::from(read).with_dpop(request)))
        }))
    }

    fn certified<'t>(&'t self, presented: Presented<'t>) -> Presented<'t> {
        match &self.certificate {
            Some(sha256) => presented.with_certificate(sha256),
            None => presented,
        }
    }

    /// What an answer depends on besides the reason.
    pub(crate) fn asked(&self) -> Asked<'_> {
        match &self.dpop {
            None => Asked { scheme: Scheme::Bearer, nonce: None },
            Some(dpop) => Asked { scheme: Scheme::Dpop, nonce: dpop.nonce.as_deref() },
        }
    }
}

impl Dpop {
    fn request<'t>(&'t self, proofs: &'t [&'t [u8]]) -> Option<DpopRequest<'t>> {
        let uri = RequestUri::parse(self.uri.as_bytes())?;
        let before_fragment = self.uri.split('#').next().unwrap_or_default();
        let query = before_fragment.split_once('?').map(|(_, query)| query.as_bytes());
        let request = DpopRequest::new(proofs, self.method.as_bytes(), uri)
            .with_query(query)
            .with_body_digest(self.body.as_ref());
        Some(match &self.nonce {
            None => request,
            Some(nonce) => request.with_nonces(DpopNonces { current: nonce.as_bytes(), previous: None }),
        })
    }
}

/// Longest file of a proof, bytes: the longest proof, and white space around it.
const MAX_PROOF_FILE: usize = 2 * MAX_PROOF_LEN;

fn trimmed(text: &[u8]) -> Vec<u8> {
    text.trim_ascii().to_vec()
}

/// One command line has one proof; the rest is the room that a window needs.
const PROOFS: usize = 64;

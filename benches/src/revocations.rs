//! Revocation lists of any length, and many tokens that none of them names.

use crate::{
    gate,
    signer::Signer,
    token::{self, ISSUER, NOW, Size},
    values::algorithm,
};
use jotgate_core::{
    AlgorithmName, Freshness, IndexKey, KeyRing, Policy, RevocationBucket, RevocationFacts, RevocationList,
    RevocationRule, Scratch, UnixSeconds, Validator, WhenStale, WorkerState,
    steps::{self, Authentic, Unverified},
};

/// What a host says of a list.
pub const FACTS: RevocationFacts =
    RevocationFacts { generation: 1, as_of: UnixSeconds(NOW), key: IndexKey(*b"0123456789abcdef") };

/// Tokens that were read and verified, the ring that they are judged with, and a policy that asks a list.
pub struct Revocable {
    /// Each says something else.
    pub tokens: Vec<Authentic<'static, 'static>>,
    ring: &'static KeyRing<'static>,
    policy: Policy<'static>,
}

impl Revocable {
    /// So many tokens.
    pub fn new(count: usize) -> Self {
        let signer = Signer::new(AlgorithmName::Es256);
        let ring = gate::ring(&[signer.jwk()], &[algorithm(AlgorithmName::Es256)]);
        let ring: &'static _ = Box::leak(Box::new(ring));
        let unlisted = Validator::for_product(ring, gate::camara_policy());
        let authentic = |number| {
            // Each lives as long as the first.
            let now = NOW - i64::try_from(number).unwrap();
            let token = signer.token(&token::claims_at(now, Size::Camara, number));
            let scratch = Scratch::new(vec![0; Scratch::text_len(token.len())].leak(), vec![0; 32].leak());
            let read = Unverified::read(token.leak(), Box::leak(Box::new(scratch))).unwrap();
            let read: &'static _ = Box::leak(Box::new(read));
            read.verify(steps::select(&unlisted, read, &mut WorkerState::new()).unwrap()).unwrap()
        };
        let freshness = Freshness { max_age: 60, when_stale: WhenStale::Deny };
        let policy = gate::camara_policy().with_revocation(RevocationRule::ByList(freshness));
        Self { tokens: (0..count).map(authentic).collect(), ring, policy }
    }

    /// Judges without a list.
    pub fn unlisted(&self) -> Validator<'static> {
        Validator::for_product(self.ring, gate::camara_policy())
    }

    /// Asks this list.
    pub fn listed<'a>(&'a self, list: &'a RevocationList<'a>) -> Validator<'a> {
        Validator::for_product(self.ring, &self.policy).with_revocations(list)
    }
}

/// A list of so many revoked tokens, and, if `kinds`, of one thing of each other kind.
pub fn list(count: usize, kinds: bool) -> RevocationList<'static> {
    let text = list_text(count, kinds).leak();
    let buckets = vec![RevocationBucket::EMPTY; RevocationList::buckets(count + 8)].leak();
    RevocationList::load(text.as_bytes(), FACTS, buckets).unwrap()
}

/// Its text.
pub fn list_text(count: usize, kinds: bool) -> String {
    let mut text: String = (0..count)
        .map(|number| format!("jti {ISSUER} {:08x}-0000-4000-8000-{number:012x}\n", number * 0x9e37))
        .collect();
    if kinds {
        let digest = "0".repeat(64);
        text += &format!(
            "client x\nsubject {ISSUER} x\nkid {ISSUER} x\ndigest {digest}\n\
             issued-before 1 issuer x\nissued-before 1 client x\n"
        );
    }
    text
}

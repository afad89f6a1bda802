//! A group of tests: one key, one algorithm, many signatures.

use crate::{
    exceptions::Label,
    key::Key,
    values::{AlgorithmValue, Memory, Values},
};
use jotgate_core::{
    AlgorithmName, SkipReason,
    crypto::{SigningInput, VerifyingKey},
};
use serde::Deserialize;
use std::collections::BTreeMap;

pub struct Group<'j, 'm> {
    json: &'j serde_json::Value,
    /// The algorithms that the key can serve, and the key prepared for every value of each.
    keys: Vec<(AlgorithmName, &'m [AlgorithmValue], Vec<VerifyingKey<'m>>)>,
}

pub struct Test {
    pub id: u64,
    pub label: Label,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl<'j, 'm> Group<'j, 'm> {
    /// Loads the group's key, or tells why the loader skips it.
    pub fn load(
        json: &'j serde_json::Value,
        values: &'m Values,
        memory: &'m mut Memory,
    ) -> Result<Self, SkipReason> {
        let key = Key::of(json);
        let (mut words, mut lines) = (memory.words.as_mut_slice(), memory.lines.as_mut_slice());
        let mut prepare = |name: &AlgorithmName| {
            let values = values.named(*name);
            Ok((*name, values, key.prepare(*name, values, &mut words, &mut lines)?))
        };
        let keys: Result<Vec<_>, _> = key.algorithms().iter().map(&mut prepare).collect();
        Ok(Self { json, keys: keys? })
    }

    /// The JOSE algorithm whose hash, mask, salt and encoding the group has, if there is one.
    pub fn algorithm(&self) -> Option<AlgorithmName> {
        let text = |name: &str| self.json[name].as_str().unwrap_or_default();
        let (kind, sha) = (text("type"), text("sha"));
        let same_mask = text("mgfSha") == sha;
        let curve = self.json["publicKey"]["curve"].as_str().unwrap_or_default();
        let name = match (kind, sha) {
            ("RsassaPkcs1Verify", "SHA-256") => "RS256",
            ("RsassaPkcs1Verify", "SHA-384") => "RS384",
            ("RsassaPkcs1Verify", "SHA-512") => "RS512",
            // RFC 7518, section 3.5: one hash for all, and a salt as long as it.
            (_, "SHA-256") if same_mask && self.json["sLen"] == 32 => "PS256",
            (_, "SHA-384") if same_mask && self.json["sLen"] == 48 => "PS384",
            (_, "SHA-512") if same_mask && self.json["sLen"] == 64 => "PS512",
            // RFC 7518, section 3.4: R and S side by side, not DER.
            ("EcdsaP1363Verify", "SHA-256") if curve == "secp256r1" => "ES256",
            ("EcdsaP1363Verify", "SHA-384") if curve == "secp384r1" => "ES384",
            ("EcdsaP1363Verify", "SHA-512") if curve == "secp521r1" => "ES512",
            ("EddsaVerify", _) if curve == "edwards25519" => "EdDSA",
            _ => return None,
        };
        AlgorithmName::from_jose(name)
    }

    /// The tests that say something about JOSE: what is invalid in a scheme that JOSE has not may well be
    /// valid in one that it has.
    pub fn tests(&self) -> impl Iterator<Item = Test> {
        let tests = self.json["tests"].as_array().expect("a group has tests");
        tests.iter().map(Test::read).filter(|test| test.label != Label::Invalid || self.algorithm().is_some())
    }

    /// The algorithms under which the signature is good, all of their values say so. Of what is labelled invalid the
    /// group's own is asked only, for the same reason. Counts what was asked, by algorithm.
    pub fn accepting(&self, test: &Test, asked: &mut Asked) -> Vec<AlgorithmName> {
        let input = SigningInput::new(&test.message);
        let mut accepting = Vec::new();
        for (name, values, keys) in &self.keys {
            if test.label == Label::Invalid && self.algorithm() != Some(*name) {
                continue;
            }
            let answers: Vec<bool> =
                keys.iter().map(|key| key.verify(&input, &test.signature).is_ok()).collect();
            for (value, answer) in values.iter().zip(&answers) {
                assert_eq!(
                    *answer, answers[0],
                    "test {} {name:?}: {} and {}",
                    test.id, value.name, values[0].name
                );
            }
            *asked.signatures.entry(name.as_jose()).or_default() += 1;
            asked.verifications += answers.len();
            accepting.extend(answers[0].then_some(*name));
        }
        accepting
    }
}

/// How much was verified.
#[derive(Default)]
pub struct Asked {
    /// Signatures by algorithm, each under every value.
    pub signatures: BTreeMap<&'static str, usize>,
    /// Of all values together.
    pub verifications: usize,
}

impl Test {
    fn read(json: &serde_json::Value) -> Self {
        Self {
            id: json["tcId"].as_u64().expect("a test has a number"),
            label: Label::deserialize(&json["result"]).expect("a test has a label"),
            message: bytes(&json["msg"]),
            signature: bytes(&json["sig"]),
        }
    }
}

/// The bytes of a hexadecimal string.
pub fn bytes(json: &serde_json::Value) -> Vec<u8> {
    let text = json.as_str().expect("bytes are a string");
    let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { panic!("half a byte: {text}") };
    pairs.iter().map(|pair| byte(pair).expect("bytes are hexadecimal")).collect()
}

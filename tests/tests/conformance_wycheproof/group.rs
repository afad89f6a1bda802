//! A group of tests: one key, one algorithm, many signatures.

use crate::{exceptions::Label, key::Key};
use jotgate_core::{
    AlgorithmName, SkipReason,
    crypto::{SigningInput, VerifyingKey},
};
use serde::Deserialize;
use serde_json::Value;

pub struct Group<'j> {
    json: &'j Value,
    /// The key, prepared for each algorithm that it can serve.
    keys: Vec<VerifyingKey<'static>>,
}

pub struct Test {
    pub id: u64,
    pub label: Label,
    message: Vec<u8>,
    signature: Vec<u8>,
}

impl<'j> Group<'j> {
    /// Loads the group's key, or tells why the loader skips it.
    pub fn load(json: &'j Value) -> Result<Self, SkipReason> {
        let key = Key::of(json);
        let keys: Result<Vec<_>, _> = key.algorithms().iter().map(|name| key.prepare(*name)).collect();
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

    /// The algorithms under which the signature is good. Of what is labelled invalid the group's own is asked
    /// only, for the same reason.
    pub fn accepting(&self, test: &Test) -> Vec<AlgorithmName> {
        let input = SigningInput::new(&test.message);
        let asked = |key: &&VerifyingKey<'_>| {
            test.label != Label::Invalid || self.algorithm() == Some(key.algorithm())
        };
        let accepting = self.keys.iter().filter(asked);
        let accepting = accepting.filter(|key| key.verify(&input, &test.signature).is_ok());
        accepting.map(VerifyingKey::algorithm).collect()
    }
}

impl Test {
    fn read(json: &Value) -> Self {
        Self {
            id: json["tcId"].as_u64().expect("a test has a number"),
            label: Label::deserialize(&json["result"]).expect("a test has a label"),
            message: octets(&json["msg"]),
            signature: octets(&json["sig"]),
        }
    }
}

/// The octets of a hexadecimal string.
pub fn octets(json: &Value) -> Vec<u8> {
    let text = json.as_str().expect("octets are a string");
    let octet = |pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { panic!("half an octet: {text}") };
    pairs.iter().map(|pair| octet(pair).expect("octets are hexadecimal")).collect()
}

//! A group's key: as a JWK through the loader, and from the same bytes prepared for use.

use crate::{group::bytes, values::AlgorithmValue};
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    AlgorithmName, KeyTable, Remarks, SkipReason, Thumbprint, UsedKey, Word,
    crypto::{CacheLine, Curve, PublicKey, VerifyingKey},
};
use jotgate_tests::vectors::key_set::load_one;
use serde_json::{Value, json};

pub struct Key {
    jwk: Value,
    bits: u64,
    /// What the JWK says in `n` and `e`, in `x` and `y`, or in `x`.
    numbers: [Vec<u8>; 2],
}

impl Key {
    /// The group's JWK where it has one, else one with the group's numbers.
    pub fn of(group: &Value) -> Self {
        let key = &group["publicKey"];
        let jwk = group.get("publicKeyJwk").or(group.get("keyJwk")).cloned().unwrap_or_else(|| written(key));
        let bits = group.get("keySize").unwrap_or(&key["keySize"]).as_u64().expect("keys have a size");
        let decoded = |name| Base64UrlUnpadded::decode_vec(jwk[name].as_str().unwrap_or_default());
        let names = if jwk["kty"] == "RSA" { ["n", "e"] } else { ["x", "y"] };
        let numbers = names.map(|name| decoded(name).expect("numbers are base64url"));
        Self { jwk, bits, numbers }
    }

    /// The algorithms that a key of this kind can serve.
    pub fn algorithms(&self) -> &'static [AlgorithmName] {
        use AlgorithmName::{EdDsa, Es256, Es384, Es512, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512};
        match (self.jwk["kty"].as_str(), self.jwk["crv"].as_str()) {
            (Some("RSA"), _) => &[Ps256, Ps384, Ps512, Rs256, Rs384, Rs512],
            (_, Some("P-384")) => &[Es384],
            (_, Some("P-521")) => &[Es512],
            (Some("EC"), _) => &[Es256],
            _ => &[EdDsa],
        }
    }

    /// Prepares the key, with its table, for every value of the algorithm; the loader must agree in everything that
    /// it reports.
    pub fn prepare<'m>(
        &self,
        name: AlgorithmName,
        values: &'m [AlgorithmValue],
        words: &mut &'m mut [Word],
        lines: &mut &'m mut [CacheLine],
    ) -> Result<Vec<VerifyingKey<'m>>, SkipReason> {
        let mut jwk = self.jwk.clone();
        jwk["alg"] = name.as_jose().into();
        let reports = load_one(&jwk, None).reports;
        let [report] = reports.as_slice() else { panic!("one key, {} reports", reports.len()) };
        let used = (*report)?;

        let public = self.public();
        let expected = UsedKey {
            algorithm: name,
            bits: usize::try_from(self.bits).expect("key sizes are small"),
            thumbprint: Thumbprint::of(&public),
            remarks: Remarks::default(),
            ambiguous: false,
            table: KeyTable::Absent,
        };
        assert_eq!(used, expected);
        let prepare = |value: &'m AlgorithmValue| {
            let key = VerifyingKey::prepare(value.algorithm, &public, words);
            let mut key = key.expect("the loader has taken the key");
            assert_eq!(key.add_table(lines), value.algorithm.table_lines() > 0, "{}", value.name);
            key
        };
        Ok(values.iter().map(prepare).collect())
    }

    fn public(&self) -> PublicKey<'_> {
        let [x, y] = &self.numbers;
        let ec = |curve| PublicKey::Ec { curve, x, y };
        match self.jwk["crv"].as_str() {
            None => PublicKey::Rsa { n: x, e: y },
            Some("P-256") => ec(Curve::P256),
            Some("P-384") => ec(Curve::P384),
            Some("P-521") => ec(Curve::P521),
            Some("Ed25519") => PublicKey::Ed25519 { x },
            Some(curve) => panic!("the loader has taken a key on {curve}"),
        }
    }
}

/// A JWK of numbers in hexadecimal.
fn written(key: &Value) -> Value {
    match key["curve"].as_str() {
        Some("secp256r1") => ec("P-256", 32, key),
        Some("secp384r1") => ec("P-384", 48, key),
        Some("secp521r1") => ec("P-521", 66, key),
        // Whatever JOSE calls it: jotgate has no such curve.
        Some(curve) => ec(curve, 0, key),
        None => {
            json!({ "kty": "RSA", "n": number(&key["modulus"], 0), "e": number(&key["publicExponent"], 0) })
        }
    }
}

fn ec(curve: &str, len: usize, key: &Value) -> Value {
    json!({ "kty": "EC", "crv": curve, "x": number(&key["wx"], len), "y": number(&key["wy"], len) })
}

/// base64url of a number, in `len` bytes at least (RFC 7518, sections 2 and 6.2.1.2).
fn number(hex: &Value, len: usize) -> String {
    let bytes = bytes(hex);
    let significant: Vec<u8> = bytes.into_iter().skip_while(|byte| *byte == 0).collect();
    let padding = vec![0; len.saturating_sub(significant.len())];
    Base64UrlUnpadded::encode_string(&[padding, significant].concat())
}

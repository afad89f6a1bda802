//! Other validators, each asked for the same: signature with the one key by kid, `exp` and `nbf` with a leeway
//! of 60 seconds, `aud`, `iss`.

use jotgate_tests::forge::{AUDIENCE, ISSUER, Key};
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, crypto::rust_crypto, decode, decode_header, jwk::Jwk,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::str::FromStr;

/// A validator.
pub trait Peer {
    /// Its name in the list of differences.
    fn name(&self) -> &'static str;

    /// Whether it grants each token.
    fn grants(&self, tokens: &[&str]) -> Vec<bool>;
}

/// The crate `jsonwebtoken` on RustCrypto.
pub struct JsonWebToken {
    keys: HashMap<String, (DecodingKey, Validation)>,
}

impl JsonWebToken {
    pub fn new(keys: &[Key]) -> Self {
        // Said, because tests of the whole workspace are built with the measurements, which turn on another provider.
        let _installed_before = rust_crypto::DEFAULT_PROVIDER.install_default();
        let keys = keys.iter().map(|key| {
            let jwk: Jwk = serde_json::from_value(key.jwk()).unwrap();
            let mut validation = Validation::new(Algorithm::from_str(key.algorithm()).unwrap());
            validation.set_audience(&[AUDIENCE]);
            validation.set_issuer(&[ISSUER]);
            validation.set_required_spec_claims(&["exp", "iss", "aud"]);
            validation.validate_nbf = true;
            validation.leeway = 60;
            (key.kid().unwrap().to_owned(), (DecodingKey::from_jwk(&jwk).unwrap(), validation))
        });
        Self { keys: keys.collect() }
    }

    fn grants_one(&self, token: &str) -> Option<()> {
        let header = decode_header(token).ok()?;
        let (key, validation) = self.keys.get(&header.kid?)?;
        decode::<Value>(token, key, validation).ok().map(|_| ())
    }
}

impl Peer for JsonWebToken {
    fn name(&self) -> &'static str {
        "jsonwebtoken"
    }

    fn grants(&self, tokens: &[&str]) -> Vec<bool> {
        tokens.iter().map(|token| self.grants_one(token).is_some()).collect()
    }
}

/// PyJWT, in an interpreter that has it.
pub struct PyJwt {
    python: String,
    setting: Value,
}

impl PyJwt {
    pub fn new(python: String, keys: &[Key]) -> Self {
        let keys: Vec<_> = keys.iter().map(Key::jwk).collect();
        let setting = json!({"keys": keys, "issuer": ISSUER, "audience": AUDIENCE, "leeway": 60});
        Self { python, setting }
    }
}

impl Peer for PyJwt {
    fn name(&self) -> &'static str {
        "PyJWT"
    }

    fn grants(&self, tokens: &[&str]) -> Vec<bool> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/differential/pyjwt_judge.py");
        let mut child = Command::new(&self.python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("JOTGATE_PYTHON names an interpreter");
        let mut input = child.stdin.take().unwrap();
        let lines = tokens.iter().map(|token| json!(token)).collect::<Vec<_>>();
        let setting = self.setting.clone();
        // Written by another thread: the answers may fill their pipe before the last token is read.
        let writer = std::thread::spawn(move || {
            for line in [setting].iter().chain(&lines) {
                writeln!(input, "{line}").unwrap();
            }
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        assert!(output.status.success(), "pyjwt_judge.py failed");
        let answers = String::from_utf8(output.stdout).unwrap();
        answers
            .lines()
            .map(|answer| match answer {
                "granted" => true,
                "denied" => false,
                other => panic!("{other}"),
            })
            .collect()
    }
}

//! `jotgate jws`: is the signature good? Nothing else is asked.

use crate::{
    Outcome,
    args::{Format, JwsArgs},
    failure::Failure,
    input::{Given, for_each_token},
    output::{self, Shown},
    ring::{KeySet, fail_if_broken, in_ring, tables_for},
};
use base64ct::{Base64UrlUnpadded, Encoding};
use jotgate_core::{
    AlgorithmName, Denied, Jws, KeyRing, Scratch, SectionIndex, SignedPayload, limits::MAX_TOKEN_LEN_RAISED,
};
use serde::Serialize;
use std::io::{self, Write};

/// Keys are bound to an issuer; here there is one, and no token claims it.
const ISSUER: &str = "signature-only";

/// What an RSA key that names no algorithm may serve here: no claim is believed, so a key may show all it can.
const RSA: [AlgorithmName; 6] = [
    AlgorithmName::Ps256,
    AlgorithmName::Ps384,
    AlgorithmName::Ps512,
    AlgorithmName::Rs256,
    AlgorithmName::Rs384,
    AlgorithmName::Rs512,
];

pub(crate) fn run(args: &JwsArgs) -> Result<Outcome, Failure> {
    let default_rsa_algorithms = args.alg.map_or(RSA.to_vec(), |named| vec![named]);
    let set = KeySet::read_set_or_key(&args.keys, ISSUER, &default_rsa_algorithms)?;
    in_ring(vec![set], tables_for(args.lines), &mut fail_if_broken, |ring| verify_all(args, ring))?
}

fn verify_all(args: &JwsArgs, ring: &KeyRing<'_>) -> Result<Outcome, Failure> {
    let section = ring.section(ISSUER).ok_or(Failure::Ring(jotgate_core::LoadError::UnknownIssuer))?;
    let (mut text, mut names) = (vec![0; Scratch::text_len(MAX_TOKEN_LEN_RAISED)], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    for_each_token(args.lines, &args.tokens, |given, out| {
        let result = verify(given, ring, section, &mut scratch);
        let outcome = if result.is_ok() { Outcome::AllGood } else { Outcome::SomethingDenied };
        match args.tokens.format {
            Format::Json => write_json(&result, out)?,
            Format::Text => write_text(&result, args.lines, out)?,
        }
        Ok(outcome)
    })
}

fn verify<'s>(
    given: Given<'s>,
    ring: &KeyRing<'_>,
    section: SectionIndex,
    scratch: &'s mut Scratch<'_>,
) -> Result<SignedPayload<'s>, Denied> {
    let Given::Token(token) = given else { return Err(Denied::TokenTooLong) };
    let jws = Jws::read(token, MAX_TOKEN_LEN_RAISED, scratch)?;
    jws.verify(jws.select(ring, section)?)
}

fn write_json(result: &Result<SignedPayload<'_>, Denied>, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Line {
        valid: bool,
        reason: &'static str,
        code: u16,
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<String>,
    }
    let line = match result {
        Ok(payload) => {
            let payload = Some(Base64UrlUnpadded::encode_string(payload.bytes()));
            Line { valid: true, reason: "valid", code: 7000, payload }
        }
        Err(denied) => Line { valid: false, reason: denied.name(), code: denied.code(), payload: None },
    };
    output::write_json(&line, out)
}

fn write_text(
    result: &Result<SignedPayload<'_>, Denied>,
    one_line: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match result {
        Ok(payload) if one_line => writeln!(out, "valid {} bytes", payload.bytes().len()),
        Ok(payload) => {
            writeln!(out, "VALID SIGNATURE  the claims were not judged")?;
            writeln!(out, "  payload    {}", Shown(String::from_utf8_lossy(payload.bytes())))
        }
        Err(denied) if one_line => writeln!(out, "invalid {} {}", denied.code(), denied.name()),
        Err(denied) => {
            writeln!(out, "INVALID  {} {}", denied.code(), denied.name())?;
            writeln!(out, "  why        {}", denied.sentence())
        }
    }
}

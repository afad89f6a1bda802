//! `jotgate peek`: header and claims of a token that nobody has verified.

use crate::{
    Outcome,
    args::PeekArgs,
    failure::Failure,
    input::{Given, with_one},
    output::{Printer, Shown, ShownJson},
};
use jotgate_core::{Denied, Peek, Scratch, limits::MAX_TOKEN_LEN_RAISED};
use serde::de::IgnoredAny;
use std::io::{self, Write};

pub(crate) fn run(args: &PeekArgs) -> Result<Outcome, Failure> {
    let (mut text, mut names) = (vec![0; Scratch::text_len(MAX_TOKEN_LEN_RAISED)], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let mut out = Printer::new();
    let outcome = with_one(&args.token, |given| {
        let peek = match given {
            Given::Token(token) => Peek::read(token, &mut scratch),
            Given::TooLong => Err(Denied::TokenTooLong),
        };
        out.print(|out| show(peek, out))
    })??;
    out.finish()?;
    Ok(outcome)
}

/// The warning stands on every line, so that no line can be taken for an answer.
fn show(peek: Result<Peek<'_>, Denied>, out: &mut dyn Write) -> io::Result<Outcome> {
    match peek {
        Ok(peek) => {
            unverified("header", peek.header_unverified(), out)?;
            unverified("claims", peek.payload_unverified(), out)?;
            Ok(Outcome::AllGood)
        }
        Err(denied) => {
            writeln!(out, "UNVERIFIED  cannot be read: {denied}")?;
            Ok(Outcome::SomethingDenied)
        }
    }
}

/// Indented when it is JSON, as one string when it is not.
fn unverified(part: &str, text: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let json = std::str::from_utf8(text).ok();
    match json.filter(|text| serde_json::from_str::<IgnoredAny>(text).is_ok()) {
        Some(json) => {
            for line in indented(json).lines() {
                writeln!(out, "UNVERIFIED  {part}  {}", ShownJson(line))?;
            }
            Ok(())
        }
        None => writeln!(out, "UNVERIFIED  {part}  {}", Shown(String::from_utf8_lossy(text))),
    }
}

/// Levels that are indented: more would make long lines of short tokens.
const DEEPEST_INDENTED: usize = 32;

/// JSON with other white space between its parts. The parts are those of the text: a reader of JSON would drop names that
/// come twice, and round numbers.
fn indented(json: &str) -> String {
    let mut pretty = String::with_capacity(json.len());
    let (mut position, mut depth, mut before) = (JsonPosition::Between, 0_usize, ' ');
    for c in json.chars() {
        if position == JsonPosition::Between && c.is_ascii_whitespace() {
            continue;
        }
        if position == JsonPosition::Between {
            let closes = matches!(c, '}' | ']');
            depth = depth.saturating_sub(usize::from(closes));
            let is_empty = closes && matches!(before, '{' | '[');
            if !is_empty && (closes || matches!(before, '{' | '[' | ',')) {
                pretty.push('\n');
                pretty.extend(std::iter::repeat_n("  ", depth.min(DEEPEST_INDENTED)));
            }
            depth = depth.saturating_add(usize::from(matches!(c, '{' | '[')));
            before = c;
        }
        pretty.push(c);
        if position == JsonPosition::Between && c == ':' {
            pretty.push(' ');
        }
        position = match (position, c) {
            (JsonPosition::Between, '"') | (JsonPosition::Escape, _) => JsonPosition::String,
            (JsonPosition::String, '\\') => JsonPosition::Escape,
            (JsonPosition::String, '"') => JsonPosition::Between,
            (position, _) => position,
        };
    }
    pretty
}

/// Where in JSON a character stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum JsonPosition {
    /// Outside of strings.
    Between,
    String,
    /// Behind a backslash in a string.
    Escape,
}

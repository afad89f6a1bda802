//! `jotgate peek`: header and claims of a token that nobody has verified.

use crate::{Outcome, args::PeekArgs, failure::Failure, input::one, output::Shown};
use jotgate_core::{Peek, Scratch, limits::MAX_TOKEN_LEN_RAISED};
use std::io::{self, Write};

pub(crate) fn run(args: &PeekArgs) -> Result<Outcome, Failure> {
    let token = one(&args.token)?;
    let (mut text, mut names) = (vec![0; Scratch::text_len(MAX_TOKEN_LEN_RAISED)], [0; Scratch::NAMES]);
    let mut scratch = Scratch::new(&mut text, &mut names);
    let mut out = io::stdout().lock();
    let mut write = || match Peek::read(&token, &mut scratch) {
        Ok(peek) => {
            unverified("header", peek.header_unverified(), &mut out)?;
            unverified("claims", peek.payload_unverified(), &mut out)?;
            Ok(Outcome::AllGood)
        }
        Err(denied) => {
            writeln!(out, "UNVERIFIED  cannot be read: {denied}")?;
            Ok(Outcome::SomethingDenied)
        }
    };
    write().map_err(Failure::Output)
}

/// Pretty when it is JSON, as one string when it is not; the warning stands on every line, so that no line
/// can be taken for an answer.
fn unverified(part: &str, text: &[u8], out: &mut dyn Write) -> io::Result<()> {
    let pretty = serde_json::from_slice::<serde_json::Value>(text)
        .and_then(|value| serde_json::to_string_pretty(&value));
    let pretty = pretty.unwrap_or_else(|_| String::from_utf8_lossy(text).into_owned());
    for line in pretty.lines() {
        writeln!(out, "UNVERIFIED  {part}  {}", Shown(line))?;
    }
    Ok(())
}

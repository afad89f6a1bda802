//! Tokens from arguments and standard input.

use crate::{Outcome, args::TokenArgs, failure::Failure};
use indicatif::{ProgressBar, ProgressStyle};
use jotgate_core::limits::{AUTHORIZATION_OVERHEAD, MAX_TOKEN_LEN_RAISED};
use std::{
    io::{self, BufRead, BufWriter, IsTerminal, Read, Write},
    time::Duration,
};

/// Longest line that is kept; more could only be refused as too long, which this length already is.
const MAX_LINE: usize = MAX_TOKEN_LEN_RAISED + AUTHORIZATION_OVERHEAD;

/// Judges one token and prints the decision.
type Judge<'j> = dyn FnMut(&[u8], &mut dyn Write) -> io::Result<Outcome> + 'j;

/// Calls `judge` for one token, or for each line of standard input.
pub(crate) fn for_each_token(
    lines: bool,
    args: &TokenArgs,
    mut judge: impl FnMut(&[u8], &mut dyn Write) -> io::Result<Outcome>,
) -> Result<Outcome, Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let outcome = if lines {
        if args.token != "-" {
            return Err(Failure::Usage(
                "--lines reads standard input; it takes no token argument".to_owned(),
            ));
        }
        each_line(&mut out, &mut judge)?
    } else {
        judge(&one(&args.token)?, &mut out).map_err(Failure::Output)?
    };
    out.flush().map_err(Failure::Output)?;
    Ok(outcome)
}

/// The token of an argument, or all of standard input without the space around it.
pub(crate) fn one(argument: &str) -> Result<Vec<u8>, Failure> {
    if argument != "-" {
        return Ok(argument.as_bytes().to_vec());
    }
    let mut text = Vec::new();
    let most = u64::try_from(MAX_LINE).unwrap_or(u64::MAX);
    io::stdin().lock().take(most).read_to_end(&mut text).map_err(Failure::Input)?;
    Ok(text.trim_ascii().to_vec())
}

fn each_line(out: &mut dyn Write, judge: &mut Judge<'_>) -> Result<Outcome, Failure> {
    let mut input = io::stdin().lock();
    let mut line = Vec::with_capacity(MAX_LINE);
    let mut outcome = Outcome::AllGood;
    let mut progress = Progress::new();
    while read_line(&mut input, &mut line).map_err(Failure::Input)? {
        if judge(line.trim_ascii(), out).map_err(Failure::Output)? == Outcome::SomethingDenied {
            outcome = Outcome::SomethingDenied;
        }
        progress.count();
    }
    progress.finish();
    Ok(outcome)
}

/// One line without its end, at most [`MAX_LINE`] bytes of it; `false` at the end of input.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let mut read_any = false;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(read_any);
        }
        read_any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let content = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or(buffer);
        let keep = content.len().min(MAX_LINE.saturating_sub(line.len()));
        line.extend_from_slice(content.get(..keep).unwrap_or_default());
        let used = content.len().saturating_add(usize::from(end.is_some()));
        input.consume(used);
        if end.is_some() {
            return Ok(true);
        }
    }
}

/// How far a long run is, on a terminal only.
struct Progress {
    bar: Option<ProgressBar>,
    uncounted: u64,
}

/// Lines between two looks at the clock.
const STEP: u64 = 1024;

impl Progress {
    fn new() -> Self {
        let bar = (io::stderr().is_terminal() && !io::stdout().is_terminal()).then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} tokens, {per_sec}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Self { bar, uncounted: 0 }
    }

    fn count(&mut self) {
        self.uncounted = self.uncounted.saturating_add(1);
        if self.uncounted == STEP {
            self.report();
        }
    }

    fn report(&mut self) {
        if let Some(bar) = &self.bar {
            bar.inc(self.uncounted);
        }
        self.uncounted = 0;
    }

    fn finish(mut self) {
        self.report();
        if let Some(bar) = &self.bar {
            bar.finish();
        }
    }
}

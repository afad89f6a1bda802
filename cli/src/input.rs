//! Tokens from arguments and standard input.

use crate::{Outcome, args::TokenArgs, failure::Failure, output::Printer};
use indicatif::{ProgressBar, ProgressStyle};
use jotgate_core::limits::{AUTHORIZATION_OVERHEAD, MAX_TOKEN_LEN_RAISED};
use std::{
    io::{self, BufRead, BufReader, IsTerminal, Read, Write},
    time::Duration,
};

/// Longest line, white space included. A longer one is not looked at: what is beyond could be anything.
const MAX_LINE: usize = MAX_TOKEN_LEN_RAISED + AUTHORIZATION_OVERHEAD;

/// Bytes of standard input that are read at once.
const BLOCK: usize = 1 << 16;

/// What came where a token is expected.
#[derive(Clone, Copy)]
pub(crate) enum Given<'t> {
    /// Without the white space around it; it may be empty.
    Token(&'t [u8]),
    /// More than [`MAX_LINE`] bytes.
    TooLong,
}

impl<'t> Given<'t> {
    fn of(line: &'t [u8]) -> Self {
        if line.len() > MAX_LINE { Self::TooLong } else { Self::Token(line.trim_ascii()) }
    }
}

/// Judges one token and prints the decision.
type Judge<'j> = dyn FnMut(Given<'_>, &mut dyn Write) -> io::Result<Outcome> + 'j;

/// Calls `judge` for one token, or for each line of standard input.
pub(crate) fn for_each_token(
    lines: bool,
    args: &TokenArgs,
    mut judge: impl FnMut(Given<'_>, &mut dyn Write) -> io::Result<Outcome>,
) -> Result<Outcome, Failure> {
    let mut out = Printer::new();
    let outcome = if lines {
        if args.token != "-" {
            return Err(Failure::Usage(
                "--lines reads standard input; it takes no token argument".to_owned(),
            ));
        }
        each_line(&mut out, &mut judge)?
    } else {
        let line = one(&args.token, "--lines judges one token a line of standard input")?;
        out.print(|out| judge(Given::of(&line), out))?
    };
    out.finish()?;
    Ok(outcome)
}

/// What an argument is, or all of standard input, without the end of its line; `instead` says what to do with several.
fn one(argument: &str, instead: &str) -> Result<Vec<u8>, Failure> {
    let (source, mut text) = if argument == "-" {
        let mut text = Vec::new();
        // One byte for the line's end, and one that is too much.
        let most = u64::try_from(MAX_LINE.saturating_add(2)).unwrap_or(u64::MAX);
        io::stdin().lock().take(most).read_to_end(&mut text).map_err(Failure::Input)?;
        ("standard input", text)
    } else {
        ("the token", argument.as_bytes().to_vec())
    };
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    if lines.count() > 1 {
        return Err(Failure::Usage(format!("{source} has more than one line; {instead}")));
    }
    if text.last() == Some(&b'\n') {
        text.pop();
    }
    Ok(text)
}

/// The one token that is looked at and not judged.
pub(crate) fn with_one<T>(argument: &str, look: impl FnOnce(Given<'_>) -> T) -> Result<T, Failure> {
    Ok(look(Given::of(&one(argument, "it takes one token")?)))
}

fn each_line(out: &mut Printer, judge: &mut Judge<'_>) -> Result<Outcome, Failure> {
    let mut input = BufReader::with_capacity(BLOCK, io::stdin().lock());
    let mut line = Vec::with_capacity(MAX_LINE.saturating_add(1));
    let mut outcome = Outcome::AllGood;
    let mut progress = Progress::new();
    let mut is_first = true;
    // No input is one empty line: whoever failed to write any gets no grant.
    while read_line(&mut input, &mut line, out)? || is_first {
        is_first = false;
        if out.print(|out| judge(Given::of(&line), out))? == Outcome::SomethingDenied {
            outcome = Outcome::SomethingDenied;
        }
        progress.count();
    }
    progress.finish();
    Ok(outcome)
}

/// One line without its end, at most a byte more of it than [`MAX_LINE`]; `false` at the end of input. Before input is
/// waited for, what was judged is written: a signal finds nothing left to lose.
fn read_line(
    input: &mut BufReader<impl Read>,
    line: &mut Vec<u8>,
    out: &mut Printer,
) -> Result<bool, Failure> {
    line.clear();
    let mut read_any = false;
    loop {
        if input.buffer().is_empty() {
            out.write()?;
        }
        let buffer = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            filled => filled.map_err(Failure::Input)?,
        };
        if buffer.is_empty() {
            return Ok(read_any);
        }
        read_any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let content = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or(buffer);
        let room = MAX_LINE.saturating_add(1).saturating_sub(line.len());
        line.extend_from_slice(content.get(..content.len().min(room)).unwrap_or_default());
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

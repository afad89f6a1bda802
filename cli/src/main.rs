//! `jotgate`: checks access tokens, explains decisions, inspects key sets.
#![forbid(unsafe_code)]

mod args;
mod command;
mod failure;
mod input;
mod lists;
mod output;
mod ring;
mod sender;
mod unused_keys;

use args::{Cli, Command};
use clap::Parser;
use failure::Failure;
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// What a command found, as an exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was granted, valid or usable: 0.
    AllGood,
    /// Something was denied, invalid or ambiguous, or must be asked about: 1.
    SomethingDenied,
}

fn main() -> ExitCode {
    match run() {
        Ok(Outcome::AllGood) => ExitCode::SUCCESS,
        Ok(Outcome::SomethingDenied) => ExitCode::from(1),
        Err(failure) => {
            failure.tell();
            ExitCode::from(failure.status())
        }
    }
}

fn run() -> Result<Outcome, Failure> {
    match Cli::try_parse() {
        Ok(Cli { command }) => match command {
            Command::Check(args) => command::check::run(&args),
            Command::Jws(args) => command::jws::run(&args),
            Command::Keys(args) => command::keys::run(&args),
            Command::Peek(args) => command::peek::run(&args),
        },
        Err(error) if error.use_stderr() => Err(Failure::CommandLine(error)),
        Err(help) => {
            help.print().and_then(|()| io::stdout().flush()).map_err(Failure::Output)?;
            Ok(Outcome::AllGood)
        }
    }
}

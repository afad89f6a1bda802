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

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;

/// What a command found, as an exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was granted, valid or usable: 0.
    AllGood,
    /// Something was denied or invalid, or must be asked about: 1.
    SomethingDenied,
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Check(args) => command::check::run(&args),
        Command::Jws(args) => command::jws::run(&args),
        Command::Keys(args) => command::keys::run(&args),
        Command::Peek(args) => command::peek::run(&args),
    };
    match result {
        Ok(Outcome::AllGood) => ExitCode::SUCCESS,
        Ok(Outcome::SomethingDenied) => ExitCode::from(1),
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("jotgate: {failure}");
            ExitCode::from(2)
        }
    }
}

//! The command line as a user sees it: output, exit status, errors. Runs the program on the files in examples/.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod decisions;
mod endings;
mod files;
mod harmless;
mod input;
mod introspection;
mod lines;
mod lists;
mod options;
mod other_commands;
mod run;
mod sections;
mod sender;
mod unused_keys;
mod usage;

//! The command line as a user sees it: output, exit status, errors. Runs the program on the files in examples/.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod decisions;
mod introspection;
mod lines;
mod lists;
mod other_commands;
mod run;
mod sections;
mod sender;
mod usage;

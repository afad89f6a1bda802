//! How the time of a whole check grows: with the token, the key set, the tokens in turn, and the keys in use.
//!
//! `cargo run --release -p jotgate-benches --no-default-features --features measure --bin growth -- [--quick]
//! [--save FOLDER]`; `make growth` draws the picture, too.
//!
//! All candidates of one question run in one process, every round in another order, timed by the thread's processor
//! time.

#[path = "../versus/machine.rs"]
mod machine;
mod measure;
mod report;

use std::path::PathBuf;

fn main() {
    let (mut quick, mut folder) = (false, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => quick = true,
            "--save" => folder = Some(PathBuf::from(arguments.next().expect("--save needs a folder"))),
            _ => panic!("usage: growth [--quick] [--save FOLDER]"),
        }
    }
    let rounds = if quick { 20 } else { 200 };
    let questions = [
        measure::tokens(rounds),
        measure::look_up(rounds),
        measure::tokens_in_turn(rounds),
        measure::keys_in_use(rounds),
    ];
    match folder {
        Some(folder) => report::save(&folder, &questions),
        None => print!("{}", report::text(&questions)),
    }
}

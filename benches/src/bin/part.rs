//! One part, so many times, for a profiler: `part NAME CALLS`.
//!
//! Instruction counts: run twice under callgrind and divide the difference by the difference of the calls
//! (`benches/instructions`). Valgrind hides SHA-NI and AVX-512 from the program.

use jotgate_benches::{accept_any::ANY_RS256, token::Size, work::Group};
use jotgate_core::AlgorithmName;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (name, calls) = (arguments.next().unwrap(), arguments.next().unwrap().parse().unwrap());
    let group = &Group::new(AlgorithmName::Rs256, Size::Camara);
    let mut work: Box<dyn FnMut(usize)> = match name.as_str() {
        "whole" => Box::new(group.whole(&ANY_RS256)),
        "hash" => Box::new(group.signature(&ANY_RS256)),
        "read" => Box::new(group.read()),
        "peek" => Box::new(group.peek()),
        "select" => Box::new(group.select()),
        "judge" => Box::new(group.judge()),
        "answer" => Box::new(group.answer()),
        _ => panic!("no such part: {name}"),
    };
    (0..calls).for_each(&mut work);
}

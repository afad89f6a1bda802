//! One part, so many times, for a profiler: `part NAME CALLS`.
//!
//! `benches/instructions` counts each under callgrind.

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
        "cached" => Box::new(group.cached()),
        "answer" => Box::new(group.answer()),
        _ => panic!("no such part: {name}"),
    };
    run(&mut *work, calls);
}

/// By itself, so that a profiler can begin here.
#[inline(never)]
fn run(work: &mut dyn FnMut(usize), calls: usize) {
    (0..calls).for_each(work);
}

//! Verification and whole check of each algorithm. `beside` tells their difference; this tells where both are.

use criterion::{Criterion, criterion_group, criterion_main};
use jotgate_benches::{token::Size, work::Group};
use jotgate_core::AlgorithmName;

fn every_algorithm(c: &mut Criterion) {
    for algorithm in AlgorithmName::ALL {
        let made = Group::new(algorithm, Size::Camara);
        for (part, mut work) in [
            ("signature", Box::new(made.signature(made.real())) as Box<dyn FnMut(usize)>),
            ("whole", Box::new(made.whole(made.real()))),
        ] {
            let mut call = 0;
            c.bench_function(&format!("{part}/{}", algorithm.as_jose()), |b| {
                b.iter(|| {
                    work(call);
                    call += 1;
                });
            });
        }
    }
}

criterion_group!(whole, every_algorithm);
criterion_main!(whole);

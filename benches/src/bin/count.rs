//! Parts and whole checks, a few calls each, with the backend forced: `scripts/instructions` counts them.
//!
//! `count BACKEND [NAME]...` prints the name of each and its number of calls, and makes the calls within [`run`].

use jotgate_benches::{
    accept_any::ANY_RS256,
    values::{self, Made},
    work::Group,
};
use jotgate_core::crypto::{
    Backend::{self, Bmi2, Portable},
    EdDsaShape, Es256Shape, Es384Shape,
};

/// Calls of each: the saved tokens, more than once.
const CALLS: usize = 8;

type Work<'g> = Box<dyn FnMut(usize) + 'g>;

/// What is counted.
struct Counted {
    name: &'static str,
    /// With these forced; what holds no signature's arithmetic is counted with one.
    backends: &'static [Backend],
    work: fn(&Saved, Backend) -> Option<Work<'_>>,
}

/// The backends that valgrind knows the instructions of.
const BOTH: &[Backend] = &[Portable, Bmi2];

/// All of them. To count more, add a line; a new kind of token goes to [`Saved`].
const COUNTED: &[Counted] = &[
    Counted { name: "whole RS256-2048", backends: BOTH, work: |s, b| whole(&s.rs256, values::rs256(b)) },
    Counted {
        name: "whole ES256, 64 KiB",
        backends: BOTH,
        work: |s, b| whole(&s.es256, values::es256_tabled(b, Es256Shape::Kib64)),
    },
    Counted {
        name: "whole ES384, 96 KiB",
        backends: BOTH,
        work: |s, b| whole(&s.es384, values::es384_tabled(b, Es384Shape::Kib96)),
    },
    Counted {
        name: "whole EdDSA, 60 KiB",
        backends: BOTH,
        work: |s, b| whole(&s.eddsa, values::eddsa_tabled(b, EdDsaShape::Kib60)),
    },
    Counted { name: "verify RS256-2048", backends: BOTH, work: |s, b| verify(&s.rs256, values::rs256(b)) },
    Counted {
        name: "verify ES256, no table",
        backends: BOTH,
        work: |s, b| verify(&s.es256, values::es256(b)),
    },
    Counted {
        name: "verify ES256, 64 KiB",
        backends: BOTH,
        work: |s, b| verify(&s.es256, values::es256_tabled(b, Es256Shape::Kib64)),
    },
    Counted {
        name: "verify ES384, no table",
        backends: BOTH,
        work: |s, b| verify(&s.es384, values::es384(b)),
    },
    Counted {
        name: "verify ES384, 96 KiB",
        backends: BOTH,
        work: |s, b| verify(&s.es384, values::es384_tabled(b, Es384Shape::Kib96)),
    },
    Counted {
        name: "verify EdDSA, no table",
        backends: BOTH,
        work: |s, b| verify(&s.eddsa, values::eddsa(b)),
    },
    Counted {
        name: "verify EdDSA, 60 KiB",
        backends: BOTH,
        work: |s, b| verify(&s.eddsa, values::eddsa_tabled(b, EdDsaShape::Kib60)),
    },
    Counted { name: "read and hash", backends: &[Portable], work: |s, _| Some(Box::new(s.rs256.read())) },
    Counted { name: "peek", backends: &[Portable], work: |s, _| Some(Box::new(s.rs256.peek())) },
    Counted { name: "select", backends: &[Portable], work: |s, _| Some(Box::new(s.rs256.select())) },
    Counted { name: "judge", backends: &[Portable], work: |s, _| Some(Box::new(s.rs256.judge())) },
    Counted { name: "answer", backends: &[Portable], work: |s, _| Some(Box::new(s.rs256.answer())) },
    Counted {
        name: "any signature accepted",
        backends: &[Portable],
        work: |s, _| Some(Box::new(s.rs256.whole(&ANY_RS256))),
    },
    Counted {
        name: "the same, cache missed",
        backends: &[Portable],
        work: |s, _| Some(Box::new(s.rs256.missed(&ANY_RS256))),
    },
    Counted { name: "cached hit", backends: &[Portable], work: |s, _| Some(Box::new(s.rs256.cached())) },
    Counted { name: "SHA-256", backends: &[Portable], work: |s, _| Some(Box::new(s.rs256.digest())) },
];

/// Keys and tokens as `save_tokens` wrote them.
struct Saved {
    rs256: Group,
    es256: Group,
    es384: Group,
    eddsa: Group,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().expect("usage: count BACKEND [NAME]...");
    let backend = Backend::available().find(|backend| backend.name() == name);
    let backend = backend.unwrap_or_else(|| panic!("{name} is no backend that runs here"));
    let only: Vec<String> = arguments.collect();
    let saved = Saved {
        rs256: Group::saved(include_str!("../../tokens/rs256.txt")),
        es256: Group::saved(include_str!("../../tokens/es256.txt")),
        es384: Group::saved(include_str!("../../tokens/es384.txt")),
        eddsa: Group::saved(include_str!("../../tokens/eddsa.txt")),
    };
    let is_asked = |counted: &&Counted| only.is_empty() || only.iter().any(|name| name == counted.name);
    for counted in COUNTED.iter().filter(is_asked).filter(|counted| counted.backends.contains(&backend)) {
        let mut work = (counted.work)(&saved, backend).expect("the backend runs here");
        // The first calls fill what the worker remembers.
        (0..CALLS).for_each(&mut work);
        run(&mut *work);
        println!("{}\t{CALLS}", counted.name);
    }
}

fn whole(group: &Group, value: Made) -> Option<Work<'_>> {
    Some(Box::new(group.whole(value?)))
}

fn verify(group: &Group, value: Made) -> Option<Work<'_>> {
    Some(Box::new(group.signature(value?)))
}

/// By itself, so that a profiler can begin and end here.
#[inline(never)]
fn run(work: &mut dyn FnMut(usize)) {
    (0..CALLS).for_each(work);
}

//! Time that this thread spent on the processor, and rounds in random order.
//!
//! The machines are shared: only figures of one process, interleaved, can be compared, and of those the
//! minimum tells most.

use rand::{RngExt, SeedableRng, rngs::StdRng, seq::SliceRandom};

/// Nanoseconds of processor time of this thread.
pub fn thread_nanoseconds() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a valid timespec that lives through the call.
    let status = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(status, 0, "the system has a clock for threads");
    u64::try_from(time.tv_sec).unwrap() * 1_000_000_000 + u64::try_from(time.tv_nsec).unwrap()
}

/// Something to measure: called with the number of the call, so that it can take another token each time.
pub struct Candidate<'a> {
    pub name: String,
    work: Box<dyn FnMut(usize) + 'a>,
    samples: Vec<f64>,
}

impl<'a> Candidate<'a> {
    pub fn new(name: impl Into<String>, work: impl FnMut(usize) + 'a) -> Self {
        Self { name: name.into(), work: Box::new(work), samples: Vec::new() }
    }

    /// Nanoseconds a call, the least of all rounds.
    pub fn minimum(&self) -> f64 {
        self.samples.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// Nanoseconds a call, the median of all rounds.
    pub fn median(&self) -> f64 {
        let mut sorted = self.samples.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2]
    }
}

/// Runs all candidates `rounds` times, each round in another order, for about `nanoseconds` a sample.
pub fn interleave(candidates: &mut [Candidate<'_>], rounds: usize, nanoseconds: u64) {
    let mut rng = StdRng::seed_from_u64(1);
    let calls: Vec<usize> = candidates.iter_mut().map(|candidate| calls(candidate, nanoseconds)).collect();
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    for _ in 0..rounds {
        order.shuffle(&mut rng);
        for &chosen in &order {
            let candidate = &mut candidates[chosen];
            let first = rng.random_range(0..1024);
            let numbers = first..first + calls[chosen];
            // So many calls filled `nanoseconds` before. In virtual machines the clock stood still now and then, and gave
            // minima of nothing.
            let spent = (0..TRIES)
                .map(|_| time(candidate, numbers.clone()))
                .find(|spent| *spent >= nanoseconds / 4)
                .unwrap_or_else(|| panic!("{}: the clock of the thread stands still", candidate.name));
            candidate.samples.push(spent as f64 / calls[chosen] as f64);
        }
    }
}

/// How often a sample is taken until its clock went on.
const TRIES: usize = 4;

/// Nanoseconds that these calls take.
fn time(candidate: &mut Candidate<'_>, calls: std::ops::Range<usize>) -> u64 {
    let start = thread_nanoseconds();
    calls.for_each(|call| (candidate.work)(call));
    thread_nanoseconds() - start
}

/// How many calls fill about `nanoseconds`. Warms the candidate up, too.
fn calls(candidate: &mut Candidate<'_>, nanoseconds: u64) -> usize {
    let mut calls = 16;
    loop {
        let spent = time(candidate, 0..calls);
        if spent * 2 >= nanoseconds {
            let fitting = calls as u64 * nanoseconds / spent.max(1);
            return usize::try_from(fitting).unwrap().max(16);
        }
        calls *= 2;
    }
}

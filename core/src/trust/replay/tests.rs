use super::*;
use std::{cell::Cell, format, sync::Barrier, thread, vec::Vec};

const KEY: Thumbprint = Thumbprint([7; 32]);
const LIFE: u32 = 360;
const T: i64 = 1_700_000_000;

/// Memory for a window, kept for good.
struct Memory {
    mark: ReplayMark,
    slots: Vec<ReplaySlot>,
    clients: Vec<ClientSlot>,
}

impl Memory {
    fn new(slots: usize, clients: usize) -> Self {
        Self {
            mark: ReplayMark::new(),
            slots: (0..slots).map(|_| ReplaySlot::new()).collect(),
            clients: (0..clients).map(|_| ClientSlot::new()).collect(),
        }
    }

    fn window(&self, quota: u32) -> ReplayWindow<'_> {
        ReplayWindow::new(&self.mark, &self.slots, &self.clients, [3; 16], quota, LIFE).unwrap()
    }
}

fn used(id: &str, expires: i64) -> Use<'_> {
    Use { key: &KEY, id, issuer: "i", client: "c", expires: UnixSeconds(expires) }
}

fn spend(window: &ReplayWindow<'_>, id: &str, expires: i64, now: i64) -> Result<(), Denied> {
    window.spend(&used(id, expires), UnixSeconds(now))
}

std::thread_local! {
    /// The state of a worker's dice; 0 while it does not throw them.
    static DICE: Cell<u32> = const { Cell::new(0) };
}

/// Before any operation on a word: one in four times, others go first. Without this, threads hardly ever meet between
/// two operations, and what is wrong with the protocol does not show.
pub(super) fn interleave() {
    let mut dice = DICE.get();
    if dice != 0 {
        dice ^= dice << 13;
        dice ^= dice >> 17;
        dice ^= dice << 5;
        DICE.set(dice);
        if dice.is_multiple_of(4) {
            thread::yield_now();
        }
    }
}

#[test]
fn second_use_is_refused_while_the_first_is_live() {
    let memory = Memory::new(64, 1);
    let window = memory.window(1000);
    let expires = T + 300;
    assert_eq!(window.peek(&used("a", expires), UnixSeconds(T)), Ok(()));
    assert_eq!(spend(&window, "a", expires, T), Ok(()));
    assert_eq!(window.peek(&used("a", expires), UnixSeconds(T)), Err(Denied::Replayed));
    for now in [T, T + 1, T + 299, T + 300, T + 301] {
        assert_eq!(spend(&window, "a", T + 300.max(now - T), now), Err(Denied::Replayed), "{}", now - T);
    }
    assert_eq!(spend(&window, "a", T + 600, T + 302), Ok(()), "its life and the grace are over");
    // Another key's proofs are other proofs.
    let other = Use { key: &Thumbprint([8; 32]), ..used("a", T + 600) };
    assert_eq!(window.spend(&other, UnixSeconds(T + 302)), Ok(()));
}

#[test]
fn full_window_evicts_nothing_that_lives() {
    for slots in [1, 2, 31, 32, 33, 200, 1000] {
        let memory = Memory::new(slots, 1);
        let window = memory.window(MAX_QUOTA);
        let ids: Vec<_> = (0..slots + 1).map(|number| format!("id-{number}")).collect();
        let mut full = 0;
        let spent: Vec<_> = ids
            .iter()
            .filter(|id| match spend(&window, id, T + 300, T) {
                Ok(()) => true,
                Err(denied) => {
                    assert_eq!(denied, Denied::ReplayWindowFull);
                    full += 1;
                    false
                }
            })
            .collect();
        assert!(full >= 1 && spent.len() <= slots);
        assert!(spent.len() * 10 >= slots * 8, "{} of {slots}", spent.len());
        for id in spent {
            assert_eq!(spend(&window, id, T + 300, T + 100), Err(Denied::Replayed));
        }
        // Once they are over, there is room again.
        let again = ids.iter().filter(|id| spend(&window, id, T + 600, T + 302).is_ok()).count();
        assert!(again * 10 >= slots * 8);
    }
}

/// How far a table of any size fills before the first refusal: the documentation says five sixths.
#[test]
fn five_sixths_fill_before_the_first_refusal() {
    for slots in [1 << 10, 1 << 14, 1 << 17] {
        let memory = Memory::new(slots, 1);
        let window = memory.window(MAX_QUOTA);
        let first = (0..).find(|number: &usize| spend(&window, &format!("n{number}"), T + 300, T).is_err());
        assert!(first.unwrap() * 6 >= slots * 5, "{first:?} of {slots}");
    }
}

#[test]
fn one_client_cannot_take_what_another_needs() {
    let memory = Memory::new(256, 64);
    let window = memory.window(10);
    let of = |client: &'static str, id: usize, expires: i64, now: i64| {
        let id = format!("{id}");
        window.spend(&Use { client, ..used(&id, expires) }, UnixSeconds(now))
    };
    let granted = (0..100).filter(|id| of("greedy", *id, T + 300, T).is_ok()).count();
    assert_eq!(granted, 10);
    assert_eq!(of("greedy", 200, T + 300, T), Err(Denied::ReplayQuotaExceeded));
    // Known proofs are told as such before the quota is asked.
    assert_eq!(of("greedy", 0, T + 300, T), Err(Denied::Replayed));
    assert_eq!(of("modest", 0, T + 300, T), Err(Denied::Replayed), "one key, one jti, whoever uses it");
    assert_eq!(of("modest", 1000, T + 300, T), Ok(()));
    // A seventh of the life after its entries have expired at the latest, the client begins anew.
    let later = T + 302 + i64::from(LIFE / 7 + 1);
    let granted = (300..400).filter(|id| of("greedy", *id, later + 300, later).is_ok()).count();
    assert_eq!(granted, 10);
}

#[test]
fn refused_proofs_take_nothing_from_the_quota() {
    let memory = Memory::new(1, 1);
    let window = memory.window(2);
    assert_eq!(spend(&window, "a", T + 300, T), Ok(()));
    for number in 0..50 {
        assert_eq!(spend(&window, &format!("{number}"), T + 300, T), Err(Denied::ReplayWindowFull));
    }
    assert_eq!(spend(&window, "b", T + 600, T + 302), Ok(()));
}

/// The clock runs ahead, entries are forgotten, and it is set back.
#[test]
fn time_going_backwards_revives_nothing() {
    let memory = Memory::new(1, 1);
    let window = memory.window(10);
    assert_eq!(spend(&window, "a", T + 300, T), Ok(()));
    // Back without anything forgotten: remembered.
    assert_eq!(spend(&window, "a", T + 300, T - 10), Err(Denied::Replayed));
    // A day ahead, another proof takes the only slot.
    let day = 86_400;
    assert_eq!(spend(&window, "b", T + day + 300, T + day), Ok(()));
    // Back: nobody knows any more whether "a" was used, so nothing passes that could be it.
    assert_eq!(spend(&window, "a", T + 300, T + 1), Err(Denied::ClockWentBack));
    assert_eq!(spend(&window, "new", T + 300, T + 1), Err(Denied::ClockWentBack));
    assert_eq!(window.peek(&used("a", T + 300), UnixSeconds(T + 1)), Err(Denied::ClockWentBack));
    // It heals when the forgotten entry would have expired, not a day later.
    assert_eq!(spend(&window, "new", T + 600, T + 300), Err(Denied::ReplayWindowFull));
}

/// Workers whose clocks differ by a second do not refuse each other's proofs.
#[test]
fn clocks_of_workers_may_differ_by_the_grace() {
    let memory = Memory::new(1, 1);
    let window = memory.window(10);
    assert_eq!(spend(&window, "a", T + 10, T), Ok(()));
    assert_eq!(spend(&window, "b", T + 310, T + 12), Ok(()));
    assert_eq!(window.peek(&used("c", T + 310), UnixSeconds(T + 10)), Ok(()));
    assert_eq!(window.peek(&used("c", T + 310), UnixSeconds(T + 9)), Err(Denied::ClockWentBack));
}

#[test]
fn lives_and_settings_out_of_range() {
    let memory = Memory::new(4, 1);
    let window = memory.window(10);
    assert_eq!(spend(&window, "a", T + i64::from(LIFE), T), Ok(()));
    assert_eq!(spend(&window, "b", T + i64::from(LIFE) + 1, T), Err(Denied::ReplayLifeTooLong));
    assert_eq!(spend(&window, "c", 1 << 32, (1 << 32) - 10), Err(Denied::ReplayLifeTooLong));
    assert_eq!(spend(&window, "d", -5, -10), Ok(()));
    let new = |slots, clients, quota, life| {
        ReplayWindow::new(&memory.mark, slots, clients, [0; 16], quota, life).err()
    };
    assert_eq!(new(&[], &memory.clients, 1, 1), Some(PolicyError::EmptyList));
    assert_eq!(new(&memory.slots, &[], 1, 1), Some(PolicyError::EmptyList));
    assert_eq!(new(&memory.slots, &memory.clients, 0, 1), Some(PolicyError::QuotaOutOfRange));
    assert_eq!(new(&memory.slots, &memory.clients, 1_047_552, 1), Some(PolicyError::QuotaOutOfRange));
    assert_eq!(new(&memory.slots, &memory.clients, 1_047_551, 1), None);
    assert_eq!(new(&memory.slots, &memory.clients, 1, 0), Some(PolicyError::SecondsOutOfRange));
    assert_eq!(new(&memory.slots, &memory.clients, 1, 86_401), Some(PolicyError::SecondsOutOfRange));
    assert_eq!(new(&memory.slots, &memory.clients, 1, 86_400), None);
}

/// Many rounds of workers that come with the same proofs in another order each, at the same moment.
#[test]
fn of_workers_with_one_proof_exactly_one_gets_it() {
    const WORKERS: usize = 4;
    const ROUNDS: usize = 2000;
    const PROOFS: usize = 8;
    // Few slots, so that they compete for them as well; all that expires is taken over by the next rounds.
    let memory = Memory::new(24, 3);
    let window = memory.window(1000);
    let barrier = Barrier::new(WORKERS);
    // Nothing panics between two barriers, where the others would wait for ever.
    let outcomes: Vec<Vec<Vec<Result<(), Denied>>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|worker| {
                let (window, barrier) = (&window, &barrier);
                scope.spawn(move || {
                    DICE.set(u32::try_from(worker + 1).unwrap().wrapping_mul(0x9e37_79b9));
                    let round = |round: usize| {
                        let now = T + 20 * i64::try_from(round).unwrap();
                        let mut of_round = std::vec![Ok(()); PROOFS];
                        barrier.wait();
                        for step in 0..PROOFS {
                            // All begin with the same one; then their orders part.
                            let proof = (step * (2 * worker + 1)) % PROOFS;
                            of_round[proof] = spend(window, &format!("{round}-{proof}"), now + 10, now);
                        }
                        of_round
                    };
                    (0..ROUNDS).map(round).collect()
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    for round in 0..ROUNDS {
        for proof in 0..PROOFS {
            let of_proof: Vec<_> = outcomes.iter().map(|worker| worker[round][proof]).collect();
            let granted = of_proof.iter().filter(|outcome| outcome.is_ok()).count();
            let replayed = of_proof.iter().filter(|outcome| **outcome == Err(Denied::Replayed)).count();
            assert_eq!((granted, replayed), (1, WORKERS - 1), "round {round}, proof {proof}: {of_proof:?}");
        }
    }
}

/// The quota holds for workers that come at once.
#[test]
fn quota_holds_for_workers_at_once() {
    let memory = Memory::new(4096, 1);
    let window = memory.window(500);
    let granted: usize = thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|worker| {
                let window = &window;
                scope.spawn(move || {
                    (0..300).filter(|n| spend(window, &format!("{worker}-{n}"), T + 300, T).is_ok()).count()
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    assert!((497..=500).contains(&granted), "{granted}");
}

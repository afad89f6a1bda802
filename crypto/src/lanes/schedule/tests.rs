//! Every point is dealt out once, and doubled as often as its column says.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use std::collections::BTreeSet;
use std::vec::Vec;

use super::{LANES, LaneSchedule, Layout, Step};

/// A comb's number, a column and a block.
type Point = (usize, usize, usize);

type Short = LaneSchedule<Point, 8>;

/// More rounds than any of these sums needs.
type Roomy = LaneSchedule<Point, 16>;

const EXTRA: Point = (9, 0, 0);

/// Every block has all columns.
fn full(columns: usize, blocks: usize) -> Layout {
    Layout { rows: 4, blocks, columns, digits: columns * blocks }
}

fn schedule<const ROUNDS: usize>(
    combs: [(usize, usize); 2],
    extra: Option<Point>,
) -> Option<LaneSchedule<Point, ROUNDS>> {
    LaneSchedule::new(combs.map(|(columns, blocks)| full(columns, blocks)), extra, |comb, column, block| {
        Some((comb, column, block))
    })
}

/// The points that end up in the sum, with the number of their doublings.
fn summed<const ROUNDS: usize>(schedule: &LaneSchedule<Point, ROUNDS>) -> Vec<(Point, usize)> {
    let mut lanes: Vec<Vec<(Point, usize)>> = (0..LANES)
        .map(|lane| schedule.rounds().iter().filter_map(|round| Some((round[lane]?, 0))).collect())
        .collect();
    for step in schedule.steps() {
        match step {
            Step::Double(mask) => {
                for (lane, points) in lanes.iter_mut().enumerate() {
                    let once = usize::from(mask >> lane & 1);
                    points.iter_mut().for_each(|point| point.1 += once);
                }
            }
            Step::AddPartners { distance } => {
                let upper = lanes.split_off(distance.into());
                for (lower, upper) in lanes.iter_mut().zip(upper) {
                    lower.extend(upper);
                }
            }
        }
    }
    assert_eq!(lanes.len(), 1);
    lanes.remove(0)
}

#[test]
fn all_points_are_added_once_and_doubled_by_their_columns() {
    let mut dealt = 0;
    let shapes = [(1, 32), (4, 8), (3, 8), (1, 29), (8, 8), (2, 16), (5, 8), (7, 5), (6, 4), (13, 4), (1, 1)];
    for first in shapes {
        for second in shapes {
            for extra in [None, Some(EXTRA)] {
                let Some(dealt_out): Option<Roomy> = schedule([first, second], extra) else { continue };
                let summed = summed(&dealt_out);
                let points: BTreeSet<_> = summed.iter().map(|(point, _)| *point).collect();
                assert_eq!(points.len(), summed.len(), "none twice");
                let expected = first.0 * first.1 + second.0 * second.1 + usize::from(extra.is_some());
                assert_eq!(summed.len(), expected, "{first:?} {second:?}");
                assert!(summed.iter().all(|((_, column, _), doublings)| column == doublings));
                dealt += 1;
            }
        }
    }
    assert!(dealt > 30, "{dealt}");
}

#[test]
fn what_does_not_fit_is_not_dealt() {
    assert!(schedule::<8>([(1, 32), (1, 32)], None).is_some());
    assert!(schedule::<8>([(1, 32), (1, 32)], Some(EXTRA)).is_none());
    assert!(schedule::<8>([(1, 33), (1, 32)], None).is_none());
    assert!(schedule::<8>([(9, 1), (1, 1)], None).is_none());
    assert!(schedule::<8>([(8, 8), (1, 1)], None).is_none());
    // Full: every lane has a point in every round.
    let full: Short = schedule([(4, 8), (1, 32)], None).unwrap();
    assert!(full.rounds().iter().flatten().all(Option::is_some));
}

/// Where there is room for more rounds, all lanes end at the same time all the same.
#[test]
fn rounds_are_as_few_as_will_do() {
    // Points, lanes of column 0, rounds.
    for (combs, extra, lanes, rounds) in [
        ([(2, 24), (2, 24)], None, 4, 12),
        ([(2, 32), (2, 32)], None, 4, 16),
        ([(1, 32), (1, 32)], None, 8, 8),
        ([(1, 32), (1, 32)], Some(EXTRA), 8, 9),
        ([(4, 8), (3, 8)], Some(EXTRA), 3, 8),
        ([(8, 4), (8, 4)], None, 1, 8),
        ([(8, 4), (8, 4)], Some(EXTRA), 1, 9),
    ] {
        let schedule: Roomy = schedule(combs, extra).unwrap();
        assert_eq!(schedule.columns.iter().filter(|column| **column == 0).count(), lanes, "{combs:?}");
        assert!(schedule.rounds().iter().all(|round| round.iter().any(Option::is_some)), "{combs:?}");
        assert_eq!(schedule.rounds().len(), rounds, "{combs:?}");
    }
}

/// Combs whose last blocks have fewer columns than the others.
#[test]
fn digits_that_are_not_there_are_not_dealt() {
    let layouts = [
        Layout { rows: 8, blocks: 5, columns: 7, digits: 32 },
        Layout { rows: 11, blocks: 4, columns: 6, digits: 23 },
        Layout { rows: 11, blocks: 8, columns: 3, digits: 23 },
        full(4, 8),
    ];
    for first in layouts {
        for second in layouts {
            for extra in [None, Some(EXTRA)] {
                let is_digit = |comb: usize, column: usize, block: usize| {
                    let layout = [first, second][comb];
                    block * layout.columns + column < layout.digits
                };
                let schedule = Roomy::new([first, second], extra, |comb, column, block| {
                    is_digit(comb, column, block).then_some((comb, column, block))
                });
                let summed = summed(&schedule.unwrap());
                let points: BTreeSet<_> = summed.iter().map(|(point, _)| *point).collect();
                assert_eq!(points.len(), summed.len(), "none twice");
                assert_eq!(points.len(), first.digits + second.digits + usize::from(extra.is_some()));
                assert!(summed.iter().all(|((_, column, _), doublings)| column == doublings));
            }
        }
    }
}

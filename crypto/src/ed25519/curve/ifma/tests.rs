//! That sums are made in lanes at all, and whose tables' are; that they are right is also what the tests of verification
//! say, which run with every backend.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use proptest::prelude::*;
use std::eprintln;
use std::sync::LazyLock;
use std::vec::Vec;

use super::super::comb::{Comb, multiple};
use super::super::point::{Addend, Affine};
use super::super::scalar::Scalar;
use super::super::sum::{Joint, LinearCombination};
use super::super::verification::tests::{BASE, table};
use crate::backend::Ifma;
use crate::comb::Sign;
use crate::number::from_words;
use crate::{Backend, EdDsaShape};

fn is_detected() -> bool {
    let detected = Ifma::detected().is_some();
    if !detected {
        eprintln!("SKIPPED: this processor has no AVX-512 IFMA");
    }
    detected
}

/// 3 B, with tables of every shape.
static POINT: LazyLock<(Affine, Vec<Comb<'static>>)> = LazyLock::new(|| {
    let joint = Joint { backend: Backend::Portable };
    let [two, one] = [2, 1].map(|number| scalar([number, 0, 0, 0]));
    let point = joint.sum(joint.of_base(&two), &one, &Affine::BASE).to_affine();
    let tables = EdDsaShape::ALL.map(|shape| table(shape, &point)).into();
    (point, tables)
});

/// A number below 2^252.
fn scalar([a, b, c, d]: [u64; 4]) -> Scalar {
    let mut bytes = [0; 32];
    let words = [a, b, c, d & (u64::MAX >> 12)];
    for (bytes, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
        *bytes = word.to_le_bytes();
    }
    Scalar::canonical(&bytes).unwrap()
}

/// s B + k P in lanes, for odd numbers, and the correction.
fn assert_sum(base: usize, key: usize, s: [u64; 4], k: [u64; 4], correction: Option<&Addend>) -> bool {
    let (point, tables) = &*POINT;
    let odd = |[a, b, c, d]: [u64; 4]| [a | 1, b, c, d & (u64::MAX >> 12)];
    let (s, k) = (odd(s), odd(k));
    let multiples =
        [multiple(BASE[base], &from_words(s), Sign::Plus), multiple(tables[key], &from_words(k), Sign::Plus)];
    let Some(sum) = super::sum(&multiples, correction) else { return false };
    // The correction is -P: k is one more than it is meant to be.
    let meant = if correction.is_some() { [k[0] ^ 1, k[1], k[2], k[3]] } else { k };
    let joint = Joint { backend: Backend::Portable };
    let expected = joint.sum(joint.of_base(&scalar(s)), &scalar(meant), point).to_affine();
    assert_eq!(sum.to_affine().limbs(), expected.limbs(), "{s:x?} {k:x?} {}", correction.is_some());
    true
}

fn minus_point() -> Addend {
    POINT.0.addend().signed(Sign::Minus)
}

#[test]
fn shapes_that_are_dealt_out() {
    if !is_detected() {
        return;
    }
    let (s, k) = ([5, 6, 7, 8], [u64::MAX, 1, u64::MAX, 3]);
    for (base, of_base) in EdDsaShape::ALL.into_iter().enumerate() {
        for (key, of_key) in EdDsaShape::ALL.into_iter().enumerate() {
            use EdDsaShape::{Kib60, Kib96, Kib384, Kib768};
            // No more columns than lanes.
            let fits = |shape| matches!(shape, Kib60 | Kib96 | Kib384 | Kib768);
            let is_expected = fits(of_base) && fits(of_key);
            for correction in [None, Some(&minus_point())] {
                let is_dealt = assert_sum(base, key, s, k, correction);
                assert_eq!(is_dealt, is_expected, "{of_base:?} {of_key:?} {}", correction.is_some());
            }
        }
    }
}

#[test]
fn edges() {
    if !is_detected() {
        return;
    }
    let ones = u64::MAX;
    let edges = [
        [0; 4],
        [2, 0, 0, 0],
        [ones; 4],
        [ones, 0, ones, 0],
        [0, ones, 0, ones],
        [0, 0, 0, 1 << 51],
        [0x5555_5555_5555_5555; 4],
    ];
    for s in edges {
        for k in edges {
            assert!(assert_sum(6, 4, s, k, None));
            assert!(assert_sum(6, 4, s, k, Some(&minus_point())));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sum(s in any::<[u64; 4]>(), k in any::<[u64; 4]>(), is_even: bool) {
        if is_detected() {
            prop_assert!(assert_sum(6, 4, s, k, is_even.then(minus_point).as_ref()));
        }
    }
}

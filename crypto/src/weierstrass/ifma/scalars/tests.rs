//! Eight divisions at once against one by one.
#![allow(unsafe_code, clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::eprintln;
use std::vec::Vec;

use super::super::super::oracle::{Oracle, P256, P384, bytes, near, power_of_two};
use super::{LANES, LaneCurve, Numbers, Scalar, divide};
use crate::backend::Ifma;
use crate::lanes::Modulus;
use crate::number::Number;
use crate::patterns;

fn check<C: Oracle + LaneCurve<N, W>, const N: usize, const W: usize>(all: &[[BigUint; 3]; LANES]) {
    if Ifma::detected().is_none() {
        eprintln!("SKIPPED: this processor has no AVX-512 IFMA");
        return;
    }
    let scalar = |number: &BigUint| Scalar::<C>::reduced(&bytes::<C>(number)).unwrap();
    let one = BigUint::from(1_u8);
    let all = all.each_ref().map(|[e, r, s]| {
        let s = if s % C::n() == BigUint::ZERO { &one } else { s };
        Numbers { e: scalar(e), r: scalar(r), s: scalar(s) }
    });
    // SAFETY: the processor has the instructions, as was just asked.
    let quotients = unsafe { divide::<C, N, W>(&all) };
    for (Numbers { r, s, e }, quotients) in all.iter().zip(quotients) {
        let expected = Scalar::divide([e, r], s).map(|scalar| *scalar.number());
        assert!(quotients.map(|scalar| *scalar.number()) == expected);
    }
}

fn assert_constants<C: Oracle + LaneCurve<N, W>, const N: usize, const W: usize>() {
    let limbs =
        |limbs: &[u64; N]| limbs.iter().rev().fold(BigUint::ZERO, |value, limb| (value << 52_u8) + *limb);
    let (r, bits) = (power_of_two(52 * N), C::Number::BITS);
    assert_eq!([limbs(&C::Prime::LIMBS), limbs(&C::Order::LIMBS)], [C::p(), C::n()]);
    assert_eq!(limbs(&C::DOWN), power_of_two(bits) % C::p());
    assert_eq!(limbs(&C::UP), power_of_two(2 * 52 * N - bits) % C::p());
    assert_eq!(limbs(&C::UP_MODULO_N), power_of_two(2 * 52 * N - bits) % C::n());
    // What the bounds of points rest on: products with `DOWN` of what is below X_BELOW p are below 2^bits.
    let largest = C::p() * BigUint::from(C::X_BELOW.unsigned_abs());
    assert!(largest * limbs(&C::DOWN) / &r + C::p() < power_of_two(bits));
    let room = if C::FOLDING.is_some() { 4 } else { 31 };
    assert!(r >= C::p() << room);
    if let Some(powers) = C::FOLDING {
        let (mut plus, mut minus) = (BigUint::ZERO, BigUint::ZERO);
        for (exponent, is_subtracted) in powers {
            *if *is_subtracted { &mut minus } else { &mut plus } += BigUint::from(1_u8) << *exponent;
        }
        assert_eq!(plus - minus, C::p());
    }
}

#[test]
fn constants() {
    assert_constants::<P256, 5, 4>();
    assert_constants::<P384, 8, 6>();
}

fn assert_edges<C: Oracle + LaneCurve<N, W>, const N: usize, const W: usize>() {
    let (n, one) = (C::n(), BigUint::from(1_u8));
    let half = power_of_two(C::Number::BITS / 2);
    let edges = [BigUint::ZERO, one, &n - 1_u8, &n - 2_u8, &n / 2_u8, &n / 3_u8, half.clone(), &half - 1_u8];
    for shift in 0..8 {
        let at = |lane: usize| edges[lane % 8].clone();
        check::<C, N, W>(&std::array::from_fn(|lane| [at(lane), at(lane + shift), at(lane + 2 * shift + 1)]));
        check::<C, N, W>(&std::array::from_fn(|lane| [at(lane), at(lane + shift), at(shift)]));
    }
}

/// The numbers that carries run through, side by side in the lanes.
fn assert_every_number<C: Oracle + LaneCurve<N, W>, const N: usize, const W: usize>() {
    for limb in [52, 64] {
        let table = patterns::table(u32::try_from(C::Number::BITS).unwrap(), limb, &C::n());
        for (first, _) in table.iter().enumerate().step_by(LANES) {
            let at = |lane: usize| table[(first + lane) % table.len()].clone();
            check::<C, N, W>(&std::array::from_fn(|lane| [at(lane + 1), at(3 * lane + 5), at(lane)]));
        }
    }
}

#[test]
fn every_number() {
    assert_every_number::<P256, 5, 4>();
    assert_every_number::<P384, 8, 6>();
}

#[test]
fn edges() {
    assert_edges::<P256, 5, 4>();
    assert_edges::<P384, 8, 6>();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_numbers(words in prop::collection::vec(any::<[u64; 6]>(), 3 * LANES)) {
        let p256: Vec<_> = words.iter().map(|words| near::<P256>(&[], words, 0)).collect();
        let p384: Vec<_> = words.iter().map(|words| near::<P384>(&[], words, 0)).collect();
        let of_lane = |all: &[BigUint], lane: usize| std::array::from_fn(|which| all[3 * lane + which].clone());
        check::<P256, 5, 4>(&std::array::from_fn(|lane| of_lane(&p256, lane)));
        check::<P384, 8, 6>(&std::array::from_fn(|lane| of_lane(&p384, lane)));
    }
}

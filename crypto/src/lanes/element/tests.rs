//! Every operation against num-bigint, for several moduli, up to the bounds: limbs that are all ones, the largest
//! factors, sums that end just above 0 and just below R.
#![allow(
    unsafe_code,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

extern crate std;

use num_bigint::BigUint;
use proptest::prelude::*;
use std::eprintln;
use std::vec::Vec;

use super::super::{LANES, LIMB, LIMB_BITS, Sum, limbs_of, load, rows, transposed};
use super::{Element, Modulus, Reduction};
use crate::CacheLine;
use crate::backend::Ifma;
use crate::patterns::{self, power_of_two};

/// The prime of P-256: -1 mod 2^52.
#[derive(Clone, Copy)]
struct P256;

impl Modulus<5> for P256 {
    const LIMBS: [u64; 5] = limbs_of(&[u64::MAX, 0xffff_ffff, 0, 0xffff_ffff_0000_0001]);
}

/// The order of P-256: of no special form.
#[derive(Clone, Copy)]
struct Order;

impl Modulus<5> for Order {
    const LIMBS: [u64; 5] = limbs_of(&[
        0xf3b9_cac2_fc63_2551,
        0xbce6_faad_a717_9e84,
        0xffff_ffff_ffff_ffff,
        0xffff_ffff_0000_0000,
    ]);
}

/// 2^255 - 19.
#[derive(Clone, Copy)]
struct Curve25519;

impl Modulus<5> for Curve25519 {
    const LIMBS: [u64; 5] = limbs_of(&[0xffff_ffff_ffff_ffed, u64::MAX, u64::MAX, u64::MAX >> 1]);
}

/// 2^255 - 19, from above.
#[derive(Clone, Copy)]
struct Folded25519;

impl Modulus<5> for Folded25519 {
    const LIMBS: [u64; 5] = Curve25519::LIMBS;
    const REDUCTION: Reduction = Reduction::Folding { bits: 255, c: 19 };
}

/// The prime of P-384.
#[derive(Clone, Copy)]
struct P384;

impl Modulus<8> for P384 {
    const LIMBS: [u64; 8] = limbs_of(&[
        0x0000_0000_ffff_ffff,
        0xffff_ffff_0000_0000,
        0xffff_ffff_ffff_fffe,
        u64::MAX,
        u64::MAX,
        u64::MAX,
    ]);
}

fn value(limbs: &[u64]) -> BigUint {
    limbs.iter().rev().fold(BigUint::ZERO, |value, limb| (value << LIMB_BITS) + *limb)
}

fn limb_of(number: &BigUint, at: usize) -> u64 {
    let limb = (number >> (at * LIMB_BITS as usize)) & BigUint::from(LIMB);
    limb.try_into().unwrap()
}

/// Eight numbers below R.
#[target_feature(enable = "avx512f,avx512ifma")]
fn element<M: Modulus<N>, const N: usize>(numbers: &[BigUint; LANES]) -> Element<M, N> {
    let mut limbs = Element::<M, N>::splat(&[0; N]).limbs();
    for (at, limb) in limbs.iter_mut().enumerate() {
        assert!(numbers.iter().all(|number| number.bits() <= (N as u64) * u64::from(LIMB_BITS)));
        *limb = load(&CacheLine(numbers.each_ref().map(|number| limb_of(number, at))));
    }
    Element::new(limbs)
}

/// The numbers, whose limbs must be below 2^52.
#[target_feature(enable = "avx512f,avx512ifma")]
fn numbers<M: Modulus<N>, const N: usize>(element: Element<M, N>) -> [BigUint; LANES] {
    let mut of_lanes = [const { [0; N] }; LANES];
    for (at, limb) in element.limbs().into_iter().enumerate() {
        let zero = load(&CacheLine::EMPTY);
        let [CacheLine(limbs), ..] = rows(&[limb, zero, zero, zero, zero, zero, zero, zero]);
        for (lane, limb) in limbs.into_iter().enumerate() {
            assert!(limb <= LIMB, "limb {at} of lane {lane} is {limb:x}");
            of_lanes[lane][at] = limb;
        }
    }
    of_lanes.map(|limbs| value(&limbs))
}

/// Numbers below R, and more of them around multiples of p.
fn edges<M: Modulus<N>, const N: usize>() -> Vec<BigUint> {
    let (p, bits) = (value(&M::LIMBS), N as u32 * LIMB_BITS);
    let mut edges = patterns::table(bits, LIMB_BITS, &p);
    for multiple in 1_u8..9 {
        edges.extend([&p * multiple - 1_u8, &p * multiple, &p * multiple + 1_u8]);
    }
    edges.retain(|edge| edge < &power_of_two(bits));
    edges
}

/// All operations on pairs and their neighbours in other lanes.
#[target_feature(enable = "avx512f,avx512ifma")]
fn check<M: Modulus<N>, const N: usize>(a: &[BigUint; LANES], b: &[BigUint; LANES]) {
    let (p, r) = (value(&M::LIMBS), power_of_two(N as u32 * LIMB_BITS));
    let x = element::<M, N>(a);
    assert_eq!(&numbers(x), a);
    // Factors that are too large together are divided down.
    let fitting = |a: &BigUint, b: &BigUint, products: u8| {
        let limit = &r * (&r - &p) / products;
        if a * b < limit { b.clone() } else { (&limit - 1_u8) / a }
    };
    let second: [BigUint; LANES] = std::array::from_fn(|lane| fitting(&a[lane], &b[lane], 1));
    let product = numbers(x.times(&element(&second)));
    let halves: [BigUint; LANES] = std::array::from_fn(|lane| fitting(&a[lane], &b[lane], 2));
    let sum = numbers(Element::sum_of_products([&x, &element(&halves)], [&element(&halves), &x]));
    let root = (&r * (&r - &p)).sqrt();
    let base = a.each_ref().map(|a| a.min(&root).clone());
    let square = numbers(element::<M, N>(&base).squared());
    for lane in 0..LANES {
        let is_quotient = |result: &BigUint, of: BigUint| {
            assert!(result * &r < &of + &p * &r, "{of:x} {result:x}");
            assert_eq!(result * &r % &p, of % &p, "{result:x}");
        };
        is_quotient(&product[lane], &a[lane] * &second[lane]);
        is_quotient(&sum[lane], (&a[lane] * &halves[lane]) << 1_u8);
        is_quotient(&square[lane], &base[lane] * &base[lane]);
    }
    check_sums::<M, N>(a, b);
}

#[target_feature(enable = "avx512f,avx512ifma")]
fn check_sums<M: Modulus<N>, const N: usize>(a: &[BigUint; LANES], b: &[BigUint; LANES]) {
    let p = value(&M::LIMBS);
    let (x, y) = (element::<M, N>(a), element::<M, N>(b));
    // Eight summands: b is added and subtracted three times, and so is p.
    let mut far = Sum::of(&x).plus_modulus(8).plus(&y).plus(&y).plus(&y);
    far = far.minus(&y).minus(&y).minus(&y).plus_modulus(-8);
    assert_eq!(&numbers(far.carried()), a);
    // Differences, where they are not negative.
    let larger: [BigUint; LANES] = std::array::from_fn(|lane| a[lane].clone().max(b[lane].clone()));
    let smaller: [BigUint; LANES] = std::array::from_fn(|lane| a[lane].clone().min(b[lane].clone()));
    let (large, small) = (element::<M, N>(&larger), element::<M, N>(&smaller));
    let difference = numbers(Sum::of(&large).minus(&small).carried());
    let negated = numbers(Sum::of(&small).minus(&large).negated_where(u8::MAX, 0).carried());
    for lane in 0..LANES {
        let expected = &larger[lane] - &smaller[lane];
        assert_eq!(difference[lane], expected);
        assert_eq!(negated[lane], expected);
    }
    // In some lanes p less the smaller one, for what is below p.
    let below_p = smaller.each_ref().map(|number| number % &p);
    let some = numbers(Sum::of(&element::<M, N>(&below_p)).negated_where(0b1010_0101, 1).carried());
    for lane in 0..LANES {
        let is_negated = 0b1010_0101 >> lane & 1 == 1;
        let expected = if is_negated { &p - &below_p[lane] } else { below_p[lane].clone() };
        assert_eq!(some[lane], expected);
    }
}

/// Products and squares that are folded, of any factors.
#[target_feature(enable = "avx512f,avx512ifma")]
fn check_folded(a: &[BigUint; LANES], b: &[BigUint; LANES]) {
    let p = value(&Folded25519::LIMBS);
    let (x, y) = (element::<Folded25519, 5>(a), element::<Folded25519, 5>(b));
    let (products, squares) = (numbers(x.times(&y)), numbers(x.squared()));
    for lane in 0..LANES {
        for (result, of) in [(&products[lane], &a[lane] * &b[lane]), (&squares[lane], &a[lane] * &a[lane])] {
            assert_eq!(result % &p, &of % &p, "{of:x}");
            assert!(result < &(power_of_two(255) + power_of_two(216)), "{of:x} {result:x}");
        }
    }
    check_sums::<Folded25519, 5>(a, b);
}

#[target_feature(enable = "avx512f,avx512ifma")]
fn check_edges<M: Modulus<N>, const N: usize>() {
    let edges = edges::<M, N>();
    for a in &edges {
        for chunk in edges.chunks(LANES) {
            let b = std::array::from_fn(|lane| chunk[lane % chunk.len()].clone());
            let a = std::array::from_fn(|_| a.clone());
            match M::REDUCTION {
                Reduction::Montgomery => {
                    check::<M, N>(&a, &b);
                    check::<M, N>(&b, &a);
                }
                Reduction::Folding { .. } => check_folded(&a, &b),
            }
        }
    }
}

#[test]
fn edges_with_edges() {
    let Some(ifma) = detected() else { return };
    let _: Ifma = ifma;
    // SAFETY: the value of `Ifma` says that the processor has the instructions.
    unsafe {
        check_edges::<P256, 5>();
        check_edges::<Order, 5>();
        check_edges::<Curve25519, 5>();
        check_edges::<Folded25519, 5>();
        check_edges::<P384, 8>();
    }
}

fn detected() -> Option<Ifma> {
    let ifma = Ifma::detected();
    if ifma.is_none() {
        eprintln!("SKIPPED: this processor has no AVX-512 IFMA");
    }
    ifma
}

/// Limbs have 52 bits and words 64: what is split wrongly shows in numbers with edges at either.
#[test]
fn words_of_every_number() {
    let Some(ifma) = detected() else { return };
    let _: Ifma = ifma;
    let word = |number: &BigUint, at: usize| (number >> (64 * at)).iter_u64_digits().next().unwrap_or(0);
    for limb in [LIMB_BITS, 64] {
        for rows in patterns::table(512, limb, &value(&P384::LIMBS)).chunks(LANES) {
            let row = |lane: usize| std::array::from_fn(|at| word(&rows[lane % rows.len()], at));
            // SAFETY: the value of `Ifma` says that the processor has the instructions.
            unsafe { check_words(&std::array::from_fn(row)) };
        }
    }
}

#[test]
fn inverses_of_moduli() {
    assert_eq!(P256::NEGATIVE_INVERSE, 1);
    assert_eq!(P384::NEGATIVE_INVERSE, (1 << 32) + 1);
    for (lowest, inverse) in [
        (Order::LIMBS[0], Order::NEGATIVE_INVERSE),
        (Curve25519::LIMBS[0], Curve25519::NEGATIVE_INVERSE),
        (P384::LIMBS[0], P384::NEGATIVE_INVERSE),
    ] {
        assert_eq!(lowest.wrapping_mul(inverse) & LIMB, LIMB);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Runs of equal bits, which carry further than random ones do.
    #[test]
    fn runs_of_bits(runs in prop::collection::vec(prop::collection::vec((any::<bool>(), 1_u32..120), 1..12), 16)) {
        if let Some(ifma) = detected() {
            let _: Ifma = ifma;
            let all: Vec<BigUint> = runs.iter().map(|runs| {
                runs.iter().fold(BigUint::ZERO, |number, &(ones, len)| {
                    (number << len) + if ones { power_of_two(len) - 1_u8 } else { BigUint::ZERO }
                })
            }).collect();
            let below = |bits: u32, from: usize| std::array::from_fn(|lane| &all[from + lane] % power_of_two(bits));
            // SAFETY: the value of `Ifma` says that the processor has the instructions.
            unsafe {
                check::<P256, 5>(&below(260, 0), &below(260, 8));
                check::<Order, 5>(&below(260, 0), &below(260, 8));
                check::<Curve25519, 5>(&below(260, 0), &below(260, 8));
                check_folded(&below(260, 0), &below(260, 8));
                check::<P384, 8>(&below(416, 0), &below(416, 8));
            }
        }
    }

    /// Words to limbs and back, and rows to lanes.
    #[test]
    fn words(rows_of_words in any::<[[u64; 8]; LANES]>()) {
        if let Some(ifma) = detected() {
            let _: Ifma = ifma;
            // SAFETY: the value of `Ifma` says that the processor has the instructions.
            unsafe { check_words(&rows_of_words) };
        }
    }
}

#[target_feature(enable = "avx512f,avx512ifma")]
fn check_words(all: &[[u64; 8]; LANES]) {
    let of_words =
        |words: &[u64]| words.iter().rev().fold(BigUint::ZERO, |value, word| (value << 64_u8) + *word);
    let mut vectors = [load(&CacheLine::EMPTY); LANES];
    for (vector, words) in vectors.iter_mut().zip(all) {
        *vector = load(&CacheLine(*words));
    }
    let lanes = transposed(vectors);
    assert_eq!(rows(&transposed(lanes)).map(|row| row.0), *all);
    let [a, b, c, d, e, f, g, _] = lanes;
    let short = Element::<P256, 5>::from_words(&[a, b, c, d]);
    let long = Element::<P384, 8>::from_words(&[b, c, d, e, f, g]);
    assert_eq!(numbers(short), all.each_ref().map(|words| of_words(&words[..4])));
    assert_eq!(numbers(long), all.each_ref().map(|words| of_words(&words[1..7])));
    let ([a, b, c, d], [e, f, g, h, i, j]) = (short.to_words(), long.to_words());
    assert_eq!(
        rows(&transposed([a, b, c, d, e, f, g, h])).map(|row| row.0),
        all.map(|words| {
            let [a, b, c, d, e, ..] = words;
            [a, b, c, d, b, c, d, e]
        })
    );
    let tail = rows(&transposed([i, j, a, a, a, a, a, a])).map(|row| [row.0[0], row.0[1]]);
    assert_eq!(tail, all.map(|words| [words[5], words[6]]));
}

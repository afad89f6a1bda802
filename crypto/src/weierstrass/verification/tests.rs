//! Every way to verify, against the crates of RustCrypto, with the hash set: what no message reaches.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

extern crate std;

use ::ecdsa::elliptic_curve::group::Group;
use ::ecdsa::elliptic_curve::point::DecompressPoint;
use ::ecdsa::elliptic_curve::{AffinePoint, FieldBytes, NonZeroScalar};
use proptest::prelude::*;
use std::sync::LazyLock;
use std::vec::Vec;
use std::{eprintln, vec};

use super::super::harness::{
    Generator, Key, P256_GENERATOR, P384_GENERATOR, Pairs, Table, affine, inverse, one, random, reduced,
    signature, small, x_of,
};
use super::super::oracle::{BigScalar, Oracle, P256, P384, Point, bytes, repr};
use crate::number::Number;
use crate::{Backend, BadSignature};

/// The table to be linked is the one that would be built.
#[test]
fn linked_lines() {
    let built = P256_GENERATOR.0[1].lines;
    let linked = &crate::p256::generator_kib4::LINES;
    assert!(built.iter().zip(linked).all(|(built, linked)| built.0 == linked.0));
    assert_eq!(built.len(), linked.len());
}

/// n + r, which is a coordinate for a small r.
fn above_order<C: Oracle>(r: u64) -> Vec<u8> {
    bytes::<C>(&(C::n() + r))
}

#[test]
fn backends_are_tested_or_named() {
    for backend in [Backend::Portable, Backend::Bmi2, Backend::Ifma] {
        if !backend.is_available() {
            eprintln!("SKIPPED, the processor lacks it: {}", backend.name());
        }
    }
}

fn assert_sums_with_exceptions<C: Oracle>(generator: &Generator<C>, numbers: u64) {
    let g = Point::<C>::generator();
    let multiples = [1, 2, 3, 4, 8, 16, 1 << 32, u64::MAX].map(small::<C>);
    let (mut infinities, mut by_combs, mut by_joint) = (0, 0, 0);
    for multiple in multiples.into_iter().flat_map(|multiple| [multiple, -multiple]) {
        let key = Key::<C>::new(g * multiple).with_pairs(Pairs::Neighbours);
        for u1 in 0..numbers {
            for u2 in 1..numbers {
                let (u1, u2) = (small::<C>(u1), small::<C>(u2));
                let sum = g * u1 + key.point * u2;
                let is_infinity = bool::from(sum.is_identity());
                infinities += u32::from(is_infinity);
                let met = key.exceptions(generator, &u1, &u2).map(|met| u32::from(met && !is_infinity));
                by_combs += met[0];
                by_joint += met[1];
                // Any r will do for a sum that has no first coordinate.
                let r = if is_infinity { random::<C>(1) } else { x_of::<C>(&sum) };
                let s = r * inverse::<C>(&u2);
                let hash = repr::<C>(&(u1 * s));
                let expected = if is_infinity { Err(BadSignature) } else { Ok(()) };
                let answer = key.agree(generator, &hash, &signature::<C>(&r, &s));
                assert_eq!(answer, expected, "{multiple:?} {u1:?} {u2:?}");
                let other = signature::<C>(&(r + one::<C>()), &s);
                assert_eq!(key.agree(generator, &hash, &other), Err(BadSignature));
            }
        }
    }
    // The case is there at all, and every way meets it.
    assert!(infinities > 20 && by_combs > 20 && by_joint > 20, "{infinities} {by_combs} {by_joint}");
}

/// Valid signatures whose sums meet +-T on the way, or are infinity in the end.
#[test]
fn sums_with_exceptions_p256() {
    assert_sums_with_exceptions(&*P256_GENERATOR, 12);
}

/// Likewise.
#[test]
fn sums_with_exceptions_p384() {
    assert_sums_with_exceptions(&*P384_GENERATOR, 12);
}

fn assert_hashes_at_the_edges<C: Oracle>(generator: &Generator<C>) {
    let secret = random::<C>(2);
    let key = Key::<C>::new(Point::<C>::generator() * secret);
    let len = C::Number::LEN;
    let mut almost = vec![0xff; len];
    almost[len - 1] = 0xfe;
    let hashes = [
        vec![0; len],
        above_order::<C>(0),
        above_order::<C>(1),
        repr::<C>(&-one::<C>()),
        repr::<C>(&one::<C>()),
        vec![0xff; len],
        almost,
    ];
    for hash in hashes {
        let e = reduced::<C>(&hash);
        let nonce = random::<C>(3);
        let r = x_of::<C>(&(Point::<C>::generator() * nonce));
        let s = (e + r * secret) * inverse::<C>(&nonce);
        let agree = |s: &BigScalar<C>| key.agree(generator, &hash, &signature::<C>(&r, s));
        assert_eq!(agree(&s), Ok(()), "{hash:x?}");
        assert_eq!(agree(&-s), Ok(()), "{hash:x?}");
        assert_eq!(agree(&(s + one::<C>())), Err(BadSignature), "{hash:x?}");
    }
}

/// u1 = 0: the hash is 0 or n. Others around n and at the end are reduced.
#[test]
fn hashes_at_the_edges() {
    assert_hashes_at_the_edges(&*P256_GENERATOR);
    assert_hashes_at_the_edges(&*P384_GENERATOR);
}

fn assert_first_coordinates_above_the_order<C: Oracle>(generator: &Generator<C>) {
    let mut found = 0;
    for r in 1_u64.. {
        let x = FieldBytes::<C::Crate>::try_from(&above_order::<C>(r)[..]).unwrap();
        let point = AffinePoint::<C::Crate>::decompress(&x, 0.into());
        let Some(point) = point.into_option() else { continue };
        let (u1, u2) = (random::<C>(r), random::<C>(r + 1000));
        let q = (Point::<C>::from(point) - Point::<C>::generator() * u1) * inverse::<C>(&u2);
        let (key, r) = (Key::<C>::new(q), small::<C>(r));
        let s = r * inverse::<C>(&u2);
        let hash = repr::<C>(&(u1 * s));
        assert_eq!(key.agree(generator, &hash, &signature::<C>(&r, &s)), Ok(()), "{r:?}");
        let other = signature::<C>(&(r + one::<C>()), &s);
        assert_eq!(key.agree(generator, &hash, &other), Err(BadSignature), "{r:?}");
        found += 1;
        if found == 10 {
            break;
        }
    }
}

/// First coordinates from n to p - 1: r is what is above n. Random signatures have them once in 2^128 times, or 2^194.
#[test]
fn first_coordinates_above_the_order() {
    assert_first_coordinates_above_the_order(&*P256_GENERATOR);
    assert_first_coordinates_above_the_order(&*P384_GENERATOR);
}

fn assert_numbers_out_of_range<C: Oracle>(generator: &Generator<C>) {
    let secret = random::<C>(4);
    let key = Key::<C>::new(Point::<C>::generator() * secret);
    let (good, len) = (repr::<C>(&random::<C>(5)), C::Number::LEN);
    for wrong in [vec![0; len], above_order::<C>(0), above_order::<C>(1), vec![0xff; len]] {
        for (r, s) in [(&wrong, &good), (&good, &wrong), (&wrong, &wrong)] {
            let signature = [&r[..], &s[..]].concat();
            assert_eq!(key.agree(generator, &good, &signature), Err(BadSignature), "{r:x?} {s:x?}");
        }
    }
    for len in [0, 1, len - 1, len, len + 1, 2 * len - 2, 2 * len - 1, 2 * len + 1, 2 * len + 2, 4 * len] {
        assert_eq!(key.verify(generator, &good, &vec![1; len]), Err(BadSignature), "{len}");
    }
}

/// r or s out of 1..n, and other lengths.
#[test]
fn numbers_out_of_range() {
    assert_numbers_out_of_range(&*P256_GENERATOR);
    assert_numbers_out_of_range(&*P384_GENERATOR);
}

fn assert_lines_of_tables<C: Oracle>(generator: &Generator<C>) {
    for Table { layout, lines, .. } in &generator.0 {
        let rows = layout.rows;
        for at in 0..layout.entries() {
            // All of the small tables, samples of the large ones.
            if layout.entries() > 80 && at % 61 != 0 {
                continue;
            }
            let (block, differences) = (at / layout.block_entries(), at % layout.block_entries());
            let mut positive = true;
            let mut expected = small::<C>(0);
            for row in (0..rows).rev() {
                positive ^= row < rows - 1 && differences >> row & 1 == 1;
                let place = row * layout.digits + block * layout.columns;
                let power = (0..place).fold(one::<C>(), |power, _| power + power);
                expected += if positive { power } else { -power };
            }
            let expected = affine::<C>(&(Point::<C>::generator() * expected)).forms();
            assert!(C::entry(lines, at).is_some_and(|entry| entry == expected), "{rows} rows, {at}");
        }
        assert!(C::entry(lines, layout.entries()).is_none(), "the entries fill their lines");
    }
}

/// Every entry of every table holds the multiple that its place says; the generator stands for all points.
#[test]
fn lines_of_tables() {
    assert_lines_of_tables(&*P256_GENERATOR);
    assert_lines_of_tables(&*P384_GENERATOR);
}

/// What is done to a signature or its hash.
#[derive(Clone, Copy, Debug)]
enum Change {
    Nothing,
    /// -s: a signature as well.
    Twin,
    /// Of any bit, wherever the byte is.
    FlipOfSignature(usize),
    FlipOfHash(usize),
    RandomR,
    RandomS,
}

fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => Just(Change::Nothing),
        1 => Just(Change::Twin),
        2 => any::<usize>().prop_map(Change::FlipOfSignature),
        2 => any::<usize>().prop_map(Change::FlipOfHash),
        1 => Just(Change::RandomR),
        1 => Just(Change::RandomS),
    ]
}

/// A secret, and the key that it makes.
type Pair<C> = (NonZeroScalar<<C as Oracle>::Crate>, Key<C>);

fn pairs<C: Oracle>() -> Vec<Pair<C>> {
    let secrets = (10..14).map(|seed| NonZeroScalar::<C::Crate>::new(random::<C>(seed)).unwrap());
    secrets.map(|secret| (secret, Key::new(Point::<C>::generator() * *secret))).collect()
}

static P256_KEYS: LazyLock<Vec<Pair<P256>>> = LazyLock::new(pairs);

static P384_KEYS: LazyLock<Vec<Pair<P384>>> = LazyLock::new(pairs);

fn assert_signature<C: Oracle>(
    generator: &Generator<C>,
    (secret, key): &Pair<C>,
    hash: &[u8],
    seed: u64,
    change: Change,
) {
    let (mut hash, len) = (hash[..C::Number::LEN].to_vec(), C::Number::LEN);
    let nonce = NonZeroScalar::<C::Crate>::new(random::<C>(seed)).unwrap();
    let (r, s) = C::sign(secret, &nonce, &hash);
    let mut signature = signature::<C>(&r, &s);
    match change {
        Change::Nothing => {}
        Change::Twin => signature[len..].copy_from_slice(&repr::<C>(&-s)),
        Change::FlipOfSignature(bit) => signature[bit / 8 % (2 * len)] ^= 1 << (bit % 8),
        Change::FlipOfHash(bit) => hash[bit / 8 % len] ^= 1 << (bit % 8),
        Change::RandomR => signature[..len].copy_from_slice(&repr::<C>(&random::<C>(seed + 1))),
        Change::RandomS => signature[len..].copy_from_slice(&repr::<C>(&random::<C>(seed + 1))),
    }
    let expected = matches!(change, Change::Nothing | Change::Twin);
    assert_eq!(key.agree(generator, &hash, &signature).is_ok(), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn signatures_p256(
        at in 0_usize..4,
        hash in prop::collection::vec(any::<u8>(), 48),
        seed in any::<u32>(),
        change in changes(),
    ) {
        assert_signature(&*P256_GENERATOR, &P256_KEYS[at], &hash, seed.into(), change);
    }

    #[test]
    fn signatures_p384(
        at in 0_usize..4,
        hash in prop::collection::vec(any::<u8>(), 48),
        seed in any::<u32>(),
        change in changes(),
    ) {
        assert_signature(&*P384_GENERATOR, &P384_KEYS[at], &hash, seed.into(), change);
    }
}

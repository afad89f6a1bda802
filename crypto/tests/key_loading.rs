//! What is wrong with a key, by its exact name, and how a key takes memory.
#![allow(missing_docs, clippy::arithmetic_side_effects, clippy::unwrap_used)]

mod common;

use common::{backends, fault, prepare, ps, rs};
use jotgate_crypto::{
    Algorithm, AlgorithmName, Backend, Curve, EDDSA, ES256, ES384, ES512, KeyFault, PS256, PS384, PS512,
    PublicKey, RS256, RS384, RS512, VerifyingKey, Word,
};
use num_bigint::BigUint;

const RSA: [&'static dyn Algorithm; 6] = [&RS256, &RS384, &RS512, &PS256, &PS384, &PS512];
const EC: [(&'static dyn Algorithm, Curve); 3] =
    [(&ES256, Curve::P256), (&ES384, Curve::P384), (&ES512, Curve::P521)];
const ED25519: [&'static dyn Algorithm; 1] = [&EDDSA];
const E: &[u8] = &[1, 0, 1];

fn all() -> impl Iterator<Item = &'static dyn Algorithm> {
    RSA.into_iter().chain(EC.map(|(algorithm, _)| algorithm)).chain(ED25519)
}

/// An odd number of exactly `bits` bits.
fn modulus(bits: u64) -> Vec<u8> {
    ((BigUint::from(1_u8) << (bits - 1)) + 12345_u32).to_bytes_be()
}

fn rsa_fault(n: &[u8], e: &[u8]) -> Option<KeyFault> {
    let faults = RSA.map(|algorithm| fault(algorithm, &PublicKey::Rsa { n, e }));
    assert!(faults.iter().all(|fault| *fault == faults[0]), "{faults:?}");
    faults[0]
}

/// The product of the first `count` primes.
fn primorial(count: usize) -> BigUint {
    let is_prime = |n: &u32| (2..*n).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d));
    (2..).filter(is_prime).take(count).product()
}

/// k M + (65537^a mod M), of exactly `bits` bits: what the generator of ROCA takes for a prime, and, of another size,
/// what every product of two such is.
fn of_the_roca_generator(bits: u64, m: &BigUint, a: u32) -> BigUint {
    let power = BigUint::from(65537_u32).modpow(&a.into(), m);
    let k = (BigUint::from(3_u8) << (bits - 2)) / m;
    let number = k * m + power;
    assert_eq!(number.bits(), bits);
    number
}

#[test]
fn every_algorithm_has_its_name() {
    let mut names: Vec<_> = all().map(|algorithm| algorithm.name().as_jose()).collect();
    names.sort_unstable();
    let mut expected = AlgorithmName::ALL.map(AlgorithmName::as_jose);
    expected.sort_unstable();
    assert_eq!(names, expected);
    let named: [(&dyn Algorithm, _); 10] = [
        (&RS256, "RS256"),
        (&RS384, "RS384"),
        (&RS512, "RS512"),
        (&PS256, "PS256"),
        (&PS384, "PS384"),
        (&PS512, "PS512"),
        (&ES256, "ES256"),
        (&ES384, "ES384"),
        (&ES512, "ES512"),
        (&EDDSA, "EdDSA"),
    ];
    for (algorithm, name) in named {
        assert_eq!(algorithm.name().as_jose(), name);
    }
}

/// As many primes as Nemec et al. found for each size of key (CCS 2017, table 1).
#[test]
fn moduli_of_the_roca_generator() {
    for (bits, count) in [(2048, 126), (3072, 126), (4096, 225)] {
        let m = primorial(count);
        for a in [1, 2, 17, 0x1234_5678, u32::MAX] {
            let p = of_the_roca_generator(bits / 2, &m, a);
            let q = of_the_roca_generator(bits / 2, &m, a ^ 0x5555);
            let n = (&p * &q).to_bytes_be();
            assert_eq!(rsa_fault(&n, E), Some(KeyFault::ModulusRoca), "{bits} {a}");
        }
    }
    // Sizes that are no multiple of 24 or of 8 bits.
    for bits in [2048, 2049, 2056, 2057, 2064, 2071, 4090, 4096] {
        let n = of_the_roca_generator(bits, &primorial(126), 99);
        assert_eq!(rsa_fault(&n.to_bytes_be(), E), Some(KeyFault::ModulusRoca), "{bits}");
        assert_eq!(rsa_fault(&(&n + 2_u8).to_bytes_be(), E), None, "{bits}");
    }
}

/// One of the primes that the fingerprint rests on is enough to clear a modulus.
#[test]
fn moduli_that_miss_the_roca_fingerprint_by_one_prime() {
    let m = primorial(39);
    let n = of_the_roca_generator(2048, &m, 7);
    for prime in [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157_u32] {
        let powers: Vec<u32> =
            (0..prime).scan(1, |x, _| Some(std::mem::replace(x, *x * 65537 % prime))).collect();
        // Changes n modulo this prime alone.
        let step = (&m / prime) * 2_u8;
        let residue = |n: &BigUint| u32::try_from(n % prime).unwrap();
        for multiple in 0..prime {
            let other = &n + &step * multiple;
            let expected = powers.contains(&residue(&other)).then_some(KeyFault::ModulusRoca);
            assert_eq!(rsa_fault(&other.to_bytes_be(), E), expected, "{prime} {multiple}");
        }
    }
}

#[test]
fn modulus_length() {
    for (bits, expected) in [
        (8, Some(KeyFault::ModulusTooShort)),
        (1024, Some(KeyFault::ModulusTooShort)),
        (2040, Some(KeyFault::ModulusTooShort)),
        (2041, Some(KeyFault::ModulusTooShort)),
        (2047, Some(KeyFault::ModulusTooShort)),
        (2048, None),
        (2049, None),
        (2056, None),
        (3072, None),
        (4095, None),
        (4096, None),
        (4097, Some(KeyFault::ModulusTooLong)),
        (8192, Some(KeyFault::ModulusTooLong)),
        (1 << 20, Some(KeyFault::ModulusTooLong)),
    ] {
        let n = if bits == 8 { vec![0x81] } else { modulus(bits) };
        assert_eq!(rsa_fault(&n, E), expected, "{bits} bits");
    }
    assert_eq!(rsa_fault(&[], E), Some(KeyFault::ModulusTooShort));
}

#[test]
fn modulus_even() {
    for bits in [2048, 2049, 4096] {
        let mut n = modulus(bits);
        *n.last_mut().unwrap() &= 0xfe;
        assert_eq!(rsa_fault(&n, E), Some(KeyFault::ModulusEven), "{bits}");
    }
}

#[test]
fn leading_zero() {
    for bits in [2040, 2048, 4088, 4096] {
        let n = [&[0], &modulus(bits)[..]].concat();
        assert_eq!(rsa_fault(&n, E), Some(KeyFault::LeadingZero), "{bits}");
    }
    assert_eq!(rsa_fault(&[0; 256], E), Some(KeyFault::LeadingZero));
    let n = modulus(2048);
    for e in [&[0, 1, 0, 1][..], &[0, 3], &[0, 0], &[0, 0, 0, 0, 0, 1, 0, 1]] {
        assert_eq!(rsa_fault(&n, e), Some(KeyFault::LeadingZero), "{e:?}");
    }
}

#[test]
fn exponent() {
    let n = modulus(2048);
    for (e, expected) in [
        (&[][..], Some(KeyFault::ExponentTooSmall)),
        (&[0], Some(KeyFault::ExponentTooSmall)),
        (&[1], Some(KeyFault::ExponentTooSmall)),
        (&[2], Some(KeyFault::ExponentTooSmall)),
        (&[3], None),
        (&[4], Some(KeyFault::ExponentEven)),
        (&[35], None),
        (&[1, 0, 0], Some(KeyFault::ExponentEven)),
        (&[1, 0, 1], None),
        (&[0xff, 0xff, 0xff, 0xfe], Some(KeyFault::ExponentEven)),
        (&[0xff, 0xff, 0xff, 0xff], None),
        (&[1, 0, 0, 0, 0], Some(KeyFault::ExponentTooLarge)),
        (&[1, 0, 0, 0, 1], Some(KeyFault::ExponentTooLarge)),
        (&[0x55; 256], Some(KeyFault::ExponentTooLarge)),
    ] {
        assert_eq!(rsa_fault(&n, e), expected, "{e:?}");
    }
}

#[test]
fn wrong_kind() {
    let n = modulus(2048);
    let rsa = PublicKey::Rsa { n: &n, e: E };
    let ed25519 = PublicKey::Ed25519 { x: &[9; 32] };
    let ec = |curve| PublicKey::Ec { curve, x: &[], y: &[] };
    for algorithm in RSA {
        for key in [ed25519, ec(Curve::P256), ec(Curve::P384), ec(Curve::P521)] {
            assert_eq!(fault(algorithm, &key), Some(KeyFault::WrongKind), "{key:?}");
        }
    }
    for (algorithm, own) in EC {
        for key in [rsa, ed25519] {
            assert_eq!(fault(algorithm, &key), Some(KeyFault::WrongKind), "{key:?}");
        }
        for (_, curve) in EC {
            let expected = if curve == own { KeyFault::WrongLength } else { KeyFault::WrongKind };
            assert_eq!(fault(algorithm, &ec(curve)), Some(expected), "{curve:?}");
        }
    }
    for key in [rsa, ec(Curve::P256), ec(Curve::P384), ec(Curve::P521)] {
        assert_eq!(fault(&EDDSA, &key), Some(KeyFault::WrongKind), "{key:?}");
    }
}

#[test]
fn memory_is_taken_to_the_word() {
    for backend in backends() {
        let ([rs256, ..], [.., ps512]) = (rs(backend), ps(backend));
        for bits in [2048_u64, 2049, 2078, 2079, 3072, 3326, 3327, 4095, 4096] {
            let label = format!("{bits} {}", backend.name());
            let n = modulus(bits);
            let key = PublicKey::Rsa { n: &n, e: E };
            let need = match (backend, bits) {
                (Backend::Ifma, 0..=2078) => 123,
                (Backend::Ifma, 2079..=3326) => 195,
                (Backend::Ifma, _) => 243,
                _ => 2 * usize::try_from(bits.div_ceil(Word::BITS.into())).unwrap() + 2,
            };
            assert_eq!(rs256.words(&key), Ok(need), "{label}");

            let mut short = vec![0; need - 1];
            let mut memory = &mut short[..];
            assert_eq!(
                VerifyingKey::prepare(rs256, &key, &mut memory).err(),
                Some(KeyFault::OutOfMemory),
                "{label}"
            );
            assert_eq!(memory.len(), need - 1, "a key that does not fit takes nothing");

            let mut exact = vec![0; 2 * need];
            let mut memory = &mut exact[..];
            VerifyingKey::prepare(rs256, &key, &mut memory).unwrap();
            assert_eq!(memory.len(), need, "{label}");
            VerifyingKey::prepare(ps512, &key, &mut memory).unwrap();
            assert!(memory.is_empty(), "{label}");
            assert_eq!(
                VerifyingKey::prepare(rs256, &key, &mut memory).err(),
                Some(KeyFault::OutOfMemory),
                "{label}"
            );
        }
    }
}

#[test]
fn a_refused_key_takes_nothing() {
    let mut memory = vec![0; 300];
    let mut memory = &mut memory[..];
    let off_curve = PublicKey::Ec { curve: Curve::P256, x: &[1; 32], y: &[1; 32] };
    assert_eq!(VerifyingKey::prepare(&ES256, &off_curve, &mut memory).err(), Some(KeyFault::NotOnCurve));
    let small_order = PublicKey::Ed25519 { x: &[0; 32] };
    assert_eq!(
        VerifyingKey::prepare(&EDDSA, &small_order, &mut memory).err(),
        Some(KeyFault::SmallOrderPoint)
    );
    assert_eq!(memory.len(), 300);
}

#[test]
fn signature_lengths() {
    for (bits, len) in [(2048, 256), (2049, 257), (2056, 257), (2057, 258), (3072, 384), (4096, 512)] {
        let n = modulus(bits);
        for algorithm in backends().flat_map(|backend| rs(backend).into_iter().chain(ps(backend))) {
            let key = prepare(algorithm, &PublicKey::Rsa { n: &n, e: E }).unwrap();
            assert_eq!(key.signature_len(), len, "{bits}");
            assert_eq!(key.algorithm(), algorithm.name());
        }
    }
}

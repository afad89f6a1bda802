//! RS256, RS384, RS512: signatures of the `rsa` crate, and encodings that must not pass.
#![allow(missing_docs, clippy::arithmetic_side_effects, clippy::unwrap_used)]

mod common;

use common::{MESSAGE, RsaSigner, assert_every_size, backends, bytes, rs, verify, verify_alike};
use jotgate_crypto::BadSignature;
use num_bigint::BigUint;
use rsa::Pkcs1v15Sign;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// The `DigestInfo` of SHA-256 before the hash, as RFC 8017 prints it.
const SHA256_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];

/// Signatures for RS256, RS384 and RS512.
fn sign(signer: &RsaSigner) -> [Vec<u8>; 3] {
    let sign = |padding, hash: &[u8]| signer.private.sign(padding, hash).unwrap();
    [
        sign(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(MESSAGE)),
        sign(Pkcs1v15Sign::new::<Sha384>(), &Sha384::digest(MESSAGE)),
        sign(Pkcs1v15Sign::new::<Sha512>(), &Sha512::digest(MESSAGE)),
    ]
}

#[test]
fn signatures_of_every_size_and_hash() {
    assert_every_size(sign, rs);
}

#[test]
fn signatures_under_other_exponents() {
    for exponent in [3, 5, 17, 35, 257, 0xffff_ffff] {
        let signer = RsaSigner::with_exponent(2048, exponent);
        let signed = sign(&signer);
        for backend in backends() {
            for (algorithm, signature) in rs(backend).into_iter().zip(&signed) {
                let key = signer.verifier(algorithm);
                let label = format!("{exponent} {key:?} {}", backend.name());
                assert_eq!(verify(&key, signature), Ok(()), "{label}");
                for (what, spoiled) in signer.spoiled(signature) {
                    assert_eq!(verify(&key, &spoiled), Err(BadSignature), "{label} {what}");
                }
            }
        }
    }
}

/// `lead`, as much `filler` as fits, `tail`, in `len` bytes.
fn encoded(len: usize, lead: &[u8], filler: u8, tail: &[u8]) -> BigUint {
    let padding = vec![filler; len - lead.len() - tail.len()];
    BigUint::from_bytes_be(&[lead, &padding, tail].concat())
}

#[test]
fn encodings_that_are_not_the_one() {
    let hash = Sha256::digest(MESSAGE);
    let info = [&SHA256_INFO[..], &hash].concat();
    let tail = [&[0], &info[..]].concat();
    // DigestInfo with other parameters, lengths or hashes.
    let without_null = [
        &[
            0, 0x30, 0x2f, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
            0x04, 0x20,
        ],
        &hash[..],
    ];
    let long_form_length = [
        &[0, 0x30, 0x81, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]
            [..],
        &[0x05, 0x00, 0x04, 0x20],
        &hash[..],
    ];
    let mut oid_of_sha512 = tail.clone();
    *oid_of_sha512.get_mut(15).unwrap() = 3;
    let mut oid_of_sha224 = tail.clone();
    *oid_of_sha224.get_mut(15).unwrap() = 4;
    let garbage_inside = [&tail[..], &[0; 8]].concat();

    for bits in [2048, 2049, 2056, 3071] {
        let signer = RsaSigner::new(bits);
        let keys = backends().map(|backend| signer.verifier(rs(backend)[0])).collect::<Vec<_>>();
        let check = |message: &BigUint| verify_alike(&keys, &signer.raise(message));
        let len = signer.len;

        let right = encoded(len, &[0, 1], 0xff, &tail);
        assert_eq!(check(&right), Ok(()));

        let rest = |front: &[u8]| vec![0; len - front.len()];
        let short_padding = [&[0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], &tail[..]].concat();
        let no_padding = [&[0, 1], &tail[..]].concat();
        let wrong = [
            ("block type 0", encoded(len, &[0, 0], 0xff, &tail)),
            ("block type 2", encoded(len, &[0, 2], 0xff, &tail)),
            ("padding of zeros", encoded(len, &[0, 1], 0, &tail)),
            ("padding of 01", encoded(len, &[0, 1], 1, &tail)),
            ("one byte of padding wrong", encoded(len, &[0, 1, 0xfe], 0xff, &tail)),
            ("last byte of padding wrong", encoded(len, &[0, 1], 0xff, &[&[0xfe], &tail[..]].concat())),
            ("no separator", encoded(len, &[0, 1], 0xff, &info)),
            ("two separators", encoded(len, &[0, 1], 0xff, &[&[0], &tail[..]].concat())),
            (
                "short padding, garbage",
                BigUint::from_bytes_be(&[&short_padding[..], &rest(&short_padding)].concat()),
            ),
            ("no padding, garbage", BigUint::from_bytes_be(&[&no_padding[..], &rest(&no_padding)].concat())),
            ("garbage at the end", encoded(len, &[0, 1], 0xff, &garbage_inside)),
            ("one byte shifted", encoded(len - 1, &[0, 1], 0xff, &tail)),
            ("without NULL", encoded(len, &[0, 1], 0xff, &without_null.concat())),
            ("BER length", encoded(len, &[0, 1], 0xff, &long_form_length.concat())),
            ("OID of SHA-512", encoded(len, &[0, 1], 0xff, &oid_of_sha512)),
            ("OID of SHA-224", encoded(len, &[0, 1], 0xff, &oid_of_sha224)),
            ("no DigestInfo", encoded(len, &[0, 1], 0xff, &[&[0], &hash[..]].concat())),
            ("hash cut", encoded(len, &[0, 1], 0xff, tail.split_last().unwrap().1)),
            ("no hash", encoded(len, &[0, 1], 0xff, &[&[0], &SHA256_INFO[..]].concat())),
            ("hash changed", &right ^ BigUint::from(1_u8)),
            ("DigestInfo alone", BigUint::from_bytes_be(&info)),
            ("nothing but padding", encoded(len, &[0, 1], 0xff, &[])),
        ];
        for (what, message) in &wrong {
            assert_eq!(check(message), Err(BadSignature), "{bits} {what}");
        }
        for bit in 0..right.bits() - 1 {
            if bit % 61 == 0 {
                let flipped = &right ^ (BigUint::from(1_u8) << bit);
                assert_eq!(check(&flipped), Err(BadSignature), "{bits} bit {bit}");
            }
        }
    }
}

/// Under e = 3 anyone can find a cube that begins as a signature should: a verifier that does not look at the end
/// is lost (CVE-2006-4339).
#[test]
fn cube_root_forgery() {
    let signer = RsaSigner::with_exponent(3072, 3);
    let keys: Vec<_> = backends().map(|backend| signer.verifier(rs(backend)[0])).collect();
    let front = [&[0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0][..], &SHA256_INFO].concat();
    let front = [&front[..], &Sha256::digest(MESSAGE)].concat();
    let target = BigUint::from_bytes_be(&[&front[..], &vec![0; signer.len - front.len()]].concat());
    let root = target.cbrt() + 1_u8;
    let cube = bytes(&root.pow(3), signer.len);
    assert_eq!(cube.get(..front.len()), Some(&front[..]), "the forgery has the right front");
    assert_eq!(verify_alike(&keys, &bytes(&root, signer.len)), Err(BadSignature));
}

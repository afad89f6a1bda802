//! Attacks on the signature.
//!
//! | row | attack | test |
//! |---|---|---|
//! | 18 | none at all | `no_signature` |
//! | 19 | too short or too long for RSA | `signature_of_another_length` |
//! | 20 | r and s out of range ("psychic") | `r_and_s_out_of_range` |
//! | 21 | DER, other lengths | `der_instead_of_r_and_s`, `signature_of_another_length` |
//! | 22 | the twin (r, n - s) | `twin_signature_is_the_same_token` |
//! | 23 | padding that a lenient parser takes | `pkcs1_encodings_that_are_not_the_one`, `pss_salt_of_another_length` |
//! | 24 | failure taken for success | `every_bit_of_a_signature_counts`, `garbage_of_the_right_length` |
//! | 25 | claims before the signature | `what_is_claimed_does_not_matter_before_the_signature`, forge/unforgeable.rs |

use jotgate_core::Denied;
use jotgate_tests::forge::{ALL_ALGORITHMS, Fixture, Key, NOW, Token, b64, compact, es, rsa};
use num_bigint::BigUint;
use rand::{SeedableRng, rngs::StdRng};
use rsa::{Pss, traits::SignatureScheme};
use sha2::{Digest, Sha256};

fn all_keys() -> Vec<Key> {
    ALL_ALGORITHMS.iter().map(|algorithm| Key::new(algorithm.name().as_jose(), "k", 1)).collect()
}

/// The signing input of a good token, and its signature.
fn parts(key: &Key) -> (String, Vec<u8>) {
    let token = Token::good(key).sign();
    let (input, _) = token.rsplit_once('.').unwrap();
    (input.to_owned(), key.sign(input.as_bytes()))
}

/// What the fixture says of a good token with this signature instead.
fn with_signature(key: &Key, signature: &[u8]) -> Option<Denied> {
    Fixture::new(&[key]).denied(format!("{}.{}", parts(key).0, b64(signature)))
}

#[test]
fn no_signature() {
    let fixture = Fixture::new(&[&es()]);
    let (input, signature) = parts(&es());
    let header = input.split_once('.').unwrap().0;
    fixture.refuses([
        ("empty", format!("{input}."), Denied::UnsignedToken),
        ("missing", input.clone(), Denied::NotJwt),
        ("header alone", header.to_owned(), Denied::NotJwt),
        ("payload missing", format!("{header}..{}", b64(&signature)), Denied::NotJson),
        ("one character", format!("{input}.A"), Denied::NotBase64url),
        ("one byte", format!("{input}.AA"), Denied::BadSignature),
    ]);
}

#[test]
fn signature_of_another_length() {
    for key in all_keys() {
        let (_, signature) = parts(&key);
        let (first, last) = (&signature[1..], &signature[..signature.len() - 1]);
        for wrong in [
            vec![0],
            first.to_vec(),
            last.to_vec(),
            signature[..signature.len() / 2].to_vec(),
            [&[0], &signature[..]].concat(),
            [&signature[..], &[0]].concat(),
            [&signature[..], &signature[..]].concat(),
            [&[0; 2], &signature[..]].concat(),
        ] {
            assert_eq!(with_signature(&key, &wrong), Some(Denied::BadSignature), "{}", key.algorithm());
        }
    }
}

/// The order of each curve, as SEC 2 prints it.
fn order(algorithm: &str) -> BigUint {
    let hex = match algorithm {
        "ES256" => "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
        "ES384" => {
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"
        }
        _ => {
            "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a\
             5d03bb5c9b8899c47aebb6fb71e91386409"
        }
    };
    BigUint::parse_bytes(hex.as_bytes(), 16).unwrap()
}

fn bytes(number: &BigUint, len: usize) -> Vec<u8> {
    let number = number.to_bytes_be();
    [vec![0; len - number.len()], number].concat()
}

#[test]
fn r_and_s_out_of_range() {
    for algorithm in ["ES256", "ES384", "ES512"] {
        let key = Key::new(algorithm, "k", 1);
        let (_, signature) = parts(&key);
        let len = signature.len() / 2;
        let (r, s) = signature.split_at(len);
        let n = order(algorithm);
        let [zero, order, above, ones] =
            [bytes(&0_u8.into(), len), bytes(&n, len), bytes(&(&n + 1_u8), len), vec![0xff; len]];
        for (r, s) in [
            (&zero[..], &zero[..]),
            (&zero, s),
            (r, &zero),
            (&order, s),
            (r, &order),
            (&order, &order),
            (&above, s),
            (r, &above),
            (&ones, &ones),
        ] {
            assert_eq!(with_signature(&key, &[r, s].concat()), Some(Denied::BadSignature), "{algorithm}");
        }
    }
}

#[test]
fn der_instead_of_r_and_s() {
    let (_, signature) = parts(&es());
    let der = p256::ecdsa::Signature::from_slice(&signature).unwrap().to_der();
    assert_eq!(with_signature(&es(), der.as_bytes()), Some(Denied::BadSignature));
    // The DER of r = s = 0, as the attack on Java was sent.
    let input = parts(&es()).0;
    assert_eq!(Fixture::new(&[&es()]).denied(format!("{input}.MAYCAQACAQA")), Some(Denied::BadSignature));
}

/// ES256 has no low-s rule, so both signatures are good. What names the token must not tell them apart:
/// else the twin of a revoked token would live on.
#[test]
fn twin_signature_is_the_same_token() {
    for algorithm in ["ES256", "ES384", "ES512"] {
        let key = Key::new(algorithm, "k", 1);
        let fixture = Fixture::new(&[&key]);
        let (input, signature) = parts(&key);
        let (r, s) = signature.split_at(signature.len() / 2);
        let twin = [r, &bytes(&(order(algorithm) - BigUint::from_bytes_be(s)), s.len())].concat();
        assert_ne!(signature, twin);
        let granted = fixture.check(format!("{input}.{}", b64(&signature))).unwrap();
        let twin = fixture.check(format!("{input}.{}", b64(&twin))).unwrap();
        assert_eq!(granted, twin);
        assert_eq!(granted.signing_input_digest, *Sha256::digest(&input));
    }
}

#[test]
fn pkcs1_encodings_that_are_not_the_one() {
    let input = parts(&rsa()).0;
    let hash = Sha256::digest(&input);
    // RFC 8017, section 9.2, note 1: the DigestInfo of SHA-256 before the hash.
    let info = [
        0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0, 4,
        0x20,
    ];
    let without_null = [
        0x30, 0x2f, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x04, 0x20,
    ];
    let mut sha512 = info;
    sha512[14] = 3;
    let long_length = [&[0x30, 0x81], &info[1..]].concat();
    let encoded = |lead: &[u8], info: &[u8], tail: &[u8]| {
        let tail = [&[0], info, &hash, tail].concat();
        [lead, &vec![0xff; 256 - lead.len() - tail.len()], &tail].concat()
    };
    let garbage_behind = [&[0, 1], &[0xff; 8][..], &[0], &info, &hash, &[0; 194]].concat();
    for (what, message, expected) in [
        ("the one", encoded(&[0, 1], &info, &[]), None),
        ("no NULL", encoded(&[0, 1], &without_null, &[]), Some(Denied::BadSignature)),
        ("long form of a length", encoded(&[0, 1], &long_length, &[]), Some(Denied::BadSignature)),
        ("another hash's id", encoded(&[0, 1], &sha512, &[]), Some(Denied::BadSignature)),
        ("no DigestInfo", encoded(&[0, 1], &[], &[]), Some(Denied::BadSignature)),
        ("byte behind", encoded(&[0, 1], &info, &[0]), Some(Denied::BadSignature)),
        ("short padding, garbage behind", garbage_behind, Some(Denied::BadSignature)),
        ("block type 0", encoded(&[0, 0], &info, &[]), Some(Denied::BadSignature)),
        ("block type 2", encoded(&[0, 2], &info, &[]), Some(Denied::BadSignature)),
        ("zero in the padding", encoded(&[0, 1, 0xff, 0], &info, &[]), Some(Denied::BadSignature)),
    ] {
        assert_eq!(with_signature(&rsa(), &rsa().raise(&message)), expected, "{what}");
    }
}

/// RFC 7518, section 3.5: as long as the hash. Other lengths are lawful PSS, but not JOSE.
#[test]
fn pss_salt_of_another_length() {
    let key = Key::new("PS256", "ps-1", 1);
    // The forge's key of seed 1.
    let private = rsa::PrivateKey::new(&mut StdRng::seed_from_u64(1), 2048).unwrap();
    let hash = Sha256::digest(parts(&key).0);
    for (len, expected) in [(32, None), (0, Some(Denied::BadSignature)), (20, Some(Denied::BadSignature))] {
        let scheme = Pss::<Sha256>::new_with_salt(len);
        let signature = scheme.sign(Some(&mut StdRng::seed_from_u64(0)), &private, &hash).unwrap();
        assert_eq!(with_signature(&key, &signature), expected, "{len}");
    }
}

#[test]
fn every_bit_of_a_signature_counts() {
    for key in all_keys() {
        let fixture = Fixture::new(&[&key]);
        let (input, signature) = parts(&key);
        for bit in (0..signature.len() * 8).step_by(7) {
            let mut flipped = signature.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let denied = fixture.denied(format!("{input}.{}", b64(&flipped)));
            assert_eq!(denied, Some(Denied::BadSignature), "{} {bit}", key.algorithm());
        }
    }
}

#[test]
fn garbage_of_the_right_length() {
    for key in all_keys() {
        let len = parts(&key).1.len();
        for byte in [0, 1, 0x7f, 0x80, 0xff] {
            assert_eq!(with_signature(&key, &vec![byte; len]), Some(Denied::BadSignature));
        }
        let other = Key::new(key.algorithm(), "k", 2);
        let denied = Fixture::new(&[&key]).denied(Token::good(&other).sign());
        assert_eq!(denied, Some(Denied::BadSignature), "{}", key.algorithm());
    }
}

/// A stranger learns nothing about rules behind the signature, and no rule spares it.
#[test]
fn what_is_claimed_does_not_matter_before_the_signature() {
    let (key, stranger) = (es(), Key::es256("es-1", 66));
    let fixture = Fixture::new(&[&key]);
    let token = Token::good(&stranger);
    for token in [
        token.clone(),
        token.clone().claim("exp", NOW - 1000),
        token.clone().claim("aud", "https://other.example"),
        token.clone().header("typ", "JWT"),
        token.without("sub"),
    ] {
        assert_eq!(fixture.denied(token.sign()), Some(Denied::BadSignature), "{}", token.claims_text());
    }
    // A changed payload under an old signature.
    let old = parts(&key).1;
    let changed = Token::good(&key).claim("scope", "admin sim-swap:check");
    let forged = compact(changed.header_text(), changed.claims_text(), old);
    assert_eq!(fixture.denied(forged), Some(Denied::BadSignature));
}

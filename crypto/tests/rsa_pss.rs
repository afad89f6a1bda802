//! PS256, PS384, PS512: signatures of the `rsa` crate, and encodings that must not pass.
#![allow(missing_docs, clippy::arithmetic_side_effects, clippy::unwrap_used)]

mod common;

use common::{MESSAGE, RsaSigner, assert_every_size, backends, ps, rng, verify_alike};
use jotgate_crypto::{BadSignature, VerifyingKey};
use num_bigint::BigUint;
use rsa::Pss;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Signatures for PS256, PS384 and PS512.
fn sign(signer: &RsaSigner) -> [Vec<u8>; 3] {
    let private = &signer.private;
    let rng = &mut rng();
    [
        private.sign_with_rng(rng, Pss::<Sha256>::new(), &Sha256::digest(MESSAGE)).unwrap(),
        private.sign_with_rng(rng, Pss::<Sha384>::new(), &Sha384::digest(MESSAGE)).unwrap(),
        private.sign_with_rng(rng, Pss::<Sha512>::new(), &Sha512::digest(MESSAGE)).unwrap(),
    ]
}

#[test]
fn signatures_of_every_size_and_hash() {
    assert_every_size(sign, ps);
}

/// A signature whose first byte is zero is as long as any other: OpenSSL 3.0 takes it without that byte.
#[test]
fn leading_zero_byte_is_kept() {
    let signer = RsaSigner::new(2048);
    let keys: Vec<_> = backends().map(|backend| signer.verifier(ps(backend)[0])).collect();
    let signature = (0_u32..)
        .map(|salt| signer.raise(&Encoding::<Sha256>::new(2048).salt(&salted(salt)).build()))
        .find(|signature| signature.first() == Some(&0))
        .unwrap();
    assert_eq!(verify_alike(&keys, &signature), Ok(()));
    assert_eq!(verify_alike(&keys, signature.get(1..).unwrap()), Err(BadSignature));
}

fn salted(salt: u32) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.get_mut(..4).unwrap().copy_from_slice(&salt.to_be_bytes());
    bytes
}

#[test]
fn encodings_that_are_not_pss_of_jose() {
    for bits in [2048, 2049, 2050, 2055, 2056, 3071] {
        let signer = RsaSigner::new(bits);
        let keys: Vec<_> =
            backends().map(|backend| ps(backend).map(|algorithm| signer.verifier(algorithm))).collect();
        check_encodings::<Sha256>(&signer, bits, &keys.iter().map(|[key, _, _]| *key).collect::<Vec<_>>());
        check_encodings::<Sha384>(&signer, bits, &keys.iter().map(|[_, key, _]| *key).collect::<Vec<_>>());
        check_encodings::<Sha512>(&signer, bits, &keys.iter().map(|[_, _, key]| *key).collect::<Vec<_>>());
    }
}

/// `keys` is one key with every backend.
fn check_encodings<D: Digest>(signer: &RsaSigner, bits: usize, keys: &[VerifyingKey<'_>]) {
    let key = keys.first().unwrap();
    let check = |message: &BigUint| verify_alike(keys, &signer.raise(message));
    let encoding = || Encoding::<D>::new(bits);
    let hash_len = <D as Digest>::output_size();

    let right = encoding().build();
    assert_eq!(check(&right), Ok(()), "{bits} {key:?}");

    let salt_room = (bits - 1).div_ceil(8) - hash_len - 2;
    for salt_len in [0, 1, 8, 20, 32, 48, 64, hash_len - 1, hash_len + 1, salt_room] {
        let encoded = encoding().salt(&vec![7; salt_len]).build();
        assert_eq!(check(&encoded).is_ok(), salt_len == hash_len, "{bits} {key:?} salt of {salt_len}");
    }
    let wrong = [
        ("trailer bd", encoding().trailer(0xbd).build()),
        ("trailer cc", encoding().trailer(0xcc).build()),
        ("trailer 00", encoding().trailer(0).build()),
        ("separator 00", encoding().separator(0).build()),
        ("separator 02", encoding().separator(2).build()),
        ("separator 81", encoding().separator(0x81).build()),
        ("padding not zero", encoding().padding(1).build()),
        ("padding ends with 01", encoding().last_of_padding(1).build()),
        ("padding ends with 80", encoding().last_of_padding(0x80).build()),
        ("mask counted from 1", encoding().mask_by(Mask::CountedFromOne).build()),
        ("mask by another hash", encoding().mask_by(Mask::OtherHash).build()),
        ("no mask", encoding().mask_by(Mask::None).build()),
        ("hash of the message alone", encoding().prefix(&[]).build()),
        ("hash with another prefix", encoding().prefix(&[0, 0, 0, 0, 0, 0, 0, 1]).build()),
        ("another message", encoding().message(b"other").build()),
        ("zero", BigUint::ZERO),
        ("n - 1", &signer.n - 1_u8),
    ];
    for (what, message) in &wrong {
        assert_eq!(check(message), Err(BadSignature), "{bits} {key:?} {what}");
    }
    // The bit above the encoding's own length, which a number below the modulus can still have.
    let top_bit = BigUint::from(1_u8) << (bits - 1);
    let raised = (0..).map(|salt| encoding().salt(&vec![salt; hash_len]).build() | &top_bit);
    let raised = raised.take(64).find(|raised| raised < &signer.n).unwrap();
    assert_eq!(check(&raised), Err(BadSignature), "{bits} {key:?} top bit set");
    for bit in (0..right.bits() - 1).step_by(67) {
        let flipped = &right ^ (BigUint::from(1_u8) << bit);
        assert_eq!(check(&flipped), Err(BadSignature), "{bits} {key:?} bit {bit}");
    }
}

enum Mask {
    Mgf1,
    None,
    /// MGF1 whose counter begins with 1.
    CountedFromOne,
    /// MGF1 with a hash that is not the signature's.
    OtherHash,
}

/// EMSA-PSS-ENCODE (RFC 8017, section 9.1.1), with every part open to change.
struct Encoding<D> {
    bits: usize,
    message: Vec<u8>,
    prefix: Vec<u8>,
    salt: Vec<u8>,
    padding: u8,
    last_of_padding: Option<u8>,
    separator: u8,
    trailer: u8,
    mask: Mask,
    hash: core::marker::PhantomData<D>,
}

impl<D: Digest> Encoding<D> {
    fn new(bits: usize) -> Self {
        Self {
            bits,
            message: MESSAGE.to_vec(),
            prefix: vec![0; 8],
            salt: vec![0xa5; <D as Digest>::output_size()],
            padding: 0,
            last_of_padding: None,
            separator: 1,
            trailer: 0xbc,
            mask: Mask::Mgf1,
            hash: core::marker::PhantomData,
        }
    }

    fn message(mut self, message: &[u8]) -> Self {
        self.message = message.to_vec();
        self
    }

    fn prefix(mut self, prefix: &[u8]) -> Self {
        self.prefix = prefix.to_vec();
        self
    }

    fn salt(mut self, salt: &[u8]) -> Self {
        self.salt = salt.to_vec();
        self
    }

    fn padding(mut self, padding: u8) -> Self {
        self.padding = padding;
        self
    }

    fn last_of_padding(mut self, byte: u8) -> Self {
        self.last_of_padding = Some(byte);
        self
    }

    fn separator(mut self, separator: u8) -> Self {
        self.separator = separator;
        self
    }

    fn trailer(mut self, trailer: u8) -> Self {
        self.trailer = trailer;
        self
    }

    fn mask_by(mut self, mask: Mask) -> Self {
        self.mask = mask;
        self
    }

    fn build(self) -> BigUint {
        let em_bits = self.bits - 1;
        let em_len = em_bits.div_ceil(8);
        let hash = D::digest(&self.message);
        let h = D::new().chain_update(&self.prefix).chain_update(&hash).chain_update(&self.salt).finalize();
        let mut db = vec![self.padding; em_len - h.len() - 2 - self.salt.len()];
        if let (Some(last), Some(byte)) = (db.last_mut(), self.last_of_padding) {
            *last = byte;
        }
        db.push(self.separator);
        db.extend(&self.salt);
        let mask: Vec<u8> = match self.mask {
            Mask::Mgf1 => mgf1::<D>(&h, 0, db.len()),
            Mask::CountedFromOne => mgf1::<D>(&h, 1, db.len()),
            Mask::OtherHash if h.len() == 64 => mgf1::<Sha256>(&h, 0, db.len()),
            Mask::OtherHash => mgf1::<Sha512>(&h, 0, db.len()),
            Mask::None => vec![],
        };
        for (byte, mask) in db.iter_mut().zip(mask) {
            *byte ^= mask;
        }
        *db.first_mut().unwrap() &= 0xff >> (8 * em_len - em_bits);
        BigUint::from_bytes_be(&[&db[..], &h, &[self.trailer]].concat())
    }
}

fn mgf1<D: Digest>(seed: &[u8], first_block: u32, len: usize) -> Vec<u8> {
    let block = |counter: u32| D::new().chain_update(seed).chain_update(counter.to_be_bytes()).finalize();
    (first_block..).flat_map(block).take(len).collect()
}

//! How large things are: constants of the header, and their twins at run time.
//!
//! The header is one for all machines, so that each number stands here twice: for pointers of 64 and of 32 bits.

use jotgate_core::{
    CacheSlot, HeaderSlot, Issuer, IssuerSlot, KeySlot, Rule, Scratch, StatusList, Word, limits,
};

use crate::memory::CheckedText;

/// A constant of the header: its name, its value by the width of pointers, what it is, and its number for
/// `jotgate_size`.
pub struct Size {
    /// The name of the constant.
    pub name: &'static str,
    /// With pointers of 64 bits.
    pub wide: usize,
    /// With pointers of 32 bits.
    pub narrow: usize,
    /// One sentence.
    pub doc: &'static str,
    /// Of which the twin at run time is asked for.
    pub number: u32,
}

macro_rules! sizes {
    ($($name:ident $number:literal $wide:literal $narrow:literal $doc:literal;)*) => {
        /// Every constant whose value depends on the machine.
        pub const ALL: &[Size] =
            &[$(Size { name: stringify!($name), wide: $wide, narrow: $narrow, doc: $doc, number: $number },)*];

        $(
            #[doc = $doc]
            pub const $name: usize = if cfg!(target_pointer_width = "64") { $wide } else { $narrow };
        )*

        /// Objects are counted in words of 8 bytes, all else in bytes.
        pub(crate) fn of(what: u32) -> Option<usize> {
            match what {
                $($number => Some(if $number < 100 { $name.wrapping_mul(8) } else { $name }),)*
                _ => None,
            }
        }
    };
}

sizes! {
    JOTGATE_SCRATCH_WORDS 1 9 6 "Words of 8 bytes of a `jotgate_scratch_t`.";
    JOTGATE_ALGORITHM_WORDS 2 5 3 "Words of 8 bytes of a `jotgate_algorithm_t`.";
    JOTGATE_KEY_RING_BUILDER_WORDS 3 16 10 "Words of 8 bytes of a `jotgate_key_ring_builder_t`.";
    JOTGATE_KEY_RING_WORDS 4 13 8 "Words of 8 bytes of a `jotgate_key_ring_t`.";
    JOTGATE_ISSUER_WORDS 5 13 8 "Words of 8 bytes of a `jotgate_issuer_t`.";
    JOTGATE_POLICY_WORDS 6 46 29 "Words of 8 bytes of a `jotgate_policy_t`.";
    JOTGATE_PRESENTED_WORDS 7 74 42 "Words of 8 bytes of a `jotgate_presented_t`.";
    JOTGATE_VALIDATOR_WORDS 8 9 5 "Words of 8 bytes of a `jotgate_validator_t`.";
    JOTGATE_WORKER_WORDS 9 19 13 "Words of 8 bytes of a `jotgate_worker_t`.";
    JOTGATE_GRANT_WORDS 10 38 25 "Words of 8 bytes of a `jotgate_grant_t`.";
    JOTGATE_VALUE_WORDS 11 6 5 "Words of 8 bytes of a `jotgate_value_t`.";
    JOTGATE_PEEK_WORDS 12 7 5 "Words of 8 bytes of a `jotgate_peek_t`.";
    JOTGATE_SWAP_WORDS 13 7 4 "Words of 8 bytes of a `jotgate_swap_t`.";
    JOTGATE_REVOCATION_LIST_WORDS 14 15 10 "Words of 8 bytes of a `jotgate_revocation_list_t`.";
    JOTGATE_REPLAY_WINDOW_WORDS 15 11 8 "Words of 8 bytes of a `jotgate_replay_window_t`.";
    JOTGATE_INQUIRY_WORDS 16 40 26 "Words of 8 bytes of a `jotgate_inquiry_t`.";
    JOTGATE_STATUS_LISTS_WORDS 17 10 6 "Words of 8 bytes of a `jotgate_status_lists_t`.";
    JOTGATE_ID_TOKEN_WORDS 18 64 40 "Words of 8 bytes of a `jotgate_id_token_t`.";

    JOTGATE_SCRATCH_LEN 101 14360 14360
        "Bytes of memory that a scratch needs for tokens of 8 KiB (`jotgate_scratch_len`).";
    JOTGATE_ISSUER_SLOT_LEN 103 64 40
        "Bytes of memory that a key ring needs for one section, without its names (`jotgate_key_ring_len`).";
    JOTGATE_KEY_SLOT_LEN 104 136 88
        "Bytes of memory that a key ring needs for one key, without its words (`jotgate_key_ring_len`).";
    JOTGATE_POLICY_ISSUER_LEN 105 104 56 "Bytes of memory that a policy needs for one issuer.";
    JOTGATE_HEADER_SLOT_LEN 106 210 210
        "Bytes of memory that a worker needs for one header (`jotgate_worker_len`).";
    JOTGATE_CACHE_SLOT_LEN 107 240 240
        "Bytes of memory that a worker needs for one token, without its signature (`jotgate_worker_len`).";
    JOTGATE_STATUS_LIST_LEN 108 88 64
        "Bytes of memory that status lists need for one list, without its statuses and names.";
    JOTGATE_WORD_LEN 109 8 4 "Bytes of a word of key material (`jotgate_key_ring_len`).";
}

/// A constant of the header that counts words of a key ring (`JOTGATE_WORD_LEN`), by the width of pointers, and what it is.
/// The most that any processor takes: with AVX-512 IFMA an RSA key is laid out in another way.
pub struct Words {
    /// The name of the constant.
    pub name: &'static str,
    /// With pointers of 64 bits.
    pub wide: usize,
    /// With pointers of 32 bits.
    pub narrow: usize,
    /// One sentence.
    pub doc: &'static str,
}

macro_rules! words {
    ($($name:ident $wide:literal $narrow:literal $doc:literal;)*) => {
        /// What keys and names take of a key ring.
        pub const KEY_WORDS: &[Words] =
            &[$(Words { name: stringify!($name), wide: $wide, narrow: $narrow, doc: $doc },)*];
    };
}

words! {
    JOTGATE_RSA_2048_WORDS 123 130 "Words of an RSA key of 2048 bits (`jotgate_key_ring_len`), on any processor.";
    JOTGATE_RSA_3072_WORDS 195 194 "Words of an RSA key of up to 3072 bits, on any processor.";
    JOTGATE_RSA_4096_WORDS 243 258 "Words of an RSA key of up to 4096 bits, on any processor.";
    JOTGATE_P256_WORDS 8 16 "Words of a key of P-256, for ES256.";
    JOTGATE_P384_WORDS 12 24 "Words of a key of P-384, for ES384.";
    JOTGATE_P521_WORDS 18 34 "Words of a key of P-521, for ES512.";
    JOTGATE_ED25519_WORDS 8 16 "Words of a key of Ed25519, for EdDSA.";
    JOTGATE_NAME_WORDS 8 16
        "Words of a key id, or of an issuer's name, of up to 64 bytes: each has one for each `JOTGATE_WORD_LEN` bytes.";
}

/// Most algorithms of one key source.
pub const JOTGATE_MAX_ALGORITHMS: usize = 16;
/// Bytes of a SHA-256 digest.
pub const JOTGATE_DIGEST_LEN: usize = 32;
/// Most members of a claims set.
pub const JOTGATE_MAX_CLAIMS: usize = 256;
/// Longest token, bytes, unless the policy says otherwise.
pub const JOTGATE_MAX_TOKEN_LEN: usize = 8192;
/// Longest token that a policy may allow, bytes.
pub const JOTGATE_MAX_TOKEN_LEN_RAISED: usize = 16384;
/// Bytes of buffer that an answer needs, besides twice the realm and twice the address of metadata, the first alternative of
/// scopes and the authentication classes of the policy.
pub const JOTGATE_ANSWER_LEN: usize = 768;
/// Rules that `jotgate_validator_explain` tells of.
pub const JOTGATE_RULES: usize = 32;
/// Bytes in front of the memory of a scratch that say which use was the last.
pub const JOTGATE_SCRATCH_FRONT_LEN: usize = 16;
/// Bytes that the alignment of lent memory may take.
pub const JOTGATE_ALIGNMENT: usize = 8;
/// Bytes that the alignment of lent memory may take where it holds tables: cache lines.
pub const JOTGATE_TABLE_ALIGNMENT: usize = 64;

const _: () = {
    let names = JOTGATE_MAX_CLAIMS * 8 + JOTGATE_SCRATCH_FRONT_LEN + JOTGATE_ALIGNMENT;
    assert!(JOTGATE_SCRATCH_LEN == Scratch::text_len(JOTGATE_MAX_TOKEN_LEN) + names);
    assert!(JOTGATE_SCRATCH_FRONT_LEN == crate::scratch::FRONT);
    assert!(JOTGATE_MAX_CLAIMS == Scratch::NAMES);
    assert!(JOTGATE_ISSUER_SLOT_LEN == size_of::<IssuerSlot<'_>>());
    assert!(JOTGATE_KEY_SLOT_LEN == size_of::<KeySlot<'_>>());
    assert!(JOTGATE_POLICY_ISSUER_LEN == size_of::<Issuer<CheckedText>>());
    assert!(JOTGATE_HEADER_SLOT_LEN == size_of::<HeaderSlot>());
    assert!(JOTGATE_CACHE_SLOT_LEN == size_of::<CacheSlot>());
    assert!(JOTGATE_STATUS_LIST_LEN == size_of::<StatusList<'_>>());
    assert!(JOTGATE_WORD_LEN == size_of::<Word>());
    assert!(JOTGATE_MAX_TOKEN_LEN == limits::MAX_TOKEN_LEN);
    assert!(JOTGATE_MAX_TOKEN_LEN_RAISED == limits::MAX_TOKEN_LEN_RAISED);
    assert!(JOTGATE_RULES == Rule::ALL.len());
    let own = [align_of::<IssuerSlot<'_>>(), align_of::<KeySlot<'_>>(), align_of::<Issuer<CheckedText>>()];
    let others = [align_of::<HeaderSlot>(), align_of::<CacheSlot>(), align_of::<u64>()];
    assert!(own[0] <= JOTGATE_ALIGNMENT && own[1] <= JOTGATE_ALIGNMENT && own[2] <= JOTGATE_ALIGNMENT);
    assert!(
        others[0] <= JOTGATE_ALIGNMENT && others[1] <= JOTGATE_ALIGNMENT && others[2] <= JOTGATE_ALIGNMENT
    );
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Object;
    use std::collections::BTreeMap;

    /// The magic of each type of object, by the number under which its size is asked for.
    fn magics() -> BTreeMap<u64, (u32, usize)> {
        let mut all = BTreeMap::new();
        macro_rules! objects {
            ($($type:path, $number:literal;)*) => {
                $(
                    let known = all.insert(<$type>::MAGIC, ($number, size_of::<$type>()));
                    assert!(known.is_none(), stringify!($type));
                )*
            };
        }
        objects! {
            crate::scratch::JotgateScratch, 1;
            crate::keys::algorithm::JotgateAlgorithm, 2;
            crate::keys::builder::JotgateKeyRingBuilder, 3;
            crate::keys::ring::JotgateKeyRing, 4;
            crate::policy::issuer::JotgateIssuer, 5;
            crate::policy::init::JotgatePolicy, 6;
            crate::verdict::presented::JotgatePresented, 7;
            crate::verdict::validator::JotgateValidator, 8;
            crate::verdict::worker::JotgateWorker, 9;
            crate::verdict::grant::JotgateGrant, 10;
            crate::verdict::value::JotgateValue, 11;
            crate::peek::JotgatePeek, 12;
            crate::swap::JotgateSwap, 13;
            crate::revocation_status::revocations::JotgateRevocationList, 14;
            crate::sender::replay::JotgateReplayWindow, 15;
            crate::revocation_status::inquiry::JotgateInquiry, 16;
            crate::revocation_status::status_lists::JotgateStatusLists, 17;
            crate::id_token::JotgateIdToken, 18;
        }
        all
    }

    /// Words of an RSA key: as machine words, and in limbs of 52 bits, of which a processor with AVX-512 IFMA takes blocks
    /// of eight and keeps three numbers (`rsa::word_key` and `rsa::simd::ifma` of jotgate-crypto).
    #[allow(clippy::arithmetic_side_effects)]
    fn rsa(bits: usize, word_len: usize) -> [usize; 2] {
        let words = 2 * (bits / 8).div_ceil(word_len) + 2;
        let blocks = [5, 8, 10].into_iter().find(|blocks| 8 * 52 * blocks >= bits + 2).unwrap();
        [words, if word_len == 8 { 3 * 8 * blocks + 3 } else { 0 }]
    }

    #[test]
    fn a_key_has_room_on_every_processor() {
        let constant = |name| {
            let words = KEY_WORDS.iter().find(|words| words.name == name).unwrap();
            [(words.wide, 8), (words.narrow, 4)]
        };
        for (name, bits) in [
            ("JOTGATE_RSA_2048_WORDS", 2048),
            ("JOTGATE_RSA_3072_WORDS", 3072),
            ("JOTGATE_RSA_4096_WORDS", 4096),
        ] {
            for (words, word_len) in constant(name) {
                assert_eq!(Some(words), rsa(bits, word_len).into_iter().max(), "{name}, {word_len}");
                // Shorter keys, and lengths that are no multiple of a word.
                assert!((2048..=bits).all(|bits| rsa(bits, word_len).iter().all(|own| *own <= words)));
            }
        }
        // Two coordinates, or 64 bytes.
        for (name, len) in [
            ("JOTGATE_P256_WORDS", 32_usize),
            ("JOTGATE_P384_WORDS", 48),
            ("JOTGATE_P521_WORDS", 66),
            ("JOTGATE_ED25519_WORDS", 32),
        ] {
            for (words, word_len) in constant(name) {
                assert_eq!(words, 2 * len.div_ceil(word_len), "{name}");
            }
        }
        for (words, word_len) in constant("JOTGATE_NAME_WORDS") {
            assert_eq!(words * word_len, 64);
        }
    }

    /// What the library itself says of such keys, on the processor of this machine.
    #[test]
    fn the_library_asks_for_no_more() {
        use jotgate_core::crypto::{self, Algorithm, Curve, PublicKey};
        let words = |name| {
            let words = KEY_WORDS.iter().find(|words: &&Words| words.name == name).unwrap();
            if cfg!(target_pointer_width = "64") { words.wide } else { words.narrow }
        };
        let modulus = [0xff; 512];
        for (name, len) in [
            ("JOTGATE_RSA_2048_WORDS", 256),
            ("JOTGATE_RSA_3072_WORDS", 384),
            ("JOTGATE_RSA_4096_WORDS", 512),
        ] {
            let key = PublicKey::Rsa { n: &modulus[..len], e: &[1, 0, 1] };
            assert!(crypto::RS256.words(&key).unwrap() <= words(name), "{name}");
        }
        let ec = |curve, len| PublicKey::Ec { curve, x: &modulus[..len], y: &modulus[..len] };
        let algorithms: &[(&dyn Algorithm, PublicKey<'_>, &str)] = &[
            (&crypto::ES256, ec(Curve::P256, 32), "JOTGATE_P256_WORDS"),
            #[cfg(feature = "rustcrypto")]
            (&crypto::ES256_RUSTCRYPTO, ec(Curve::P256, 32), "JOTGATE_P256_WORDS"),
            (&crypto::ES384, ec(Curve::P384, 48), "JOTGATE_P384_WORDS"),
            #[cfg(feature = "rustcrypto")]
            (&crypto::ES384_RUSTCRYPTO, ec(Curve::P384, 48), "JOTGATE_P384_WORDS"),
            #[cfg(feature = "es512")]
            (&crypto::ES512, ec(Curve::P521, 66), "JOTGATE_P521_WORDS"),
            (&crypto::EDDSA, PublicKey::Ed25519 { x: &modulus[..32] }, "JOTGATE_ED25519_WORDS"),
            #[cfg(feature = "rustcrypto")]
            (&crypto::EDDSA_DALEK, PublicKey::Ed25519 { x: &modulus[..32] }, "JOTGATE_ED25519_WORDS"),
            (&crypto::PS256, PublicKey::Rsa { n: &modulus[..256], e: &[1, 0, 1] }, "JOTGATE_RSA_2048_WORDS"),
        ];
        for (algorithm, key, name) in algorithms {
            assert!(algorithm.words(key).unwrap() <= words(name), "{name}");
        }
    }

    #[test]
    fn no_object_is_taken_for_another() {
        let magics = magics();
        assert_eq!(magics.len(), ALL.iter().filter(|size| size.number < 100).count());
        for (magic, (number, size)) in magics {
            assert_eq!(magic, crate::version::magic(u16::try_from(number).unwrap()), "{number}");
            assert_eq!(of(number), Some(size), "{number}");
        }
        assert_eq!(of(0), None);
    }
}

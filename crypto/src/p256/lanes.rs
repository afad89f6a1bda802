//! P-256 in the lanes of AVX-512 IFMA: five limbs of 52 bits, R = 2^260.

use super::curve::{P_WORDS, P256};
use crate::CacheLine;
use crate::comb::prefetch;
use crate::lanes::{Modulus, limbs_of};
use crate::number::{U256, from_words};
use crate::weierstrass::{LaneCurve, TableEntry};

/// p: -1 modulo 2^52.
#[derive(Clone, Copy)]
pub(crate) struct Prime;

impl Modulus<5> for Prime {
    const LIMBS: [u64; 5] = limbs_of(&P_WORDS);
}

impl LaneCurve<5, 4> for P256 {
    type Prime = Prime;
    const FOLDING: Option<&'static [(u32, bool)]> =
        Some(&[(256, false), (224, true), (192, false), (96, false), (0, true)]);
    type Entry<'t> = &'t CacheLine;

    #[inline]
    fn from_words(words: [u64; 4]) -> U256 {
        from_words(words)
    }
}

/// A point that fills a line.
impl<'t> TableEntry<'t> for &'t CacheLine {
    #[inline]
    fn at(lines: &'t [CacheLine], place: usize) -> Option<Self> {
        lines.get(place)
    }

    #[inline]
    fn line(self) -> &'t CacheLine {
        self
    }

    #[inline]
    fn rest(self) -> Option<&'t [u64; 4]> {
        None
    }

    #[inline]
    fn prefetch(self) {
        prefetch(self);
    }
}

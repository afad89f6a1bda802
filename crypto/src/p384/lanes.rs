//! P-384 in the lanes of AVX-512 IFMA: eight limbs of 52 bits, R = 2^416.

use super::curve::{P_WORDS, P384};
use crate::CacheLine;
use crate::comb::line_pairs;
use crate::comb::prefetch;
use crate::lanes::{Modulus, limbs_of};
use crate::number::{U384, from_words};
use crate::weierstrass::{LaneCurve, TableEntry};

/// p.
#[derive(Clone, Copy)]
pub(crate) struct Prime;

impl Modulus<8> for Prime {
    const LIMBS: [u64; 8] = limbs_of(&P_WORDS);
}

impl LaneCurve<8, 6> for P384 {
    type Prime = Prime;
    const FOLDING: Option<&'static [(u32, bool)]> = None;
    type Entry<'t> = PairedEntry<'t>;

    #[inline]
    fn from_words(words: [u64; 6]) -> U384 {
        from_words(words)
    }
}

/// A point of which one of two lies in three lines.
#[derive(Clone, Copy)]
pub(crate) struct PairedEntry<'t> {
    own: &'t CacheLine,
    /// Of the line between.
    half: &'t [u64; 4],
    shared: &'t CacheLine,
}

impl<'t> TableEntry<'t> for PairedEntry<'t> {
    #[inline]
    fn at(lines: &'t [CacheLine], place: usize) -> Option<Self> {
        let [own, shared] = line_pairs::places(place);
        let (own, shared) = (lines.get(own)?, lines.get(shared)?);
        Some(Self { own, half: shared.0.as_chunks().0.get(place & 1)?, shared })
    }

    #[inline]
    fn line(self) -> &'t CacheLine {
        self.own
    }

    #[inline]
    fn rest(self) -> Option<&'t [u64; 4]> {
        Some(self.half)
    }

    #[inline]
    fn prefetch(self) {
        prefetch(self.own);
        prefetch(self.shared);
    }
}

//! Points of tables, one for each lane.

use core::arch::x86_64::{__m512i, __mmask8, _mm512_setzero_si512};

use super::field::Field;
use super::{LaneCurve, TableEntry};
use crate::comb::{Multiple, Sign};
use crate::lanes::{self, LANES};

/// A point of a table, or its negative.
#[derive(Clone, Copy)]
pub(super) struct Term<E> {
    pub(super) entry: E,
    pub(super) sign: Sign,
}

impl<'t, E: TableEntry<'t>> Term<E> {
    /// What the digit of this column and block stands for; nothing where the comb has no such column or block.
    #[inline]
    pub(super) fn of<C>(multiple: &Multiple<'t, C>, column: usize, block: usize) -> Option<Self>
    where
        C: super::super::Curve,
    {
        let (place, sign) = multiple.entry(column, block)?;
        Some(Self { entry: E::at(multiple.lines(), place)?, sign })
    }
}

/// Points of tables, one for each lane.
pub(super) struct Terms<E> {
    entries: [E; LANES],
    /// Where the negative is meant.
    pub(super) negative: __mmask8,
    /// Where there is one: elsewhere is one of another lane.
    pub(super) present: __mmask8,
}

impl<'t, E: TableEntry<'t>> Terms<E> {
    /// Nothing where no lane has one.
    #[inline]
    pub(super) fn new(terms: &[Option<Term<E>>; LANES]) -> Option<Self> {
        let any = terms.iter().flatten().next()?.entry;
        let mut all = Self { entries: [any; LANES], negative: 0, present: 0 };
        for ((entry, term), lane) in all.entries.iter_mut().zip(terms).zip(0_u8..) {
            if let Some(term) = term {
                *entry = term.entry;
                all.negative |= u8::from(term.sign == Sign::Minus) << lane;
                all.present |= 1 << lane;
            }
        }
        Some(all)
    }

    /// x and y of all, as tables have them.
    #[target_feature(enable = "avx512f,avx512ifma")]
    #[inline]
    pub(super) fn coordinates<C: LaneCurve<N, W>, const N: usize, const W: usize>(
        &self,
    ) -> [Field<C, N, W>; 2] {
        const { assert!(W == 4 || W == 6) };
        let [a, b, c, d, e, f, g, h] = self.entries.map(|entry| lanes::load(entry.line()));
        let zero = _mm512_setzero_si512();
        let first = lanes::transposed([a, b, c, d, e, f, g, h]);
        let rest = if W == 6 {
            lanes::transposed(self.entries.map(|entry| match entry.rest() {
                Some(rest) => lanes::load_half(rest),
                None => zero,
            }))
        } else {
            [zero; LANES]
        };
        let words: [[__m512i; LANES]; 2] = [first, rest];
        let words = words.as_flattened();
        let (x, y) = words.split_at(W);
        [coordinate::<C, N, W>(x), coordinate::<C, N, W>(y)]
    }
}

#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn coordinate<C: LaneCurve<N, W>, const N: usize, const W: usize>(words: &[__m512i]) -> Field<C, N, W> {
    let mut own = [_mm512_setzero_si512(); W];
    for (own, word) in own.iter_mut().zip(words) {
        *own = *word;
    }
    Field::<C, N, W>::from_words(&own)
}

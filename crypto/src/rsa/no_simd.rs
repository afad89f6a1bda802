//! What stands for `simd` where there is none: the portable arithmetic, and a layout that no key has.

use core::convert::Infallible;
use core::marker::PhantomData;

use super::checked_key::CheckedKey;
use super::montgomery::Modulus;
use crate::{BadSignature, KeyFault, Word};

#[inline]
pub(super) fn power(
    modulus: &Modulus<'_>,
    base: &[u8],
    exponent: Word,
    rr: &[Word],
    power: &mut [Word],
    wide: &mut [Word],
) {
    modulus.power(base, exponent, rr, power, wide);
}

pub(super) struct Ifma(Infallible);

impl Ifma {
    pub(super) fn detected() -> Option<Self> {
        None
    }
}

pub(super) fn words(_: CheckedKey<'_>) -> usize {
    0
}

pub(super) fn prepare(ifma: Ifma, _: CheckedKey<'_>, _: &mut [Word]) -> Result<(), KeyFault> {
    match ifma.0 {}
}

pub(super) struct IfmaKey<'m>(Infallible, PhantomData<&'m [Word]>);

impl<'m> IfmaKey<'m> {
    pub(super) fn view(_: &'m [Word]) -> Option<Self> {
        None
    }

    pub(super) fn modulus_len(&self) -> usize {
        match self.0 {}
    }

    pub(super) fn unused_bits(&self) -> u32 {
        match self.0 {}
    }

    pub(super) fn open(
        &self,
        _: &[u8],
        _: impl FnOnce(&mut [u8]) -> Result<(), BadSignature>,
    ) -> Result<(), BadSignature> {
        match self.0 {}
    }
}

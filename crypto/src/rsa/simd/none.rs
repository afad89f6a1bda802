//! The stand-in for `simd` on other targets: the portable arithmetic, and a key layout that cannot exist.

use core::convert::Infallible;
use core::marker::PhantomData;

use crate::rsa::checked_key::CheckedKey;
use crate::rsa::montgomery::Modulus;
use crate::{BadSignature, KeyFault, Word};

#[inline]
pub(in crate::rsa) fn power(
    modulus: &Modulus<'_>,
    base: &[u8],
    exponent: Word,
    rr: &[Word],
    power: &mut [Word],
    wide: &mut [Word],
) {
    modulus.power(base, exponent, rr, power, wide);
}

pub(in crate::rsa) struct Ifma(Infallible);

impl Ifma {
    pub(in crate::rsa) fn detected() -> Option<Self> {
        None
    }
}

pub(in crate::rsa) fn words(_: CheckedKey<'_>) -> usize {
    0
}

pub(in crate::rsa) fn prepare(ifma: Ifma, _: CheckedKey<'_>, _: &mut [Word]) -> Result<(), KeyFault> {
    match ifma.0 {}
}

pub(in crate::rsa) struct IfmaKey<'m>(Infallible, PhantomData<&'m [Word]>);

impl<'m> IfmaKey<'m> {
    pub(in crate::rsa) fn view(_: &'m [Word]) -> Option<Self> {
        None
    }

    pub(in crate::rsa) fn modulus_len(&self) -> usize {
        match self.0 {}
    }

    pub(in crate::rsa) fn unused_bits(&self) -> u32 {
        match self.0 {}
    }

    pub(in crate::rsa) fn open(
        &self,
        _: &[u8],
        _: impl FnOnce(&mut [u8]) -> Result<(), BadSignature>,
    ) -> Result<(), BadSignature> {
        match self.0 {}
    }
}

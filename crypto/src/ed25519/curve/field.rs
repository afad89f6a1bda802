//! Elements of the field of p = 2^255 - 19.

use super::{Field25519, P_WORDS};
use crate::number::{self, FieldLimbs, Limb, U256, from_words, safegcd, words_from_hex};

/// An element of the field. The number is below 2^256, not always below p.
#[derive(Clone, Copy)]
pub(super) struct Element(U256);

const P: U256 = from_words(P_WORDS);

const MODULUS: safegcd::Modulus256 = safegcd::Modulus256::new(&P);

/// A square root of -1 (RFC 8032, section 5.1.3).
const ROOT_OF_MINUS_ONE: Element =
    Element::new(words_from_hex("2b832480 4fc1df0b 2b4d0099 3dfbd7a7 2f431806 ad2fe478 c4ee1b27 4a0ea0b0"));

impl Element {
    pub(super) const ZERO: Self = Self::new([0; 4]);

    pub(super) const ONE: Self = Self::new([1, 0, 0, 0]);

    /// The element of this number, in words of 64 bits, least significant first.
    #[inline(always)]
    pub(super) const fn new(words: [u64; 4]) -> Self {
        Self(from_words(words))
    }

    /// Any number below 2^256.
    #[inline(always)]
    pub(super) const fn from_number(number: U256) -> Self {
        Self(number)
    }

    /// The number below p.
    pub(super) fn to_number(self) -> U256 {
        let mut number = self.0;
        // Below 2^256 = 2 p + 38, so p fits twice at most.
        while !number::is_below(&number, &P) {
            number = number::subtract(&number, &P).0;
        }
        number
    }

    /// The same element, by the number below p.
    pub(super) fn canonical(self) -> Self {
        Self(self.to_number())
    }

    /// Whether the number that it was made from is below p.
    pub(super) fn is_canonical(&self) -> bool {
        number::is_below(&self.0, &P)
    }

    pub(super) fn is_zero(&self) -> bool {
        self.to_number() == Self::ZERO.0
    }

    pub(super) fn equals(&self, other: &Self) -> bool {
        Called::sub(self, other).is_zero()
    }

    /// Of the number below p: "negative" in RFC 8032.
    pub(super) fn is_odd(&self) -> bool {
        number::is_odd(&self.to_number())
    }

    /// The element or its negative; the number is below p.
    #[inline(always)]
    pub(super) fn negated_if(&self, condition: bool) -> Self {
        // The complement of x is 2^256 - 1 - x = 37 - x mod p. It is more than 2^255 here: no borrow.
        let mask = Limb::from(condition).wrapping_neg();
        let mut subtrahend = 37 & mask;
        Self(self.0.map(|limb| {
            let (limb, borrow) = (limb ^ mask).overflowing_sub(subtrahend);
            subtrahend = Limb::from(borrow);
            limb
        }))
    }

    /// self / other; 0 where other is 0.
    pub(super) fn divided_by(&self, other: &Self) -> Self {
        Self(safegcd::quotient(&self.to_number(), &other.to_number(), &MODULUS))
    }

    /// A square root of numerator / denominator, if there is one (RFC 8032, section 5.1.3); 0 for 0.
    pub(super) fn root_of_ratio(numerator: &Self, denominator: &Self) -> Option<Self> {
        let ratio = numerator.divided_by(denominator);
        // x^((p + 3) / 8), squared, is x or -x if x is a square. (p + 3) / 8 = 2^252 - 2.
        let mut power = ratio;
        for _ in 0..250 {
            power = Called::mul(&Called::square(&power), &ratio);
        }
        let root = Called::square(&power);
        [root, Called::mul(&root, &ROOT_OF_MINUS_ONE)]
            .into_iter()
            .find(|root| Called::square(root).equals(&ratio))
    }
}

/// The operations, called or inlined: the same answers in less memory or in less time.
pub(super) trait Arithmetic {
    fn mul(a: &Element, b: &Element) -> Element;
    fn square(a: &Element) -> Element;
    fn add(a: &Element, b: &Element) -> Element;
    fn sub(a: &Element, b: &Element) -> Element;
}

/// One copy in the program.
pub(super) struct Called;

/// A copy at each place, made of the instructions that the caller is compiled for.
#[cfg(any(test, all(target_pointer_width = "64", not(jotgate_word = "32"))))]
pub(super) struct Inlined;

#[cfg(any(not(target_pointer_width = "64"), jotgate_word = "32"))]
pub(super) use Called as Preferred;
/// On machines with 64 bits time comes first, on others memory.
#[cfg(all(target_pointer_width = "64", not(jotgate_word = "32")))]
pub(super) use Inlined as Preferred;

impl Arithmetic for Called {
    #[inline(never)]
    fn mul(a: &Element, b: &Element) -> Element {
        let mut product = *a;
        FieldLimbs::<Field25519>::multiply(&mut product.0, &b.0);
        product
    }

    #[inline(never)]
    fn square(a: &Element) -> Element {
        let mut square = *a;
        FieldLimbs::<Field25519>::square(&mut square.0);
        square
    }

    #[inline(never)]
    fn add(a: &Element, b: &Element) -> Element {
        let mut sum = *a;
        FieldLimbs::<Field25519>::add(&mut sum.0, &b.0);
        sum
    }

    #[inline(never)]
    fn sub(a: &Element, b: &Element) -> Element {
        let mut difference = *a;
        FieldLimbs::<Field25519>::subtract(&mut difference.0, &b.0);
        difference
    }
}

#[cfg(any(test, all(target_pointer_width = "64", not(jotgate_word = "32"))))]
impl Arithmetic for Inlined {
    #[inline(always)]
    fn mul(a: &Element, b: &Element) -> Element {
        let mut product = *a;
        FieldLimbs::<Field25519>::multiply(&mut product.0, &b.0);
        product
    }

    #[inline(always)]
    fn square(a: &Element) -> Element {
        let mut square = *a;
        FieldLimbs::<Field25519>::square(&mut square.0);
        square
    }

    #[inline(always)]
    fn add(a: &Element, b: &Element) -> Element {
        let mut sum = *a;
        FieldLimbs::<Field25519>::add(&mut sum.0, &b.0);
        sum
    }

    #[inline(always)]
    fn sub(a: &Element, b: &Element) -> Element {
        let mut difference = *a;
        FieldLimbs::<Field25519>::subtract(&mut difference.0, &b.0);
        difference
    }
}

#[cfg(test)]
mod tests;

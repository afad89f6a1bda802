//! P-256: its parameters, and how tables hold its points.

use crate::number::safegcd::{self, Modulus256};
use crate::number::{self, U256, from_words, words_from_hex};
use crate::weierstrass::{Curve, Parameters};
use crate::{CacheLine, Es256Shape};

/// P-256 (SP 800-186, section 3.2.1.3).
#[derive(Clone, Copy)]
pub struct P256;

/// 2^256 - 2^224 + 2^192 + 2^96 - 1.
pub(super) const P_WORDS: [u64; 4] =
    words_from_hex("ffffffff 00000001 00000000 00000000 00000000 ffffffff ffffffff ffffffff");

const P: U256 = from_words(P_WORDS);

pub(super) const N_WORDS: [u64; 4] =
    words_from_hex("ffffffff 00000000 ffffffff ffffffff bce6faad a7179e84 f3b9cac2 fc632551");

const N: U256 = from_words(N_WORDS);

const B: U256 = from_words(words_from_hex::<4>(
    "5ac635d8 aa3a93e7 b3ebbd55 769886bc 651d06b0 cc53b0f6 3bce3c3e 27d2604b",
));

const GENERATOR: [U256; 2] = [
    from_words(words_from_hex::<4>(
        "6b17d1f2 e12c4247 f8bce6e5 63a440f2 77037d81 2deb33a0 f4a13945 d898c296",
    )),
    from_words(words_from_hex::<4>(
        "4fe342e2 fe1a7f9b 8ee7eb4a 7c0f9e16 2bce3357 6b315ece cbb64068 37bf51f5",
    )),
];

const MODULO_P: Modulus256 = Modulus256::new(&P);

const MODULO_N: Modulus256 = Modulus256::new(&N);

impl Curve for P256 {
    type Number = U256;

    const PARAMETERS: &'static Parameters<U256> = &Parameters::new(P, N, B, GENERATOR);

    fn quotient_modulo_p(factor: &U256, x: &U256) -> U256 {
        safegcd::quotient(factor, x, &MODULO_P)
    }

    fn quotient_modulo_n(factor: &U256, x: &U256) -> U256 {
        safegcd::quotient(factor, x, &MODULO_N)
    }

    /// A point fills a line: x and y in Montgomery form, four words each, least significant first.
    #[inline(always)]
    fn entry(lines: &[CacheLine], at: usize) -> Option<[U256; 2]> {
        let [x0, x1, x2, x3, y0, y1, y2, y3] = lines.get(at)?.0;
        Some([from_words([x0, x1, x2, x3]), from_words([y0, y1, y2, y3])])
    }

    fn set_entry(lines: &mut [CacheLine], at: usize, [x, y]: [&U256; 2]) {
        if let Some(line) = lines.get_mut(at) {
            let [x0, x1, x2, x3] = number::to_words(x);
            let [y0, y1, y2, y3] = number::to_words(y);
            *line = CacheLine([x0, x1, x2, x3, y0, y1, y2, y3]);
        }
    }

    #[inline(always)]
    fn lines_of(lines: &[CacheLine], at: usize) -> impl Iterator<Item = &CacheLine> {
        lines.get(at).into_iter()
    }

    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
    type Lanes = crate::weierstrass::InLanes<5, 4, 8>;
    #[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
    type Lanes = crate::weierstrass::NoLanes;

    type Digits = [u64; Es256Shape::GROUPS];

    type Pairs = [u8; 129];

    const NO_PAIRS: [u8; 129] = [0; 129];
}

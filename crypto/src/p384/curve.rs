//! P-384: its parameters, and how tables hold its points.

use crate::comb::line_pairs;
use crate::number::safegcd::{self, Modulus384};
use crate::number::{self, U384, from_words, words_from_hex};
use crate::weierstrass::{Curve, Parameters};
use crate::{CacheLine, Es384Shape};

/// P-384 (SP 800-186, section 3.2.1.4).
#[derive(Clone, Copy)]
pub struct P384;

/// 2^384 - 2^128 - 2^96 + 2^32 - 1.
pub(super) const P_WORDS: [u64; 6] = words_from_hex(
    "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff fffffffe ffffffff 00000000 00000000 ffffffff",
);

const P: U384 = from_words(P_WORDS);

pub(super) const N_WORDS: [u64; 6] = words_from_hex(
    "ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff c7634d81 f4372ddf 581a0db2 48b0a77a ecec196a ccc52973",
);

const N: U384 = from_words(N_WORDS);

const B: U384 = from_words(words_from_hex::<6>(
    "b3312fa7 e23ee7e4 988e056b e3f82d19 181d9c6e fe814112 0314088f 5013875a c656398d 8a2ed19d 2a85c8ed d3ec2aef",
));

const GENERATOR: [U384; 2] = [
    from_words(words_from_hex::<6>(
        "aa87ca22 be8b0537 8eb1c71e f320ad74 6e1d3b62 8ba79b98 59f741e0 82542a38 5502f25d bf55296c 3a545e38 72760ab7",
    )),
    from_words(words_from_hex::<6>(
        "3617de4a 96262c6f 5d9e98bf 9292dc29 f8f41dbd 289a147c e9da3113 b5f0b8c0 0a60b1ce 1d7e819d 7a431d7c 90ea0e5f",
    )),
];

const MODULO_P: Modulus384 = Modulus384::new(&P);

const MODULO_N: Modulus384 = Modulus384::new(&N);

impl Curve for P384 {
    type Number = U384;

    const PARAMETERS: &'static Parameters<U384> = &Parameters::new(P, N, B, GENERATOR);

    fn quotient_modulo_p(factor: &U384, x: &U384) -> U384 {
        safegcd::quotient(factor, x, &MODULO_P)
    }

    fn quotient_modulo_n(factor: &U384, x: &U384) -> U384 {
        safegcd::quotient(factor, x, &MODULO_N)
    }

    /// Two points lie in three lines: x and two words of y in a line of their own, the others beside each other in the
    /// line between. Montgomery forms of six words each, least significant first.
    #[inline(always)]
    fn entry(lines: &[CacheLine], at: usize) -> Option<[U384; 2]> {
        let [own, shared] = line_pairs::places(at);
        let [x0, x1, x2, x3, x4, x5, y0, y1] = lines.get(own)?.0;
        let [y2, y3, y4, y5] = *lines.get(shared)?.0.as_chunks().0.get(at & 1)?;
        Some([from_words([x0, x1, x2, x3, x4, x5]), from_words([y0, y1, y2, y3, y4, y5])])
    }

    fn set_entry(lines: &mut [CacheLine], at: usize, [x, y]: [&U384; 2]) {
        let [own, shared] = line_pairs::places(at);
        let [x0, x1, x2, x3, x4, x5] = number::to_words(x);
        let [y0, y1, y2, y3, y4, y5] = number::to_words(y);
        if let Some(line) = lines.get_mut(own) {
            *line = CacheLine([x0, x1, x2, x3, x4, x5, y0, y1]);
        }
        if let Some(half) = lines.get_mut(shared).and_then(|line| line.0.as_chunks_mut().0.get_mut(at & 1)) {
            *half = [y2, y3, y4, y5];
        }
    }

    #[inline(always)]
    fn lines_of(lines: &[CacheLine], at: usize) -> impl Iterator<Item = &CacheLine> {
        line_pairs::places(at).into_iter().filter_map(|place| lines.get(place))
    }

    #[cfg(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32")))]
    type Lanes = crate::weierstrass::InLanes<8, 6, 16>;
    #[cfg(not(all(target_arch = "x86_64", target_pointer_width = "64", not(jotgate_word = "32"))))]
    type Lanes = crate::weierstrass::NoLanes;

    type Digits = [u64; Es384Shape::GROUPS];

    type Pairs = [u8; 193];

    const NO_PAIRS: [u8; 193] = [0; 193];
}

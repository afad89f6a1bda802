//! The curve: its parameters, and how its points lie in tables.

use crate::comb::line_pairs;
use crate::number::safegcd::{self, Modulus384};
use crate::number::{self, U384, from_words};
use crate::weierstrass::{Curve, Parameters};
use crate::{CacheLine, Es384Shape};

/// P-384 (SP 800-186, section 3.2.1.4).
#[derive(Clone, Copy)]
pub struct P384;

/// 2^384 - 2^128 - 2^96 + 2^32 - 1.
pub(super) const P_WORDS: [u64; 6] = [
    0x0000_0000_ffff_ffff,
    0xffff_ffff_0000_0000,
    0xffff_ffff_ffff_fffe,
    0xffff_ffff_ffff_ffff,
    0xffff_ffff_ffff_ffff,
    0xffff_ffff_ffff_ffff,
];

const P: U384 = from_words(P_WORDS);

pub(super) const N_WORDS: [u64; 6] = [
    0xecec_196a_ccc5_2973,
    0x581a_0db2_48b0_a77a,
    0xc763_4d81_f437_2ddf,
    0xffff_ffff_ffff_ffff,
    0xffff_ffff_ffff_ffff,
    0xffff_ffff_ffff_ffff,
];

const N: U384 = from_words(N_WORDS);

const B: U384 = from_words([
    0x2a85_c8ed_d3ec_2aef,
    0xc656_398d_8a2e_d19d,
    0x0314_088f_5013_875a,
    0x181d_9c6e_fe81_4112,
    0x988e_056b_e3f8_2d19,
    0xb331_2fa7_e23e_e7e4,
]);

const GENERATOR: [U384; 2] = [
    from_words([
        0x3a54_5e38_7276_0ab7,
        0x5502_f25d_bf55_296c,
        0x59f7_41e0_8254_2a38,
        0x6e1d_3b62_8ba7_9b98,
        0x8eb1_c71e_f320_ad74,
        0xaa87_ca22_be8b_0537,
    ]),
    from_words([
        0x7a43_1d7c_90ea_0e5f,
        0x0a60_b1ce_1d7e_819d,
        0xe9da_3113_b5f0_b8c0,
        0xf8f4_1dbd_289a_147c,
        0x5d9e_98bf_9292_dc29,
        0x3617_de4a_9626_2c6f,
    ]),
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

//! The curve: its parameters, and how its points lie in tables.

use crate::number::safegcd::{self, Modulus256};
use crate::number::{self, U256, from_words};
use crate::weierstrass::{Curve, Parameters};
use crate::{CacheLine, Es256Shape};

/// P-256 (SP 800-186, section 3.2.1.3).
#[derive(Clone, Copy)]
pub struct P256;

/// 2^256 - 2^224 + 2^192 + 2^96 - 1.
pub(super) const P_WORDS: [u64; 4] = [u64::MAX, 0xffff_ffff, 0, 0xffff_ffff_0000_0001];

const P: U256 = from_words(P_WORDS);

pub(super) const N_WORDS: [u64; 4] =
    [0xf3b9_cac2_fc63_2551, 0xbce6_faad_a717_9e84, 0xffff_ffff_ffff_ffff, 0xffff_ffff_0000_0000];

const N: U256 = from_words(N_WORDS);

const B: U256 =
    from_words([0x3bce_3c3e_27d2_604b, 0x651d_06b0_cc53_b0f6, 0xb3eb_bd55_7698_86bc, 0x5ac6_35d8_aa3a_93e7]);

const GENERATOR: [U256; 2] = [
    from_words([0xf4a1_3945_d898_c296, 0x7703_7d81_2deb_33a0, 0xf8bc_e6e5_63a4_40f2, 0x6b17_d1f2_e12c_4247]),
    from_words([0xcbb6_4068_37bf_51f5, 0x2bce_3357_6b31_5ece, 0x8ee7_eb4a_7c0f_9e16, 0x4fe3_42e2_fe1a_7f9b]),
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

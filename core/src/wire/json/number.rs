//! A number as it stands in the text, evaluated exactly: digits, never floats.

/// A JSON number. Its digits are bounded by [`MAX_DIGITS`](crate::limits::MAX_DIGITS).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Number<'a> {
    text: &'a str,
}

/// The number lies beyond 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OutOfRange;

/// A number without its fraction.
struct Whole {
    negative: bool,
    magnitude: u64,
    has_fraction: bool,
}

impl<'a> Number<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The number as it was written.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Whether it is written without sign, fraction and exponent.
    pub(crate) fn is_digits(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// The integer that it is, if it is one of 64 bits with sign; `1e3` and `1.0` are.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        let whole = self.whole().ok()?;
        if whole.has_fraction { None } else { whole.signed().ok() }
    }

    /// The integer that it is, if it is one of 64 bits without sign.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        let whole = self.whole().ok()?;
        let negative = whole.negative && whole.magnitude != 0;
        (!negative && !whole.has_fraction).then_some(whole.magnitude)
    }

    /// The greatest integer that is not greater.
    #[inline]
    pub(crate) fn floor(&self) -> Result<i64, OutOfRange> {
        let whole = self.whole()?;
        let down = i64::from(whole.negative && whole.has_fraction);
        whole.signed()?.checked_sub(down).ok_or(OutOfRange)
    }

    /// The least integer that is not less.
    #[inline]
    pub(crate) fn ceil(&self) -> Result<i64, OutOfRange> {
        let whole = self.whole()?;
        let up = i64::from(!whole.negative && whole.has_fraction);
        whole.signed()?.checked_add(up).ok_or(OutOfRange)
    }

    #[inline]
    fn whole(&self) -> Result<Whole, OutOfRange> {
        match plain_digits(self.text) {
            Some(magnitude) => Ok(Whole { negative: false, magnitude, has_fraction: false }),
            None => self.any_whole(),
        }
    }

    /// Sign, fraction, exponent or many digits.
    #[cold]
    fn any_whole(&self) -> Result<Whole, OutOfRange> {
        let (negative, unsigned) = match self.text.strip_prefix('-') {
            Some(unsigned) => (true, unsigned),
            None => (false, self.text),
        };
        let end = unsigned.bytes().position(|byte| matches!(byte, b'e' | b'E'));
        let (mantissa, exponent) =
            end.and_then(|end| unsigned.split_at_checked(end)).unwrap_or((unsigned, ""));
        let integer = mantissa.bytes().position(|byte| byte == b'.').unwrap_or(mantissa.len());

        // Digits in front of `point` belong to the whole number; at most MAX_DIGITS are looped over.
        let mut point = exponent_of(exponent).saturating_add(i32::try_from(integer).unwrap_or(i32::MAX));
        let mut magnitude = 0_u64;
        let mut has_fraction = false;
        for digit in mantissa.bytes().filter(|byte| *byte != b'.') {
            let digit = u64::from(digit.wrapping_sub(b'0'));
            if point > 0 {
                magnitude =
                    magnitude.checked_mul(10).and_then(|ten| ten.checked_add(digit)).ok_or(OutOfRange)?;
            } else {
                has_fraction |= digit != 0;
            }
            point = point.saturating_sub(1);
        }
        // Zeros that were not written out: 20 of them exceed 64 bits unless the number is zero.
        while point > 0 && magnitude != 0 {
            magnitude = magnitude.checked_mul(10).ok_or(OutOfRange)?;
            point = point.saturating_sub(1);
        }
        Ok(Whole { negative, magnitude, has_fraction })
    }
}

impl Whole {
    fn signed(&self) -> Result<i64, OutOfRange> {
        let signed = if self.negative {
            0_i64.checked_sub_unsigned(self.magnitude)
        } else {
            0_i64.checked_add_unsigned(self.magnitude)
        };
        signed.ok_or(OutOfRange)
    }
}

/// The number, if it is written with digits alone and so few that they fit 64 bits.
#[inline]
fn plain_digits(text: &str) -> Option<u64> {
    const FITTING: usize = 19;
    let add = |value: u64, character: u8| {
        let digit = character.wrapping_sub(b'0');
        (digit < 10).then_some(value.wrapping_mul(10).wrapping_add(u64::from(digit)))
    };
    if text.len() > FITTING { None } else { text.bytes().try_fold(0, add) }
}

/// Of `e`, a sign and digits, or of nothing. An exponent beyond 32 bits is as good as the largest: the number is zero or
/// out of range.
fn exponent_of(text: &str) -> i32 {
    let digits = text.bytes().filter(u8::is_ascii_digit);
    let magnitude = digits.fold(0_i32, |value, digit| {
        value.saturating_mul(10).saturating_add(i32::from(digit.wrapping_sub(b'0')))
    });
    if text.as_bytes().get(1) == Some(&b'-') { magnitude.saturating_neg() } else { magnitude }
}

impl core::fmt::Debug for Number<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_and_exponents_are_exact() {
        for (text, floor, ceil) in [
            ("0", 0, 0),
            ("-0", 0, 0),
            ("0e999", 0, 0),
            ("-0.0e-5", 0, 0),
            ("1516239022", 1_516_239_022, 1_516_239_022),
            ("1516239022.1234", 1_516_239_022, 1_516_239_023),
            ("1.516239022e9", 1_516_239_022, 1_516_239_022),
            ("15162390220E-1", 1_516_239_022, 1_516_239_022),
            ("15162390225E-1", 1_516_239_022, 1_516_239_023),
            ("1e3", 1000, 1000),
            ("-1", -1, -1),
            ("-0.5", -1, 0),
            ("-1.5", -2, -1),
            ("1e-400", 0, 1),
            ("0.9e-99999999999999999999", 0, 1),
            ("9223372036854775807", i64::MAX, i64::MAX),
            ("-9223372036854775808", i64::MIN, i64::MIN),
            ("1e18", 1_000_000_000_000_000_000, 1_000_000_000_000_000_000),
        ] {
            assert_eq!(
                (Number::new(text).floor(), Number::new(text).ceil()),
                (Ok(floor), Ok(ceil)),
                "{text}"
            );
        }
    }

    #[test]
    fn beyond_64_bits_is_out_of_range() {
        for text in [
            "1e400",
            "-1e400",
            "1e19",
            "9223372036854775808",
            "18446744073709551616",
            "1e9999999999999999999",
        ] {
            assert_eq!(
                (Number::new(text).floor(), Number::new(text).ceil()),
                (Err(OutOfRange), Err(OutOfRange)),
                "{text}"
            );
        }
        assert_eq!(Number::new("9223372036854775807.5").ceil(), Err(OutOfRange));
        assert_eq!(Number::new("-9223372036854775808.5").floor(), Err(OutOfRange));
    }

    #[test]
    fn integers() {
        assert_eq!(Number::new("18446744073709551615").as_u64(), Some(u64::MAX));
        assert_eq!(Number::new("-0").as_u64(), Some(0));
        assert_eq!(Number::new("-1").as_u64(), None);
        assert_eq!(Number::new("1.5").as_i64(), None);
        assert_eq!(Number::new("1.0").as_i64(), Some(1));
    }
}

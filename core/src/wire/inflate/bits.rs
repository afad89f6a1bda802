//! The bits of a DEFLATE stream (RFC 1951, section 3.1.1).

use super::InflateFault;

/// The input, lowest bit of each byte first.
pub(super) struct Bits<'i> {
    input: &'i [u8],
    /// What follows the bits that are held.
    at: usize,
    held: u64,
    count: u32,
}

impl<'i> Bits<'i> {
    pub(super) fn of(input: &'i [u8]) -> Self {
        Self { input, at: 0, held: 0, count: 0 }
    }

    /// Holds more than 32 bits, or all that are left. Above those that are held stand zeros.
    fn refill(&mut self) {
        if self.count > 32 {
            return;
        }
        let rest = self.input.get(self.at..).unwrap_or_default();
        if let Some(four) = rest.first_chunk::<4>() {
            self.hold(u32::from_le_bytes(*four), 4);
        } else {
            for byte in rest {
                self.hold(u32::from(*byte), 1);
            }
        }
    }

    fn hold(&mut self, bytes: u32, len: u8) {
        self.held |= u64::from(bytes).wrapping_shl(self.count);
        self.count = self.count.wrapping_add(u32::from(len).wrapping_mul(8));
        self.at = self.at.wrapping_add(usize::from(len));
    }

    /// The next 16 bits, with zeros behind the end.
    pub(super) fn peek(&mut self) -> u16 {
        self.refill();
        let [low, high, ..] = self.held.to_le_bytes();
        u16::from_le_bytes([low, high])
    }

    pub(super) fn skip(&mut self, count: u32) -> Result<(), InflateFault> {
        self.count = self.count.checked_sub(count).ok_or(InflateFault::Truncated)?;
        self.held = self.held.wrapping_shr(count);
        Ok(())
    }

    /// The next `count` bits, at most 15.
    pub(super) fn take(&mut self, count: u32) -> Result<u16, InflateFault> {
        let bits = self.peek() & 1_u16.wrapping_shl(count).wrapping_sub(1);
        self.skip(count)?;
        Ok(bits)
    }

    pub(super) fn small(&mut self, count: u32) -> Result<usize, InflateFault> {
        self.take(count).map(usize::from)
    }

    /// The bytes behind the bits that were taken; what is left of a byte is dropped.
    pub(super) fn rest(&self) -> &'i [u8] {
        let held = usize::try_from(self.count.wrapping_shr(3)).unwrap_or_default();
        self.input.get(self.at.wrapping_sub(held)..).unwrap_or_default()
    }
}

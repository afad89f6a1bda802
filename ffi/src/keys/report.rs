//! What became of each key of a set.

use crate::{
    memory::{Plain, Text},
    status::Status,
};
use jotgate_core::{KeyReport, KeyTable};

/// The key set publishes private members (`d`, `p`, ...). They are not read; whoever runs the issuer should replace
/// the key.
pub const JOTGATE_REMARK_PRIVATE_MEMBERS: u32 = 1;
/// The modulus was written with one leading zero byte, against RFC 7518, section 6.3.1.1.
pub const JOTGATE_REMARK_LEADING_ZERO: u32 = 2;
/// Another key stands under the same key id and algorithm: tokens that name it are refused.
pub const JOTGATE_REMARK_AMBIGUOUS: u32 = 4;
/// The key has a table: verification under it is faster.
pub const JOTGATE_REMARK_HAS_TABLE: u32 = 8;

/// What became of one key of a set. Its texts are views into the key set.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateKeyReport {
    /// `JOTGATE_OK` for a key that is used, else why it is skipped (81xx).
    pub outcome: Status,
    /// A sum of `JOTGATE_REMARK_*`.
    pub remarks: u32,
    /// Position in `keys`, from 0.
    pub position: usize,
    /// `kid` as it stands there, escapes not resolved; empty where there is none.
    pub kid: Text,
    /// `kty`, likewise.
    pub kind: Text,
    /// The algorithm that the key serves; of a skipped key `alg`, likewise.
    pub algorithm: Text,
    /// Bits of the modulus or of the field; 0 for a skipped key.
    pub bits: usize,
    /// The thumbprint, SHA-256 (RFC 7638); zeros for a skipped key.
    pub thumbprint: [u8; 32],
}

// SAFETY: numbers, bytes and `Text`.
unsafe impl Plain for JotgateKeyReport {}

/// How many keys of a set are used and skipped.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateLoaded {
    /// Keys in force.
    pub used: usize,
    /// Keys passed over.
    pub skipped: usize,
    /// Reports written: fewer than both together where room was lent for fewer.
    pub reported: usize,
}

impl JotgateKeyReport {
    pub(crate) fn of(report: &KeyReport<'_>) -> Self {
        let text =
            |text: Option<jotgate_core::json::Str<'_>>| text.map_or(Text::NONE, |text| Text::of(text.raw()));
        let mut own = Self {
            outcome: Status::OK,
            remarks: 0,
            position: report.position,
            kid: text(report.kid),
            kind: text(report.kind),
            algorithm: text(report.named_algorithm),
            bits: 0,
            thumbprint: [0; 32],
        };
        match report.outcome {
            Err(reason) => own.outcome = reason.into(),
            Ok(used) => {
                own.algorithm = Text::of(used.algorithm.as_jose());
                own.bits = used.bits;
                own.thumbprint = used.thumbprint.0;
                let remarks = [
                    (used.remarks.private_members, JOTGATE_REMARK_PRIVATE_MEMBERS),
                    (used.remarks.leading_zero, JOTGATE_REMARK_LEADING_ZERO),
                    (used.ambiguous, JOTGATE_REMARK_AMBIGUOUS),
                    (used.table == KeyTable::Built, JOTGATE_REMARK_HAS_TABLE),
                ];
                own.remarks = remarks.iter().filter(|(is, _)| *is).fold(0, |all, (_, bit)| all | bit);
            }
        }
        own
    }
}

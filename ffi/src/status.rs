//! What every function answers: one number out of one list.

use jotgate_core::{
    Denied, LoadError, PolicyError, RevocationFault, SkipReason, StatusListError, json::JsonError,
};

/// The answer of a function: `JOTGATE_OK` for what was granted or done, else why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Status(i32);

/// How the host called wrongly. Numbers are stable and only ever added to; [`Denied`] has those below 1100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misuse {
    NullPointer,
    Misaligned,
    LengthOutOfRange,
    Overlap,
    BadState,
    Stale,
    MemoryTooSmall,
    BufferTooSmall,
    NotUtf8,
    UnknownValue,
    TooMany,
    WrongAbi,
    Busy,
}

/// Statuses that no error of `jotgate-core` stands for: number, name, sentence.
pub const OWN: &[(i32, &str, &str)] = &[
    (0, "not_judged", "Nothing was judged: a refusal, as a zeroed or forgotten status is."),
    (1101, "null_pointer", "A pointer is NULL that must not be, or is NULL and has a length."),
    (1102, "misaligned", "A pointer to an object is not aligned to 8 bytes."),
    (1103, "length_out_of_range", "A length is greater than PTRDIFF_MAX, or wraps around the end of memory."),
    (
        1104,
        "overlap",
        "An output, an object or working memory shares bytes with something else of the same call, or with its memory.",
    ),
    (1105, "bad_state", "An object is empty, was filled by another version, or is something else."),
    (1106, "stale", "The scratch that this comes from, or another over its memory, was used again."),
    (1107, "memory_too_small", "The lent memory is too small."),
    (1108, "buffer_too_small", "The lent buffer is too small for the text."),
    (1109, "argument_not_utf8", "A text that the host gives is not UTF-8."),
    (1110, "unknown_value", "A number is none of the constants that may stand here."),
    (1111, "too_many", "A list is longer than its limit."),
    (1112, "wrong_abi", "Header and library are of different versions."),
    (
        1113,
        "busy",
        "Another call, of another thread or interrupted by this one, is using the scratch or the worker.",
    ),
    (6901, "in_use", "A worker still uses an older key ring: its memory must stay."),
    (6902, "ask", "Not granted yet: the authorization server must be asked about the token."),
    (7000, "ok", "Granted, or done."),
    (7001, "absent", "Done, and there is no such thing."),
    (7002, "other_kind", "Done, and the value is of another kind, or out of range."),
];

/// The reasons of `jotgate-core`, each table with what the header has in front of its names.
pub const TABLES: &[(&str, Table)] = &[
    ("", Denied::TABLE),
    ("load_", LoadError::TABLE),
    ("skip_", SkipReason::TABLE),
    ("policy_", PolicyError::TABLE),
    ("revocation_", RevocationFault::TABLE),
    ("status_list_", StatusListError::TABLE),
];

/// Number, name and sentence of each reason.
type Table = &'static [(u16, &'static str, &'static str)];

impl Status {
    /// Granted, or done.
    pub(crate) const OK: Self = Self(7000);
    /// Done: there is nothing.
    pub(crate) const ABSENT: Self = Self(7001);
    /// Done: it is something else.
    pub(crate) const OTHER_KIND: Self = Self(7002);
    /// Nothing was judged.
    pub(crate) const NOT_JUDGED: Self = Self(0);
    /// Good so far; somebody must be asked.
    pub(crate) const ASK: Self = Self(6902);
    /// Not every worker has moved on.
    pub(crate) const IN_USE: Self = Self(6901);

    /// The answer of a function that does `act`.
    #[inline]
    pub(crate) fn of(act: impl FnOnce() -> Result<(), Self>) -> Self {
        match act() {
            Ok(()) => Self::OK,
            Err(status) => status,
        }
    }

    /// The reason that `check` gives, if this is one. What the host did wrong counts as one of them, for an answer.
    pub(crate) fn denied(self) -> Option<Denied> {
        let is_it = |denied: &&Denied| i32::from(denied.code()) == self.0;
        match self.0 {
            // Whatever it is: an answer of 500.
            0 | 1100..2000 | 6901..7000 => Some(Denied::ScratchTooSmall),
            _ => Denied::ALL.iter().find(is_it).copied(),
        }
    }

    /// Name and sentence.
    pub(crate) fn described(self) -> Option<(&'static str, &'static str)> {
        if let Some((_, name, sentence)) = OWN.iter().find(|(code, ..)| *code == self.0) {
            return Some((*name, *sentence));
        }
        let code = u16::try_from(self.0).ok()?;
        // Its numbers are far apart: `Denied::described` would take 4 KB more.
        let denied = Denied::ALL.iter().find(|denied| denied.code() == code);
        denied
            .map(|denied| (denied.name(), denied.sentence()))
            .or_else(|| LoadError::described(code))
            .or_else(|| SkipReason::described(code))
            .or_else(|| PolicyError::described(code))
            .or_else(|| RevocationFault::described(code))
            .or_else(|| StatusListError::described(code))
    }
}

impl From<Denied> for Status {
    #[inline]
    fn from(denied: Denied) -> Self {
        Self(i32::from(denied.code()))
    }
}

impl From<JsonError> for Status {
    /// Of a claim that is looked into.
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::TooManyMembers => Denied::TooManyClaims.into(),
            _ => Denied::DuplicateMember.into(),
        }
    }
}

impl From<LoadError> for Status {
    fn from(error: LoadError) -> Self {
        Self(i32::from(error.code()))
    }
}

impl From<SkipReason> for Status {
    fn from(reason: SkipReason) -> Self {
        Self(i32::from(reason.code()))
    }
}

impl From<RevocationFault> for Status {
    fn from(fault: RevocationFault) -> Self {
        Self(i32::from(fault.code()))
    }
}

impl From<StatusListError> for Status {
    fn from(error: StatusListError) -> Self {
        match error {
            StatusListError::Token(denied) => denied.into(),
            error => Self(i32::from(error.code())),
        }
    }
}

impl From<PolicyError> for Status {
    fn from(error: PolicyError) -> Self {
        Self(i32::from(error.code()))
    }
}

impl From<Misuse> for Status {
    #[inline]
    fn from(misuse: Misuse) -> Self {
        Self(match misuse {
            Misuse::NullPointer => 1101,
            Misuse::Misaligned => 1102,
            Misuse::LengthOutOfRange => 1103,
            Misuse::Overlap => 1104,
            Misuse::BadState => 1105,
            Misuse::Stale => 1106,
            Misuse::MemoryTooSmall => 1107,
            Misuse::BufferTooSmall => 1108,
            Misuse::NotUtf8 => 1109,
            Misuse::UnknownValue => 1110,
            Misuse::TooMany => 1111,
            Misuse::WrongAbi => 1112,
            Misuse::Busy => 1113,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeMap, string::String, vec::Vec};

    /// Every number with its name in the header.
    fn all() -> Vec<(i32, String)> {
        let own = OWN.iter().map(|(code, name, _)| (*code, String::from(*name)));
        let reasons = TABLES.iter().flat_map(|(prefix, table)| {
            table.iter().map(move |(code, name, _)| (i32::from(*code), std::format!("{prefix}{name}")))
        });
        own.chain(reasons).collect()
    }

    #[test]
    fn no_number_and_no_name_stands_for_two() {
        let all = all();
        let numbers: BTreeMap<_, _> = all.iter().map(|(code, name)| (*code, name)).collect();
        let names: BTreeMap<_, _> = all.iter().map(|(code, name)| (name, *code)).collect();
        assert_eq!((numbers.len(), names.len()), (all.len(), all.len()));
        for (code, _) in &all {
            assert!(*code == 0 || (1000..9000).contains(code), "{code}");
            let (name, sentence) = Status(*code).described().expect("every status is described");
            assert!(!name.is_empty() && sentence.ends_with('.'), "{code}");
        }
    }

    #[test]
    fn every_misuse_is_in_the_list_and_an_answer_of_500() {
        for misuse in [
            Misuse::NullPointer,
            Misuse::Misaligned,
            Misuse::LengthOutOfRange,
            Misuse::Overlap,
            Misuse::BadState,
            Misuse::Stale,
            Misuse::MemoryTooSmall,
            Misuse::BufferTooSmall,
            Misuse::NotUtf8,
            Misuse::UnknownValue,
            Misuse::TooMany,
            Misuse::WrongAbi,
            Misuse::Busy,
        ] {
            let status = Status::from(misuse);
            assert!(OWN.iter().any(|(code, ..)| *code == status.0), "{misuse:?}");
            assert_eq!(status.denied(), Some(Denied::ScratchTooSmall), "{misuse:?}");
        }
    }

    #[test]
    fn only_7000_is_ok_and_what_is_done_is_no_refusal() {
        let granting: Vec<_> = all().into_iter().filter(|(code, _)| Status(*code) == Status::OK).collect();
        assert_eq!(granting, [(7000, String::from("ok"))]);
        for status in [Status::OK, Status::ABSENT, Status::OTHER_KIND] {
            assert_eq!(status.denied(), None);
        }
        for denied in Denied::ALL {
            assert_eq!(Status::from(*denied).denied(), Some(*denied));
        }
    }
}

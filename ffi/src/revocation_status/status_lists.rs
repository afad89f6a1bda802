//! Status lists (draft-ietf-oauth-status-list), verified and inflated.

use crate::{
    keys::{
        ring::JotgateKeyRing,
        section::{section_of, spans_of},
    },
    memory::{Arena, In, InOut, Out, Plain, Row, Span, Text, object},
    scratch::JotgateScratch,
    sizes::JOTGATE_STATUS_LISTS_WORDS,
    status::Status,
};
use core::ffi::{c_char, c_void};
use jotgate_core::{StatusList, StatusListSource, StatusLists, UnixSeconds};

/// The status lists in force: begun, loaded list by list, then shared and unchanged. To change one, load all into another
/// object beside this one, and swap validators between requests.
#[repr(C)]
pub struct JotgateStatusLists {
    opaque: [u64; JOTGATE_STATUS_LISTS_WORDS],
}

/// The lists so far, and the memory for others.
pub(crate) struct Lists {
    lists: StatusLists<'static>,
    row: Row<'static, StatusList<'static>>,
    bytes: &'static mut [u8],
    whole: Span,
}

object!(JotgateStatusLists, 17, Lists, |lists| [lists.whole, Span::NOTHING]);

impl Lists {
    pub(crate) fn lists(&self) -> &StatusLists<'static> {
        &self.lists
    }
}

/// Where a status list token comes from, and when.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateStatusListSource {
    /// The issuer whose keys verify it, and whose tokens may refer to it; copied.
    pub issuer: Text,
    /// The label of the section that its keys are in; empty: the issuer's one section.
    pub section: Text,
    /// The address that it was fetched from, exactly as tokens spell it; copied.
    pub uri: Text,
    /// When it was fetched: the host's time, which must be trusted; seconds since 1970-01-01T00:00:00Z.
    pub received_at: i64,
    /// Tolerance for clocks that differ, seconds.
    pub leeway: u32,
}

// SAFETY: texts and numbers.
unsafe impl Plain for JotgateStatusListSource {}

/// Begins with no list.
///
/// Parameters: `lists` is written; `capacity`, how many lists at the most; `memory` of `memory_len` bytes: for each list
/// `JOTGATE_STATUS_LIST_LEN`, a byte for each 8, 4 or 2 statuses or for each one, and the bytes of its two names; and
/// `JOTGATE_ALIGNMENT` more.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
///
/// Memory: `memory` must stay, and be nobody else's, as long as the lists are used. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_status_lists_begin(
    lists: Out<JotgateStatusLists>,
    capacity: usize,
    memory: Out<c_void>,
    memory_len: usize,
) -> Status {
    let arena = Arena::of(memory, memory_len, &[lists.span()]);
    let lists = lists.open(&[]);
    Status::of(|| {
        let (lists, mut arena) = (lists?, arena?);
        let whole = arena.span();
        let row = arena.row(capacity)?;
        lists.fill_object(Lists { lists: StatusLists::new(&[]), row, bytes: arena.rest()?, whole });
        Ok(())
    })
}

/// Verifies a status list token with the issuer's keys, inflates it, and adds it. When it is refused the lists before it
/// stay.
///
/// Parameters: `lists`; `token` of `token_len` bytes; `source`; `ring`; `scratch`, of `jotgate_scratch_len(token_len)`
/// bytes, used meanwhile.
///
/// Returns: `JOTGATE_OK`; why it is refused (2xxx, 3xxx, 84xx): keep the lists in force; `JOTGATE_TOO_MANY`: more than
/// `capacity`; another misuse (11xx): correct the program.
///
/// Memory: names and statuses are copied; `token` may go. Threads: one, before the lists are shared.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_status_lists_load(
    lists: InOut<JotgateStatusLists>,
    token: In<c_char>,
    token_len: usize,
    source: In<JotgateStatusListSource>,
    ring: In<JotgateKeyRing>,
    scratch: InOut<JotgateScratch>,
) -> Status {
    Status::of(|| {
        let own = lists.value_mut()?;
        let source = source.plain()?;
        let token = token.bytes(token_len)?;
        let (section, uri) = (section_of(source.issuer, source.section)?, source.uri.text()?);
        let [issuer, label] = spans_of(&section);
        let texts = [Span::of_slice(token), Span::of_slice(uri.as_bytes()), issuer, label];
        own.whole.apart_from(&texts)?;
        let (mut lent, _) =
            scratch.begin(&[lists.span(), own.whole, texts[0], texts[1], texts[2], texts[3]])?;
        let source = StatusListSource {
            section,
            uri,
            received_at: UnixSeconds(source.received_at),
            leeway: source.leeway,
        };
        let list = StatusList::load(token, &source, ring.value()?, &mut lent, &mut own.bytes)?;
        own.lists = StatusLists::new(own.row.push(list)?);
        Ok(())
    })
}

/// It is good until another one comes: the list says neither `exp` nor `ttl`.
pub const JOTGATE_TIME_UNBOUNDED: i64 = i64::MAX;

/// One status list.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateStatusList {
    /// The issuer: a view into the memory of the lists.
    pub issuer: Text,
    /// The address that it was fetched from, likewise.
    pub uri: Text,
    /// `iat`, seconds since 1970-01-01T00:00:00Z.
    pub issued_at: i64,
    /// The earlier of `exp` and `ttl` seconds after it was received: to be fetched again before; or
    /// `JOTGATE_TIME_UNBOUNDED`.
    pub good_until: i64,
    /// How many statuses.
    pub statuses: u64,
}

/// One list after the other: to know when each is to be fetched again.
///
/// Parameters: `lists`; `position`, from 0, in the order of loading; `list` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: there are fewer; a misuse (11xx): correct the program.
///
/// Memory: the views are good as long as the memory of the lists. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_status_lists_list(
    lists: In<JotgateStatusLists>,
    position: usize,
    list: Out<JotgateStatusList>,
) -> Status {
    let list = list.open(&lists.regions());
    Status::of(|| {
        let list = list?;
        let found = lists.value()?.row.all().get(position).ok_or(Status::ABSENT)?;
        list.fill(JotgateStatusList {
            issuer: Text::of(found.issuer()),
            uri: Text::of(found.uri()),
            issued_at: found.issued_at().0,
            good_until: found.good_until().map_or(JOTGATE_TIME_UNBOUNDED, |time| time.0),
            statuses: found.len(),
        });
        Ok(())
    })
}

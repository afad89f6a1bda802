//! The list in force, and what it says of one token.

use super::{
    entry::{Entry, Kind, Line},
    fault::{RevocationFault, RevocationListError},
    index::{ENTRIES_PER_BUCKET, Hash, Index, IndexKey, RevocationBucket, put},
};
use crate::{UnixSeconds, ground::scan, limits::MAX_REVOCATION_LIST_LEN};

/// What was revoked, as of one time. Immutable: to change it, load a new list beside the old one and swap them
/// between requests.
#[derive(Clone, Copy)]
pub struct RevocationList<'m> {
    facts: RevocationFacts,
    text: &'m [u8],
    index: Index<'m>,
    entries: usize,
    counted: Counted,
    /// One bit for each kind that has an entry: the others are not asked for.
    kinds: u8,
}

/// Whether a list says how many entries it has, so that it is known to be whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    Yes,
    /// It may have been cut off behind any line.
    No,
}

/// What the host knows of a list beside its text.
#[derive(Clone, Copy, Debug)]
pub struct RevocationFacts {
    /// A number of the host's choice, which tells the list from others.
    pub generation: u64,
    /// When the list was true: the time at its source, not the time at which it was read.
    pub as_of: UnixSeconds,
    /// The key of its index.
    pub key: IndexKey,
}

impl<'m> RevocationList<'m> {
    /// Buckets that suffice for so many entries, 64 bytes each. Lines are never fewer than entries.
    #[must_use]
    pub const fn buckets(entries: usize) -> usize {
        entries.div_ceil(ENTRIES_PER_BUCKET)
    }

    /// Reads a list, whose text must stay as it is for as long as the list is used. The buckets lent are overwritten.
    /// An entry that stands twice counts once; of two times for one issuer or client the later one counts.
    ///
    /// # Errors
    /// The first line at fault, and what is wrong with it. There is no list then: the one in force stays in force.
    pub fn load(
        text: &'m [u8],
        facts: RevocationFacts,
        buckets: &'m mut [RevocationBucket],
    ) -> Result<Self, RevocationListError> {
        check_whole(text)?;
        buckets.fill(RevocationBucket::EMPTY);
        let most = buckets.len().saturating_mul(ENTRIES_PER_BUCKET);
        let (mut entries, mut kinds, mut found, mut counted) = (0_usize, 0, 0_u64, Counted::No);
        for (number, (offset, line)) in (1_usize..).zip(lines(text)) {
            let at = |fault| RevocationListError { line: number, fault };
            if counted == Counted::Yes {
                return Err(at(RevocationFault::BehindCount));
            }
            let entry = match Line::read(line).map_err(at)? {
                Line::Nothing => continue,
                Line::Entry(entry) => entry,
                Line::Count(said) if said == found => {
                    counted = Counted::Yes;
                    continue;
                }
                Line::Count(said) => return Err(at(RevocationFault::WrongCount { said, found })),
            };
            found = found.saturating_add(1);
            let hash = hash_of_entry(&facts.key, &entry);
            let known = Index::new(buckets)
                .candidates(hash)
                .filter_map(|offset| Some((offset, entry_at(text, offset)?)))
                .find(|(_, known)| known.names_the_same(&entry));
            match known {
                Some((_, known)) if known.before >= entry.before => continue,
                Some((earlier, _)) => put(buckets, hash, offset, Some(earlier)),
                None if entries >= most => None,
                None => {
                    entries = entries.saturating_add(1);
                    put(buckets, hash, offset, None)
                }
            }
            .ok_or(at(RevocationFault::OutOfBuckets))?;
            kinds |= entry.kind.bit();
        }
        Ok(Self { facts, text, index: Index::new(buckets), entries, counted, kinds })
    }

    /// The list, if its last line says how many entries it has. One that does not may have been cut off between two
    /// lines, which un-revokes whatever stood behind.
    ///
    /// # Errors
    /// [`RevocationFault::NotCounted`] at the last line. The list in force stays in force.
    pub fn if_counted(self) -> Result<Self, RevocationListError> {
        match self.counted {
            Counted::Yes => Ok(self),
            Counted::No => {
                let line = self.text.iter().filter(|byte| **byte == b'\n').count();
                Err(RevocationListError { line, fault: RevocationFault::NotCounted })
            }
        }
    }

    /// The number that the host gave to this list.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.facts.generation
    }

    /// When the list was true.
    #[must_use]
    pub fn as_of(&self) -> UnixSeconds {
        self.facts.as_of
    }

    /// Different entries.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries
    }

    pub(crate) fn counted(&self) -> Counted {
        self.counted
    }

    pub(crate) fn has(&self, kind: Kind) -> bool {
        self.kinds & kind.bit() != 0
    }

    /// What the list says of a token.
    pub(crate) fn look_up(&self, questions: &Questions<'_>) -> Findings {
        let mut hex = [0; 64];
        if self.has(Kind::Digest) {
            write_hex(questions.digest, &mut hex);
        }
        let issuer = questions.issuer.as_bytes();
        let issuer_hash = hash_of_issuer(&self.facts.key, |hash| hash.write(issuer));
        let all = questions.all(&hex);
        let mut hashes = [None; MOST_QUESTIONS];
        for (place, question) in hashes.iter_mut().zip(&all) {
            *place =
                question.filter(|question| self.has(question.kind)).map(|Question { kind, bound, id }| {
                    hash_of(&self.facts.key, kind, bound.then_some(issuer_hash), |hash| hash.write(id))
                });
        }
        // All buckets are read before anything depends on one of them: their cache misses overlap.
        let lacks_all = hashes.iter().flatten().fold(true, |all, hash| all & self.index.surely_lacks(*hash));
        if lacks_all { Findings::default() } else { self.look_closer(issuer, &all, &hashes) }
    }

    #[cold]
    fn look_closer(
        &self,
        issuer: &[u8],
        all: &[Option<Question<'_>>; MOST_QUESTIONS],
        hashes: &[Option<u64>; MOST_QUESTIONS],
    ) -> Findings {
        let mut findings = Findings::default();
        for (question, hash) in all.iter().zip(hashes) {
            let (Some(question), Some(hash)) = (question, hash) else { continue };
            let issuer = if question.bound { issuer } else { b"" };
            let found = self
                .index
                .candidates(*hash)
                .filter_map(|offset| entry_at(self.text, offset))
                .find(|entry| entry.names(question.kind, issuer, question.id));
            match (found, question.kind) {
                (None, _) => {}
                (Some(entry), Kind::IssuerBefore | Kind::ClientBefore) => {
                    findings.before = findings.before.max(Some(entry.before));
                }
                (Some(_), kind) => findings.revoked = findings.revoked.or(Some(kind)),
            }
        }
        findings
    }
}

/// What a list says of one token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    /// The first kind of entry that names the token, in the order of [`Questions`].
    pub(crate) revoked: Option<Kind>,
    /// Tokens issued before this are revoked.
    pub(crate) before: Option<UnixSeconds>,
}

/// What a token is, for a list.
#[derive(Clone, Copy)]
pub(crate) struct Questions<'q> {
    pub(crate) issuer: &'q str,
    pub(crate) digest: &'q [u8; 32],
    pub(crate) token_id: Option<&'q str>,
    pub(crate) clients: [Option<&'q str>; 4],
    pub(crate) subject: Option<&'q str>,
    /// Of the key that verified the token, whether the token names it or not.
    pub(crate) key_id: Option<&'q [u8]>,
}

#[derive(Clone, Copy)]
struct Question<'q> {
    kind: Kind,
    /// Whether the issuer belongs to it.
    bound: bool,
    id: &'q [u8],
}

/// Digest, id, subject, key, issuer, and two for each claim that names a client.
const MOST_QUESTIONS: usize = 13;

impl<'q> Questions<'q> {
    fn all(&self, hex: &'q [u8; 64]) -> [Option<Question<'q>>; MOST_QUESTIONS] {
        let ask = |kind, bound| move |id: &'q [u8]| Question { kind, bound, id };
        let text = |text: Option<&'q str>| text.map(str::as_bytes);
        // Nearly always all claims that name a client name the same one.
        let [first, others @ ..] = self.clients;
        let [second, third, fourth] = others.map(|other| text(other.filter(|_| other != first)));
        let first = text(first);
        let client = ask(Kind::Client, false);
        let before = ask(Kind::ClientBefore, false);
        [
            Some(Question { kind: Kind::Digest, bound: false, id: hex }),
            text(self.token_id).map(ask(Kind::TokenId, true)),
            first.map(client),
            second.map(client),
            third.map(client),
            fourth.map(client),
            text(self.subject).map(ask(Kind::Subject, true)),
            self.key_id.map(ask(Kind::Key, true)),
            Some(Question { kind: Kind::IssuerBefore, bound: true, id: b"" }),
            first.map(before),
            second.map(before),
            third.map(before),
            fourth.map(before),
        ]
    }
}

impl<'t> Entry<'t> {
    fn names_the_same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.issuer.is_same(&other.issuer) && self.id.is_same(&other.id)
    }

    fn is_bound(&self) -> bool {
        matches!(self.kind, Kind::TokenId | Kind::Subject | Kind::Key | Kind::IssuerBefore)
    }
}

fn hash_of_entry(key: &IndexKey, entry: &Entry<'_>) -> u64 {
    let issuer = entry.is_bound().then(|| hash_of_issuer(key, |hash| entry.issuer.feed(hash)));
    hash_of(key, entry.kind, issuer, |hash| entry.id.feed(hash))
}

/// Set apart from every hash of an entry by its last byte, which is the number of no kind.
fn hash_of_issuer(key: &IndexKey, feed: impl FnOnce(&mut Hash)) -> u64 {
    let mut hash = Hash::new(key);
    feed(&mut hash);
    hash.write(&[u8::MAX]);
    hash.finish()
}

fn hash_of(key: &IndexKey, kind: Kind, issuer: Option<u64>, feed: impl FnOnce(&mut Hash)) -> u64 {
    let mut hash = Hash::new(key);
    if let Some(issuer) = issuer {
        hash.write(&issuer.to_le_bytes());
    }
    feed(&mut hash);
    hash.write(&[kind.number()]);
    hash.finish()
}

/// What must hold of the text before its lines are read.
fn check_whole(text: &[u8]) -> Result<(), RevocationListError> {
    let error = |before: usize, fault| {
        let ends = text.iter().take(before).filter(|byte| **byte == b'\n').count();
        Err(RevocationListError { line: ends.saturating_add(1), fault })
    };
    if text.len() > MAX_REVOCATION_LIST_LEN {
        return error(0, RevocationFault::TooLong);
    }
    if let Err(fault) = core::str::from_utf8(text) {
        return error(fault.valid_up_to(), RevocationFault::NotUtf8);
    }
    match text.last() {
        None => error(0, RevocationFault::NoLine),
        Some(b'\n') => Ok(()),
        Some(_) => error(text.len(), RevocationFault::LineNotEnded),
    }
}

/// Offsets and lines, without their ends.
fn lines(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut offset = 0_usize;
    core::iter::from_fn(move || {
        let line = line_at(text, offset)?;
        let at = offset;
        offset = offset.saturating_add(line.len()).saturating_add(1);
        Some((at, line))
    })
}

fn line_at(text: &[u8], offset: usize) -> Option<&[u8]> {
    let rest = text.get(offset..)?;
    rest.get(..scan::position(rest, b'\n')?)
}

/// The entry whose line begins there. Cannot fail on a line that was validated when the list was loaded.
fn entry_at(text: &[u8], offset: usize) -> Option<Entry<'_>> {
    match Line::read(line_at(text, offset)?) {
        Ok(Line::Entry(entry)) => Some(entry),
        _ => None,
    }
}

fn write_hex(bytes: &[u8; 32], hex: &mut [u8; 64]) {
    let digit = |four: u8| if four < 10 { b'0'.wrapping_add(four) } else { b'W'.wrapping_add(four) };
    for (byte, pair) in bytes.iter().zip(hex.as_chunks_mut::<2>().0) {
        *pair = [digit(byte >> 4), digit(byte & 15)];
    }
}

#[cfg(test)]
mod tests;

//! Scopes (RFC 6749, section 3.3) and CAMARA's purpose, which travels among them.

use crate::{
    Denied,
    ground::{fingerprint::Fingerprint, scan, scratch::Text, words::Words},
    limits::MAX_SCOPES,
    wire::json::{Array, Items, Str, Value},
};

/// Where a token's scopes stand, as the claims set spells them.
#[derive(Clone, Copy)]
pub(crate) enum ScopeValue<T> {
    /// A string of words with spaces between them (RFC 8693, section 4.2).
    Words(T),
    /// An array, as some providers write it; brackets included.
    List(T),
    /// Something else.
    Other,
}

impl<T> ScopeValue<T> {
    /// The same with another text, if there is one, written where it stays.
    #[inline]
    pub(crate) fn map_into<U>(
        value: Option<Self>,
        to: &mut Option<ScopeValue<U>>,
        of: impl FnOnce(T) -> Option<U>,
    ) -> Option<()> {
        *to = match value {
            None => None,
            Some(Self::Words(words)) => Some(ScopeValue::Words(of(words)?)),
            Some(Self::List(list)) => Some(ScopeValue::List(of(list)?)),
            Some(Self::Other) => Some(ScopeValue::Other),
        };
        Some(())
    }
}

/// The scopes of a token, checked: grammar and number.
#[derive(Clone)]
pub struct Scopes<'s> {
    form: Form<'s>,
}

#[derive(Clone)]
enum Form<'s> {
    Words(Words<'s>),
    List(Items<'s>),
    /// Some of the scopes that stand there.
    SomeWords(Words<'s>, Held),
    SomeOfList(Items<'s>, Held),
}

/// Which scopes of a row are held, the next one in the lowest bit.
#[derive(Clone, Copy)]
struct Held {
    low: u64,
    high: u64,
}

const _: () = assert!(MAX_SCOPES <= 128, "one bit for each scope");

impl Held {
    /// Each scope of a row is held that `is_held` says.
    fn of<T>(row: impl Iterator<Item = T>, is_held: impl Fn(T) -> bool) -> Self {
        let bits =
            row.zip(0_u32..128).fold(0_u128, |bits, (scope, at)| bits | u128::from(is_held(scope)) << at);
        let [low, high] =
            [bits, bits >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or(0));
        Self { low, high }
    }

    /// Whether the next one is, and steps over it.
    fn next(&mut self) -> bool {
        let is_held = self.low & 1 == 1;
        self.low = self.low >> 1 | self.high << 63;
        self.high >>= 1;
        is_held
    }
}

impl<'s> Scopes<'s> {
    /// No scopes.
    pub(crate) const NONE: Self = Self { form: Form::Words(Words::of("")) };

    /// Checks what stands there. Runs of spaces are tolerated; every other illegal character is not, nor is
    /// a space inside an element of a list.
    pub(crate) fn read(value: ScopeValue<&'s str>) -> Result<Self, Denied> {
        let scopes = match value {
            ScopeValue::Words(words) => {
                let scopes = Self { form: Form::Words(Words::of(words)) };
                if words.len() < SHORTEST_EXCESS && scan::is_visible(words.as_bytes()) {
                    return Ok(scopes);
                }
                scopes
            }
            ScopeValue::List(list) => {
                let list = Array::of_checked(list);
                if list.items().any(|item| item.as_str().is_none()) {
                    return Err(Denied::ClaimWrongType);
                }
                Self { form: Form::List(list.items()) }
            }
            ScopeValue::Other => return Err(Denied::ClaimWrongType),
        };
        let mut count = 0_usize;
        for scope in scopes.clone() {
            count = count.saturating_add(1);
            if count > MAX_SCOPES {
                return Err(Denied::TooManyScopes);
            }
            if !is_scope(scope) {
                return Err(Denied::ScopeMalformed);
            }
        }
        Ok(scopes)
    }

    /// Those of them that are also among `others`, in this order.
    pub(crate) fn held_in(&self, others: Scopes<'_>) -> Self {
        let others = ScopeTable::of(others);
        let is_held = |scope: Str<'_>| scope.as_plain().is_some_and(|scope| others.contains(scope));
        let held = Held::of(self.clone(), is_held);
        let form = match &self.form {
            Form::Words(words) => Form::SomeWords(words.clone(), held),
            Form::List(items) => Form::SomeOfList(items.clone(), held),
            // Nobody narrows scopes twice: an answer is the last word.
            some => some.clone(),
        };
        Self { form }
    }

    /// Bytes of the text in which they stand.
    pub(crate) fn text_len(&self) -> usize {
        match &self.form {
            Form::Words(words) | Form::SomeWords(words, _) => words.text_len(),
            Form::List(items) | Form::SomeOfList(items, _) => items.text_len(),
        }
    }

    /// Whether this very scope is among them: no prefix, no hierarchy, no folding of case.
    #[must_use]
    pub fn contains(&self, scope: &str) -> bool {
        match &self.form {
            Form::Words(words) => words.clone().any(|own| own == scope),
            _ => self.clone().any(|own| own == *scope),
        }
    }

    /// The next of those that are held.
    #[cold]
    #[inline(never)]
    fn next_held(&mut self) -> Option<Str<'s>> {
        match &mut self.form {
            Form::SomeWords(words, held) => words.find(|_| held.next()).map(Str::plain),
            Form::SomeOfList(items, held) => items.find(|_| held.next())?.as_str(),
            Form::Words(_) | Form::List(_) => None,
        }
    }
}

impl<'s> Iterator for Scopes<'s> {
    type Item = Str<'s>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.form {
            Form::Words(words) => words.next().map(Str::plain),
            Form::List(items) => items.next()?.as_str(),
            Form::SomeWords(..) | Form::SomeOfList(..) => self.next_held(),
        }
    }
}

/// The scopes of a row, to be found by fingerprint: as much work for each question, however long they are. A row that
/// was read has no escapes left.
pub(crate) struct ScopeTable<'s> {
    prints: [u64; MAX_SCOPES],
    scopes: [&'s str; MAX_SCOPES],
    len: usize,
    /// One bit for each of 1024 classes of fingerprints: what is of none of theirs need not be searched for.
    classes: [u64; 16],
}

impl<'s> ScopeTable<'s> {
    pub(crate) fn of(scopes: Scopes<'s>) -> Self {
        let mut table = Self { prints: [0; MAX_SCOPES], scopes: [""; MAX_SCOPES], len: 0, classes: [0; 16] };
        let rows = table.prints.iter_mut().zip(&mut table.scopes);
        for ((fingerprint, own), scope) in rows.zip(scopes.filter_map(|scope| scope.as_plain())) {
            (*fingerprint, *own) = (Fingerprint::of(scope.as_bytes()), scope);
            let (word, bit) = class(*fingerprint);
            table.classes.get_mut(word).into_iter().for_each(|word| *word |= bit);
            table.len = table.len.saturating_add(1);
        }
        table
    }

    /// Whether this very scope is among them. The fingerprint finds it, the text decides.
    pub(crate) fn contains(&self, scope: &str) -> bool {
        let fingerprint = Fingerprint::of(scope.as_bytes());
        let (word, bit) = class(fingerprint);
        if self.classes.get(word).is_none_or(|word| word & bit == 0) {
            return false;
        }
        let all = self.prints.iter().zip(&self.scopes).take(self.len);
        all.filter(|(own, _)| **own == fingerprint).any(|(_, own)| *own == scope)
    }
}

/// The word and the bit of a fingerprint's class.
fn class(fingerprint: u64) -> (usize, u64) {
    (usize::try_from(fingerprint >> 60).unwrap_or(0), 1 << (fingerprint >> 54 & 63))
}

/// The same list without escapes, if all in it may be scopes: what reads it reads it many times. A list that holds
/// something else stays as it is, and is refused where it matters.
pub(crate) fn list_without_escapes<'s>(list: Array<'s>, scratch: &mut Text<'s>) -> Result<&'s str, Denied> {
    match scan::position(list.text().as_bytes(), b'\\') {
        None => Ok(list.text()),
        Some(_) => resolved_list(list, scratch),
    }
}

#[cold]
fn resolved_list<'s>(list: Array<'s>, scratch: &mut Text<'s>) -> Result<&'s str, Denied> {
    let may_be_scope = |item: Value<'_>| {
        item.as_str().is_some_and(|scope| {
            scope.chars().all(|character| character.is_ok_and(|c| is_scope_character(u32::from(c))))
        })
    };
    if !list.items().all(may_be_scope) {
        return Ok(list.text());
    }
    let scopes = list.items().filter_map(|item| item.as_str());
    // One byte for each scope character; each escape was longer, and so was what stood between the scopes.
    let written = scopes.enumerate().flat_map(|(at, scope)| {
        let opening: &[u8] = if at == 0 { b"[\"" } else { b",\"" };
        let characters = scope.chars().filter_map(|c| u8::try_from(u32::from(c.ok()?)).ok());
        opening.iter().copied().chain(characters).chain([b'"'])
    });
    let buffer = scratch.take(list.text().len())?;
    let mut len = 0_usize;
    for (place, byte) in buffer.iter_mut().zip(written.chain([b']'])) {
        *place = byte;
        len = len.saturating_add(1);
    }
    let written: &'s [u8] = buffer.get(..len).unwrap_or_default();
    core::str::from_utf8(written).map_err(|_| Denied::NotUtf8)
}

/// `1*( %x21 / %x23-5B / %x5D-7E )`. Escapes are left where something else stands.
fn is_scope(scope: Str<'_>) -> bool {
    scope.as_plain().is_some_and(is_scope_token)
}

/// Whether `text` may be a scope.
pub(crate) fn is_scope_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| is_scope_character(u32::from(byte)))
}

/// Fewer bytes than this cannot hold more scopes than are allowed.
const SHORTEST_EXCESS: usize = 2 * MAX_SCOPES + 1;

fn is_scope_character(code: u32) -> bool {
    matches!(code, 0x21 | 0x23..=0x5b | 0x5d..=0x7e)
}

/// A purpose of the Data Privacy Vocabulary, as CAMARA writes it: `dpv:Name`, in older deployments
/// `dpv:Name#scope`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose<'s> {
    name: &'s str,
    target: Option<&'s str>,
}

/// How purposes are marked among scopes.
pub(crate) const PURPOSE_PREFIX: &str = "dpv:";

impl<'s> Purpose<'s> {
    /// Reads `dpv:Name` or `dpv:Name#scope`.
    pub(crate) fn read(text: &'s str) -> Option<Self> {
        let text = text.strip_prefix(PURPOSE_PREFIX)?;
        let (name, target) = match scan::position(text.as_bytes(), b'#') {
            Some(at) => (text.get(..at)?, text.get(at..)?.strip_prefix('#')),
            None => (text, None),
        };
        (is_purpose_name(name) && target.is_none_or(is_scope_token)).then_some(Self { name, target })
    }

    /// The purpose's name in the vocabulary, without prefix.
    #[must_use]
    pub fn name(&self) -> &'s str {
        self.name
    }

    /// The scope or the name of the API behind `#`, in the older form.
    #[must_use]
    pub fn target(&self) -> Option<&'s str> {
        self.target
    }
}

/// Letters, the first a capital: every term of the vocabulary is so. The vocabulary itself changes between
/// its versions and is not compiled in.
pub(crate) fn is_purpose_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase()) && scan::is_letters(name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    fn words(text: &str) -> Result<Vec<&str>, Denied> {
        Scopes::read(ScopeValue::Words(text)).map(|scopes| scopes.filter_map(|s| s.as_plain()).collect())
    }

    #[test]
    fn words_are_split_at_runs_of_spaces() {
        assert_eq!(words("a  b:c d "), Ok(std::vec!["a", "b:c", "d"]));
        assert_eq!(words(" "), Ok(std::vec![]));
        assert_eq!(words(""), Ok(std::vec![]));
    }

    #[test]
    fn illegal_characters_are_refused() {
        for text in ["a\tb", "a\nb", "a\"b", "a\\b", "\u{e4}", "a\u{7f}", "a\u{a0}b"] {
            assert_eq!(words(text), Err(Denied::ScopeMalformed), "{text:?}");
        }
    }

    #[test]
    fn every_character_at_every_position() {
        for len in 1..20 {
            for position in 0..len {
                for character in (0..=0xff_u8).map(char::from) {
                    let mut text: std::string::String = "a".repeat(len);
                    text.replace_range(position..=position, character.encode_utf8(&mut [0; 2]));
                    let expected = if character == ' ' || is_scope_character(u32::from(character)) {
                        Ok(Words::of(&text).collect())
                    } else {
                        Err(Denied::ScopeMalformed)
                    };
                    assert_eq!(words(&text), expected, "{text:?}");
                }
            }
        }
    }

    #[test]
    fn scopes_at_the_limit_and_one_beyond() {
        assert_eq!(words(&"a ".repeat(MAX_SCOPES)).map(|all| all.len()), Ok(MAX_SCOPES));
        assert_eq!(words(&"a ".repeat(MAX_SCOPES + 1)), Err(Denied::TooManyScopes));
    }

    #[test]
    fn purposes() {
        let read = |text| Purpose::read(text).map(|p| (p.name(), p.target()));
        assert_eq!(read("dpv:FraudPreventionAndDetection"), Some(("FraudPreventionAndDetection", None)));
        assert_eq!(read("dpv:Marketing#sim-swap:check"), Some(("Marketing", Some("sim-swap:check"))));
        for text in ["dpv:", "dpv:fraud", "dpv:A1", "dpv:A#", "dpv:A#b c", "DPV:A", "A", "dpv:A B"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

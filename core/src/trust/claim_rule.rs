//! What a product demands of the values of claims that nobody else looks at.

use crate::{
    Denied, PolicyError,
    limits::{MAX_CLAIM_PATH, MAX_CLAIM_RULES, MAX_CLAIM_VALUES},
    meaning::text::denied,
    wire::json::{Array, Number, Object, Str, Value},
};
use core::fmt;

/// A demand on one claim. `S` is the host's kind of string.
///
/// Names and values are JSON text, so that a rule borrows nothing but that: `["realm_access", "roles"]`.
#[derive(Clone, Copy, Debug)]
pub struct ClaimRule<S> {
    path: S,
    test: ClaimTest<S>,
    refusal: ClaimRefusal,
}

/// What a claim must be. A claim that is missing, or null, passes [`Absent`](Self::Absent) alone; one of another type than
/// the test needs passes none, nor does one whose path goes through something that is no object.
#[derive(Clone, Copy, Debug)]
pub enum ClaimTest<S> {
    /// It is there, whatever it says.
    Present,
    /// It is not there.
    Absent,
    /// It is one of the values in this JSON array: strings, integers of 64 bits, `true`, `false`.
    OneOf(S),
    /// It is an array that has one of these values, or such a string.
    ContainsOneOf(S, Container),
    /// It is an array that has all of these values, or such a string.
    ContainsAllOf(S, Container),
    /// It is a number from the first to the second, both included; fractions count.
    Between(Option<i64>, Option<i64>),
}

/// What may contain values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// An array.
    Array,
    /// An array, or a string of words with spaces between them.
    ArrayOrWords,
}

/// What an HTTP answer says where the test fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimRefusal {
    /// 401: another token is needed. [`Denied::ClaimRefused`].
    Unauthorized,
    /// 403: this client or user may not. [`Denied::ClaimForbidden`].
    Forbidden,
}

impl<S: AsRef<str>> ClaimRule<S> {
    /// A test of the claim at `path`: a JSON array of names, the outermost first. One name with dots in it is one name.
    ///
    /// # Errors
    /// [`PolicyError::ClaimPathMalformed`], [`PolicyError::ClaimValuesMalformed`], [`PolicyError::ClaimRangeEmpty`].
    pub fn new(path: S, test: ClaimTest<S>, refusal: ClaimRefusal) -> Result<Self, PolicyError> {
        let names = Value::read(path.as_ref().as_bytes()).ok().and_then(|path| path.as_array());
        let is_name = |name: Value<'_>| {
            name.as_str().is_some_and(is_told) && name.as_str().is_some_and(|name| name != *"")
        };
        let is_path = names.is_some_and(|names| {
            (1..=MAX_CLAIM_PATH).contains(&names.items().count()) && names.items().all(is_name)
        });
        if !is_path {
            return Err(PolicyError::ClaimPathMalformed);
        }
        match &test {
            ClaimTest::Present | ClaimTest::Absent => {}
            ClaimTest::OneOf(values) => check_values(values.as_ref(), false)?,
            ClaimTest::ContainsOneOf(values, form) | ClaimTest::ContainsAllOf(values, form) => {
                check_values(values.as_ref(), *form == Container::ArrayOrWords)?;
            }
            ClaimTest::Between(least, most) => {
                let is_empty = least.zip(*most).is_some_and(|(least, most)| least > most);
                if is_empty || least.is_none() && most.is_none() {
                    return Err(PolicyError::ClaimRangeEmpty);
                }
            }
        }
        Ok(Self { path, test, refusal })
    }

    /// The path, as it was given.
    pub fn path(&self) -> &str {
        self.path.as_ref()
    }

    /// What the claim must be.
    pub fn test(&self) -> &ClaimTest<S> {
        &self.test
    }

    /// What an HTTP answer says where the test fails.
    pub fn refusal(&self) -> ClaimRefusal {
        self.refusal
    }

    /// The same with borrowed texts.
    fn borrowed(&self) -> ClaimRule<&str> {
        let test = match &self.test {
            ClaimTest::Present => ClaimTest::Present,
            ClaimTest::Absent => ClaimTest::Absent,
            ClaimTest::OneOf(values) => ClaimTest::OneOf(values.as_ref()),
            ClaimTest::ContainsOneOf(values, form) => ClaimTest::ContainsOneOf(values.as_ref(), *form),
            ClaimTest::ContainsAllOf(values, form) => ClaimTest::ContainsAllOf(values.as_ref(), *form),
            ClaimTest::Between(least, most) => ClaimTest::Between(*least, *most),
        };
        ClaimRule { path: self.path.as_ref(), test, refusal: self.refusal }
    }
}

/// Whether the claims pass.
fn judge(rule: ClaimRule<&str>, claims: Object<'_>) -> Result<(), Denied> {
    let passes = match (rule.test, find(claims, rule.path)?) {
        (ClaimTest::Absent, Found::Nothing) | (ClaimTest::Present, Found::Claim(_)) => true,
        (ClaimTest::Absent, Found::Claim(_)) | (_, Found::Nothing | Found::NoObject) => false,
        (ClaimTest::OneOf(values), Found::Claim(claim)) => values_of(values).any(|value| equal(value, claim)),
        (ClaimTest::ContainsOneOf(values, form), Found::Claim(claim)) => {
            values_of(values).any(|value| contains(claim, value, form))
        }
        (ClaimTest::ContainsAllOf(values, form), Found::Claim(claim)) => {
            values_of(values).all(|value| contains(claim, value, form))
        }
        (ClaimTest::Between(least, most), Found::Claim(claim)) => {
            claim.as_number().is_some_and(|number| is_between(&number, least, most))
        }
    };
    match (passes, rule.refusal) {
        (true, _) => Ok(()),
        (false, ClaimRefusal::Unauthorized) => Err(Denied::ClaimRefused),
        (false, ClaimRefusal::Forbidden) => Err(Denied::ClaimForbidden),
    }
}

/// Rules about claims. The function pointer is set only in [`of`](Self::of), so the linker drops the code in programs that
/// never call it.
#[derive(Clone, Copy)]
pub(crate) struct ClaimDemand<'p, S> {
    rules: &'p [ClaimRule<S>],
    judge: Judge,
}

type Judge = fn(ClaimRule<&str>, Object<'_>) -> Result<(), Denied>;

impl<S: fmt::Debug> fmt::Debug for ClaimDemand<'_, S> {
    /// Omits the function pointer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rules.fmt(f)
    }
}

impl<'p, S: AsRef<str>> ClaimDemand<'p, S> {
    /// # Errors
    /// [`PolicyError::EmptyList`], [`PolicyError::TooManyClaimRules`].
    pub(crate) fn of(rules: &'p [ClaimRule<S>]) -> Result<Self, PolicyError> {
        match rules.len() {
            0 => Err(PolicyError::EmptyList),
            1..=MAX_CLAIM_RULES => Ok(Self { rules, judge }),
            _ => Err(PolicyError::TooManyClaimRules),
        }
    }

    /// The claims pass every rule.
    pub(crate) fn judge(&self, claims: Object<'_>) -> Result<(), Denied> {
        self.rules.iter().try_for_each(|rule| (self.judge)(rule.borrowed(), claims))
    }
}

/// A list of 1 to [`MAX_CLAIM_VALUES`] values that tests can find, none of them twice; words have no space in them.
fn check_values(values: &str, words: bool) -> Result<(), PolicyError> {
    let list = Value::read(values.as_bytes()).ok().and_then(|values| values.as_array());
    let list = list.ok_or(PolicyError::ClaimValuesMalformed)?;
    let is_value = |value: Value<'_>| match value {
        Value::String(text) => {
            is_told(text) && !(words && (text == *"" || text.chars().any(|c| c == Ok(' '))))
        }
        Value::Number(number) => !words && number.as_i64().is_some(),
        Value::Bool(_) => !words,
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    };
    let comes_before =
        |(at, value): (usize, Value<'_>)| list.items().take(at).any(|other| equal(other, value));
    let is_good = (1..=MAX_CLAIM_VALUES).contains(&list.items().count())
        && list.items().all(is_value)
        && !list.items().enumerate().any(comes_before);
    if is_good { Ok(()) } else { Err(PolicyError::ClaimValuesMalformed) }
}

/// Without half a surrogate pair.
fn is_told(text: Str<'_>) -> bool {
    text.chars().all(|character| character.is_ok())
}

/// The values of a list that was checked.
fn values_of(list: &str) -> impl Iterator<Item = Value<'_>> {
    Array::of_checked(list).items()
}

/// What stands at a path.
enum Found<'s> {
    Claim(Value<'s>),
    /// Nothing, or null, which is as good.
    Nothing,
    /// What should have it is no object.
    NoObject,
}

/// The claim at a path that was checked.
fn find<'s>(claims: Object<'s>, path: &str) -> Result<Found<'s>, Denied> {
    let mut found = Value::Object(claims);
    for (step, name) in values_of(path).filter_map(|name| name.as_str()).enumerate() {
        let Some(object) = found.as_object() else { return Ok(Found::NoObject) };
        let next = if step == 0 {
            // The names of the claims themselves were checked when they were read.
            object.members().find_map(|(member, value)| same(member, name).then_some(value))
        } else {
            object.find(|member| same(member, name)).map_err(|error| denied(error, Denied::TooManyClaims))?
        };
        match next {
            None | Some(Value::Null) => return Ok(Found::Nothing),
            Some(value) => found = value,
        }
    }
    Ok(Found::Claim(found))
}

fn same(one: Str<'_>, other: Str<'_>) -> bool {
    match other.as_plain() {
        Some(plain) => one == *plain,
        None => one.chars().eq(other.chars()),
    }
}

/// `value` is a rule's.
fn equal(value: Value<'_>, claim: Value<'_>) -> bool {
    match (value, claim) {
        (Value::String(value), Value::String(claim)) => same(claim, value),
        (Value::Number(value), Value::Number(claim)) => {
            value.as_i64().is_some_and(|own| claim.as_i64() == Some(own))
        }
        (Value::Bool(value), Value::Bool(claim)) => value == claim,
        _ => false,
    }
}

fn contains(claim: Value<'_>, value: Value<'_>, form: Container) -> bool {
    match (claim, value, form) {
        (Value::Array(list), value, _) => list.items().any(|item| equal(value, item)),
        (Value::String(words), Value::String(word), Container::ArrayOrWords) => has_word(words, word),
        _ => false,
    }
}

/// Whether the word is one of those in `words`, whatever is spelled with escapes.
fn has_word(words: Str<'_>, word: Str<'_>) -> bool {
    // What is left of the word, as long as all before it was found.
    let mut rest = Some(word.chars());
    for character in words.chars() {
        if character == Ok(' ') {
            if rest.as_mut().is_some_and(|rest| rest.next().is_none()) {
                return true;
            }
            rest = Some(word.chars());
        } else {
            rest = rest
                .filter(|_| character.is_ok())
                .and_then(|mut rest| (rest.next() == Some(character)).then_some(rest));
        }
    }
    rest.is_some_and(|mut rest| rest.next().is_none())
}

/// Of a number beyond 64 bits, the sign says on which side of every bound it lies.
fn is_between(number: &Number<'_>, least: Option<i64>, most: Option<i64>) -> bool {
    let is_negative = number.text().starts_with('-');
    least.is_none_or(|least| number.floor().map_or(!is_negative, |floor| floor >= least))
        && most.is_none_or(|most| number.ceil().map_or(is_negative, |ceil| ceil <= most))
}

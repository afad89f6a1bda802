//! `claims` of a product: what it demands of claims that nobody else looks at.

use crate::{Setting, error::Fault, settings_table::SettingsTable};
use jotgate_core::{ClaimRefusal, ClaimRule, ClaimTest, Container, PolicyError, is_invisible};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use toml::Spanned;

/// One rule as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimTable {
    claim: Spanned<Path>,
    equals: Option<Spanned<Scalar>>,
    one_of: Option<Spanned<Vec<Scalar>>>,
    contains_one_of: Option<Spanned<Vec<Scalar>>>,
    contains_all_of: Option<Spanned<Vec<Scalar>>>,
    words: Option<Spanned<bool>>,
    at_least: Option<Spanned<i64>>,
    at_most: Option<Spanned<i64>>,
    present: Option<Spanned<bool>>,
    absent: Option<Spanned<bool>>,
    status: Option<Spanned<u16>>,
}

/// A name, or the names of objects and of what stands in the innermost.
#[derive(Deserialize)]
#[serde(untagged, expecting = "the name of a claim, or a list of names")]
enum Path {
    Name(String),
    Names(Vec<String>),
}

/// A value that a claim can be compared with.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged, expecting = "a string, an integer, true or false")]
enum Scalar {
    Text(String),
    Integer(i64),
    Boolean(bool),
}

/// Where a rule stands, for what is wrong with it.
struct Place<'f> {
    here: &'f SettingsTable<'f>,
    number: usize,
    whole: Range<usize>,
}

impl Place<'_> {
    fn fault<T>(&self, key: &str, value: &Spanned<T>, message: impl ToString) -> Fault {
        let key = format!("{}[{}].{key}", self.here.key(Setting::Claims), self.number);
        Fault { span: Some(value.span()), key, message: message.to_string() }
    }

    fn fault_of_all(&self, message: impl ToString) -> Fault {
        let key = format!("{}[{}]", self.here.key(Setting::Claims), self.number);
        Fault { span: Some(self.whole.clone()), key, message: message.to_string() }
    }
}

/// Reads the rules of a product.
pub(crate) fn read(
    rules: &Option<Spanned<Vec<Spanned<ClaimTable>>>>,
    here: &SettingsTable<'_>,
) -> Result<Vec<ClaimRule<String>>, Fault> {
    let Some(rules) = rules else { return Ok(Vec::new()) };
    if rules.get_ref().is_empty() {
        return Err(here.fault(Setting::Claims, PolicyError::EmptyList));
    }
    let read = |(number, rule): (usize, &Spanned<ClaimTable>)| {
        rule.get_ref().read(&Place { here, number, whole: rule.span() })
    };
    let read: Vec<_> = rules.get_ref().iter().enumerate().map(read).collect::<Result<_, _>>()?;
    refuse_contradictions(&read, rules.get_ref(), here)?;
    Ok(read)
}

/// A rule that stands there twice says nothing, and a claim cannot be there and not be there.
fn refuse_contradictions(
    read: &[ClaimRule<String>],
    rules: &[Spanned<ClaimTable>],
    here: &SettingsTable<'_>,
) -> Result<(), Fault> {
    for (number, (own, rule)) in read.iter().zip(rules).enumerate() {
        let place = Place { here, number, whole: rule.span() };
        for other in read.iter().take(number).filter(|other| other.path() == own.path()) {
            match (other.test(), own.test()) {
                (one, same) if format!("{one:?}") == format!("{same:?}") => {
                    return Err(place.fault_of_all("the rule stands there twice"));
                }
                (ClaimTest::Absent, _) | (_, ClaimTest::Absent) => {
                    return Err(place.fault_of_all("another rule wants the contrary: no claim passes both"));
                }
                (ClaimTest::Present, _) | (_, ClaimTest::Present) if other.refusal() == own.refusal() => {
                    return Err(
                        place.fault_of_all("present says nothing beside another rule about the claim")
                    );
                }
                _ => {}
            }
        }
    }
    Ok(())
}

impl ClaimTable {
    fn read(&self, place: &Place<'_>) -> Result<ClaimRule<String>, Fault> {
        let refusal = match &self.status {
            None => ClaimRefusal::Forbidden,
            Some(status) if *status.get_ref() == 403 => ClaimRefusal::Forbidden,
            Some(status) if *status.get_ref() == 401 => ClaimRefusal::Unauthorized,
            Some(status) => {
                return Err(place.fault(
                    "status",
                    status,
                    format!("{} is none of 401, 403", status.get_ref()),
                ));
            }
        };
        let test = self.test(place)?;
        let path = self.path(place)?;
        ClaimRule::new(path, test, refusal).map_err(|error| match error {
            PolicyError::ClaimPathMalformed => place.fault("claim", &self.claim, error),
            error => self.fault_of_values(place, error),
        })
    }

    fn path(&self, place: &Place<'_>) -> Result<String, Fault> {
        let names = match self.claim.get_ref() {
            Path::Name(name) => std::slice::from_ref(name),
            Path::Names(names) => names,
        };
        if !names.iter().all(|name| is_told(name)) {
            return Err(place.fault("claim", &self.claim, "a name holds a character that nobody sees"));
        }
        json(&names, place)
    }

    /// The one test that is written.
    fn test(&self, place: &Place<'_>) -> Result<ClaimTest<String>, Fault> {
        let container = match &self.words {
            Some(words) if !*words.get_ref() => {
                return Err(place.fault("words", words, "false says nothing: leave it out"));
            }
            Some(_) => Container::ArrayOrWords,
            None => Container::Array,
        };
        let said = |flag: &Option<Spanned<bool>>, key| match flag {
            Some(flag) if !*flag.get_ref() => Err(place.fault(key, flag, "false says nothing: leave it out")),
            flag => Ok(flag.is_some()),
        };
        self.refuse_untold(place)?;
        let mut tests = Vec::new();
        if let Some(value) = &self.equals {
            tests.push(ClaimTest::OneOf(json(&[value.get_ref()], place)?));
        }
        if let Some(values) = &self.one_of {
            tests.push(ClaimTest::OneOf(json(values.get_ref(), place)?));
        }
        if let Some(values) = &self.contains_one_of {
            tests.push(ClaimTest::ContainsOneOf(json(values.get_ref(), place)?, container));
        }
        if let Some(values) = &self.contains_all_of {
            tests.push(ClaimTest::ContainsAllOf(json(values.get_ref(), place)?, container));
        }
        let bound = |bound: &Option<Spanned<i64>>| bound.as_ref().map(|bound| *bound.get_ref());
        if self.at_least.is_some() || self.at_most.is_some() {
            tests.push(ClaimTest::Between(bound(&self.at_least), bound(&self.at_most)));
        }
        if said(&self.present, "present")? {
            tests.push(ClaimTest::Present);
        }
        if said(&self.absent, "absent")? {
            tests.push(ClaimTest::Absent);
        }
        match (tests.pop(), tests.is_empty()) {
            (Some(test), true) => match (&self.words, &test) {
                (None, _) | (_, ClaimTest::ContainsOneOf(..) | ClaimTest::ContainsAllOf(..)) => Ok(test),
                (Some(words), _) => Err(place.fault(
                    "words",
                    words,
                    "words says nothing without contains_one_of or contains_all_of",
                )),
            },
            (None, _) => Err(place.fault_of_all(format!("a rule needs one of {TESTS}"))),
            (Some(_), false) => {
                Err(place.fault_of_all(format!("a rule has one of {TESTS}: write another rule")))
            }
        }
    }

    fn refuse_untold(&self, place: &Place<'_>) -> Result<(), Fault> {
        let untold = |value: &Scalar| matches!(value, Scalar::Text(text) if !is_told(text));
        let message = "a value holds a character that nobody sees";
        if let Some(value) = self.equals.as_ref().filter(|value| untold(value.get_ref())) {
            return Err(place.fault("equals", value, message));
        }
        for (key, values) in self.lists() {
            if values.get_ref().iter().any(untold) {
                return Err(place.fault(key, values, message));
            }
        }
        Ok(())
    }

    /// The lists of values that are written.
    fn lists(&self) -> impl Iterator<Item = (&'static str, &Spanned<Vec<Scalar>>)> {
        let lists = [
            ("one_of", &self.one_of),
            ("contains_one_of", &self.contains_one_of),
            ("contains_all_of", &self.contains_all_of),
        ];
        lists.into_iter().filter_map(|(key, list)| list.as_ref().map(|list| (key, list)))
    }

    fn fault_of_values(&self, place: &Place<'_>, error: PolicyError) -> Fault {
        if let Some((key, values)) = self.lists().next() {
            return place.fault(key, values, error);
        }
        match (&self.equals, &self.at_least) {
            (Some(value), _) => place.fault("equals", value, error),
            (None, Some(bound)) => place.fault("at_least", bound, error),
            (None, None) => place.fault_of_all(error),
        }
    }
}

/// What a rule can test.
const TESTS: &str = "equals, one_of, contains_one_of, contains_all_of, at_least and at_most, present, absent";

/// Whether a text can be told from another one by who reads it.
fn is_told(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || is_invisible(c))
}

fn json<T: Serialize + ?Sized>(values: &T, place: &Place<'_>) -> Result<String, Fault> {
    serde_json::to_string(values).map_err(|error| place.fault_of_all(error))
}

//! The worst that can be sent: inputs that are made to take long, each with what a byte of it may cost.
//!
//! One line of [`ALL`] for each file of cases; one [`Worst`] for each input.

mod answer;
mod judged;
mod request;
mod token;

/// Who chooses the input, and the cases.
type Group = (&'static str, fn() -> Vec<Worst>);

/// The groups of cases.
pub const ALL: &[Group] = &[
    ("a stranger: the token, before its signature is verified", token::cases),
    ("a stranger: the request around the token", request::cases),
    ("an issuer: the token, behind its signature", judged::cases),
    ("an issuer: its answers, key sets and lists", answer::cases),
];

/// What an input may cost.
#[derive(Clone, Copy)]
pub enum Bar {
    /// Of a stranger, before a signature is verified.
    Unverified,
    /// Of an issuer, or of whoever a key of an issuer vouches for.
    Verified,
    /// Something else, nanoseconds a byte.
    PerByte(f64),
}

impl Bar {
    /// Nanoseconds for each byte of the input.
    pub fn nanoseconds(self) -> f64 {
        match self {
            Self::Unverified => 25.0,
            Self::Verified => 60.0,
            Self::PerByte(nanoseconds) => nanoseconds,
        }
    }
}

/// An input, and the work that it makes.
pub struct Worst {
    pub name: String,
    pub bar: Bar,
    /// Length of the input.
    pub bytes: usize,
    pub work: Box<dyn FnMut(usize)>,
}

impl Worst {
    pub fn new(name: impl Into<String>, bar: Bar, bytes: usize, work: impl FnMut(usize) + 'static) -> Self {
        Self { name: name.into(), bar, bytes, work: Box::new(work) }
    }
}

/// `count` things of a kind, with commas between them.
fn list(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect::<Vec<_>>().join(",")
}

/// The text with each of its characters, all of ASCII, as an escape.
fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("\\u{byte:04x}")).collect()
}

/// As much of a row as fits so many bytes, commas between.
fn filled(bytes: usize, each: impl Fn(usize) -> String) -> String {
    let mut row = String::new();
    for next in (0..).map(each) {
        if row.len() + next.len() + 1 > bytes {
            return row;
        }
        if !row.is_empty() {
            row.push(',');
        }
        row.push_str(&next);
    }
    row
}

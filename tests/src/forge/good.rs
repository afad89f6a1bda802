//! What most tests begin with: one key, one product, one good token.

use super::{Fixture, Key, Token};
use serde_json::Value;

/// The ES256 key of most tests.
#[must_use]
pub fn es() -> Key {
    Key::es256("es-1", 1)
}

/// An RS256 key.
#[must_use]
pub fn rsa() -> Key {
    Key::new("RS256", "rs-1", 1)
}

/// The default product, with the key [`es`].
#[must_use]
pub fn fixture() -> Fixture {
    Fixture::new(&[&es()])
}

/// A token of the key [`es`] that the default product grants.
#[must_use]
pub fn good() -> Token {
    Token::good(&es())
}

/// A good token but for one claim.
pub fn claim(name: &str, value: impl Into<Value>) -> String {
    good().claim(name, value).sign()
}

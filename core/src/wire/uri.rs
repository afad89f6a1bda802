//! Whether two URIs name the same resource (RFC 3986, sections 6.2.2 and 6.2.3), without writing either anew.

use crate::ground::{scan, swar};

/// The URI of a request as the client saw it, in its three parts; query and fragment do not count.
#[derive(Clone, Copy)]
pub struct RequestUri<'t> {
    scheme: &'t [u8],
    authority: &'t [u8],
    path: &'t [u8],
}

impl<'t> RequestUri<'t> {
    /// The parts as a server has them: `https`, the `Host` field or `:authority`, and the path. What stands
    /// behind `?` or `#` in the path does not count.
    ///
    /// Behind a proxy these must be the scheme and the authority that the *client* used, and the path before
    /// any rewriting.
    #[must_use]
    pub fn of_parts(scheme: &'t [u8], authority: &'t [u8], path: &'t [u8]) -> Self {
        Self { scheme, authority, path: before(path, b"?#") }
    }

    /// Cuts an absolute URI with an authority (RFC 3986, section 3); `None` when it is none.
    #[must_use]
    pub fn parse(uri: &'t [u8]) -> Option<Self> {
        let scheme = before(uri, b":");
        let rest = uri.get(scheme.len()..)?.strip_prefix(b"://")?;
        let authority = before(rest, b"/?#");
        Some(Self::of_parts(scheme, authority, rest.get(authority.len()..)?))
    }

    /// Whether both are lawful and the same after normalisation of case, percent-encoding, path segments, empty
    /// path and default port. No allocation, and each byte is looked at a bounded number of times.
    #[must_use]
    pub fn is_same_as(&self, other: &RequestUri<'_>) -> bool {
        let Some(one) = self.authority() else { return false };
        if !is_scheme(self.scheme) || !is_path(self.path) {
            return false;
        }
        if (self.scheme, self.authority, self.path) == (other.scheme, other.authority, other.path) {
            return true;
        }
        let Some(two) = other.authority() else { return false };
        self.scheme.eq_ignore_ascii_case(other.scheme)
            && one.port == two.port
            && Normal::of(one.host).lower_case().eq(Normal::of(two.host).lower_case())
            && is_path(other.path)
            && same_path(self.path, other.path)
    }

    fn authority(&self) -> Option<Authority<'t>> {
        // RFC 9110, section 4.2.4: user information in such a URI is an error.
        if scan::position(self.authority, b'@').is_some() {
            return None;
        }
        // A colon inside brackets belongs to an IPv6 address.
        let bracket = swar::last_position(self.authority, b']');
        let colon = swar::last_position(self.authority, b':').filter(|at| Some(*at) > bracket);
        let (host, port) = match colon {
            None => (self.authority, None),
            Some(colon) => {
                let (host, port) = self.authority.split_at_checked(colon)?;
                (host, number(port.strip_prefix(b":")?)?)
            }
        };
        let default = if self.scheme.eq_ignore_ascii_case(b"https") {
            Some(443)
        } else if self.scheme.eq_ignore_ascii_case(b"http") {
            Some(80)
        } else {
            None
        };
        is_host(host).then_some(Authority { host, port: port.or(default) })
    }
}

#[derive(Clone, Copy)]
struct Authority<'t> {
    host: &'t [u8],
    port: Option<u16>,
}

/// Not empty, and without a colon or a bracket but around all of it (RFC 3986, section 3.2.2).
fn is_host(host: &[u8]) -> bool {
    let has = |bytes: &[u8], byte| scan::position(bytes, byte).is_some();
    match host {
        [] => false,
        [b'[', address @ .., b']'] => !address.is_empty() && !has(address, b'[') && !has(address, b']'),
        name => !has(name, b':') && !has(name, b'[') && !has(name, b']'),
    }
}

/// The port; `Some(None)` when it is empty, `None` when it is none.
fn number(digits: &[u8]) -> Option<Option<u16>> {
    let number = digits.iter().try_fold(0_u16, |number, digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(u16::from(digit))
    })?;
    Some((!digits.is_empty()).then_some(number))
}

fn is_scheme(scheme: &[u8]) -> bool {
    scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Behind an authority a path is empty or begins with a slash.
fn is_path(path: &[u8]) -> bool {
    matches!(path, [] | [b'/', ..])
}

/// What stands before the first of these bytes.
fn before<'t>(text: &'t [u8], ends: &[u8]) -> &'t [u8] {
    ends.iter().fold(text, |text, end| {
        let at = scan::position(text, *end).unwrap_or(text.len());
        text.get(..at).unwrap_or_default()
    })
}

fn same_path(one: &[u8], other: &[u8]) -> bool {
    let (mut one, mut other) = (Segments::from_the_end(one), Segments::from_the_end(other));
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if Normal::of(a).eq(Normal::of(b)) => {}
            _ => return false,
        }
    }
}

/// The segments of a path without its dot segments (RFC 3986, section 5.2.4), the last one first: in this
/// direction `..` takes away what is still to come, and nothing has to be remembered but how many.
struct Segments<'t> {
    rest: Option<&'t [u8]>,
    parents: usize,
    is_last: bool,
}

impl<'t> Segments<'t> {
    fn from_the_end(path: &'t [u8]) -> Self {
        // An empty path is the path `/` (RFC 3986, section 6.2.3): one empty segment.
        let rest = path.strip_prefix(b"/").unwrap_or_default();
        Self { rest: Some(rest), parents: 0, is_last: true }
    }
}

impl<'t> Iterator for Segments<'t> {
    type Item = &'t [u8];

    fn next(&mut self) -> Option<&'t [u8]> {
        loop {
            let path = self.rest?;
            let segment = match path.iter().rposition(|byte| *byte == b'/') {
                None => {
                    self.rest = None;
                    path
                }
                Some(slash) => {
                    self.rest = path.get(..slash);
                    path.get(slash.saturating_add(1)..).unwrap_or_default()
                }
            };
            let was_last = core::mem::replace(&mut self.is_last, false);
            let is_dot = Normal::of(segment).eq(*b".");
            if is_dot || Normal::of(segment).eq(*b"..") {
                self.parents = self.parents.saturating_add(usize::from(!is_dot));
                // `/a/.` and `/a/b/..` are both `/a/`.
                if was_last {
                    return Some(&[]);
                }
            } else if self.parents > 0 {
                self.parents = self.parents.saturating_sub(1);
            } else {
                return Some(segment);
            }
        }
    }
}

/// Bytes with their percent-encoding normalised: unreserved characters as they are, hexadecimal digits in
/// capitals. A percent sign without two digits stays what it is.
#[derive(Clone)]
struct Normal<'t> {
    rest: &'t [u8],
    /// Bytes that are still due: the digits of an encoded byte.
    due: [Option<u8>; 2],
}

impl<'t> Normal<'t> {
    fn of(text: &'t [u8]) -> Self {
        Self { rest: text, due: [None; 2] }
    }

    /// For the host: its case does not matter, but that of the digits behind a percent sign stays.
    fn lower_case(self) -> impl Iterator<Item = u8> {
        let mut digits = 0_u8;
        self.map(move |byte| {
            if byte == b'%' {
                digits = 2;
                byte
            } else if digits > 0 {
                digits = digits.saturating_sub(1);
                byte
            } else {
                byte.to_ascii_lowercase()
            }
        })
    }
}

impl Iterator for Normal<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if let Some(byte) = self.due.iter_mut().find_map(Option::take) {
            return Some(byte);
        }
        if let [b'%', high, low, rest @ ..] = self.rest
            && let (Some(h), Some(l)) = (hex(*high), hex(*low))
        {
            self.rest = rest;
            let byte = h << 4 | l;
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
                return Some(byte);
            }
            self.due = [Some(high.to_ascii_uppercase()), Some(low.to_ascii_uppercase())];
            return Some(b'%');
        }
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(digit.wrapping_sub(b'a').wrapping_add(10)),
        b'A'..=b'F' => Some(digit.wrapping_sub(b'A').wrapping_add(10)),
        _ => None,
    }
}

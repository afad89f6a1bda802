//! The `Authorization` field: `Bearer` or `DPoP`, spaces, token68 (RFC 6750 section 2.1, RFC 9110 section 11.2).

use crate::{
    Denied,
    ground::scan,
    limits::{AUTHORIZATION_OVERHEAD, MAX_TOKEN_LEN_RAISED},
};

/// How a token was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Whoever has the token may use it (RFC 6750).
    Bearer,
    /// With a proof of a key (RFC 9449).
    Dpop,
}

/// The credentials of one request.
#[derive(Clone, Copy)]
pub struct Authorization<'h> {
    scheme: Scheme,
    token: &'h [u8],
}

impl<'h> Authorization<'h> {
    /// Reads the values of all `Authorization` fields of one request, as the host received them.
    ///
    /// The scheme's case does not matter (RFC 9110, section 11.1); spaces around the value do not count.
    ///
    /// # Errors
    /// [`Denied::NoCredentials`] without a field; [`Denied::OtherScheme`] for a scheme other than `Bearer`
    /// and `DPoP`; [`Denied::BadAuthorizationHeader`] for more than one field, a list, an empty or illegal
    /// token; [`Denied::AuthorizationHeaderTooLong`] beyond 16 KiB and 16 bytes.
    pub fn read(fields: &[&'h [u8]]) -> Result<Self, Denied> {
        let value = match fields {
            [] => return Err(Denied::NoCredentials),
            [value] => value.trim_ascii(),
            _ => return Err(Denied::BadAuthorizationHeader),
        };
        if value.len() > MAX_TOKEN_LEN_RAISED.saturating_add(AUTHORIZATION_OVERHEAD) {
            return Err(Denied::AuthorizationHeaderTooLong);
        }
        if value.is_empty() {
            return Err(Denied::BadAuthorizationHeader);
        }
        let end = scan::position(value, b' ').unwrap_or(value.len());
        let (scheme, token) = value.split_at_checked(end).ok_or(Denied::BadAuthorizationHeader)?;
        let scheme = if scheme.eq_ignore_ascii_case(b"Bearer") {
            Scheme::Bearer
        } else if scheme.eq_ignore_ascii_case(b"DPoP") {
            Scheme::Dpop
        } else {
            return Err(Denied::OtherScheme);
        };
        // RFC 6750, section 2.1: spaces and nothing else stand between scheme and token.
        let spaces = token.iter().take_while(|byte| **byte == b' ').count();
        let token = token.get(spaces..).unwrap_or_default();
        if is_token68(token) { Ok(Self { scheme, token }) } else { Err(Denied::BadAuthorizationHeader) }
    }

    /// How the token was sent.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The token, nothing judged.
    #[must_use]
    pub fn token(&self) -> &'h [u8] {
        self.token
    }
}

/// `1*(ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/") *"="`
fn is_token68(text: &[u8]) -> bool {
    let end = text.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last.saturating_add(1));
    let body = text.get(..end).unwrap_or_default();
    !body.is_empty() && scan::is_token68_body(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'h>(fields: &[&'h [u8]]) -> Result<(Scheme, &'h [u8]), Denied> {
        Authorization::read(fields).map(|read| (read.scheme(), read.token()))
    }

    #[test]
    fn accepts_the_grammar() {
        for (value, scheme, token) in [
            (&b"Bearer a.b.c"[..], Scheme::Bearer, &b"a.b.c"[..]),
            (b"bearer   a.b.c", Scheme::Bearer, b"a.b.c"),
            (b" BEARER a.b.c\t", Scheme::Bearer, b"a.b.c"),
            (b"dpop a~+/==", Scheme::Dpop, b"a~+/=="),
        ] {
            assert_eq!(read(&[value]), Ok((scheme, token)));
        }
    }

    #[test]
    fn refuses_everything_else() {
        for (fields, denied) in [
            (&[][..], Denied::NoCredentials),
            (&[&b"Bearer a"[..], b"Bearer a"][..], Denied::BadAuthorizationHeader),
            (&[b"Bearer a, Bearer b"], Denied::BadAuthorizationHeader),
            (&[b"Bearer a b"], Denied::BadAuthorizationHeader),
            (&[b"Bearer "], Denied::BadAuthorizationHeader),
            (&[b"Bearer"], Denied::BadAuthorizationHeader),
            (&[b"Bearer =="], Denied::BadAuthorizationHeader),
            (&[b"Bearer a=b"], Denied::BadAuthorizationHeader),
            (&[b"Bearer a\0"], Denied::BadAuthorizationHeader),
            (&[b"Bearer \ta"], Denied::BadAuthorizationHeader),
            (&[b""], Denied::BadAuthorizationHeader),
            (&[b"Bearer\ta"], Denied::OtherScheme),
            (&[b"Basic dXNlcjpwYXNz"], Denied::OtherScheme),
            (&[b"BearerToken a"], Denied::OtherScheme),
        ] {
            assert_eq!(read(fields), Err(denied), "{fields:?}");
        }
    }

    #[test]
    fn length_at_the_limit_and_one_beyond() {
        let mut value = std::vec![b'a'; MAX_TOKEN_LEN_RAISED + AUTHORIZATION_OVERHEAD];
        value[..7].copy_from_slice(b"Bearer ");
        assert!(read(&[&value]).is_ok());
        value.push(b'a');
        assert_eq!(read(&[&value]), Err(Denied::AuthorizationHeaderTooLong));
    }
}

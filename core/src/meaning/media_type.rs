//! The value of `typ` and `cty` (RFC 7515, sections 4.1.9 and 4.1.10).

/// Equal media types: ASCII case does not matter, and a value without a slash is read as if `application/`
/// stood before it.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one == other || short(one).eq_ignore_ascii_case(short(other))
}

fn short(value: &str) -> &str {
    const PREFIX: &str = "application/";
    match value.split_at_checked(PREFIX.len()) {
        Some((prefix, rest))
            if prefix.eq_ignore_ascii_case(PREFIX) && !rest.bytes().any(|byte| byte == b'/') =>
        {
            rest
        }
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn prefix_and_case_do_not_matter() {
        assert!(same("at+jwt", "application/at+JWT"));
        assert!(same("APPLICATION/at+jwt", "at+jwt"));
        assert!(same("JWT", "jwt"));
    }

    #[test]
    fn everything_else_does() {
        assert!(!same("at+jwt", "text/at+jwt"));
        assert!(!same("at+jwt", "at+jwt "));
        assert!(!same("x/y", "application/x/y"));
        assert!(!same("", "application/at+jwt"));
    }
}

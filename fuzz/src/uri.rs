//! Whether two URIs are the same, beside a normaliser that writes them anew (RFC 3986, sections 5.2.4 and 6.2.2).

use jotgate_core::RequestUri;

/// Two URIs, each on a line: the same if and only if both are lawful and their normal forms are equal.
pub fn request_uri(data: &[u8]) {
    let (one, other) = match data.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, data),
    };
    assert_eq!(RequestUri::parse(one).is_some(), parts(one).is_some());
    let same = |one: &[u8], other: &[u8]| {
        let (Some(one), Some(other)) = (RequestUri::parse(one), RequestUri::parse(other)) else {
            return false;
        };
        one.is_same_as(&other)
    };
    let (normal_one, normal_other) = (normal(one), normal(other));
    assert_eq!(same(one, other), normal_one.is_some() && normal_one == normal_other);
    assert_eq!(same(other, one), same(one, other), "one way as the other");
    for (uri, normal_form) in [(one, normal_one), (other, normal_other)] {
        assert_eq!(same(uri, uri), normal_form.is_some(), "a lawful one is the same as itself");
        if let Some(written) = normal_form {
            // A percent sign that encodes nothing may do so once digits behind it are decoded.
            if normal(&written).as_ref() == Some(&written) {
                assert!(same(uri, &written), "and as what is written anew");
            }
        }
    }
}

/// Scheme, authority, path.
fn parts(uri: &[u8]) -> Option<[&[u8]; 3]> {
    let colon = uri.iter().position(|byte| *byte == b':')?;
    let rest = uri[colon..].strip_prefix(b"://")?;
    let end = rest.iter().position(|byte| b"/?#".contains(byte)).unwrap_or(rest.len());
    let path = &rest[end..];
    let path_end = path.iter().position(|byte| b"?#".contains(byte)).unwrap_or(path.len());
    Some([&uri[..colon], &rest[..end], &path[..path_end]])
}

/// The URI in its normal form, where it is lawful.
fn normal(uri: &[u8]) -> Option<Vec<u8>> {
    let [scheme, authority, path] = parts(uri)?;
    let (first, others) = scheme.split_first()?;
    let is_scheme = first.is_ascii_alphabetic()
        && others.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte));
    if !is_scheme || authority.contains(&b'@') {
        return None;
    }
    let scheme = scheme.to_ascii_lowercase();
    let bracket = authority.iter().rposition(|byte| *byte == b']').unwrap_or(0);
    let colon = authority.iter().rposition(|byte| *byte == b':').filter(|at| *at >= bracket);
    let (host, port) = authority.split_at(colon.unwrap_or(authority.len()));
    let address = host.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]"));
    let forbidden: &[u8] = if address.is_some() { b"[]" } else { b"[]:" };
    let name = address.unwrap_or(host);
    if name.is_empty() || name.iter().any(|byte| forbidden.contains(byte)) {
        return None;
    }
    let port = match port.strip_prefix(b":") {
        None | Some(b"") => None,
        Some(digits) if digits.iter().all(u8::is_ascii_digit) => {
            Some(std::str::from_utf8(digits).ok()?.trim_start_matches('0').to_owned())
        }
        Some(_) => return None,
    };
    let port = port.map(|digits| if digits.is_empty() { Some(0) } else { digits.parse::<u16>().ok() });
    let default = match scheme.as_slice() {
        b"https" => Some(443),
        b"http" => Some(80),
        _ => None,
    };
    let port = match port {
        None => default,
        Some(number) => Some(number?),
    };
    let mut written = [&scheme[..], b"://", &lower_case(&decoded(host))].concat();
    // An empty port, too.
    written.push(b':');
    written.extend(port.map(|port| port.to_string()).unwrap_or_default().bytes());
    for segment in segments(&decoded(path)) {
        written.push(b'/');
        written.extend(segment);
    }
    Some(written)
}

/// A host in lower case, but for the digits behind a percent sign.
fn lower_case(host: &[u8]) -> Vec<u8> {
    let is_digit = |at: usize| (1..=2).any(|back| at >= back && host[at - back] == b'%');
    let lower = |(at, byte): (usize, &u8)| if is_digit(at) { *byte } else { byte.to_ascii_lowercase() };
    host.iter().enumerate().map(lower).collect()
}

/// Percent-encoding in its normal form.
fn decoded(text: &[u8]) -> Vec<u8> {
    let mut normal = vec![];
    let mut rest = text;
    while let Some((first, behind)) = rest.split_first() {
        let digits = std::str::from_utf8(behind.get(..2).unwrap_or_default()).unwrap_or_default();
        let is_escape = *first == b'%' && digits.len() == 2 && digits.bytes().all(|d| d.is_ascii_hexdigit());
        if is_escape {
            let byte = u8::from_str_radix(digits, 16).unwrap();
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                normal.push(byte);
            } else {
                normal.extend(format!("%{byte:02X}").bytes());
            }
            rest = &behind[2..];
        } else {
            normal.push(*first);
            rest = behind;
        }
    }
    normal
}

/// Without dot segments.
fn segments(path: &[u8]) -> Vec<Vec<u8>> {
    let path = path.strip_prefix(b"/").unwrap_or(path);
    let all: Vec<&[u8]> = path.split(|byte| *byte == b'/').collect();
    let mut kept: Vec<Vec<u8>> = vec![];
    for (place, segment) in all.iter().enumerate() {
        let is_last = place + 1 == all.len();
        match *segment {
            b"." => {}
            b".." => drop(kept.pop()),
            other => {
                kept.push(other.to_vec());
                continue;
            }
        }
        if is_last {
            kept.push(vec![]);
        }
    }
    kept
}

//! From a status to an HTTP answer.

use super::{presented::JotgatePresented, validator::JotgateValidator};
use crate::{
    memory::{In, Out, Text},
    status::{Misuse, Status},
};
use core::ffi::c_char;
use jotgate_core::{Asked, Scheme};

/// What to answer a request that was refused. Nothing of it comes from the request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateAnswer {
    /// The HTTP status: 400, 401, 403, 500 or 503.
    pub http_status: u32,
    /// The value of `WWW-Authenticate` (RFC 6750, section 3), for 400, 401 and 403; else empty.
    pub www_authenticate: Text,
    /// The value of `DPoP-Nonce` (RFC 9449, section 8); empty where none is to be sent.
    pub dpop_nonce: Text,
    /// CAMARA's error code.
    pub code: Text,
    /// CAMARA's error body (`application/json`; API design guide, section 3.2).
    pub body: Text,
}

/// The token came under `Bearer`, or none came.
pub const JOTGATE_SCHEME_BEARER: u32 = 1;
/// The token came under `DPoP`.
pub const JOTGATE_SCHEME_DPOP: u32 = 2;

/// What to answer a request that was refused with `status`.
///
/// Parameters: `validator`; `scheme`, under which the token came (`jotgate_presented_scheme`); `nonce` of `nonce_len`
/// bytes, the one that the host gives out now, or NULL and 0: visible ASCII without quotes or backslashes; `status`, what
/// a function answered that was not `JOTGATE_OK`; `buffer` of `buffer_len`
/// bytes: `JOTGATE_ANSWER_LEN` and the lengths of the realm and of the address of metadata, both twice, of the first
/// alternative of scopes and of the authentication classes; `answer` is written: views into `buffer` and of constants.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE`: `status` is no refusal; `JOTGATE_BUFFER_TOO_SMALL`: lend more;
/// another misuse (11xx): correct the program. Answer 500 whenever it is not `JOTGATE_OK`.
///
/// Memory: the views are good as long as `buffer`. Threads: `validator` may be shared.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_validator_answer(
    validator: In<JotgateValidator>,
    scheme: u32,
    nonce: In<c_char>,
    nonce_len: usize,
    status: Status,
    buffer: Out<c_char>,
    buffer_len: usize,
    answer: Out<JotgateAnswer>,
) -> Status {
    let buffer_span = buffer.span_of(buffer_len);
    let nonce_span = nonce.span_of(nonce_len);
    let apart = validator.apart_from(&[answer.span()]);
    let answer = apart.and_then(|()| answer.open(&[nonce_span, buffer_span]));
    let apart = validator.apart_from(&[buffer_span]);
    let buffer = apart.and_then(|()| buffer.open_buffer(buffer_len, &[nonce_span]));
    Status::of(|| {
        let (answer, buffer) = (answer?, buffer?);
        let validator = validator.value()?.validator()?;
        let denied = status.denied().ok_or(Misuse::UnknownValue)?;
        let too_small = |_| Misuse::BufferTooSmall;
        let scheme = match scheme {
            JOTGATE_SCHEME_BEARER => Scheme::Bearer,
            JOTGATE_SCHEME_DPOP => Scheme::Dpop,
            _ => return Err(Misuse::UnknownValue.into()),
        };
        let nonce = match nonce.text(nonce_len)? {
            "" => None,
            nonce if nonce.bytes().all(|byte| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e)) => {
                Some(nonce)
            }
            _ => return Err(Misuse::UnknownValue.into()),
        };
        let asked = Asked { scheme, nonce };
        let challenge = validator.answer_to(asked, denied, buffer).map_err(too_small)?;
        let used = challenge.www_authenticate().map_or(0, str::len);
        let (first, rest) = buffer.split_at_mut_checked(used).ok_or(Misuse::BufferTooSmall)?;
        let text = validator.answer_to(asked, denied, first).map_err(too_small)?;
        answer.fill(JotgateAnswer {
            http_status: u32::from(text.status()),
            www_authenticate: text.www_authenticate().map_or(Text::NONE, Text::of),
            dpop_nonce: text.dpop_nonce().map_or(Text::NONE, Text::of),
            code: Text::of(text.code()),
            body: Text::of(text.body(rest).map_err(too_small)?),
        });
        Ok(())
    })
}

/// The scheme under which the token came.
///
/// Parameters: `presented`; `scheme` is written: one of `JOTGATE_SCHEME_*`.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: any.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_presented_scheme(presented: In<JotgatePresented>, scheme: Out<u32>) -> Status {
    let scheme = scheme.open(&[presented.span()]);
    Status::of(|| {
        let scheme = scheme?;
        scheme.fill(match presented.value()?.scheme {
            Scheme::Bearer => JOTGATE_SCHEME_BEARER,
            Scheme::Dpop => JOTGATE_SCHEME_DPOP,
        });
        Ok(())
    })
}

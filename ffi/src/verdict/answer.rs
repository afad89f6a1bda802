//! From a status to an HTTP answer.

use super::validator::JotgateValidator;
use crate::{
    memory::{In, Out, Text},
    status::{Misuse, Status},
};
use core::ffi::c_char;

/// What to answer a request that was refused. Nothing of it comes from the request.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateAnswer {
    /// The HTTP status: 400, 401, 403, 500 or 503.
    pub http_status: u32,
    /// The value of `WWW-Authenticate` (RFC 6750, section 3), for 400, 401 and 403; else empty.
    pub www_authenticate: Text,
    /// CAMARA's error code.
    pub code: Text,
    /// CAMARA's error body (`application/json`; API design guide, section 3.2).
    pub body: Text,
}

/// What to answer a request that was refused with `status`.
///
/// Parameters: `validator`; `status`, what a function answered that was not `JOTGATE_OK`; `buffer` of `buffer_len`
/// bytes: `JOTGATE_ANSWER_LEN` and the lengths of the realm, of the first alternative of scopes and of the
/// authentication classes; `answer` is written: views into `buffer` and of constants.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE`: `status` is no refusal; `JOTGATE_BUFFER_TOO_SMALL`: lend more;
/// another misuse (11xx): correct the program. Answer 500 whenever it is not `JOTGATE_OK`.
///
/// Memory: the views are good as long as `buffer`. Threads: `validator` may be shared.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_validator_answer(
    validator: In<JotgateValidator>,
    status: Status,
    buffer: Out<c_char>,
    buffer_len: usize,
    answer: Out<JotgateAnswer>,
) -> Status {
    let buffer_span = buffer.span_of(buffer_len);
    let answer = answer.open(&[validator.span(), buffer_span]);
    let buffer = buffer.open_buffer(buffer_len, &[validator.span()]);
    Status::of(|| {
        let (answer, buffer) = (answer?, buffer?);
        let validator = validator.value()?.validator()?;
        let denied = status.denied().ok_or(Misuse::UnknownValue)?;
        let too_small = |_| Misuse::BufferTooSmall;
        let challenge = validator.answer(denied, buffer).map_err(too_small)?;
        let used = challenge.www_authenticate().map_or(0, str::len);
        let (first, rest) = buffer.split_at_mut_checked(used).ok_or(Misuse::BufferTooSmall)?;
        let text = validator.answer(denied, first).map_err(too_small)?;
        answer.fill(JotgateAnswer {
            http_status: u32::from(text.status()),
            www_authenticate: text.www_authenticate().map_or(Text::NONE, Text::of),
            code: Text::of(text.code()),
            body: Text::of(text.body(rest).map_err(too_small)?),
        });
        Ok(())
    })
}

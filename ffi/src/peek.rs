//! A look at a token that nobody has verified.

use crate::{
    memory::{In, InOut, Out, Span, Text, object},
    scratch::{JotgateScratch, Mark},
    sizes::JOTGATE_PEEK_WORDS,
    status::{Misuse, Status},
};
use core::ffi::c_char;
use jotgate_core::Peek;

/// What a token says of itself, unverified: for logs and for debugging, never for a decision. A stranger may have
/// written all of it. Stale when the scratch is used again.
#[repr(C)]
pub struct JotgatePeek {
    opaque: [u64; JOTGATE_PEEK_WORDS],
}

pub(crate) struct Looked {
    peek: Peek<'static>,
    mark: Mark,
}

object!(JotgatePeek, 12, Looked, |looked| looked.mark.memory());

impl In<JotgatePeek> {
    fn looked<'a>(self) -> Result<&'a Peek<'static>, Misuse> {
        let looked = self.value()?;
        looked.mark.current()?;
        Ok(&looked.peek)
    }
}

/// Decodes the first two segments of a token.
///
/// Parameters: `peek` is written; `token` of `token_len` bytes; `scratch`, used until the peek is done with.
///
/// Returns: `JOTGATE_OK`, which says nothing of the token; `JOTGATE_TOKEN_TOO_LONG`, `JOTGATE_NOT_JWT`,
/// `JOTGATE_ENCRYPTED_TOKEN`, `JOTGATE_NOT_BASE64URL`: there is nothing to look at; `JOTGATE_SCRATCH_TOO_SMALL` and
/// other misuse (1xxx): correct the program.
///
/// Memory: the peek borrows from `scratch`, not from `token`. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_peek_read(
    peek: Out<JotgatePeek>,
    token: In<c_char>,
    token_len: usize,
    scratch: InOut<JotgateScratch>,
) -> Status {
    let output = peek.span();
    let peek = peek.open(&scratch.read().regions_and(token.span_of(token_len)));
    Status::of(|| {
        let peek = peek?;
        let token = token.bytes(token_len)?;
        let (mut lent, mark) = scratch.begin(&[output, Span::of_slice(token)])?;
        let read = Peek::read(token, &mut lent)?;
        // SAFETY: only the lifetime changes. What the peek borrows from is the memory of the scratch, which no getter
        // looks at without asking `mark`.
        let read = unsafe { core::mem::transmute::<Peek<'_>, Peek<'static>>(read) };
        peek.fill_object(Looked { peek: read, mark });
        Ok(())
    })
}

/// The key id that the token claims, if it is a string without escapes. UNTRUSTED: never decide by it.
///
/// Parameters: `peek`; `kid` is written: a view into the scratch, any characters.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; `JOTGATE_STALE` and other misuse (11xx): correct the program.
///
/// Memory: the view is good until the scratch is used again. Threads: those that may read the peek.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_peek_kid_unverified(peek: In<JotgatePeek>, kid: Out<Text>) -> Status {
    let kid = kid.open(&peek.regions());
    Status::of(|| kid?.fill_optional(peek.looked()?.kid_unverified()))
}

/// The issuer that the token claims, if it is a string without escapes. UNTRUSTED: never decide by it.
///
/// Parameters: `peek`; `issuer` is written: a view into the scratch, any characters.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; `JOTGATE_STALE` and other misuse (11xx): correct the program.
///
/// Memory: the view is good until the scratch is used again. Threads: those that may read the peek.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_peek_issuer_unverified(peek: In<JotgatePeek>, issuer: Out<Text>) -> Status {
    let issuer = issuer.open(&peek.regions());
    Status::of(|| issuer?.fill_optional(peek.looked()?.issuer_unverified()))
}

/// The bytes of header and payload. UNTRUSTED, and not even JSON perhaps: never decide by them.
///
/// Parameters: `peek`; `header` and `payload` are written: views into the scratch, any bytes.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program.
///
/// Memory: the views are good until the scratch is used again. Threads: those that may read the peek.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_peek_bytes_unverified(
    peek: In<JotgatePeek>,
    header: Out<Text>,
    payload: Out<Text>,
) -> Status {
    let header_span = header.span();
    let header = header.open(&peek.regions());
    let payload = payload.open(&peek.regions_and(header_span));
    Status::of(|| {
        let (header, payload, looked) = (header?, payload?, peek.looked()?);
        header.fill(Text::of_bytes(looked.header_unverified()));
        payload.fill(Text::of_bytes(looked.payload_unverified()));
        Ok(())
    })
}

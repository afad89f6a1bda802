//! A check that waits for what the authorization server says.

use crate::{
    memory::{CheckedText, In, InOut, Opened, Out, Span, Text, object},
    scratch::{JotgateScratch, Mark},
    sizes::JOTGATE_INQUIRY_WORDS,
    status::{Misuse, Status},
    verdict::{grant::JotgateGrant, validator::now as time},
};
use core::ffi::c_char;
use jotgate_core::Inquiry;

/// A token that passed every other check of a product that has its authorization server asked. It is no grant. Stale as
/// soon as the scratch of its check is used again.
#[repr(C)]
pub struct JotgateInquiry {
    opaque: [u64; JOTGATE_INQUIRY_WORDS],
}

/// The question, and the use of the scratch that it came of.
pub(crate) struct Open {
    inquiry: Inquiry<'static, CheckedText>,
    mark: Mark,
}

object!(JotgateInquiry, 16, Open, |open| open.mark.memory());

impl Opened<JotgateInquiry> {
    pub(crate) fn fill_inquiry(self, inquiry: Inquiry<'_, CheckedText>, mark: Mark) {
        // SAFETY: only the lifetime changes, as of a grant.
        let inquiry = unsafe {
            core::mem::transmute::<Inquiry<'_, CheckedText>, Inquiry<'static, CheckedText>>(inquiry)
        };
        self.fill_object(Open { inquiry, mark });
    }
}

impl In<JotgateInquiry> {
    fn open_question<'a>(self) -> Result<&'a Inquiry<'static, CheckedText>, Misuse> {
        let open = self.value()?;
        open.mark.current()?;
        Ok(&open.inquiry)
    }
}

/// Whom to ask about what.
///
/// Parameters: `inquiry`; `issuer` is written: `iss`, a view into the scratch; `digest` is written: SHA-256 of the signing
/// input, `JOTGATE_DIGEST_LEN` (32) bytes, which names the token in a cache of answers. The token itself goes into the
/// question as it was presented.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program, deny the request.
///
/// Memory: the view is good until the scratch is used again. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_inquiry_about(
    inquiry: In<JotgateInquiry>,
    issuer: Out<Text>,
    digest: Out<u8>,
) -> Status {
    let issuer_span = issuer.span();
    let issuer = issuer.open(&inquiry.regions());
    let digest = digest.open_digest(&inquiry.regions_and(issuer_span));
    Status::of(|| {
        let (issuer, digest, open) = (issuer?, digest?, inquiry.open_question()?);
        issuer.fill(Text::of(open.issuer()));
        *digest = *open.signing_input_digest();
        Ok(())
    })
}

/// `jti` of the token that is asked about, for logs.
///
/// Parameters: `inquiry`; `token_id` is written: a view into the scratch.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; `JOTGATE_STALE` and other misuse (11xx): correct the program, deny the request.
///
/// Memory: the view is good until the scratch is used again. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_inquiry_token_id(inquiry: In<JotgateInquiry>, token_id: Out<Text>) -> Status {
    let token_id = token_id.open(&inquiry.regions());
    Status::of(|| token_id?.fill_optional(inquiry.open_question()?.token_id()))
}

/// Completes the check with the body of a response that the issuer's introspection endpoint sent, with status 200, to a
/// question about this token: what the server says now counts, of the token's scopes those that it still names. The inquiry
/// is empty then.
///
/// Parameters: `inquiry`; `response` of `response_len` bytes; `now`, seconds since 1970-01-01T00:00:00Z, or
/// `JOTGATE_TIME_NOT_TRUSTED`; `scratch`, another one than that of the check, used meanwhile; `grant` is written: empty
/// unless the token is granted.
///
/// Returns: `JOTGATE_OK`: granted; every other value is a refusal: `JOTGATE_INTROSPECTION_INACTIVE`,
/// `JOTGATE_INTROSPECTION_MALFORMED`, `JOTGATE_INTROSPECTION_CONTRADICTS`, `JOTGATE_EXPIRED`, `JOTGATE_SCOPE_MISSING`,
/// `JOTGATE_WRONG_AUDIENCE` and others; a misuse (1xxx): correct the program, deny the request.
///
/// Memory: the grant borrows from the scratch of the check and from the policy, by which it is judged again. Threads: one
/// at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_inquiry_answered(
    inquiry: InOut<JotgateInquiry>,
    response: In<c_char>,
    response_len: usize,
    now: i64,
    scratch: InOut<JotgateScratch>,
    grant: Out<JotgateGrant>,
) -> Status {
    let output = grant.span();
    let ([own, asked, _], [used, read, _]) = (inquiry.read().regions(), scratch.regions());
    let grant = grant.open(&[own, asked, response.span_of(response_len), used, read]);
    Status::of(|| {
        let (grant, open) = (grant?, inquiry.take()?);
        open.mark.current()?;
        let response = response.bytes(response_len)?;
        if open.mark.is_of(scratch.read()) {
            return Err(Misuse::Overlap.into());
        }
        let (mut lent, _) = scratch.begin(&[output, inquiry.span(), Span::of_slice(response)])?;
        grant.fill_grant(open.inquiry.answered(response, time(now), &mut lent)?, open.mark);
        Ok(())
    })
}

/// Completes the check without an answer: as the policy says. The inquiry is empty then.
///
/// Parameters: `inquiry`; `now`, seconds since 1970-01-01T00:00:00Z, or `JOTGATE_TIME_NOT_TRUSTED`; `grant` is written:
/// empty unless the token is granted.
///
/// Returns: `JOTGATE_OK`: granted; every other value is a refusal: `JOTGATE_INTROSPECTION_UNANSWERED`, `JOTGATE_EXPIRED`
/// and others; a misuse (1xxx): correct the program, deny the request.
///
/// Memory: the grant borrows from the scratch of the check. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_inquiry_unanswered(
    inquiry: InOut<JotgateInquiry>,
    now: i64,
    grant: Out<JotgateGrant>,
) -> Status {
    let grant = grant.open(&inquiry.regions());
    Status::of(|| {
        let (grant, open) = (grant?, inquiry.take()?);
        open.mark.current()?;
        grant.fill_grant(open.inquiry.unanswered(time(now))?, open.mark);
        Ok(())
    })
}

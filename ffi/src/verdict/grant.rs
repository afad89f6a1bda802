//! What a request may rely on.

use super::value::JotgateValue;
use crate::{
    memory::{In, Opened, Out, Text, object},
    scratch::Mark,
    sizes::JOTGATE_GRANT_WORDS,
    status::{Misuse, Status},
};
use core::ffi::c_char;
use jotgate_core::{Grant, json::Str};

/// A token that passed every check of one product at one time: for the request that it was checked for. Stale as soon
/// as the scratch is used again: a getter answers `JOTGATE_STALE` then, not another user's claims.
#[repr(C)]
pub struct JotgateGrant {
    opaque: [u64; JOTGATE_GRANT_WORDS],
}

/// The grant, and the use of the scratch that it came of.
pub(crate) struct Granted {
    grant: Grant<'static>,
    mark: Mark,
}

object!(JotgateGrant, 10, Granted, |granted| granted.mark.memory());

impl Opened<JotgateGrant> {
    #[inline]
    pub(crate) fn fill_grant(self, grant: Grant<'_>, mark: Mark) {
        // SAFETY: only the lifetime changes. What the grant borrows from is the memory of the scratch, which no getter
        // looks at without asking `mark`, and the policy, which stays as long as its grants: the caller's promise.
        let grant = unsafe { core::mem::transmute::<Grant<'_>, Grant<'static>>(grant) };
        self.fill_object(Granted { grant, mark });
    }
}

impl In<JotgateGrant> {
    /// The grant, if it is one and not stale.
    fn grant<'a>(self) -> Result<&'a Granted, Misuse> {
        let granted = self.value()?;
        granted.mark.current()?;
        Ok(granted)
    }
}

/// `iss`.
///
/// Parameters: `grant`; `issuer` is written: a view into the scratch.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program, deny the request.
///
/// Memory: the view is good until the scratch is used again. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_issuer(grant: In<JotgateGrant>, issuer: Out<Text>) -> Status {
    let issuer = issuer.open(&grant.regions());
    Status::of(|| issuer?.fill_optional(Some(grant.grant()?.grant.issuer())))
}

/// Which of the policy's issuers judged: the label of its section of keys, which is its name where no other was set.
///
/// Parameters: `grant`; `label` is written: a view into the policy.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program, deny the request.
///
/// Memory: the view is good as long as the policy. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_issuer_label(grant: In<JotgateGrant>, label: Out<Text>) -> Status {
    let label = label.open(&grant.regions());
    Status::of(|| label?.fill_optional(Some(grant.grant()?.grant.issuer_label())))
}

/// `sub`: the user, or the client itself (`jotgate_grant_has_user` tells). Some providers leave it out.
///
/// Parameters: `grant`; `subject` is written: a view into the scratch.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the token names none; a misuse (11xx): correct the program, deny the
/// request.
///
/// Memory: the view is good until the scratch is used again. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_subject(grant: In<JotgateGrant>, subject: Out<Text>) -> Status {
    let subject = subject.open(&grant.regions());
    Status::of(|| subject?.fill_optional(grant.grant()?.grant.subject()))
}

/// The client, from the claim in which this issuer names it.
///
/// Parameters: `grant`; `client` is written: a view into the scratch.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the token names none; a misuse (11xx): correct the program, deny the
/// request.
///
/// Memory: the view is good until the scratch is used again. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_client(grant: In<JotgateGrant>, client: Out<Text>) -> Status {
    let client = client.open(&grant.regions());
    Status::of(|| client?.fill_optional(grant.grant()?.grant.client()))
}

/// The group under which the policy lists the client.
///
/// Parameters: `grant`; `group` is written: a view of the policy's text.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the policy lists no clients; a misuse (11xx): correct the program, deny the
/// request.
///
/// Memory: the view is good as long as the policy. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_client_group(grant: In<JotgateGrant>, group: Out<Text>) -> Status {
    let group = group.open(&grant.regions());
    Status::of(|| group?.fill_optional(grant.grant()?.grant.client_group()))
}

/// Whether the token stands for a user (3-legged), not for the client alone.
///
/// Parameters: `grant`.
///
/// Returns: `JOTGATE_OK`: for a user; `JOTGATE_ABSENT`: for the client alone; a misuse (11xx): correct the program,
/// deny the request.
///
/// Memory: none is kept. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_has_user(grant: In<JotgateGrant>) -> Status {
    Status::of(|| if grant.grant()?.grant.has_user() { Ok(()) } else { Err(Status::ABSENT) })
}

/// Whether the token has this very scope: no prefix, no hierarchy, no folding of case.
///
/// Parameters: `grant`; `scope` of `scope_len` bytes.
///
/// Returns: `JOTGATE_OK`: it has; `JOTGATE_ABSENT`: it has not; a misuse (11xx): correct the program, deny the request.
///
/// Memory: none is kept. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_has_scope(
    grant: In<JotgateGrant>,
    scope: In<c_char>,
    scope_len: usize,
) -> Status {
    Status::of(|| {
        let scope = scope.text(scope_len)?;
        if grant.grant()?.grant.scopes().contains(scope) { Ok(()) } else { Err(Status::ABSENT) }
    })
}

/// The scopes, in the token's order.
///
/// Parameters: `grant`; `scopes`, room for `capacity` views into the scratch, or NULL and 0; `count` is written: how
/// many there are, which may be more than there is room for.
///
/// Returns: `JOTGATE_OK`, also when `scopes` holds the first ones only; `JOTGATE_OTHER_KIND`: one is written with
/// escapes, which no view can show (`jotgate_grant_claim` reads it); a misuse (11xx): correct the program, deny the
/// request.
///
/// Memory: the views are good until the scratch is used again. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_scopes(
    grant: In<JotgateGrant>,
    scopes: Out<Text>,
    capacity: usize,
    count: Out<usize>,
) -> Status {
    fill_list(grant, scopes, capacity, count, |grant, take| grant.scopes().for_each(take))
}

/// The audiences that the token names.
///
/// Parameters: `grant`; `audiences`, room for `capacity` views into the scratch, or NULL and 0; `count` is written: how
/// many there are, which may be more than there is room for.
///
/// Returns: `JOTGATE_OK`, also when `audiences` holds the first ones only; `JOTGATE_OTHER_KIND`: one is written with
/// escapes, which no view can show (`jotgate_grant_claim` reads it); a misuse (11xx): correct the program, deny the
/// request.
///
/// Memory: the views are good until the scratch is used again. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_audiences(
    grant: In<JotgateGrant>,
    audiences: Out<Text>,
    capacity: usize,
    count: Out<usize>,
) -> Status {
    fill_list(grant, audiences, capacity, count, |grant, take| grant.audience().for_each(take))
}

fn fill_list(
    grant: In<JotgateGrant>,
    list: Out<Text>,
    capacity: usize,
    count: Out<usize>,
    each: impl FnOnce(&Grant<'static>, &mut dyn FnMut(Str<'static>)),
) -> Status {
    let list_span = list.span_of(capacity);
    let list = list.open_list(capacity, &grant.regions());
    let count = count.open(&grant.regions_and(list_span));
    Status::of(|| {
        let (list, count) = (list?, count?);
        let granted = grant.grant()?;
        let (mut places, mut found, mut all_plain) = (list.iter_mut(), 0_usize, true);
        each(&granted.grant, &mut |text| {
            found = found.saturating_add(1);
            let plain = text.as_plain();
            all_plain &= plain.is_some();
            if let (Some(place), Some(plain)) = (places.next(), plain) {
                *place = Text::of(plain);
            }
        });
        if !all_plain {
            list.fill(Text::NONE);
            return Err(Status::OTHER_KIND);
        }
        count.fill(found);
        Ok(())
    })
}

/// The purpose (CAMARA), where the policy asks for one: its name without `dpv:`.
///
/// Parameters: `grant`; `name` is written: a view into the scratch; `target` likewise: the scope or the name of the API
/// behind `#`, in the older form, else empty.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the policy asks for none; a misuse (11xx): correct the program, deny the
/// request.
///
/// Memory: the views are good until the scratch is used again. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_purpose(
    grant: In<JotgateGrant>,
    name: Out<Text>,
    target: Out<Text>,
) -> Status {
    let name_span = name.span();
    let name = name.open(&grant.regions());
    let target = target.open(&grant.regions_and(name_span));
    Status::of(|| {
        let (name, target) = (name?, target?);
        let purpose = grant.grant()?.grant.purpose().ok_or(Status::ABSENT)?;
        name.fill(Text::of(purpose.name()));
        target.fill(purpose.target().map_or(Text::NONE, Text::of));
        Ok(())
    })
}

/// `jti`.
///
/// Parameters: `grant`; `token_id` is written: a view into the scratch.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the token has none; a misuse (11xx): correct the program, deny the request.
///
/// Memory: the view is good until the scratch is used again. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_token_id(grant: In<JotgateGrant>, token_id: Out<Text>) -> Status {
    let token_id = token_id.open(&grant.regions());
    Status::of(|| token_id?.fill_optional(grant.grant()?.grant.token_id()))
}

/// `exp`, seconds since 1970-01-01T00:00:00Z, a fraction cut off. The leeway of the policy is not added.
///
/// Parameters: `grant`; `seconds` is written.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program, deny the request.
///
/// Memory: none is kept. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_expires(grant: In<JotgateGrant>, seconds: Out<i64>) -> Status {
    let seconds = seconds.open(&grant.regions());
    Status::of(|| {
        seconds?.fill(grant.grant()?.grant.expires().0);
        Ok(())
    })
}

/// `iat`, seconds since 1970-01-01T00:00:00Z, a fraction cut off.
///
/// Parameters: `grant`; `seconds` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the token does not say; a misuse (11xx): correct the program, deny the
/// request.
///
/// Memory: none is kept. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_issued_at(grant: In<JotgateGrant>, seconds: Out<i64>) -> Status {
    let seconds = seconds.open(&grant.regions());
    Status::of(|| {
        let seconds = seconds?;
        seconds.fill(grant.grant()?.grant.issued_at().ok_or(Status::ABSENT)?.0);
        Ok(())
    })
}

/// SHA-256 of the first two segments with their dot: names the token in audit records and revocation lists, the same
/// whatever its signature.
///
/// Parameters: `grant`; `digest` is written: `JOTGATE_DIGEST_LEN` (32) bytes.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program, deny the request.
///
/// Memory: none is kept. Threads: those that may read the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_signing_input_digest(grant: In<JotgateGrant>, digest: Out<u8>) -> Status {
    let digest = digest.open_digest(&grant.regions());
    Status::of(|| {
        let digest = digest?;
        *digest = *grant.grant()?.grant.signing_input_digest();
        Ok(())
    })
}

/// A claim, or one inside of claims.
///
/// Parameters: `grant`; `path`, `path_len` names: one for a claim, `realm_access` and `roles` for a claim inside of
/// another; `value` is written.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: there is none; `JOTGATE_DUPLICATE_MEMBER`: a name stands twice in a claim on the
/// way; `JOTGATE_TOO_MANY_CLAIMS`: one has more than 256 members; `JOTGATE_POLICY_EMPTY_LIST` for an empty path; a misuse
/// (11xx): correct the program, deny the request.
///
/// Memory: the value borrows from the scratch; it is stale when the scratch is used again. Threads: those that may read
/// the grant.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_grant_claim(
    grant: In<JotgateGrant>,
    path: In<Text>,
    path_len: usize,
    value: Out<JotgateValue>,
) -> Status {
    let value = value.open(&grant.regions_and(path.span_of(path_len)));
    Status::of(|| {
        let value = value?;
        let granted = grant.grant()?;
        let (first, rest) = path.list(path_len)?.split_first().ok_or(jotgate_core::PolicyError::EmptyList)?;
        let mut found = granted.grant.claim(first.text()?).ok_or(Status::ABSENT)?;
        for name in rest {
            let object = found.as_object().ok_or(Status::ABSENT)?;
            found = object.get(name.text()?)?.ok_or(Status::ABSENT)?;
        }
        value.fill_value(found, granted.mark);
        Ok(())
    })
}

//! An issuer whose tokens a product accepts.

use crate::{
    memory::{CheckedText, In, InOut, Out, Plain, object},
    sizes::JOTGATE_ISSUER_WORDS,
    status::{Misuse, Status},
};
use core::ffi::c_char;
use jotgate_core::{
    ClientClaim, ClientClaims, Issuer, KeyParameter, KeyParameters, PolicyError, Profile, ScopeClaim,
    ScopeForm, SubjectForm, Tolerated, Types,
};

/// An issuer whose tokens a product accepts, and how they look. Empty again when a setter fails.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct JotgateIssuer {
    opaque: [u64; JOTGATE_ISSUER_WORDS],
}

// SAFETY: words, of which all values are valid; what they hold is read through `In::value` alone.
unsafe impl Plain for JotgateIssuer {}

/// The parts of an [`Issuer`], checked.
#[derive(Clone, Copy)]
pub(crate) struct Parts {
    name: CheckedText,
    /// Its name, unless another label was set.
    section: CheckedText,
    profile: Profile,
    types: Types<CheckedText>,
    ignored: KeyParameters,
    tolerated: Tolerated,
    subject: SubjectForm,
}

object!(JotgateIssuer, 5, Parts);

impl Parts {
    pub(crate) fn issuer(self) -> Result<Issuer<CheckedText>, PolicyError> {
        let issuer = Issuer::new(self.name, self.profile)?
            .with_section(self.section)?
            .with_types(self.types)?
            .with_tolerated(self.tolerated)?;
        Ok(issuer.with_ignored(self.ignored).with_subject_form(self.subject))
    }

    /// Refuses parts of which no issuer can be made.
    fn lawful(self) -> Result<Self, Status> {
        self.issuer()?;
        Ok(self)
    }
}

/// `client_id`: RFC 9068, and most providers.
pub const JOTGATE_CLIENT_CLAIM_CLIENT_ID: u32 = 1;
/// `azp`: Keycloak, Auth0, Microsoft Entra v2.
pub const JOTGATE_CLIENT_CLAIM_AZP: u32 = 2;
/// `cid`: Okta.
pub const JOTGATE_CLIENT_CLAIM_CID: u32 = 3;
/// `appid`: Microsoft Entra v1.
pub const JOTGATE_CLIENT_CLAIM_APPID: u32 = 4;

/// `scope`: RFC 9068, and most providers.
pub const JOTGATE_SCOPE_CLAIM_SCOPE: u32 = 1;
/// `scp`: Okta, Microsoft Entra, Ory Hydra.
pub const JOTGATE_SCOPE_CLAIM_SCP: u32 = 2;
/// `roles`: Microsoft Entra for applications; SCIM roles.
pub const JOTGATE_SCOPE_CLAIM_ROLES: u32 = 3;
/// `permissions`: Auth0 with role-based access control.
pub const JOTGATE_SCOPE_CLAIM_PERMISSIONS: u32 = 4;

/// A string, words separated by spaces.
pub const JOTGATE_SCOPE_FORM_STRING: u32 = 1;
/// An array of strings.
pub const JOTGATE_SCOPE_FORM_ARRAY: u32 = 2;
/// Either of them.
pub const JOTGATE_SCOPE_FORM_EITHER: u32 = 3;

/// `jku`, the address of a key set (RFC 7515, section 4.1.2).
pub const JOTGATE_KEY_PARAMETER_JKU: u32 = 1;
/// `jwk`, a key (section 4.1.3).
pub const JOTGATE_KEY_PARAMETER_JWK: u32 = 2;
/// `x5c`, a chain of certificates (section 4.1.6).
pub const JOTGATE_KEY_PARAMETER_X5C: u32 = 4;
/// `x5u`, the address of a certificate (section 4.1.5).
pub const JOTGATE_KEY_PARAMETER_X5U: u32 = 8;

/// Describes an issuer.
///
/// Parameters: `issuer` is written; `name` of `name_len` bytes, the exact value of `iss`; `profile` of `profile_len`
/// bytes, the kind of its tokens: `rfc9068`, `keycloak`, `auth0`, `okta`, `entra`, `cognito` or `generic-jwt`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_NAME`; `JOTGATE_UNKNOWN_VALUE`: there is no such profile; a misuse (11xx):
/// correct the program.
///
/// Memory: `name` must stay, unchanged, as long as any policy that was made with the issuer.
///
/// Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_issuer_init(
    issuer: Out<JotgateIssuer>,
    name: In<c_char>,
    name_len: usize,
    profile: In<c_char>,
    profile_len: usize,
) -> Status {
    let issuer = issuer.open(&[name.span_of(name_len), profile.span_of(profile_len)]);
    Status::of(|| {
        let issuer = issuer?;
        let name = CheckedText::of(name, name_len)?;
        let profile = Profile::preset(profile.text(profile_len)?).ok_or(Misuse::UnknownValue)?;
        let parts = Parts {
            name,
            section: name,
            profile,
            types: Types::OfProfile,
            ignored: KeyParameters::NONE,
            tolerated: Tolerated::Nothing,
            subject: SubjectForm::String,
        };
        issuer.fill_object(parts.lawful()?);
        Ok(())
    })
}

/// Takes the keys of the ring's section of this label (`jotgate_key_source_t`), instead of the one that is called as the
/// issuer: for an issuer some of whose keys are kept apart. A failure empties the issuer.
///
/// Parameters: `issuer`; `label` of `label_len` bytes.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_NAME`; a misuse (11xx): correct the program.
///
/// Memory: `label` must stay, unchanged, as long as any policy that was made with the issuer.
///
/// Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_issuer_set_section(
    issuer: InOut<JotgateIssuer>,
    label: In<c_char>,
    label_len: usize,
) -> Status {
    Status::of(|| {
        issuer.change(|parts| {
            let section = CheckedText::of(label, label_len)?;
            Parts { section, ..parts }.lawful()
        })
    })
}

/// Accepts other values of the header's `typ` than the profile's. A failure empties the issuer.
///
/// Parameters: `issuer`; `types` of `types_len` bytes, media types separated by spaces; a token without `typ` has none
/// of them.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`; what `jotgate_issuer_tolerate_nonce` does, if it was called; a misuse
/// (11xx): correct the program.
///
/// Memory: `types` must stay, unchanged, as long as any policy that was made with the issuer.
///
/// Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_issuer_set_types(
    issuer: InOut<JotgateIssuer>,
    types: In<c_char>,
    types_len: usize,
) -> Status {
    Status::of(|| {
        issuer.change(|parts| {
            let types = CheckedText::of(types, types_len)?;
            Parts { types: Types::OneOf(types), ..parts }.lawful()
        })
    })
}

/// Accepts any value of the header's `typ`, and none: other kinds of tokens are then told by their claims alone.
///
/// A failure empties the issuer.
///
/// Parameters: `issuer`.
///
/// Returns: `JOTGATE_OK`; what `jotgate_issuer_tolerate_nonce` does, if it was called; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_issuer_accept_any_type(issuer: InOut<JotgateIssuer>) -> Status {
    Status::of(|| issuer.change(|parts| Parts { types: Types::Any, ..parts }.lawful()))
}

/// Tolerates the claim `nonce`, which is that of ID tokens, but which Keycloak before version 25 writes into access tokens,
/// too. A failure empties the issuer.
///
/// Parameters: `issuer`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_KIND_NOT_MARKED`: nothing else shows that its tokens are access tokens;
/// `JOTGATE_POLICY_TOLERANCE_IDLE`: `typ` alone tells, and `nonce` is not looked for; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_issuer_tolerate_nonce(issuer: InOut<JotgateIssuer>) -> Status {
    Status::of(|| issuer.change(|parts| Parts { tolerated: Tolerated::Nonce, ..parts }.lawful()))
}

/// Takes a `sub` that is a number without sign, fraction and exponent: its digits are the subject. A failure empties the
/// issuer.
///
/// Parameters: `issuer`.
///
/// Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_issuer_accept_subject_digits(issuer: InOut<JotgateIssuer>) -> Status {
    Status::of(|| issuer.change(|parts| Ok(Parts { subject: SubjectForm::StringOrDigits, ..parts })))
}

/// Ignores header parameters that bring a key or name one, instead of refusing the token. They are never followed. A
/// failure empties the issuer.
///
/// Parameters: `issuer`; `parameters`, a sum of `JOTGATE_KEY_PARAMETER_*`, one at least.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE`, also for none; another misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_issuer_ignore_key_parameters(
    issuer: InOut<JotgateIssuer>,
    parameters: u32,
) -> Status {
    Status::of(|| {
        issuer.change(|parts| {
            let mut rest = parameters;
            let mut ignored = KeyParameters::NONE;
            for (bit, parameter) in [
                (JOTGATE_KEY_PARAMETER_JKU, KeyParameter::Jku),
                (JOTGATE_KEY_PARAMETER_JWK, KeyParameter::Jwk),
                (JOTGATE_KEY_PARAMETER_X5C, KeyParameter::X5c),
                (JOTGATE_KEY_PARAMETER_X5U, KeyParameter::X5u),
            ] {
                if rest & bit != 0 {
                    ignored = ignored.with(parameter);
                    rest &= !bit;
                }
            }
            if rest != 0 || parameters == 0 {
                return Err(Misuse::UnknownValue.into());
            }
            Ok(Parts { ignored, ..parts })
        })
    })
}

/// Reads the client from other claims than the profile's: the first of them that a token has. Claims that are present
/// must agree, whether they are among these or not. A failure empties the issuer.
///
/// Parameters: `issuer`; `claims`, `claim_count` constants `JOTGATE_CLIENT_CLAIM_*`, 1 to 4, none of them twice.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`; `JOTGATE_UNKNOWN_VALUE`, also for one that comes twice,
/// `JOTGATE_TOO_MANY` and other misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_issuer_set_client_claims(
    issuer: InOut<JotgateIssuer>,
    claims: In<u32>,
    claim_count: usize,
) -> Status {
    Status::of(|| {
        issuer.change(|parts| {
            let claims = claims.list(claim_count)?;
            let mut read = [None; 4];
            if claims.len() > read.len() {
                return Err(Misuse::TooMany.into());
            }
            for (place, claim) in read.iter_mut().zip(claims) {
                *place = Some(client_claim(*claim)?);
            }
            let [first, second, third, fourth] = read;
            let first = first.ok_or(PolicyError::EmptyList)?;
            let mut listed = claims.iter().enumerate();
            if listed.any(|(position, claim)| claims.iter().take(position).any(|other| other == claim)) {
                return Err(Misuse::UnknownValue.into());
            }
            let claims = ClientClaims::new(first, second, third, fourth);
            Ok(Parts { profile: parts.profile.with_client_claims(claims), ..parts })
        })
    })
}

fn client_claim(claim: u32) -> Result<ClientClaim, Misuse> {
    Ok(match claim {
        JOTGATE_CLIENT_CLAIM_CLIENT_ID => ClientClaim::ClientId,
        JOTGATE_CLIENT_CLAIM_AZP => ClientClaim::Azp,
        JOTGATE_CLIENT_CLAIM_CID => ClientClaim::Cid,
        JOTGATE_CLIENT_CLAIM_APPID => ClientClaim::Appid,
        _ => return Err(Misuse::UnknownValue),
    })
}

/// Reads the scopes from another claim than the profile's, written in this form. A failure empties the issuer.
///
/// Parameters: `issuer`; `claim`, one of `JOTGATE_SCOPE_CLAIM_*`; `form`, one of `JOTGATE_SCOPE_FORM_*`.
///
/// Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
///
/// Memory: none is kept. Threads: one at a time.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn jotgate_issuer_set_scope_claim(
    issuer: InOut<JotgateIssuer>,
    claim: u32,
    form: u32,
) -> Status {
    Status::of(|| {
        issuer.change(|parts| {
            let claim = match claim {
                JOTGATE_SCOPE_CLAIM_SCOPE => ScopeClaim::Scope,
                JOTGATE_SCOPE_CLAIM_SCP => ScopeClaim::Scp,
                JOTGATE_SCOPE_CLAIM_ROLES => ScopeClaim::Roles,
                JOTGATE_SCOPE_CLAIM_PERMISSIONS => ScopeClaim::Permissions,
                _ => return Err(Misuse::UnknownValue.into()),
            };
            let form = match form {
                JOTGATE_SCOPE_FORM_STRING => ScopeForm::String,
                JOTGATE_SCOPE_FORM_ARRAY => ScopeForm::Array,
                JOTGATE_SCOPE_FORM_EITHER => ScopeForm::Either,
                _ => return Err(Misuse::UnknownValue.into()),
            };
            Ok(Parts { profile: parts.profile.with_scope_claim(claim, form), ..parts })
        })
    })
}

//! What a host answers: status, challenge and body for every reason, read back by their grammars.

use jotgate_core::{
    Asked, Denied, Dialect, DpopRule, Policy, PolicyError, PurposeForm, PurposeRule, Scheme, ScopeRule,
    SenderBinding, StepUp, crypto,
};
use jotgate_tests::forge::{AUDIENCE, ISSUER, fixture};
use serde_json::Value;

/// Scheme and parameters of a challenge, read strictly: `scheme *( SP token "=" quoted-string )` with commas
/// between (RFC 9110, section 11.3), each attribute once (RFC 6750, section 3).
fn read_challenge(text: &str) -> (String, Vec<(String, String)>) {
    let (scheme, mut rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut parameters: Vec<(String, String)> = vec![];
    while !rest.is_empty() {
        let (name, behind) = rest.split_once("=\"").unwrap();
        assert!(!name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{text}");
        assert!(parameters.iter().all(|(known, _)| known != name), "{text}");
        let (value, behind) = behind.split_once('"').unwrap();
        assert!(value.bytes().all(|b| matches!(b, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e)), "{text}");
        parameters.push((name.to_owned(), value.to_owned()));
        rest = match behind.strip_prefix(", ") {
            Some(more) => {
                assert!(!more.is_empty(), "{text}");
                more
            }
            None => {
                assert!(behind.is_empty(), "{text}");
                ""
            }
        };
    }
    (scheme.to_owned(), parameters)
}

/// The HTTP status, the `error` of the challenge (`None`: no challenge; empty: one without error), and the code
/// of CAMARA, as requirements 3.3, 6.9 and 8 have them.
fn expected(denied: Denied, dialect: Dialect) -> (u16, Option<&'static str>, &'static str) {
    use Denied::*;
    match denied {
        NoCredentials | OtherScheme => (401, Some(""), "UNAUTHENTICATED"),
        BadAuthorizationHeader | AuthorizationHeaderTooLong => match dialect {
            Dialect::Rfc => (400, Some("invalid_request"), "INVALID_ARGUMENT"),
            // RFC 6750 pairs the error with 400, which CAMARA does not give.
            Dialect::Camara => (401, Some(""), "UNAUTHENTICATED"),
        },
        ScopeMissing | PurposeMissing | PurposeAmbiguous | PurposeNotAllowed | ClientNotAllowed
        | UserRequired | UserNotAllowed => (403, Some("insufficient_scope"), "PERMISSION_DENIED"),
        ClaimForbidden => (403, None, "PERMISSION_DENIED"),
        AuthenticationTooWeak | AuthenticationTooOld => {
            (401, Some("insufficient_user_authentication"), "UNAUTHENTICATED")
        }
        ProofNonceMissing | ProofNonceStale => (401, Some("use_dpop_nonce"), "UNAUTHENTICATED"),
        ReplayQuotaExceeded => (429, None, "TOO_MANY_REQUESTS"),
        denied
            if (5010..5031).contains(&denied.code()) && denied != ProofWrongKey
                || matches!(denied, ProofBadSignature | Replayed) =>
        {
            match dialect {
                Dialect::Rfc => (401, Some("invalid_dpop_proof"), "UNAUTHENTICATED"),
                Dialect::Camara => (400, Some("invalid_dpop_proof"), "INVALID_ARGUMENT"),
            }
        }
        ClockNotTrusted
        | ClockBelowFloor
        | NoKeysForIssuer
        | ReplayWindowFull
        | ClockWentBack
        | RevocationListMissing
        | RevocationListStale
        | RevocationListNotCounted
        | StatusListMissing
        | StatusListStale
        | IntrospectionUnanswered
        | IntrospectionMalformed => (503, None, "UNAVAILABLE"),
        ScratchTooSmall
        | IntrospectionNotAsked
        | ReplayWindowMissing
        | NoncesMissing
        | RequestDetailsMissing
        | ReplayLifeTooLong => (500, None, "INTERNAL"),
        _ => (401, Some("invalid_token"), "UNAUTHENTICATED"),
    }
}

#[test]
fn every_reason_in_both_dialects() {
    for dialect in [Dialect::Rfc, Dialect::Camara] {
        let fixture = fixture().policy(|policy| policy.with_dialect(dialect));
        for denied in Denied::ALL.iter().copied() {
            let (mut buffer, mut body) = ([0; 512], [0; 256]);
            let answer = fixture.validator().answer(denied, &mut buffer).unwrap();
            let challenge = answer.www_authenticate().map(read_challenge);
            let error = challenge.map(|(scheme, parameters)| {
                let is_dpop = denied.name().starts_with("proof_")
                    || matches!(denied, Denied::Replayed | Denied::BindingNotProven | Denied::TokenNotBound);
                assert_eq!(scheme, if is_dpop { "DPoP" } else { "Bearer" }, "{denied:?}");
                let get = |name: &str| parameters.iter().find(|(own, _)| own == name).map(|(_, v)| v.clone());
                let error = get("error").unwrap_or_default();
                let described = get("error_description").unwrap_or_default();
                assert_eq!(described, if error.is_empty() { "" } else { denied.sentence() });
                assert_eq!(get("scope").is_some(), error == "insufficient_scope", "{denied:?}");
                error
            });
            let (status, error_expected, code) = expected(denied, dialect);
            let told = (answer.status(), error.as_deref(), answer.code());
            assert_eq!(told, (status, error_expected, code), "{denied:?} {dialect:?}");

            let body: Value = serde_json::from_str(answer.body(&mut body).unwrap()).unwrap();
            let members: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(members, ["status", "code", "message"]);
            assert_eq!((body["status"].as_u64(), body["code"].as_str()), (Some(status.into()), Some(code)));
            assert!(body["message"].as_str().is_some_and(|message| !message.is_empty()));
        }
    }
}

/// CAMARA, API design guide: one undifferentiated answer, whatever is wrong with the credentials.
#[test]
fn camara_bodies_do_not_tell_why() {
    let fixture = fixture().policy(|policy| policy.with_dialect(Dialect::Camara));
    let bodies =
        [Denied::Expired, Denied::BadSignature, Denied::NoCredentials, Denied::BadAuthorizationHeader];
    let bodies = bodies.map(|denied| {
        let (mut buffer, mut body) = ([0; 512], [0; 256]);
        let answer = fixture.validator().answer(denied, &mut buffer).unwrap();
        answer.body(&mut body).unwrap().to_owned()
    });
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    assert_eq!(
        bodies[0],
        "{\"status\":401,\"code\":\"UNAUTHENTICATED\",\"message\":\"Request not authenticated due to missing, \
         invalid, or expired credentials. A new authentication is required.\"}"
    );
}

fn challenge(policy: Policy<'static>, denied: Denied) -> String {
    let fixture = fixture().policy(|_| policy);
    let mut buffer = [0; 512];
    let answer = fixture.validator().answer(denied, &mut buffer).unwrap();
    let text = answer.www_authenticate().unwrap().to_owned();
    read_challenge(&text);
    text
}

#[test]
fn challenges_word_by_word() {
    let policy = fixture().policy;
    let described = |denied: Denied| format!("error_description=\"{}\"", denied.sentence());
    let named = policy.with_realm("telco gateway").unwrap();
    let metadata = "https://api.example/.well-known/oauth-protected-resource";
    let described_there = policy.with_resource_metadata(metadata).unwrap();
    let all_named = named.with_resource_metadata(metadata).unwrap();
    let purpose = PurposeRule::OneOf(&["FraudPrevention", "Security"], PurposeForm::Scope);
    let with_purpose = policy.with_purpose(purpose).unwrap();
    let issuers = vec![jotgate_core::Issuer::new(ISSUER, jotgate_core::Profile::RFC9068).unwrap()].leak();
    let unscoped = Policy::new(issuers, &[AUDIENCE], ScopeRule::NotChecked).unwrap();
    let step_up = StepUp::classes(&["mfa", "phr"]).unwrap().with_max_age(300);
    let stepped = policy.with_step_up(step_up);
    let aged = policy.with_step_up(StepUp::NOT_REQUIRED.with_max_age(0));
    for (policy, denied, expected) in [
        (policy, Denied::NoCredentials, "Bearer".to_owned()),
        (named, Denied::NoCredentials, "Bearer realm=\"telco gateway\"".to_owned()),
        (described_there, Denied::NoCredentials, format!("Bearer resource_metadata=\"{metadata}\"")),
        (
            described_there,
            Denied::ScopeMissing,
            format!(
                "Bearer resource_metadata=\"{metadata}\", error=\"insufficient_scope\", {}, scope=\"sim-swap:check\"",
                described(Denied::ScopeMissing)
            ),
        ),
        (
            all_named,
            Denied::NoCredentials,
            format!("Bearer realm=\"telco gateway\", resource_metadata=\"{metadata}\""),
        ),
        (
            named,
            Denied::Expired,
            format!(
                "Bearer realm=\"telco gateway\", error=\"invalid_token\", {}",
                described(Denied::Expired)
            ),
        ),
        (
            policy,
            Denied::ScopeMissing,
            format!(
                "Bearer error=\"insufficient_scope\", {}, scope=\"sim-swap:check\"",
                described(Denied::ScopeMissing)
            ),
        ),
        (
            with_purpose,
            Denied::PurposeMissing,
            format!(
                "Bearer error=\"insufficient_scope\", {}, scope=\"sim-swap:check dpv:FraudPrevention\"",
                described(Denied::PurposeMissing)
            ),
        ),
        (
            unscoped,
            Denied::UserRequired,
            format!("Bearer error=\"insufficient_scope\", {}", described(Denied::UserRequired)),
        ),
        (
            stepped,
            Denied::AuthenticationTooWeak,
            format!(
                "Bearer error=\"insufficient_user_authentication\", {}, acr_values=\"mfa phr\", max_age=\"300\"",
                described(Denied::AuthenticationTooWeak)
            ),
        ),
        (
            aged,
            Denied::AuthenticationTooOld,
            format!(
                "Bearer error=\"insufficient_user_authentication\", {}, max_age=\"0\"",
                described(Denied::AuthenticationTooOld)
            ),
        ),
    ] {
        assert_eq!(challenge(policy, denied), expected);
    }
}

const PROOF_ALGORITHMS: &[&dyn crypto::Algorithm] = &[&crypto::ES256, &crypto::PS256];

/// RFC 9449, sections 7.1, 7.2 and 9; requirements 3.3.
#[test]
fn challenges_of_dpop_word_by_word() {
    let base = fixture().policy;
    let takes = base.with_dpop(DpopRule::new(PROOF_ALGORITHMS).unwrap());
    let demands = takes.with_sender_binding(SenderBinding::Dpop).unwrap();
    let either = takes.with_sender_binding(SenderBinding::Either).unwrap();
    let named = takes.with_realm("r").unwrap();
    let by_certificate = base.with_sender_binding(SenderBinding::Certificate).unwrap();
    let algs = "algs=\"ES256 PS256\"";
    let error = |scheme: &str, error: &str, denied: Denied| {
        format!("{scheme} error=\"{error}\", error_description=\"{}\"", denied.sentence())
    };
    use Scheme::{Bearer, Dpop};
    for (policy, scheme, denied, expected) in [
        (takes, Bearer, Denied::NoCredentials, format!("Bearer, DPoP {algs}")),
        (either, Bearer, Denied::NoCredentials, format!("Bearer, DPoP {algs}")),
        (demands, Bearer, Denied::NoCredentials, format!("DPoP {algs}")),
        (by_certificate, Bearer, Denied::NoCredentials, "Bearer".to_owned()),
        (named, Bearer, Denied::OtherScheme, format!("Bearer realm=\"r\", DPoP realm=\"r\", {algs}")),
        (
            takes,
            Bearer,
            Denied::BindingNotProven,
            format!("{}, {algs}", error("DPoP", "invalid_token", Denied::BindingNotProven)),
        ),
        (base, Bearer, Denied::BindingNotProven, error("DPoP", "invalid_token", Denied::BindingNotProven)),
        (
            demands,
            Bearer,
            Denied::BindingMissing,
            format!("{}, {algs}", error("DPoP", "invalid_token", Denied::BindingMissing)),
        ),
        (
            by_certificate,
            Bearer,
            Denied::BindingMissing,
            error("Bearer", "invalid_token", Denied::BindingMissing),
        ),
        (
            by_certificate,
            Bearer,
            Denied::CertificateMissing,
            error("Bearer", "invalid_token", Denied::CertificateMissing),
        ),
        (
            takes,
            Dpop,
            Denied::ProofWrongMethod,
            format!("{}, {algs}", error("DPoP", "invalid_dpop_proof", Denied::ProofWrongMethod)),
        ),
        (
            takes,
            Dpop,
            Denied::ProofWrongKey,
            format!("{}, {algs}", error("DPoP", "invalid_token", Denied::ProofWrongKey)),
        ),
        (
            takes,
            Dpop,
            Denied::Expired,
            format!("{}, {algs}", error("DPoP", "invalid_token", Denied::Expired)),
        ),
        (
            takes,
            Dpop,
            Denied::ScopeMissing,
            format!(
                "{}, scope=\"sim-swap:check\", {algs}",
                error("DPoP", "insufficient_scope", Denied::ScopeMissing)
            ),
        ),
        (
            takes,
            Dpop,
            Denied::ProofNonceMissing,
            format!("{}, {algs}", error("DPoP", "use_dpop_nonce", Denied::ProofNonceMissing)),
        ),
    ] {
        let fixture = fixture().policy(|_| policy);
        let mut buffer = [0; 512];
        let asked = Asked { scheme, nonce: Some("n-1") };
        let answer = fixture.validator().answer_to(asked, denied, &mut buffer).unwrap();
        assert_eq!(answer.www_authenticate(), Some(expected.as_str()), "{denied:?}");
        // RFC 9449, section 9: the nonce goes with the demand for one.
        assert_eq!(answer.dpop_nonce(), (denied == Denied::ProofNonceMissing).then_some("n-1"));
    }
}

/// CAMARA's deviation: a proof that is invalid or was used before is 400; a nonce that is wanted stays 401.
#[test]
fn camara_answers_proofs_with_400() {
    for (dialect, [proof, nonce, token]) in
        [(Dialect::Rfc, [401, 401, 401]), (Dialect::Camara, [400, 401, 401])]
    {
        let fixture = fixture().policy(|policy| policy.with_dialect(dialect));
        let status = |denied| fixture.validator().answer(denied, &mut [0; 512]).unwrap().status();
        assert_eq!(status(Denied::Replayed), proof);
        assert_eq!(status(Denied::ProofBadSignature), proof);
        assert_eq!(status(Denied::ProofNonceStale), nonce);
        assert_eq!(status(Denied::BindingNotProven), token);
    }
}

#[test]
fn buffer_too_short() {
    let fixture = fixture();
    for denied in Denied::ALL.iter().copied() {
        let mut buffer = [0; 512];
        let answer = fixture.validator().answer(denied, &mut buffer).unwrap();
        let need = answer.www_authenticate().map_or(0, str::len);
        for len in 0..=need {
            let mut buffer = vec![0; len];
            let told = fixture.validator().answer(denied, &mut buffer).is_ok();
            assert_eq!(told, len >= need, "{denied:?} {len}");
        }
        let mut body = [0; 256];
        let need = answer.body(&mut body).unwrap().len();
        for len in 0..=need {
            assert_eq!(answer.body(&mut vec![0; len]).is_ok(), len >= need, "{denied:?} {len}");
        }
    }
}

/// RFC 9728, section 5.1.
#[test]
fn addresses_of_metadata() {
    let policy = fixture().policy;
    for good in ["https://a", "https://a.example:8443/x?y=z", "https://[::1]/"] {
        assert!(policy.with_resource_metadata(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "https://",
        "http://a",
        "https:///x",
        "https://a b",
        "https://a#b",
        "https://a\"b",
        "https://a\\b",
        "https://\u{e4}",
        "a",
    ] {
        assert_eq!(policy.with_resource_metadata(bad).err(), Some(PolicyError::MetadataMalformed), "{bad}");
    }
}

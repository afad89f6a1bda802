//! Every reason to refuse is produced by a test that asserts it exactly; which one, the table says. There is no
//! reason that the public interface cannot produce.

use jotgate_core::Denied;
use std::path::Path;

/// The reason, the file of the test (without `.rs`), and the test.
const PRODUCED_BY: &[(Denied, &str, &str)] = &[
    (Denied::ScratchTooSmall, "limits", "scratch_too_small"),
    (Denied::IntrospectionNotAsked, "attacks_introspection", "check_that_asks_nobody"),
    (Denied::NoCredentials, "attacks_around", "authorization_fields"),
    (Denied::OtherScheme, "attacks_around", "authorization_fields"),
    (Denied::BadAuthorizationHeader, "attacks_around", "two_tokens_in_one_request"),
    (Denied::AuthorizationHeaderTooLong, "limits", "authorization_header"),
    (Denied::NotJwt, "attacks_shape_and_encoding", "segments_and_dots"),
    (Denied::EncryptedToken, "attacks_shape_and_encoding", "encrypted_token"),
    (Denied::TokenTooLong, "limits", "token"),
    (Denied::UnsignedToken, "attacks_signature", "no_signature"),
    (Denied::NotBase64url, "attacks_shape_and_encoding", "characters_outside_the_alphabet"),
    (Denied::NotUtf8, "attacks_shape_and_encoding", "octets_that_are_no_utf8"),
    (Denied::NotJson, "attacks_shape_and_encoding", "json_that_is_none"),
    (Denied::NotObject, "attacks_shape_and_encoding", "documents_that_are_no_object"),
    (Denied::NestedTooDeep, "limits", "nesting"),
    (Denied::DuplicateMember, "attacks_members", "name_twice"),
    (Denied::NumberTooLong, "limits", "digits"),
    (Denied::LoneSurrogate, "attacks_shape_and_encoding", "lone_surrogates"),
    (Denied::NulCharacter, "attacks_shape_and_encoding", "nul_in_a_name"),
    (Denied::HeaderTooLong, "limits", "header"),
    (Denied::TooManyHeaderMembers, "limits", "members_of_header_and_claims"),
    (Denied::HeaderWrongType, "attacks_algorithm_and_key", "kid_of_another_type"),
    (Denied::AlgorithmMissing, "attacks_algorithm_and_key", "alg_of_another_type"),
    (Denied::KidTooLong, "limits", "kid"),
    (Denied::CritMalformed, "attacks_members", "crit_that_breaks_the_rules"),
    (Denied::CritNotSupported, "attacks_members", "crit_that_is_lawful"),
    (Denied::UnencodedPayload, "attacks_members", "unencoded_payload"),
    (Denied::NestedToken, "attacks_shape_and_encoding", "nested_token"),
    (Denied::EncryptionHeader, "attacks_members", "compressed_token"),
    (Denied::EmbeddedKey, "attacks_algorithm_and_key", "embedded_key_or_its_address"),
    (Denied::TooManyClaims, "limits", "members_of_header_and_claims"),
    (Denied::ClaimWrongType, "attacks_claims", "issuer_of_another_type"),
    (Denied::DateOutOfRange, "attacks_dates", "dates_beyond_all_bounds"),
    (Denied::TooManyAudiences, "limits", "audiences"),
    (Denied::TooManyScopes, "limits", "scopes_of_a_token"),
    (Denied::ScopeMalformed, "attacks_claims", "scope_that_is_almost_right"),
    (Denied::PurposeMalformed, "attacks_claims", "purposes"),
    (Denied::AlgorithmNotSupported, "attacks_algorithm_and_key", "alg_none_in_any_case"),
    (Denied::IssuerUnknown, "attacks_claims", "issuer_that_is_almost_right"),
    (Denied::UnknownKid, "attacks_algorithm_and_key", "unknown_kid_falls_back_to_nothing"),
    (Denied::NoKeyFits, "attacks_algorithm_and_key", "no_kid_needs_exactly_one_key"),
    (Denied::AmbiguousKey, "attacks_key_set", "same_kid_for_different_keys"),
    (Denied::AlgorithmMismatch, "attacks_algorithm_and_key", "algorithm_of_another_kind_of_key"),
    (Denied::BadSignature, "attacks_signature", "every_bit_of_a_signature_counts"),
    (Denied::Expired, "attacks_dates", "dates_beyond_all_bounds"),
    (Denied::NotYetValid, "attacks_dates", "not_valid_yet"),
    (Denied::IssuedInFuture, "attacks_dates", "lifetime_and_age"),
    (Denied::LifetimeTooLong, "attacks_dates", "lifetime_and_age"),
    (Denied::ExpiresBeforeIssued, "attacks_dates", "lifetime_and_age"),
    (Denied::TooOld, "attacks_dates", "lifetime_and_age"),
    (Denied::IssuerMissing, "attacks_claims", "issuer_that_is_almost_right"),
    (Denied::IssuerMismatch, "attacks_algorithm_and_key", "issuer_of_one_under_the_key_of_the_other"),
    (Denied::ExpirationMissing, "attacks_dates", "dates_of_another_type"),
    (Denied::AudienceMissing, "attacks_claims", "audience_that_is_none"),
    (Denied::SubjectMissing, "attacks_members", "names_that_are_almost_right"),
    (Denied::ClientMissing, "validator_policy", "clients_that_disagree"),
    (Denied::IssuedAtMissing, "attacks_dates", "lifetime_and_age"),
    (Denied::TokenIdMissing, "attacks_members", "names_that_are_almost_right"),
    (Denied::RequiredClaimMissing, "validator_policy", "claims_that_the_policy_requires"),
    (Denied::WrongType, "attacks_claims", "other_kinds_of_token"),
    (Denied::WrongKind, "attacks_claims", "other_kinds_of_token_by_their_claims"),
    (Denied::WrongAudience, "attacks_claims", "audience_that_is_almost_right"),
    (Denied::ClientsDisagree, "validator_policy", "clients_that_disagree"),
    (Denied::ClientNotAllowed, "validator_policy", "clients_allowed_blocked_grouped"),
    (Denied::ClientBlocked, "validator_policy", "clients_allowed_blocked_grouped"),
    (Denied::UserRequired, "validator_policy", "legs"),
    (Denied::UserNotAllowed, "validator_policy", "legs"),
    (Denied::AuthenticationTooWeak, "validator_policy", "step_up"),
    (Denied::AuthenticationTooOld, "validator_policy", "step_up"),
    (Denied::ScopeMissing, "attacks_claims", "scope_that_is_almost_right"),
    (Denied::PurposeMissing, "attacks_claims", "purposes"),
    (Denied::PurposeAmbiguous, "attacks_claims", "purposes"),
    (Denied::PurposeNotAllowed, "attacks_claims", "purposes"),
    (Denied::BindingNotProven, "attacks_claims", "bound_token_as_bearer"),
    (Denied::TokenNotBound, "attacks_around", "authorization_fields"),
    (Denied::TokenRevoked, "attacks_revocation", "each_kind_of_entry"),
    (Denied::ClientRevoked, "attacks_revocation", "each_kind_of_entry"),
    (Denied::SubjectRevoked, "attacks_revocation", "each_kind_of_entry"),
    (Denied::KeyRevoked, "attacks_revocation", "each_kind_of_entry"),
    (Denied::IssuedBeforeRevocation, "attacks_revocation", "each_kind_of_entry"),
    (Denied::StatusMissing, "attacks_status_list", "tokens_that_refer_to_no_status"),
    (Denied::StatusInvalid, "attacks_status_list", "statuses"),
    (Denied::StatusSuspended, "attacks_status_list", "statuses"),
    (Denied::StatusUnknown, "attacks_status_list", "statuses"),
    (Denied::StatusIndexOutOfRange, "attacks_status_list", "statuses"),
    (Denied::IntrospectionInactive, "attacks_introspection", "answers"),
    (Denied::IntrospectionContradicts, "attacks_introspection", "answers"),
    (Denied::ClockNotTrusted, "validator_policy", "clock_that_is_not_believed"),
    (Denied::ClockBelowFloor, "validator_policy", "clock_that_is_not_believed"),
    (Denied::NoKeysForIssuer, "validator_keys", "issuers_of_policy_and_ring"),
    (Denied::RevocationListMissing, "attacks_revocation", "no_list_is_not_an_empty_list"),
    (Denied::RevocationListStale, "attacks_revocation", "list_that_is_too_old"),
    (Denied::StatusListMissing, "attacks_status_list", "lists_that_are_not_there"),
    (Denied::StatusListStale, "attacks_status_list", "lists_that_are_too_old"),
    (Denied::IntrospectionUnanswered, "attacks_introspection", "no_answer"),
    (Denied::IntrospectionMalformed, "attacks_introspection", "answers_that_are_none"),
];

#[test]
fn every_reason_has_a_test() {
    let reasons: Vec<_> = PRODUCED_BY.iter().map(|(denied, ..)| *denied).collect();
    assert_eq!(reasons, Denied::ALL);
}

#[test]
fn tests_of_the_table_name_their_reason() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for (denied, file, test) in PRODUCED_BY {
        let text = std::fs::read_to_string(folder.join(file).with_extension("rs")).unwrap();
        let (_, rest) = text.split_once(&format!("#[test]\nfn {test}() {{\n")).expect(test);
        let (body, _) = rest.split_once("\n}\n").unwrap();
        let mut names = body.split("Denied::").skip(1).map(|rest| {
            rest.split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default()
        });
        assert!(names.any(|name| name == format!("{denied:?}")), "{test} does not name {denied:?}");
    }
}

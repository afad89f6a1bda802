//! The numbers of what can go wrong at load, as the C ABI answers them: beside those of [`Denied`](crate::Denied),
//! only ever added to.

use super::load_error::{LoadError, PolicyError, SkipReason};
use jotgate_crypto::KeyFault;

/// One table gives each error its number and its name.
macro_rules! numbered {
    ($type:ident { $($code:literal $pattern:pat => $snake:literal,)* }) => {
        impl $type {
            /// Number and name of every error of this kind, by number.
            pub const NUMBERS: &'static [(u16, &'static str)] = &[$(($code, $snake),)*];

            /// The number, four digits.
            #[must_use]
            pub const fn code(&self) -> u16 {
                match self { $($pattern => $code,)* }
            }

            /// The name in snake case, for reports.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self { $($pattern => $snake,)* }
            }
        }
    };
}

pub(crate) use numbered;

numbered!(LoadError {
    8001 Self::EmptyIssuer => "empty_issuer",
    8002 Self::TooManyIssuers => "too_many_issuers",
    8003 Self::KeySetTooLong => "key_set_too_long",
    8004 Self::NotUtf8 => "not_utf8",
    8005 Self::NotJson(_) => "not_json",
    8006 Self::NestedTooDeep => "nested_too_deep",
    8007 Self::NotKeySet => "not_key_set",
    8008 Self::DuplicateMember => "duplicate_member",
    8009 Self::TooManyKeys => "too_many_keys",
    8010 Self::NoUsableKey => "no_usable_key",
    8011 Self::OutOfSlots => "out_of_slots",
    8012 Self::OutOfWords => "out_of_words",
    8013 Self::ScratchTooSmall => "scratch_too_small",
    8014 Self::UnknownIssuer => "unknown_issuer",
    8015 Self::SectionOfAnotherIssuer => "section_of_another_issuer",
});

numbered!(SkipReason {
    8101 Self::NotObject => "not_object",
    8102 Self::DuplicateMember => "duplicate_member",
    8103 Self::TooManyMembers => "too_many_members",
    8104 Self::MemberWrongType => "member_wrong_type",
    8105 Self::MemberMissing => "member_missing",
    8106 Self::StringNotUsable => "string_not_usable",
    8107 Self::KidTooLong => "kid_too_long",
    8108 Self::KindUnknown => "kind_unknown",
    8109 Self::CurveUnknown => "curve_unknown",
    8110 Self::AlgorithmUnknown => "algorithm_unknown",
    8111 Self::AlgorithmNotNamed => "algorithm_not_named",
    8112 Self::AlgorithmNotEnabled => "algorithm_not_enabled",
    8113 Self::AlgorithmMismatch => "algorithm_mismatch",
    8114 Self::Symmetric => "symmetric",
    8115 Self::NotForSignatures => "not_for_signatures",
    8116 Self::NotForVerification => "not_for_verification",
    8117 Self::OperationTwice => "operation_twice",
    8118 Self::NotBase64url => "not_base64url",
    8119 Self::KnownAlready => "known_already",
    8120 Self::KindNotSupported => "kind_not_supported",
    8151 Self::Fault(KeyFault::WrongKind) => "wrong_kind",
    8152 Self::Fault(KeyFault::WrongLength) => "wrong_length",
    8153 Self::Fault(KeyFault::NotOnCurve) => "not_on_curve",
    8154 Self::Fault(KeyFault::NonCanonicalPoint) => "non_canonical_point",
    8155 Self::Fault(KeyFault::SmallOrderPoint) => "small_order_point",
    8156 Self::Fault(KeyFault::ModulusTooShort) => "modulus_too_short",
    8157 Self::Fault(KeyFault::ModulusTooLong) => "modulus_too_long",
    8158 Self::Fault(KeyFault::ModulusEven) => "modulus_even",
    8159 Self::Fault(KeyFault::LeadingZero) => "leading_zero",
    8160 Self::Fault(KeyFault::ExponentEven) => "exponent_even",
    8161 Self::Fault(KeyFault::ExponentTooSmall) => "exponent_too_small",
    8162 Self::Fault(KeyFault::ExponentTooLarge) => "exponent_too_large",
    8163 Self::Fault(KeyFault::OutOfMemory) => "out_of_memory",
    8164 Self::Fault(KeyFault::ModulusRoca) => "modulus_roca",
});

numbered!(PolicyError {
    8201 Self::EmptyList => "empty_list",
    8202 Self::EmptyName => "empty_name",
    8203 Self::ScopeMalformed => "scope_malformed",
    8204 Self::TooManyScopes => "too_many_scopes",
    8205 Self::PurposeMalformed => "purpose_malformed",
    8206 Self::SecondsOutOfRange => "seconds_out_of_range",
    8207 Self::ClassMalformed => "class_malformed",
    8208 Self::RealmMalformed => "realm_malformed",
    8209 Self::TokenLenOutOfRange => "token_len_out_of_range",
    8210 Self::QuotaOutOfRange => "quota_out_of_range",
    8211 Self::DpopRuleMissing => "dpop_rule_missing",
    8212 Self::IssuerTwice => "issuer_twice",
    8213 Self::AudienceNotRequired => "audience_not_required",
    8214 Self::KindNotMarked => "kind_not_marked",
    8215 Self::ClientsNotListed => "clients_not_listed",
});

//! Why a key set, a key or a policy is refused at load. Apart from [`Denied`](crate::Denied): nobody who
//! sends tokens can cause these.

use super::reasons::reasons;
use jotgate_crypto::KeyFault;

reasons! {
    [phrase]
    /// Why a key set is refused as a whole. Whatever was in force before stays in force.
    pub enum LoadError {
        8001 EmptyIssuer "empty_issuer"
            "The issuer's name or the section's label is empty."
        /// An issuer has one section, or more where its keys are kept apart: each takes memory.
        8002 TooManyIssuers "too_many_issuers"
            "More issuers than memory was lent for."
        8003 KeySetTooLong "key_set_too_long"
            "The key set is longer than " MAX_KEY_SET_LEN " bytes."
        8004 NotUtf8 "not_utf8"
            "The key set is not UTF-8."
        /// The field is the byte at which the reader stopped.
        8005 NotJson(usize) "not_json"
            "The key set is not JSON."
            => (at) "the key set is not JSON (at byte {at})"
        8006 NestedTooDeep "nested_too_deep"
            "The key set is nested deeper than " MAX_DEPTH "."
        /// RFC 7517, section 5.
        8007 NotKeySet "not_key_set"
            "Not a key set: it must be a JSON object with an array named keys."
        8008 DuplicateMember "duplicate_member"
            "A member name stands twice in the key set."
        8009 TooManyKeys "too_many_keys"
            "The key set has more than " MAX_KEYS " keys."
        8010 NoUsableKey "no_usable_key"
            "No key of the set can be used."
        8011 OutOfSlots "out_of_slots"
            "More usable keys than slots were lent."
        /// They hold the names of issuers and the index, too.
        8012 OutOfWords "out_of_words"
            "The lent words do not suffice for the keys."
        8013 ScratchTooSmall "scratch_too_small"
            "The lent scratch is too small to decode a key."
        8014 UnknownIssuer "unknown_issuer"
            "The issuer does not belong to this key ring."
        8015 SectionOfAnotherIssuer "section_of_another_issuer"
            "The section came before with another issuer: give it another label."
    }
}

reasons! {
    [phrase]
    /// Why one key of a set is not used. The others are.
    pub enum SkipReason {
        8101 NotObject "not_object"
            "The entry is not a JSON object."
        8102 DuplicateMember "duplicate_member"
            "A member name stands twice in the key."
        8103 TooManyMembers "too_many_members"
            "The key has more than " MAX_KEY_MEMBERS " members."
        8104 MemberWrongType "member_wrong_type"
            "A member has a value of the wrong type."
        8105 MemberMissing "member_missing"
            "A member that this kind of key needs is missing."
        8106 StringNotUsable "string_not_usable"
            "A string holds half of a surrogate pair or a NUL."
        8107 KidTooLong "kid_too_long"
            "The key id is longer than " MAX_KID_LEN " bytes."
        8108 KindUnknown "kind_unknown"
            "kty is not RSA, EC or OKP."
        8109 CurveUnknown "curve_unknown"
            "crv is not P-256, P-384 or P-521 for EC, Ed25519 for OKP."
        8110 AlgorithmUnknown "algorithm_unknown"
            "alg is no signature algorithm that is supported."
        8111 AlgorithmNotNamed "algorithm_not_named"
            "The key names no algorithm, its kind allows several, and its source names none."
        8112 AlgorithmNotEnabled "algorithm_not_enabled"
            "The key's algorithm is not among those that the host named."
        8113 AlgorithmMismatch "algorithm_mismatch"
            "alg does not fit kty and crv."
        8114 Symmetric "symmetric"
            "A symmetric key has no place among public keys."
        8115 NotForSignatures "not_for_signatures"
            "use is not sig."
        8116 NotForVerification "not_for_verification"
            "key_ops does not contain verify."
        8117 OperationTwice "operation_twice"
            "key_ops names an operation twice."
        8118 NotBase64url "not_base64url"
            "A member is not canonical base64url."
        /// In the same section.
        8119 KnownAlready "known_already"
            "The issuer has this very key already, under the same key id and algorithm."
        8120 KindNotSupported "kind_not_supported"
            "kty is AKP: ML-DSA (RFC 9964) is not supported."
        ;
        /// What is wrong with the key's numbers.
        Fault(KeyFault) {
            8151 WrongKind "wrong_kind"
            8152 WrongLength "wrong_length"
            8153 NotOnCurve "not_on_curve"
            8154 NonCanonicalPoint "non_canonical_point"
            8155 SmallOrderPoint "small_order_point"
            8156 ModulusTooShort "modulus_too_short"
            8157 ModulusTooLong "modulus_too_long"
            8158 ModulusEven "modulus_even"
            8159 LeadingZero "leading_zero"
            8160 ExponentEven "exponent_even"
            8161 ExponentTooSmall "exponent_too_small"
            8162 ExponentTooLarge "exponent_too_large"
            8163 OutOfMemory "out_of_memory"
            8164 ModulusRoca "modulus_roca"
        }
    }
}

reasons! {
    [phrase]
    /// Why a policy cannot be built.
    pub enum PolicyError {
        8201 EmptyList "empty_list"
            "The list is empty; an empty list never means any."
        8202 EmptyName "empty_name"
            "A name is empty."
        8203 ScopeMalformed "scope_malformed"
            "An alternative has no scope, or a scope holds a character that scopes must not hold."
        8204 TooManyScopes "too_many_scopes"
            "An alternative has more than " MAX_ALTERNATIVE_SCOPES " scopes."
        8205 PurposeMalformed "purpose_malformed"
            "A purpose must be letters only and begin with a capital."
        /// It is zero where that would forbid every token, or larger than the limit.
        8206 SecondsOutOfRange "seconds_out_of_range"
            "The number of seconds is out of range."
        /// It stands in a quoted string there, with spaces between the classes.
        8207 ClassMalformed "class_malformed"
            "An authentication class holds a character that must not stand in a challenge."
        /// It stands in a quoted string there.
        8208 RealmMalformed "realm_malformed"
            "The realm holds a character that must not stand in a challenge."
        8209 TokenLenOutOfRange "token_len_out_of_range"
            "The token length must be between 1 and " MAX_TOKEN_LEN_RAISED " bytes."
        8210 QuotaOutOfRange "quota_out_of_range"
            "The quota is zero, or more than can be counted."
        8211 DpopRuleMissing "dpop_rule_missing"
            "Tokens must be bound to a key, and nothing is said about DPoP proofs."
        /// A token would not say which of them judges it.
        8212 IssuerTwice "issuer_twice"
            "An issuer is named twice with one section of keys: a token would not say which of them judges it."
        8213 AudienceNotRequired "audience_not_required"
            "The tokens of an issuer need not have aud, so that no audience guards anything: judge by client."
        8214 KindNotMarked "kind_not_marked"
            "To judge by client, or to tolerate a claim of other tokens, the tokens of an issuer must show that they are access tokens: by typ at+jwt alone, or \
             by a claim of their preset."
        8215 ClientsNotListed "clients_not_listed"
            "To judge by client, the clients must be listed."
        8230 ToleranceIdle "tolerance_idle"
            "Claims of other kinds of tokens are not looked for where typ alone tells them apart: none need be tolerated."
        8231 TooManyTables "too_many_tables"
            "An issuer is described more than " MAX_TABLES " times."
        8240 ClaimPathMalformed "claim_path_malformed"
            "The path of a claim must be a JSON array of 1 to " MAX_CLAIM_PATH " names, none of them empty."
        8241 ClaimValuesMalformed "claim_values_malformed"
            "The values of a claim must be a JSON array of 1 to " MAX_CLAIM_VALUES " strings, integers, true or false, \
             none of them twice; as words, strings without spaces."
        8242 ClaimRangeEmpty "claim_range_empty"
            "A range of numbers needs a bound, and its lower bound must not be above its upper one."
        8243 TooManyClaimRules "too_many_claim_rules"
            "A policy has more than " MAX_CLAIM_RULES " rules about claims."
        8244 MetadataMalformed "metadata_malformed"
            "The address of the resource's metadata must begin with https:// and a host, and be visible ASCII without \
             fragment, quotes and backslashes."
    }
}

//! Why a request is refused: flat, numbered, one sentence each.

/// One table makes the enumeration, its list, its names and its sentences, so that they cannot drift apart.
macro_rules! reasons {
    ($($code:literal $name:ident $snake:literal $class:ident $sentence:literal)*) => {
        /// Why a token or request is refused. The numbers are stable and only ever added to; they are the
        /// statuses of the C ABI as well, and none of them is an HTTP status.
        ///
        /// | numbers | group |
        /// |---|---|
        /// | 1xxx | the host called wrongly; from 1100 those of the C ABI alone |
        /// | 2xxx | malformed |
        /// | 3xxx | issuer, key or signature |
        /// | 4xxx | claims against the policy |
        /// | 5xxx | bound to another sender |
        /// | 6xxx | the host's state: no clock, no keys |
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u16)]
        #[non_exhaustive]
        pub enum Denied {
            $(#[doc = $sentence] $name = $code,)*
        }

        impl Denied {
            /// Every reason, by number.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The number, four digits.
            #[must_use]
            pub fn code(self) -> u16 {
                match self { $(Self::$name => $code,)* }
            }

            /// The name in snake case, for logs and metrics.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $snake,)* }
            }

            /// One sentence for a person. ASCII without quotes or backslashes, so that it may stand in a
            /// challenge (RFC 6750, section 3).
            #[must_use]
            pub fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)* }
            }

            pub(crate) fn class(self) -> Class {
                match self { $(Self::$name => Class::$class,)* }
            }
        }
    };
}

/// What an HTTP answer says about a refusal (RFC 6750, section 3.1; RFC 9470, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Nothing was presented: a bare challenge.
    NoCredentials,
    /// The request itself is malformed.
    InvalidRequest,
    /// The token is refused.
    InvalidToken,
    /// The token is good, but does not cover this product.
    InsufficientScope,
    /// The user must authenticate again, or better.
    InsufficientAuthentication,
    /// The host cannot judge now.
    Unavailable,
    /// The host is set up wrongly.
    Internal,
}

reasons! {
    1001 ScratchTooSmall "scratch_too_small" Internal
        "The host lent less scratch memory than a token of this length needs."

    2001 NoCredentials "no_credentials" NoCredentials
        "The request carries no credentials."
    2002 OtherScheme "other_scheme" NoCredentials
        "The credentials are of a scheme other than Bearer or DPoP."
    2003 BadAuthorizationHeader "bad_authorization_header" InvalidRequest
        "The Authorization header is repeated or does not follow the grammar of RFC 6750."
    2004 AuthorizationHeaderTooLong "authorization_header_too_long" InvalidRequest
        "The Authorization header is longer than the longest token allows."
    2010 NotJwt "not_jwt" InvalidToken
        "The token is not a JWT: it has no three segments."
    2011 EncryptedToken "encrypted_token" InvalidToken
        "The token is encrypted: it has five segments."
    2012 TokenTooLong "token_too_long" InvalidToken
        "The token is longer than the limit."
    2013 UnsignedToken "unsigned_token" InvalidToken
        "The token has an empty signature."
    2014 NotBase64url "not_base64url" InvalidToken
        "A segment is not canonical base64url without padding."
    2020 NotUtf8 "not_utf8" InvalidToken
        "The header or the claims set is not UTF-8."
    2021 NotJson "not_json" InvalidToken
        "The header or the claims set does not follow the JSON grammar."
    2022 NotObject "not_object" InvalidToken
        "The header or the claims set is not a JSON object."
    2023 NestedTooDeep "nested_too_deep" InvalidToken
        "The header or the claims set is nested deeper than the limit."
    2024 DuplicateMember "duplicate_member" InvalidToken
        "A member name stands twice in one object."
    2025 NumberTooLong "number_too_long" InvalidToken
        "A number has more digits than the limit."
    2026 LoneSurrogate "lone_surrogate" InvalidToken
        "A string that matters holds half of a surrogate pair."
    2027 NulCharacter "nul_character" InvalidToken
        "A string that matters holds a NUL character."
    2030 HeaderTooLong "header_too_long" InvalidToken
        "The header is longer than the limit."
    2031 TooManyHeaderMembers "too_many_header_members" InvalidToken
        "The header has more members than the limit."
    2032 HeaderWrongType "header_wrong_type" InvalidToken
        "A header parameter has a value of the wrong type."
    2033 AlgorithmMissing "algorithm_missing" InvalidToken
        "The header names no algorithm."
    2034 KidTooLong "kid_too_long" InvalidToken
        "The key id is longer than the limit."
    2035 CritMalformed "crit_malformed" InvalidToken
        "The critical header list is empty, repeats a name, or names a parameter that must not or does not stand there."
    2036 CritNotSupported "crit_not_supported" InvalidToken
        "The header demands an extension that is not supported."
    2037 UnencodedPayload "unencoded_payload" InvalidToken
        "The payload is not base64url-encoded, which a JWT must not do."
    2038 NestedToken "nested_token" InvalidToken
        "The token holds another token."
    2039 EncryptionHeader "encryption_header" InvalidToken
        "The header belongs to an encrypted or compressed token."
    2040 EmbeddedKey "embedded_key" InvalidToken
        "The header carries a key or a reference to one."
    2050 TooManyClaims "too_many_claims" InvalidToken
        "The claims set has more members than the limit."
    2051 ClaimWrongType "claim_wrong_type" InvalidToken
        "A claim has a value of the wrong type."
    2052 DateOutOfRange "date_out_of_range" InvalidToken
        "A date lies beyond the range of 64-bit seconds."
    2053 TooManyAudiences "too_many_audiences" InvalidToken
        "The token names more audiences than the limit."
    2054 TooManyScopes "too_many_scopes" InvalidToken
        "The token names more scopes than the limit."
    2055 ScopeMalformed "scope_malformed" InvalidToken
        "The scope holds a character that scopes must not hold."
    2056 PurposeMalformed "purpose_malformed" InvalidToken
        "The purpose does not follow the grammar dpv:Name."

    3001 AlgorithmNotSupported "algorithm_not_supported" InvalidToken
        "The header names an algorithm that is not supported."
    3002 IssuerUnknown "issuer_unknown" InvalidToken
        "The token claims an issuer that this product does not accept."
    3003 UnknownKid "unknown_kid" InvalidToken
        "The issuer has no key with this key id."
    3004 NoKeyFits "no_key_fits" InvalidToken
        "The token names no key, and the issuer has none for its algorithm, or several."
    3005 AmbiguousKey "ambiguous_key" InvalidToken
        "The issuer publishes different keys under this key id."
    3006 AlgorithmMismatch "algorithm_mismatch" InvalidToken
        "The key serves another algorithm than the header names."
    3007 BadSignature "bad_signature" InvalidToken
        "The signature is not valid."

    4001 Expired "expired" InvalidToken
        "The token expired."
    4002 NotYetValid "not_yet_valid" InvalidToken
        "The token is not valid yet."
    4003 IssuedInFuture "issued_in_future" InvalidToken
        "The token was issued in the future."
    4004 LifetimeTooLong "lifetime_too_long" InvalidToken
        "The token lives longer than this product allows."
    4005 ExpiresBeforeIssued "expires_before_issued" InvalidToken
        "The token expires before it was issued."
    4006 TooOld "too_old" InvalidToken
        "The token was issued too long ago for this product."
    4010 IssuerMissing "issuer_missing" InvalidToken
        "The token names no issuer."
    4011 IssuerMismatch "issuer_mismatch" InvalidToken
        "The key belongs to another issuer than the token claims."
    4012 ExpirationMissing "expiration_missing" InvalidToken
        "The token has no expiration time."
    4013 AudienceMissing "audience_missing" InvalidToken
        "The token names no audience."
    4014 SubjectMissing "subject_missing" InvalidToken
        "The token names no subject."
    4015 ClientMissing "client_missing" InvalidToken
        "The token names no client."
    4016 IssuedAtMissing "issued_at_missing" InvalidToken
        "The token does not say when it was issued."
    4017 TokenIdMissing "token_id_missing" InvalidToken
        "The token has no id of its own."
    4018 RequiredClaimMissing "required_claim_missing" InvalidToken
        "A claim that this product requires is missing."
    4020 WrongType "wrong_type" InvalidToken
        "The token's type is not that of an access token of this issuer."
    4021 WrongKind "wrong_kind" InvalidToken
        "The token's claims are those of another kind of token."
    4022 WrongAudience "wrong_audience" InvalidToken
        "The token is meant for another audience."
    4030 ClientsDisagree "clients_disagree" InvalidToken
        "The token names several clients."
    4031 ClientNotAllowed "client_not_allowed" InsufficientScope
        "The client may not use this product."
    4032 ClientBlocked "client_blocked" InvalidToken
        "The client is blocked."
    4040 UserRequired "user_required" InsufficientScope
        "This product needs a token that stands for a user."
    4041 UserNotAllowed "user_not_allowed" InsufficientScope
        "This product needs a token that stands for the client alone."
    4042 AuthenticationTooWeak "authentication_too_weak" InsufficientAuthentication
        "The user's authentication is of a weaker class than this product needs."
    4043 AuthenticationTooOld "authentication_too_old" InsufficientAuthentication
        "The user authenticated too long ago for this product."
    4050 ScopeMissing "scope_missing" InsufficientScope
        "The token lacks a scope that this product needs."
    4051 PurposeMissing "purpose_missing" InsufficientScope
        "The token names no purpose."
    4052 PurposeAmbiguous "purpose_ambiguous" InsufficientScope
        "The token names more than one purpose."
    4053 PurposeNotAllowed "purpose_not_allowed" InsufficientScope
        "The token's purpose does not cover this product."

    5001 BindingNotProven "binding_not_proven" InvalidToken
        "The token is bound to a key or certificate that the sender did not prove."
    5002 TokenNotBound "token_not_bound" InvalidToken
        "The token was sent as a DPoP token, but is not bound to a key."

    6001 ClockNotTrusted "clock_not_trusted" Unavailable
        "The host has no trusted time."
    6002 ClockBelowFloor "clock_below_floor" Unavailable
        "The host's time lies before the earliest plausible time."
    6003 NoKeysForIssuer "no_keys_for_issuer" Unavailable
        "The host has loaded no keys of this issuer."
}

impl core::fmt::Display for Denied {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} {}: {}", self.code(), self.name(), self.sentence())
    }
}

impl core::error::Error for Denied {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_and_names_are_unique_snake_case() {
        for pair in Denied::ALL.windows(2) {
            assert!(pair[0].code() < pair[1].code(), "{:?} {:?}", pair[0], pair[1]);
        }
        for denied in Denied::ALL {
            let mut snake = std::string::String::new();
            for (at, letter) in std::format!("{denied:?}").char_indices() {
                if at > 0 && letter.is_ascii_uppercase() {
                    snake.push('_');
                }
                snake.push(letter.to_ascii_lowercase());
            }
            assert_eq!(denied.name(), snake);
        }
    }

    #[test]
    fn sentences_may_stand_in_a_challenge() {
        for denied in Denied::ALL {
            assert!(
                denied.sentence().bytes().all(|b| matches!(b, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e)),
                "{denied:?}"
            );
        }
    }
}

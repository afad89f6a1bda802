//! Why a request is refused: flat, numbered, one sentence each.

use super::reasons::reasons;

/// The reasons, each with what an HTTP answer says about it.
macro_rules! denied {
    ($($code:literal $Variant:ident $name:literal $class:ident $sentence:literal)*) => {
        reasons! {
            [numbered]
            /// Why a token or request is refused. The numbers are stable and only ever added to; they are the
            /// statuses of the C ABI as well, and none of them is an HTTP status.
            ///
            /// | numbers | group |
            /// |---|---|
            /// | 1xxx | the host called wrongly; from 1100 those of the C ABI alone |
            /// | 2xxx | malformed |
            /// | 3xxx | issuer, key or signature |
            /// | 4xxx | claims against the policy |
            /// | 5xxx | revoked, bound to another sender, or used before |
            /// | 6xxx | the host's state: no clock, no keys, no list, no answer, no memory |
            #[derive(Hash, PartialOrd, Ord)]
            #[repr(u16)]
            pub enum Denied {
                $($code $Variant = $code $name $sentence)*
            }
        }

        impl Denied {
            /// Every reason, by number.
            pub const ALL: &'static [Self] = &[$(Self::$Variant,)*];

            pub(crate) fn class(self) -> Class {
                match self { $(Self::$Variant => Class::$class,)* }
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
    /// The token is refused, and the sender should use DPoP (RFC 9449, sections 7.1 and 7.2).
    InvalidDpopToken,
    /// The token is bound to nobody, and the policy says to whom it must be.
    BindingMissing,
    /// The DPoP proof is refused (RFC 9449, section 7.1).
    InvalidProof,
    /// The DPoP proof must hold a nonce of the host (RFC 9449, section 9).
    NonceNeeded,
    /// The client has sent too much.
    TooManyRequests,
    /// The token is good, but does not cover this product.
    InsufficientScope,
    /// The token is good, and what it says of its holder forbids this product: no scope would help.
    Forbidden,
    /// The user must authenticate again, or better.
    InsufficientAuthentication,
    /// The host cannot judge now.
    Unavailable,
    /// The host is set up wrongly.
    Internal,
}

denied! {
    1001 ScratchTooSmall "scratch_too_small" Internal
        "The host lent less scratch memory than a token of this length needs."
    1010 IntrospectionNotAsked "introspection_not_asked" Internal
        "This product has the authorization server asked about every token, and the host did not ask."

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
    4044 AuthenticationInFuture "authentication_in_future" InvalidToken
        "The user authenticated in the future."
    4050 ScopeMissing "scope_missing" InsufficientScope
        "The token lacks a scope that this product needs."
    4051 PurposeMissing "purpose_missing" InsufficientScope
        "The token names no purpose."
    4052 PurposeAmbiguous "purpose_ambiguous" InsufficientScope
        "The token names more than one purpose."
    4053 PurposeNotAllowed "purpose_not_allowed" InsufficientScope
        "The token's purpose does not cover this product."
    4054 ClaimRefused "claim_refused" InvalidToken
        "A claim has not the value that this product needs."
    4055 ClaimForbidden "claim_forbidden" Forbidden
        "A claim has a value that may not use this product."
    4060 NonceMissing "nonce_missing" InvalidToken
        "The ID token holds no nonce, and one was sent."
    4061 NonceMismatch "nonce_mismatch" InvalidToken
        "The ID token holds another nonce than was sent."
    4062 AudienceNotTrusted "audience_not_trusted" InvalidToken
        "The ID token names an audience besides the client that is not trusted."
    4063 WrongAuthorizedParty "wrong_authorized_party" InvalidToken
        "The ID token was issued to another party."
    4064 AuthenticationTimeMissing "authentication_time_missing" InvalidToken
        "The ID token does not say when the user authenticated."
    4065 AccessTokenHashMissing "access_token_hash_missing" InvalidToken
        "The ID token does not say which access token belongs to it."
    4066 AccessTokenHashMismatch "access_token_hash_mismatch" InvalidToken
        "The ID token belongs to another access token."
    4067 CodeHashMissing "code_hash_missing" InvalidToken
        "The ID token does not say which authorization code belongs to it."
    4068 CodeHashMismatch "code_hash_mismatch" InvalidToken
        "The ID token belongs to another authorization code."
    4069 RefreshTokenHashMissing "refresh_token_hash_missing" InvalidToken
        "The ID token does not say which refresh token belongs to it."
    4070 RefreshTokenHashMismatch "refresh_token_hash_mismatch" InvalidToken
        "The ID token belongs to another refresh token."
    4071 AuthRequestMissing "auth_request_missing" InvalidToken
        "The ID token does not say which authentication request it answers."
    4072 AuthRequestMismatch "auth_request_mismatch" InvalidToken
        "The ID token answers another authentication request."
    4073 SubjectMalformed "subject_malformed" InvalidToken
        "The ID token's subject is empty, longer than 255 characters, or not ASCII."

    5001 BindingNotProven "binding_not_proven" InvalidDpopToken
        "The token is bound to a key or certificate that the sender did not prove."
    5002 TokenNotBound "token_not_bound" InvalidDpopToken
        "The token was sent as a DPoP token, but is not bound to a key."
    5003 ConfirmationMalformed "confirmation_malformed" InvalidToken
        "The token's confirmation of its sender is no SHA-256 digest in base64url."
    5004 ConfirmationUnknown "confirmation_unknown" InvalidToken
        "The token is bound to its sender in a way that is not supported."
    5005 BindingMissing "binding_missing" BindingMissing
        "This product needs a token that is bound to its sender."
    5006 CertificateMissing "certificate_missing" InvalidToken
        "The token is bound to a certificate, and the sender showed none."
    5007 CertificateMismatch "certificate_mismatch" InvalidToken
        "The token is bound to another certificate than the sender showed."
    5010 ProofMissing "proof_missing" InvalidProof
        "The request carries no DPoP proof."
    5011 ProofRepeated "proof_repeated" InvalidProof
        "The request carries more than one DPoP proof."
    5012 ProofTooLong "proof_too_long" InvalidProof
        "The DPoP proof is longer than the limit."
    5013 ProofMalformed "proof_malformed" InvalidProof
        "The DPoP proof is not a well-formed signed JWT."
    5014 ProofWrongType "proof_wrong_type" InvalidProof
        "The DPoP proof's type is not dpop+jwt."
    5015 ProofAlgorithmNotAllowed "proof_algorithm_not_allowed" InvalidProof
        "The DPoP proof is signed with an algorithm that is not allowed."
    5016 ProofKeyMissing "proof_key_missing" InvalidProof
        "The DPoP proof carries no key."
    5017 ProofKeyPrivate "proof_key_private" InvalidProof
        "The DPoP proof carries a private key."
    5018 ProofKeyUnusable "proof_key_unusable" InvalidProof
        "The DPoP proof's key is not a sound public key of its algorithm."
    5019 ProofClaimMissing "proof_claim_missing" InvalidProof
        "The DPoP proof lacks a claim."
    5020 ProofIdTooLong "proof_id_too_long" InvalidProof
        "The DPoP proof's id is longer than the limit."
    5021 ProofWrongMethod "proof_wrong_method" InvalidProof
        "The DPoP proof is made for another method."
    5022 ProofWrongUri "proof_wrong_uri" InvalidProof
        "The DPoP proof is made for another URI."
    5023 ProofNonceMissing "proof_nonce_missing" NonceNeeded
        "The DPoP proof holds no nonce."
    5024 ProofNonceStale "proof_nonce_stale" NonceNeeded
        "The DPoP proof's nonce is not a current one."
    5025 ProofIssuedInFuture "proof_issued_in_future" InvalidProof
        "The DPoP proof was made in the future."
    5026 ProofTooOld "proof_too_old" InvalidProof
        "The DPoP proof was made too long ago."
    5027 ProofWrongToken "proof_wrong_token" InvalidProof
        "The DPoP proof is made for another token."
    5028 ProofWrongQuery "proof_wrong_query" InvalidProof
        "The DPoP proof lacks the digest of the query, or is made for another query."
    5029 ProofWrongBody "proof_wrong_body" InvalidProof
        "The DPoP proof lacks the digest of the body, or is made for another body."
    5030 ProofWrongKey "proof_wrong_key" InvalidDpopToken
        "The token is bound to another key than that of the DPoP proof."
    5031 ProofBadSignature "proof_bad_signature" InvalidProof
        "The DPoP proof's signature is not valid."

    5101 TokenRevoked "token_revoked" InvalidToken
        "The token was revoked."
    5102 ClientRevoked "client_revoked" InvalidToken
        "The tokens of this client were revoked."
    5103 SubjectRevoked "subject_revoked" InvalidToken
        "The tokens of this subject were revoked."
    5104 KeyRevoked "key_revoked" InvalidToken
        "The tokens that this key signed were revoked."
    5105 IssuedBeforeRevocation "issued_before_revocation" InvalidToken
        "The token was issued before its issuer's or its client's tokens were revoked."
    5110 StatusMissing "status_missing" InvalidToken
        "The token refers to no status."
    5111 StatusInvalid "status_invalid" InvalidToken
        "The token's status is invalid."
    5112 StatusSuspended "status_suspended" InvalidToken
        "The token's status is suspended."
    5113 StatusUnknown "status_unknown" InvalidToken
        "The token's status has no meaning here."
    5114 StatusIndexOutOfRange "status_index_out_of_range" InvalidToken
        "The token refers to a status beyond the end of the list."
    5120 IntrospectionInactive "introspection_inactive" InvalidToken
        "The authorization server says that the token is not active."
    5121 IntrospectionContradicts "introspection_contradicts" InvalidToken
        "The authorization server says something else about the token than the token itself."

    5201 Replayed "replayed" InvalidProof
        "The DPoP proof was used before."
    5202 ReplayWindowFull "replay_window_full" Unavailable
        "The host has no room to remember another DPoP proof, or too many workers look for it at once."
    5203 ReplayQuotaExceeded "replay_quota_exceeded" TooManyRequests
        "The client has used as many DPoP proofs as it may in a while."

    6001 ClockNotTrusted "clock_not_trusted" Unavailable
        "The host has no trusted time."
    6002 ClockBelowFloor "clock_below_floor" Unavailable
        "The host's time lies before the earliest plausible time."
    6003 NoKeysForIssuer "no_keys_for_issuer" Unavailable
        "The host has loaded no keys of this issuer."
    6101 RevocationListMissing "revocation_list_missing" Unavailable
        "The host has no revocation list."
    6102 RevocationListStale "revocation_list_stale" Unavailable
        "The host's revocation list is too old."
    6103 StatusListMissing "status_list_missing" Unavailable
        "The host does not have the status list that the token refers to."
    6104 StatusListStale "status_list_stale" Unavailable
        "The status list that the token refers to is too old."
    6105 IntrospectionUnanswered "introspection_unanswered" Unavailable
        "The authorization server did not say whether the token is active."
    6106 IntrospectionMalformed "introspection_malformed" Unavailable
        "The authorization server's answer about the token cannot be read."
    6110 RevocationListNotCounted "revocation_list_not_counted" Unavailable
        "The host's revocation list does not say how many entries it has, and may have been cut off."
    6201 ReplayWindowMissing "replay_window_missing" Internal
        "The host takes DPoP proofs, but lends no memory to remember them."
    6202 NoncesMissing "nonces_missing" Internal
        "The policy demands nonces in DPoP proofs, and the host lends none."
    6203 RequestDetailsMissing "request_details_missing" Internal
        "The policy demands a digest of query or body, and the host does not say what it is."
    6204 ReplayLifeTooLong "replay_life_too_long" Internal
        "The DPoP proof would have to be remembered for longer than the host's memory is made for."
    6205 ClockWentBack "clock_went_back" Unavailable
        "The host's time went back behind what its memory of DPoP proofs has forgotten."
}

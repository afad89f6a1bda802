//! Why a key set, a key or a policy is refused at load. Apart from [`Denied`](crate::Denied): nobody who
//! sends tokens can cause these.

use jotgate_crypto::KeyFault;

/// Why a key set is refused as a whole. Whatever was in force before stays in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoadError {
    /// The issuer's name, or the section's label, is empty.
    EmptyIssuer,
    /// More sections than memory was lent for: an issuer has one, or more where its keys are kept apart.
    TooManyIssuers,
    /// The key set is longer than [`MAX_KEY_SET_LEN`](crate::limits::MAX_KEY_SET_LEN) bytes.
    KeySetTooLong,
    /// The key set is not UTF-8.
    NotUtf8,
    /// The key set does not follow the JSON grammar; the byte at which the reader stopped.
    NotJson(usize),
    /// The key set is nested deeper than [`MAX_DEPTH`](crate::limits::MAX_DEPTH).
    NestedTooDeep,
    /// The key set is not a JSON object with an array `keys` (RFC 7517, section 5).
    NotKeySet,
    /// A member name stands twice in the key set's object.
    DuplicateMember,
    /// More keys than [`MAX_KEYS`](crate::limits::MAX_KEYS).
    TooManyKeys,
    /// No key of the set can be used.
    NoUsableKey,
    /// More usable keys than slots were lent.
    OutOfSlots,
    /// The lent words do not suffice for the keys and their index.
    OutOfWords,
    /// The lent scratch is too small to decode a key.
    ScratchTooSmall,
    /// The section does not belong to this ring.
    UnknownIssuer,
    /// The label of the section came before, with another issuer.
    SectionOfAnotherIssuer,
}

impl core::fmt::Display for LoadError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let text = match self {
            Self::EmptyIssuer => "the issuer's name or the section's label is empty",
            Self::TooManyIssuers => "more issuers than memory was lent for",
            Self::KeySetTooLong => "the key set is longer than 262144 bytes",
            Self::NotUtf8 => "the key set is not UTF-8",
            Self::NotJson(at) => return write!(f, "the key set is not JSON (at byte {at})"),
            Self::NestedTooDeep => "the key set is nested deeper than 16",
            Self::NotKeySet => "not a key set: it must be a JSON object with an array named keys",
            Self::DuplicateMember => "a member name stands twice in the key set",
            Self::TooManyKeys => "the key set has more than 1024 keys",
            Self::NoUsableKey => "no key of the set can be used",
            Self::OutOfSlots => "more usable keys than slots were lent",
            Self::OutOfWords => "the lent words do not suffice for the keys",
            Self::ScratchTooSmall => "the lent scratch is too small to decode a key",
            Self::UnknownIssuer => "the issuer does not belong to this key ring",
            Self::SectionOfAnotherIssuer => {
                "the section came before with another issuer: give it another label"
            }
        };
        f.write_str(text)
    }
}

impl core::error::Error for LoadError {}

/// Why one key of a set is not used. The others are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SkipReason {
    /// The entry of `keys` is not an object.
    NotObject,
    /// A member name stands twice.
    DuplicateMember,
    /// More members than [`MAX_KEY_MEMBERS`](crate::limits::MAX_KEY_MEMBERS).
    TooManyMembers,
    /// A member has a value of the wrong type.
    MemberWrongType,
    /// A member that this kind of key needs is missing.
    MemberMissing,
    /// A string that matters holds half of a surrogate pair or a NUL.
    StringNotUsable,
    /// The key id is longer than [`MAX_KID_LEN`](crate::limits::MAX_KID_LEN) bytes.
    KidTooLong,
    /// `kty` is none that jotgate knows.
    KindUnknown,
    /// `crv` is none that jotgate knows.
    CurveUnknown,
    /// `alg` is no signature algorithm that jotgate knows.
    AlgorithmUnknown,
    /// The key names no algorithm, its kind allows several, and the key source names none either.
    AlgorithmNotNamed,
    /// The key's algorithm is not among those that the host named.
    AlgorithmNotEnabled,
    /// `alg` does not fit `kty` and `crv`.
    AlgorithmMismatch,
    /// A symmetric key: it has no place among public keys.
    Symmetric,
    /// `use` is not `sig`.
    NotForSignatures,
    /// `key_ops` does not contain `verify`.
    NotForVerification,
    /// `key_ops` names an operation twice.
    OperationTwice,
    /// A member is not canonical base64url.
    NotBase64url,
    /// The issuer's section holds this very key already, under the same key id and algorithm.
    KnownAlready,
    /// `kty` is `AKP`, whose algorithms (ML-DSA, RFC 9964) jotgate does not have.
    KindNotSupported,
    /// What is wrong with the key's numbers.
    Fault(KeyFault),
}

impl core::fmt::Display for SkipReason {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NotObject => "the entry is not a JSON object",
            Self::DuplicateMember => "a member name stands twice in the key",
            Self::TooManyMembers => "the key has more than 64 members",
            Self::MemberWrongType => "a member has a value of the wrong type",
            Self::MemberMissing => "a member that this kind of key needs is missing",
            Self::StringNotUsable => "a string holds half of a surrogate pair or a NUL",
            Self::KidTooLong => "the key id is longer than 256 bytes",
            Self::KindUnknown => "kty is not RSA, EC or OKP",
            Self::CurveUnknown => "crv is not P-256, P-384 or P-521 for EC, Ed25519 for OKP",
            Self::AlgorithmUnknown => "alg is no signature algorithm that is supported",
            Self::AlgorithmNotNamed => {
                "the key names no algorithm, its kind allows several, and its source names none"
            }
            Self::AlgorithmNotEnabled => "the key's algorithm is not among those that the host named",
            Self::AlgorithmMismatch => "alg does not fit kty and crv",
            Self::Symmetric => "a symmetric key has no place among public keys",
            Self::NotForSignatures => "use is not sig",
            Self::NotForVerification => "key_ops does not contain verify",
            Self::OperationTwice => "key_ops names an operation twice",
            Self::NotBase64url => "a member is not canonical base64url",
            Self::KnownAlready => "the issuer has this very key already, under the same key id and algorithm",
            Self::KindNotSupported => "kty is AKP: ML-DSA (RFC 9964) is not supported",
            Self::Fault(fault) => return fault.fmt(f),
        })
    }
}

/// Why a policy cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// A list that guards something is empty; empty never means "any".
    EmptyList,
    /// A name in a list is empty.
    EmptyName,
    /// A scope holds a character that scopes must not hold, or an alternative holds no scope.
    ScopeMalformed,
    /// An alternative has more than [`MAX_ALTERNATIVE_SCOPES`](crate::limits::MAX_ALTERNATIVE_SCOPES) scopes.
    TooManyScopes,
    /// A purpose is not a name of letters, beginning with a capital.
    PurposeMalformed,
    /// A number of seconds is zero where it would forbid every token, or larger than the limit.
    SecondsOutOfRange,
    /// An authentication class holds a space, or a character that a quoted string of a challenge must not hold.
    ClassMalformed,
    /// A realm holds a character that a quoted string of a challenge must not hold.
    RealmMalformed,
    /// The token length is zero, or greater than [`MAX_TOKEN_LEN_RAISED`](crate::limits::MAX_TOKEN_LEN_RAISED).
    TokenLenOutOfRange,
    /// A quota is zero, or greater than a count can be.
    QuotaOutOfRange,
    /// The product takes bound tokens only, and the policy does not say how proofs must look.
    DpopRuleMissing,
    /// Two of the product's issuers have the same name: a token would not say which of them judges it.
    IssuerTwice,
    /// An audience is named, and the tokens of an issuer need not have one.
    AudienceNotRequired,
    /// Tokens are judged by their client alone, and nothing shows that those of an issuer are access tokens.
    KindNotMarked,
    /// Tokens are judged by their client alone, and the clients are not listed.
    ClientsNotListed,
}

impl core::fmt::Display for PolicyError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::EmptyList => "the list is empty; an empty list never means any",
            Self::EmptyName => "a name is empty",
            Self::ScopeMalformed => {
                "an alternative has no scope, or a scope holds a character that scopes must not hold"
            }
            Self::TooManyScopes => "an alternative has more than 32 scopes",
            Self::PurposeMalformed => "a purpose must be letters only and begin with a capital",
            Self::SecondsOutOfRange => "the number of seconds is out of range",
            Self::ClassMalformed => {
                "an authentication class holds a character that must not stand in a challenge"
            }
            Self::RealmMalformed => "the realm holds a character that must not stand in a challenge",
            Self::TokenLenOutOfRange => "the token length must be between 1 and 16384 bytes",
            Self::QuotaOutOfRange => "the quota is zero, or more than can be counted",
            Self::DpopRuleMissing => "tokens must be bound to a key, and nothing is said about DPoP proofs",
            Self::IssuerTwice => "two of the issuers have the same name: a product takes one of them",
            Self::AudienceNotRequired => {
                "the tokens of an issuer need not have aud, so that no audience guards anything: judge by client"
            }
            Self::KindNotMarked => {
                "to judge by client, the tokens of an issuer must show that they are access tokens: by typ at+jwt \
                 alone, or by a claim of their preset"
            }
            Self::ClientsNotListed => "to judge by client, the clients must be listed",
        })
    }
}

impl core::error::Error for PolicyError {}

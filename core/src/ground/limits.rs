//! Every limit has a name, a number with its unit, and a reason of its own when it is exceeded.

/// Longest token, bytes, unless the host says otherwise: Nginx's default large header buffer.
pub const MAX_TOKEN_LEN: usize = 8 * 1024;

/// Longest token that a host may allow, bytes.
pub const MAX_TOKEN_LEN_RAISED: usize = 16 * 1024;

/// Longest decoded header, bytes. Real ones are below 300.
pub const MAX_HEADER_LEN: usize = 1024;

/// Most members of a header.
pub const MAX_HEADER_MEMBERS: usize = 32;

/// Most members of a claims set. Bounds the search for duplicates.
pub const MAX_CLAIMS: usize = 256;

/// Most members of an object inside of the claims, when somebody looks into it. Bounds the search for duplicates there.
pub const MAX_INNER_MEMBERS: usize = 256;

/// Deepest nesting of arrays and objects, the outermost counted. Real tokens: 4.
pub const MAX_DEPTH: usize = 16;

/// Longest key id, bytes after unescaping. Longest seen: 44.
pub const MAX_KID_LEN: usize = 256;

/// Most scopes in a token. CAMARA's largest set has 9.
pub const MAX_SCOPES: usize = 128;

/// Most scopes in one alternative of a policy.
pub const MAX_ALTERNATIVE_SCOPES: usize = 32;

/// Most audiences in a token.
pub const MAX_AUDIENCES: usize = 32;

/// Most digits of a number: integer, fraction and exponent together.
pub const MAX_DIGITS: usize = 32;

/// Largest key set, bytes. Microsoft Entra's common set has 20 KB.
pub const MAX_KEY_SET_LEN: usize = 256 * 1024;

/// Most keys in a key set, used or skipped.
pub const MAX_KEYS: usize = 1024;

/// Most members of one key in a key set.
pub const MAX_KEY_MEMBERS: usize = 64;

/// Most issuers in one key ring.
pub const MAX_ISSUERS: usize = 1024;

/// Most rules about claims in one policy.
pub const MAX_CLAIM_RULES: usize = 16;

/// Most names in the path of such a rule.
pub const MAX_CLAIM_PATH: usize = 8;

/// Most values in such a rule.
pub const MAX_CLAIM_VALUES: usize = 32;

/// Most descriptions of one issuer in one policy.
pub const MAX_TABLES: usize = 4;

/// Longest revocation list, bytes. Offsets into it have 32 bits; a million entries take 40 to 100 MB.
pub const MAX_REVOCATION_LIST_LEN: usize = 1024 * 1024 * 1024;

/// Longest status list token, bytes. A million statuses of one bit that cannot be compressed take 250 KB.
pub const MAX_STATUS_LIST_LEN: usize = 4 * 1024 * 1024;

/// Blocks of a compressed status list that may inflate to anything, or to nothing.
pub const FREE_INFLATED_BLOCKS: usize = 64;

/// Fewest bytes that each block beyond those inflates to, on average. zlib begins a block every 16,383 symbols at the
/// earliest, unless it is given less memory than by default; each flush adds two blocks. The dearest block costs what 500
/// bytes cost.
pub const MIN_INFLATED_BLOCK_LEN: usize = 640;

/// Bytes that an `Authorization` field may be longer than the longest token: scheme and spaces.
pub const AUTHORIZATION_OVERHEAD: usize = 16;

/// Longest DPoP proof, bytes: Nginx's default large header buffer.
pub const MAX_PROOF_LEN: usize = 8 * 1024;

/// Most claims of a DPoP proof. CAMARA's have 8.
pub const MAX_PROOF_CLAIMS: usize = 32;

/// Longest `jti` of a DPoP proof, bytes after unescaping. A UUID has 36.
pub const MAX_PROOF_ID_LEN: usize = 256;

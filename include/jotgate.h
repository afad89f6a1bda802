/*
 * jotgate: JWT access-token validation against preloaded keys.
 * SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * This file is generated: scripts/header. Do not edit it.
 *
 * The rules that hold for every function:
 *
 * - Objects (`jotgate_*_t` with a member `opaque`) live in the caller's memory: on the stack, in .bss, wherever. Bytes of
 *   zero are an empty object. Nothing is to be freed. A function that is given an empty object, one of another version, or
 *   something else answers JOTGATE_BAD_STATE.
 * - No function allocates, locks, reads a clock, or keeps anything of its own. Time and memory are arguments. Working
 *   memory is a pointer and its length in bytes, of any alignment.
 * - `const *` may be shared between threads; everything else is one thread's own. Each function says so where it differs.
 *   A scratch or a worker that another call is using, of another thread or interrupted by a signal, answers JOTGATE_BUSY.
 *   That is a mark and no lock: two calls that begin at the very same moment may both go on. A call that never returns
 *   (longjmp, a cancelled thread) leaves the mark; jotgate_scratch_init and jotgate_worker_init take it away.
 * - Outputs are zeroed on entry and filled only when the function answers JOTGATE_OK. They must not share bytes with
 *   anything else of the call, nor with memory that an object of the call was lent: JOTGATE_OVERLAP, and such an output is
 *   not touched.
 * - Memory that is lent to two objects is refused (JOTGATE_OVERLAP) where both come into one call: key rings, policies,
 *   lists and replay windows where a validator is made of them; keys, tables, algorithms with tables and the scratch where
 *   a key set is loaded; scratch, worker and request where a token is checked. What does not meet so is not told, and is
 *   the caller's to keep apart: the memory of what a validator judges by from that of the scratch, the worker and the
 *   grant of a check; an algorithm's tables from everything after loading; two workers, or two rings, from each other.
 * - An object may be moved between calls unless something holds its address: a validator those of its ring, policy, lists
 *   and window; a swap those of its rings; grants, inquiries, values, peeks and ID tokens that of their scratch; a
 *   jotgate_swap_t is known to its workers. Issuers, presented tokens, validators, grants, values, peeks and ID tokens
 *   may be copied, and so may algorithms, key rings, policies, lists and windows that are done: the copy is the same over
 *   the same memory. Builders, workers, scratches, inquiries, swaps, and status lists that are being loaded must not be
 *   copied. A copied scratch is found out (JOTGATE_STALE); the others are not.
 * - No pointer may be NULL, except one to a list or text of length 0. Lengths are in bytes, at most PTRDIFF_MAX. Texts are
 *   UTF-8 and do not end with a NUL; a view (`jotgate_text_t`) points into memory of the caller's, and is not to be freed.
 * - What came in a token may hold line ends, escape sequences and "%s": see jotgate_text_escape before logging it.
 */

#ifndef JOTGATE_H
#define JOTGATE_H

#include <stddef.h>
#include <stdint.h>

/** The version of this header: major, which is raised by what is incompatible once it is above 0. */
#define JOTGATE_VERSION_MAJOR 0
/** Minor: raised by what is incompatible while major is 0, by what is new from then on. */
#define JOTGATE_VERSION_MINOR 1
/** Patch: what is new while major is 0, and what was mended. */
#define JOTGATE_VERSION_PATCH 0
/** The ABI of this header, for `jotgate_abi_check`: minor while major is 0, then major times 65536. */
#define JOTGATE_ABI_VERSION 1

/** A compiler that can warns where the answer of a function is thrown away. */
#if defined(__GNUC__) || defined(__clang__)
#define JOTGATE_MUST_CHECK __attribute__((warn_unused_result))
#else
#define JOTGATE_MUST_CHECK
#endif

#if UINTPTR_MAX > 0xffffffffu
/** Words of 8 bytes of a `jotgate_scratch_t`. */
#define JOTGATE_SCRATCH_WORDS 9
/** Words of 8 bytes of a `jotgate_algorithm_t`. */
#define JOTGATE_ALGORITHM_WORDS 5
/** Words of 8 bytes of a `jotgate_key_ring_builder_t`. */
#define JOTGATE_KEY_RING_BUILDER_WORDS 16
/** Words of 8 bytes of a `jotgate_key_ring_t`. */
#define JOTGATE_KEY_RING_WORDS 13
/** Words of 8 bytes of a `jotgate_issuer_t`. */
#define JOTGATE_ISSUER_WORDS 13
/** Words of 8 bytes of a `jotgate_policy_t`. */
#define JOTGATE_POLICY_WORDS 46
/** Words of 8 bytes of a `jotgate_presented_t`. */
#define JOTGATE_PRESENTED_WORDS 74
/** Words of 8 bytes of a `jotgate_validator_t`. */
#define JOTGATE_VALIDATOR_WORDS 9
/** Words of 8 bytes of a `jotgate_worker_t`. */
#define JOTGATE_WORKER_WORDS 19
/** Words of 8 bytes of a `jotgate_grant_t`. */
#define JOTGATE_GRANT_WORDS 38
/** Words of 8 bytes of a `jotgate_value_t`. */
#define JOTGATE_VALUE_WORDS 6
/** Words of 8 bytes of a `jotgate_peek_t`. */
#define JOTGATE_PEEK_WORDS 7
/** Words of 8 bytes of a `jotgate_swap_t`. */
#define JOTGATE_SWAP_WORDS 7
/** Words of 8 bytes of a `jotgate_revocation_list_t`. */
#define JOTGATE_REVOCATION_LIST_WORDS 15
/** Words of 8 bytes of a `jotgate_replay_window_t`. */
#define JOTGATE_REPLAY_WINDOW_WORDS 11
/** Words of 8 bytes of a `jotgate_inquiry_t`. */
#define JOTGATE_INQUIRY_WORDS 40
/** Words of 8 bytes of a `jotgate_status_lists_t`. */
#define JOTGATE_STATUS_LISTS_WORDS 10
/** Words of 8 bytes of a `jotgate_id_token_t`. */
#define JOTGATE_ID_TOKEN_WORDS 64
/** Bytes of memory that a scratch needs for tokens of 8 KiB (`jotgate_scratch_len`). */
#define JOTGATE_SCRATCH_LEN 14360
/** Bytes of memory that a key ring needs for one section, without its names (`jotgate_key_ring_len`). */
#define JOTGATE_ISSUER_SLOT_LEN 64
/** Bytes of memory that a key ring needs for one key, without its words (`jotgate_key_ring_len`). */
#define JOTGATE_KEY_SLOT_LEN 136
/** Bytes of memory that a policy needs for one issuer. */
#define JOTGATE_POLICY_ISSUER_LEN 104
/** Bytes of memory that a worker needs for one header (`jotgate_worker_len`). */
#define JOTGATE_HEADER_SLOT_LEN 210
/** Bytes of memory that a worker needs for one token, without its signature (`jotgate_worker_len`). */
#define JOTGATE_CACHE_SLOT_LEN 240
/** Bytes of memory that status lists need for one list, without its statuses and names. */
#define JOTGATE_STATUS_LIST_LEN 88
/** Bytes of a word of key material (`jotgate_key_ring_len`). */
#define JOTGATE_WORD_LEN 8
/** Words of an RSA key of 2048 bits (`jotgate_key_ring_len`), on any processor. */
#define JOTGATE_RSA_2048_WORDS 123
/** Words of an RSA key of up to 3072 bits, on any processor. */
#define JOTGATE_RSA_3072_WORDS 195
/** Words of an RSA key of up to 4096 bits, on any processor. */
#define JOTGATE_RSA_4096_WORDS 243
/** Words of a key of P-256, for ES256. */
#define JOTGATE_P256_WORDS 8
/** Words of a key of P-384, for ES384. */
#define JOTGATE_P384_WORDS 12
/** Words of a key of P-521, for ES512. */
#define JOTGATE_P521_WORDS 18
/** Words of a key of Ed25519, for EdDSA. */
#define JOTGATE_ED25519_WORDS 8
/** Words of a key id, or of an issuer's name, of up to 64 bytes: each has one for each `JOTGATE_WORD_LEN` bytes. */
#define JOTGATE_NAME_WORDS 8
#else
/** Words of 8 bytes of a `jotgate_scratch_t`. */
#define JOTGATE_SCRATCH_WORDS 6
/** Words of 8 bytes of a `jotgate_algorithm_t`. */
#define JOTGATE_ALGORITHM_WORDS 3
/** Words of 8 bytes of a `jotgate_key_ring_builder_t`. */
#define JOTGATE_KEY_RING_BUILDER_WORDS 10
/** Words of 8 bytes of a `jotgate_key_ring_t`. */
#define JOTGATE_KEY_RING_WORDS 8
/** Words of 8 bytes of a `jotgate_issuer_t`. */
#define JOTGATE_ISSUER_WORDS 8
/** Words of 8 bytes of a `jotgate_policy_t`. */
#define JOTGATE_POLICY_WORDS 29
/** Words of 8 bytes of a `jotgate_presented_t`. */
#define JOTGATE_PRESENTED_WORDS 42
/** Words of 8 bytes of a `jotgate_validator_t`. */
#define JOTGATE_VALIDATOR_WORDS 5
/** Words of 8 bytes of a `jotgate_worker_t`. */
#define JOTGATE_WORKER_WORDS 13
/** Words of 8 bytes of a `jotgate_grant_t`. */
#define JOTGATE_GRANT_WORDS 25
/** Words of 8 bytes of a `jotgate_value_t`. */
#define JOTGATE_VALUE_WORDS 5
/** Words of 8 bytes of a `jotgate_peek_t`. */
#define JOTGATE_PEEK_WORDS 5
/** Words of 8 bytes of a `jotgate_swap_t`. */
#define JOTGATE_SWAP_WORDS 4
/** Words of 8 bytes of a `jotgate_revocation_list_t`. */
#define JOTGATE_REVOCATION_LIST_WORDS 10
/** Words of 8 bytes of a `jotgate_replay_window_t`. */
#define JOTGATE_REPLAY_WINDOW_WORDS 8
/** Words of 8 bytes of a `jotgate_inquiry_t`. */
#define JOTGATE_INQUIRY_WORDS 26
/** Words of 8 bytes of a `jotgate_status_lists_t`. */
#define JOTGATE_STATUS_LISTS_WORDS 6
/** Words of 8 bytes of a `jotgate_id_token_t`. */
#define JOTGATE_ID_TOKEN_WORDS 40
/** Bytes of memory that a scratch needs for tokens of 8 KiB (`jotgate_scratch_len`). */
#define JOTGATE_SCRATCH_LEN 14360
/** Bytes of memory that a key ring needs for one section, without its names (`jotgate_key_ring_len`). */
#define JOTGATE_ISSUER_SLOT_LEN 40
/** Bytes of memory that a key ring needs for one key, without its words (`jotgate_key_ring_len`). */
#define JOTGATE_KEY_SLOT_LEN 88
/** Bytes of memory that a policy needs for one issuer. */
#define JOTGATE_POLICY_ISSUER_LEN 56
/** Bytes of memory that a worker needs for one header (`jotgate_worker_len`). */
#define JOTGATE_HEADER_SLOT_LEN 210
/** Bytes of memory that a worker needs for one token, without its signature (`jotgate_worker_len`). */
#define JOTGATE_CACHE_SLOT_LEN 240
/** Bytes of memory that status lists need for one list, without its statuses and names. */
#define JOTGATE_STATUS_LIST_LEN 64
/** Bytes of a word of key material (`jotgate_key_ring_len`). */
#define JOTGATE_WORD_LEN 4
/** Words of an RSA key of 2048 bits (`jotgate_key_ring_len`), on any processor. */
#define JOTGATE_RSA_2048_WORDS 130
/** Words of an RSA key of up to 3072 bits, on any processor. */
#define JOTGATE_RSA_3072_WORDS 194
/** Words of an RSA key of up to 4096 bits, on any processor. */
#define JOTGATE_RSA_4096_WORDS 258
/** Words of a key of P-256, for ES256. */
#define JOTGATE_P256_WORDS 16
/** Words of a key of P-384, for ES384. */
#define JOTGATE_P384_WORDS 24
/** Words of a key of P-521, for ES512. */
#define JOTGATE_P521_WORDS 34
/** Words of a key of Ed25519, for EdDSA. */
#define JOTGATE_ED25519_WORDS 16
/** Words of a key id, or of an issuer's name, of up to 64 bytes: each has one for each `JOTGATE_WORD_LEN` bytes. */
#define JOTGATE_NAME_WORDS 16
#endif

/** For `jotgate_size`: bytes, whose constant is `JOTGATE_SCRATCH_WORDS`. */
#define JOTGATE_SIZE_SCRATCH 1
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_ALGORITHM_WORDS`. */
#define JOTGATE_SIZE_ALGORITHM 2
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_KEY_RING_BUILDER_WORDS`. */
#define JOTGATE_SIZE_KEY_RING_BUILDER 3
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_KEY_RING_WORDS`. */
#define JOTGATE_SIZE_KEY_RING 4
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_ISSUER_WORDS`. */
#define JOTGATE_SIZE_ISSUER 5
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_POLICY_WORDS`. */
#define JOTGATE_SIZE_POLICY 6
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_PRESENTED_WORDS`. */
#define JOTGATE_SIZE_PRESENTED 7
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_VALIDATOR_WORDS`. */
#define JOTGATE_SIZE_VALIDATOR 8
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_WORKER_WORDS`. */
#define JOTGATE_SIZE_WORKER 9
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_GRANT_WORDS`. */
#define JOTGATE_SIZE_GRANT 10
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_VALUE_WORDS`. */
#define JOTGATE_SIZE_VALUE 11
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_PEEK_WORDS`. */
#define JOTGATE_SIZE_PEEK 12
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_SWAP_WORDS`. */
#define JOTGATE_SIZE_SWAP 13
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_REVOCATION_LIST_WORDS`. */
#define JOTGATE_SIZE_REVOCATION_LIST 14
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_REPLAY_WINDOW_WORDS`. */
#define JOTGATE_SIZE_REPLAY_WINDOW 15
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_INQUIRY_WORDS`. */
#define JOTGATE_SIZE_INQUIRY 16
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_STATUS_LISTS_WORDS`. */
#define JOTGATE_SIZE_STATUS_LISTS 17
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_ID_TOKEN_WORDS`. */
#define JOTGATE_SIZE_ID_TOKEN 18
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_SCRATCH_LEN`. */
#define JOTGATE_SIZE_SCRATCH_LEN 101
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_ISSUER_SLOT_LEN`. */
#define JOTGATE_SIZE_ISSUER_SLOT_LEN 103
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_KEY_SLOT_LEN`. */
#define JOTGATE_SIZE_KEY_SLOT_LEN 104
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_POLICY_ISSUER_LEN`. */
#define JOTGATE_SIZE_POLICY_ISSUER_LEN 105
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_HEADER_SLOT_LEN`. */
#define JOTGATE_SIZE_HEADER_SLOT_LEN 106
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_CACHE_SLOT_LEN`. */
#define JOTGATE_SIZE_CACHE_SLOT_LEN 107
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_STATUS_LIST_LEN`. */
#define JOTGATE_SIZE_STATUS_LIST_LEN 108
/** For `jotgate_size`: bytes, whose constant is `JOTGATE_WORD_LEN`. */
#define JOTGATE_SIZE_WORD_LEN 109

/** `jotgate_scratch_len` as a constant: for tokens of `token_len` bytes with `members` claims. */
#define JOTGATE_SCRATCH_LEN_OF(token_len, members) \
  ((token_len) + (token_len) / 2 + (members) * 8 + JOTGATE_SCRATCH_FRONT_LEN + JOTGATE_ALIGNMENT)
/** `jotgate_key_ring_len` as a constant: `words` of keys and names, `JOTGATE_RSA_2048_WORDS` and so on. */
#define JOTGATE_KEY_RING_LEN_OF(issuers, keys, words) \
  ((issuers) * JOTGATE_ISSUER_SLOT_LEN + (keys) * JOTGATE_KEY_SLOT_LEN + \
   ((words) + (keys)) * JOTGATE_WORD_LEN + 2 * JOTGATE_ALIGNMENT)
/** The memory that a policy of so many issuers needs. */
#define JOTGATE_POLICY_LEN_OF(issuers) ((issuers) * JOTGATE_POLICY_ISSUER_LEN + JOTGATE_ALIGNMENT)
/** `jotgate_worker_len` as a constant. */
#define JOTGATE_WORKER_LEN_OF(headers, tokens, signature_len) \
  ((headers) * JOTGATE_HEADER_SLOT_LEN + (tokens) * (JOTGATE_CACHE_SLOT_LEN + (signature_len)) + \
   2 * JOTGATE_ALIGNMENT)

/**
 * The answer of a function: JOTGATE_OK (7000) for what was granted or done; everything else is a refusal, 0 above
 * all. Numbers are stable and only ever added to; none is an HTTP status.
 *
 * 1xxx: the host called wrongly. 2xxx: malformed. 3xxx: issuer, key or signature. 4xxx: claims against the policy.
 * 5xxx: revoked, replayed, or bound to another sender. 6xxx: the host's state. 7xxx: done. 8xxx: what can go wrong
 * when keys and policies are loaded: 80xx a key set, 81xx one key, 82xx a policy, 83xx a
 * revocation list, 84xx a status list.
 */
typedef int32_t jotgate_status_t;

enum {
  /** Nothing was judged: a refusal, as a zeroed or forgotten status is. */
  JOTGATE_NOT_JUDGED = 0,
  /** The host lent less scratch memory than a token of this length needs. */
  JOTGATE_SCRATCH_TOO_SMALL = 1001,
  /** This product has the authorization server asked about every token, and the host did not ask. */
  JOTGATE_INTROSPECTION_NOT_ASKED = 1010,
  /** A pointer is NULL that must not be, or is NULL and has a length. */
  JOTGATE_NULL_POINTER = 1101,
  /** A pointer to an object is not aligned to 8 bytes. */
  JOTGATE_MISALIGNED = 1102,
  /** A length is greater than PTRDIFF_MAX, or wraps around the end of memory. */
  JOTGATE_LENGTH_OUT_OF_RANGE = 1103,
  /** An output, an object or working memory shares bytes with something else of the same call, or with its memory. */
  JOTGATE_OVERLAP = 1104,
  /** An object is empty, was filled by another version, or is something else. */
  JOTGATE_BAD_STATE = 1105,
  /** The scratch that this comes from, or another over its memory, was used again. */
  JOTGATE_STALE = 1106,
  /** The lent memory is too small. */
  JOTGATE_MEMORY_TOO_SMALL = 1107,
  /** The lent buffer is too small for the text. */
  JOTGATE_BUFFER_TOO_SMALL = 1108,
  /** A text that the host gives is not UTF-8. */
  JOTGATE_ARGUMENT_NOT_UTF8 = 1109,
  /** A number is none of the constants that may stand here. */
  JOTGATE_UNKNOWN_VALUE = 1110,
  /** A list is longer than its limit. */
  JOTGATE_TOO_MANY = 1111,
  /** Header and library are of different versions. */
  JOTGATE_WRONG_ABI = 1112,
  /** Another call, of another thread or interrupted by this one, is using the scratch or the worker. */
  JOTGATE_BUSY = 1113,
  /** The request carries no credentials. */
  JOTGATE_NO_CREDENTIALS = 2001,
  /** The credentials are of a scheme other than Bearer or DPoP. */
  JOTGATE_OTHER_SCHEME = 2002,
  /** The Authorization header is repeated or does not follow the grammar of RFC 6750. */
  JOTGATE_BAD_AUTHORIZATION_HEADER = 2003,
  /** The Authorization header is longer than the longest token allows. */
  JOTGATE_AUTHORIZATION_HEADER_TOO_LONG = 2004,
  /** The token is not a JWT: it has no three segments. */
  JOTGATE_NOT_JWT = 2010,
  /** The token is encrypted: it has five segments. */
  JOTGATE_ENCRYPTED_TOKEN = 2011,
  /** The token is longer than the limit. */
  JOTGATE_TOKEN_TOO_LONG = 2012,
  /** The token has an empty signature. */
  JOTGATE_UNSIGNED_TOKEN = 2013,
  /** A segment is not canonical base64url without padding. */
  JOTGATE_NOT_BASE64URL = 2014,
  /** The header or the claims set is not UTF-8. */
  JOTGATE_NOT_UTF8 = 2020,
  /** The header or the claims set does not follow the JSON grammar. */
  JOTGATE_NOT_JSON = 2021,
  /** The header or the claims set is not a JSON object. */
  JOTGATE_NOT_OBJECT = 2022,
  /** The header or the claims set is nested deeper than the limit. */
  JOTGATE_NESTED_TOO_DEEP = 2023,
  /** A member name stands twice in one object. */
  JOTGATE_DUPLICATE_MEMBER = 2024,
  /** A number has more digits than the limit. */
  JOTGATE_NUMBER_TOO_LONG = 2025,
  /** A string that matters holds half of a surrogate pair. */
  JOTGATE_LONE_SURROGATE = 2026,
  /** A string that matters holds a NUL character. */
  JOTGATE_NUL_CHARACTER = 2027,
  /** The header is longer than the limit. */
  JOTGATE_HEADER_TOO_LONG = 2030,
  /** The header has more members than the limit. */
  JOTGATE_TOO_MANY_HEADER_MEMBERS = 2031,
  /** A header parameter has a value of the wrong type. */
  JOTGATE_HEADER_WRONG_TYPE = 2032,
  /** The header names no algorithm. */
  JOTGATE_ALGORITHM_MISSING = 2033,
  /** The key id is longer than the limit. */
  JOTGATE_KID_TOO_LONG = 2034,
  /** The critical header list is empty, repeats a name, or names a parameter that must not or does not stand there. */
  JOTGATE_CRIT_MALFORMED = 2035,
  /** The header demands an extension that is not supported. */
  JOTGATE_CRIT_NOT_SUPPORTED = 2036,
  /** The payload is not base64url-encoded, which a JWT must not do. */
  JOTGATE_UNENCODED_PAYLOAD = 2037,
  /** The token holds another token. */
  JOTGATE_NESTED_TOKEN = 2038,
  /** The header belongs to an encrypted or compressed token. */
  JOTGATE_ENCRYPTION_HEADER = 2039,
  /** The header carries a key or a reference to one. */
  JOTGATE_EMBEDDED_KEY = 2040,
  /** The claims set has more members than the limit. */
  JOTGATE_TOO_MANY_CLAIMS = 2050,
  /** A claim has a value of the wrong type. */
  JOTGATE_CLAIM_WRONG_TYPE = 2051,
  /** A date lies beyond the range of 64-bit seconds. */
  JOTGATE_DATE_OUT_OF_RANGE = 2052,
  /** The token names more audiences than the limit. */
  JOTGATE_TOO_MANY_AUDIENCES = 2053,
  /** The token names more scopes than the limit. */
  JOTGATE_TOO_MANY_SCOPES = 2054,
  /** The scope holds a character that scopes must not hold. */
  JOTGATE_SCOPE_MALFORMED = 2055,
  /** The purpose does not follow the grammar dpv:Name. */
  JOTGATE_PURPOSE_MALFORMED = 2056,
  /** The header names an algorithm that is not supported. */
  JOTGATE_ALGORITHM_NOT_SUPPORTED = 3001,
  /** The token claims an issuer that this product does not accept. */
  JOTGATE_ISSUER_UNKNOWN = 3002,
  /** The issuer has no key with this key id. */
  JOTGATE_UNKNOWN_KID = 3003,
  /** The token names no key, and the issuer has none for its algorithm, or several. */
  JOTGATE_NO_KEY_FITS = 3004,
  /** The issuer publishes different keys under this key id. */
  JOTGATE_AMBIGUOUS_KEY = 3005,
  /** The key serves another algorithm than the header names. */
  JOTGATE_ALGORITHM_MISMATCH = 3006,
  /** The signature is not valid. */
  JOTGATE_BAD_SIGNATURE = 3007,
  /** The token expired. */
  JOTGATE_EXPIRED = 4001,
  /** The token is not valid yet. */
  JOTGATE_NOT_YET_VALID = 4002,
  /** The token was issued in the future. */
  JOTGATE_ISSUED_IN_FUTURE = 4003,
  /** The token lives longer than this product allows. */
  JOTGATE_LIFETIME_TOO_LONG = 4004,
  /** The token expires before it was issued. */
  JOTGATE_EXPIRES_BEFORE_ISSUED = 4005,
  /** The token was issued too long ago for this product. */
  JOTGATE_TOO_OLD = 4006,
  /** The token names no issuer. */
  JOTGATE_ISSUER_MISSING = 4010,
  /** The key belongs to another issuer than the token claims. */
  JOTGATE_ISSUER_MISMATCH = 4011,
  /** The token has no expiration time. */
  JOTGATE_EXPIRATION_MISSING = 4012,
  /** The token names no audience. */
  JOTGATE_AUDIENCE_MISSING = 4013,
  /** The token names no subject. */
  JOTGATE_SUBJECT_MISSING = 4014,
  /** The token names no client. */
  JOTGATE_CLIENT_MISSING = 4015,
  /** The token does not say when it was issued. */
  JOTGATE_ISSUED_AT_MISSING = 4016,
  /** The token has no id of its own. */
  JOTGATE_TOKEN_ID_MISSING = 4017,
  /** A claim that this product requires is missing. */
  JOTGATE_REQUIRED_CLAIM_MISSING = 4018,
  /** The token's type is not that of an access token of this issuer. */
  JOTGATE_WRONG_TYPE = 4020,
  /** The token's claims are those of another kind of token. */
  JOTGATE_WRONG_KIND = 4021,
  /** The token is meant for another audience. */
  JOTGATE_WRONG_AUDIENCE = 4022,
  /** The token names several clients. */
  JOTGATE_CLIENTS_DISAGREE = 4030,
  /** The client may not use this product. */
  JOTGATE_CLIENT_NOT_ALLOWED = 4031,
  /** The client is blocked. */
  JOTGATE_CLIENT_BLOCKED = 4032,
  /** This product needs a token that stands for a user. */
  JOTGATE_USER_REQUIRED = 4040,
  /** This product needs a token that stands for the client alone. */
  JOTGATE_USER_NOT_ALLOWED = 4041,
  /** The user's authentication is of a weaker class than this product needs. */
  JOTGATE_AUTHENTICATION_TOO_WEAK = 4042,
  /** The user authenticated too long ago for this product. */
  JOTGATE_AUTHENTICATION_TOO_OLD = 4043,
  /** The user authenticated in the future. */
  JOTGATE_AUTHENTICATION_IN_FUTURE = 4044,
  /** The token lacks a scope that this product needs. */
  JOTGATE_SCOPE_MISSING = 4050,
  /** The token names no purpose. */
  JOTGATE_PURPOSE_MISSING = 4051,
  /** The token names more than one purpose. */
  JOTGATE_PURPOSE_AMBIGUOUS = 4052,
  /** The token's purpose does not cover this product. */
  JOTGATE_PURPOSE_NOT_ALLOWED = 4053,
  /** A claim has not the value that this product needs. */
  JOTGATE_CLAIM_REFUSED = 4054,
  /** A claim has a value that may not use this product. */
  JOTGATE_CLAIM_FORBIDDEN = 4055,
  /** The ID token holds no nonce, and one was sent. */
  JOTGATE_NONCE_MISSING = 4060,
  /** The ID token holds another nonce than was sent. */
  JOTGATE_NONCE_MISMATCH = 4061,
  /** The ID token names an audience besides the client that is not trusted. */
  JOTGATE_AUDIENCE_NOT_TRUSTED = 4062,
  /** The ID token was issued to another party. */
  JOTGATE_WRONG_AUTHORIZED_PARTY = 4063,
  /** The ID token does not say when the user authenticated. */
  JOTGATE_AUTHENTICATION_TIME_MISSING = 4064,
  /** The ID token does not say which access token belongs to it. */
  JOTGATE_ACCESS_TOKEN_HASH_MISSING = 4065,
  /** The ID token belongs to another access token. */
  JOTGATE_ACCESS_TOKEN_HASH_MISMATCH = 4066,
  /** The ID token does not say which authorization code belongs to it. */
  JOTGATE_CODE_HASH_MISSING = 4067,
  /** The ID token belongs to another authorization code. */
  JOTGATE_CODE_HASH_MISMATCH = 4068,
  /** The ID token does not say which refresh token belongs to it. */
  JOTGATE_REFRESH_TOKEN_HASH_MISSING = 4069,
  /** The ID token belongs to another refresh token. */
  JOTGATE_REFRESH_TOKEN_HASH_MISMATCH = 4070,
  /** The ID token does not say which authentication request it answers. */
  JOTGATE_AUTH_REQUEST_MISSING = 4071,
  /** The ID token answers another authentication request. */
  JOTGATE_AUTH_REQUEST_MISMATCH = 4072,
  /** The ID token's subject is empty, longer than 255 characters, or not ASCII. */
  JOTGATE_SUBJECT_MALFORMED = 4073,
  /** The token is bound to a key or certificate that the sender did not prove. */
  JOTGATE_BINDING_NOT_PROVEN = 5001,
  /** The token was sent as a DPoP token, but is not bound to a key. */
  JOTGATE_TOKEN_NOT_BOUND = 5002,
  /** The token's confirmation of its sender is no SHA-256 digest in base64url. */
  JOTGATE_CONFIRMATION_MALFORMED = 5003,
  /** The token is bound to its sender in a way that is not supported. */
  JOTGATE_CONFIRMATION_UNKNOWN = 5004,
  /** This product needs a token that is bound to its sender. */
  JOTGATE_BINDING_MISSING = 5005,
  /** The token is bound to a certificate, and the sender showed none. */
  JOTGATE_CERTIFICATE_MISSING = 5006,
  /** The token is bound to another certificate than the sender showed. */
  JOTGATE_CERTIFICATE_MISMATCH = 5007,
  /** The request carries no DPoP proof. */
  JOTGATE_PROOF_MISSING = 5010,
  /** The request carries more than one DPoP proof. */
  JOTGATE_PROOF_REPEATED = 5011,
  /** The DPoP proof is longer than the limit. */
  JOTGATE_PROOF_TOO_LONG = 5012,
  /** The DPoP proof is not a well-formed signed JWT. */
  JOTGATE_PROOF_MALFORMED = 5013,
  /** The DPoP proof's type is not dpop+jwt. */
  JOTGATE_PROOF_WRONG_TYPE = 5014,
  /** The DPoP proof is signed with an algorithm that is not allowed. */
  JOTGATE_PROOF_ALGORITHM_NOT_ALLOWED = 5015,
  /** The DPoP proof carries no key. */
  JOTGATE_PROOF_KEY_MISSING = 5016,
  /** The DPoP proof carries a private key. */
  JOTGATE_PROOF_KEY_PRIVATE = 5017,
  /** The DPoP proof's key is not a sound public key of its algorithm. */
  JOTGATE_PROOF_KEY_UNUSABLE = 5018,
  /** The DPoP proof lacks a claim. */
  JOTGATE_PROOF_CLAIM_MISSING = 5019,
  /** The DPoP proof's id is longer than the limit. */
  JOTGATE_PROOF_ID_TOO_LONG = 5020,
  /** The DPoP proof is made for another method. */
  JOTGATE_PROOF_WRONG_METHOD = 5021,
  /** The DPoP proof is made for another URI. */
  JOTGATE_PROOF_WRONG_URI = 5022,
  /** The DPoP proof holds no nonce. */
  JOTGATE_PROOF_NONCE_MISSING = 5023,
  /** The DPoP proof's nonce is not a current one. */
  JOTGATE_PROOF_NONCE_STALE = 5024,
  /** The DPoP proof was made in the future. */
  JOTGATE_PROOF_ISSUED_IN_FUTURE = 5025,
  /** The DPoP proof was made too long ago. */
  JOTGATE_PROOF_TOO_OLD = 5026,
  /** The DPoP proof is made for another token. */
  JOTGATE_PROOF_WRONG_TOKEN = 5027,
  /** The DPoP proof lacks the digest of the query, or is made for another query. */
  JOTGATE_PROOF_WRONG_QUERY = 5028,
  /** The DPoP proof lacks the digest of the body, or is made for another body. */
  JOTGATE_PROOF_WRONG_BODY = 5029,
  /** The token is bound to another key than that of the DPoP proof. */
  JOTGATE_PROOF_WRONG_KEY = 5030,
  /** The DPoP proof's signature is not valid. */
  JOTGATE_PROOF_BAD_SIGNATURE = 5031,
  /** The token was revoked. */
  JOTGATE_TOKEN_REVOKED = 5101,
  /** The tokens of this client were revoked. */
  JOTGATE_CLIENT_REVOKED = 5102,
  /** The tokens of this subject were revoked. */
  JOTGATE_SUBJECT_REVOKED = 5103,
  /** The tokens that this key signed were revoked. */
  JOTGATE_KEY_REVOKED = 5104,
  /** The token was issued before its issuer's or its client's tokens were revoked. */
  JOTGATE_ISSUED_BEFORE_REVOCATION = 5105,
  /** The token refers to no status. */
  JOTGATE_STATUS_MISSING = 5110,
  /** The token's status is invalid. */
  JOTGATE_STATUS_INVALID = 5111,
  /** The token's status is suspended. */
  JOTGATE_STATUS_SUSPENDED = 5112,
  /** The token's status has no meaning here. */
  JOTGATE_STATUS_UNKNOWN = 5113,
  /** The token refers to a status beyond the end of the list. */
  JOTGATE_STATUS_INDEX_OUT_OF_RANGE = 5114,
  /** The authorization server says that the token is not active. */
  JOTGATE_INTROSPECTION_INACTIVE = 5120,
  /** The authorization server says something else about the token than the token itself. */
  JOTGATE_INTROSPECTION_CONTRADICTS = 5121,
  /** The DPoP proof was used before. */
  JOTGATE_REPLAYED = 5201,
  /** The host has no room to remember another DPoP proof, or too many workers look for it at once. */
  JOTGATE_REPLAY_WINDOW_FULL = 5202,
  /** The client has used as many DPoP proofs as it may in a while. */
  JOTGATE_REPLAY_QUOTA_EXCEEDED = 5203,
  /** The host has no trusted time. */
  JOTGATE_CLOCK_NOT_TRUSTED = 6001,
  /** The host's time lies before the earliest plausible time. */
  JOTGATE_CLOCK_BELOW_FLOOR = 6002,
  /** The host has loaded no keys of this issuer. */
  JOTGATE_NO_KEYS_FOR_ISSUER = 6003,
  /** The host has no revocation list. */
  JOTGATE_REVOCATION_LIST_MISSING = 6101,
  /** The host's revocation list is too old. */
  JOTGATE_REVOCATION_LIST_STALE = 6102,
  /** The host does not have the status list that the token refers to. */
  JOTGATE_STATUS_LIST_MISSING = 6103,
  /** The status list that the token refers to is too old. */
  JOTGATE_STATUS_LIST_STALE = 6104,
  /** The authorization server did not say whether the token is active. */
  JOTGATE_INTROSPECTION_UNANSWERED = 6105,
  /** The authorization server's answer about the token cannot be read. */
  JOTGATE_INTROSPECTION_MALFORMED = 6106,
  /** The host's revocation list does not say how many entries it has, and may have been cut off. */
  JOTGATE_REVOCATION_LIST_NOT_COUNTED = 6110,
  /** The host takes DPoP proofs, but lends no memory to remember them. */
  JOTGATE_REPLAY_WINDOW_MISSING = 6201,
  /** The policy demands nonces in DPoP proofs, and the host lends none. */
  JOTGATE_NONCES_MISSING = 6202,
  /** The policy demands a digest of query or body, and the host does not say what it is. */
  JOTGATE_REQUEST_DETAILS_MISSING = 6203,
  /** The DPoP proof would have to be remembered for longer than the host's memory is made for. */
  JOTGATE_REPLAY_LIFE_TOO_LONG = 6204,
  /** The host's time went back behind what its memory of DPoP proofs has forgotten. */
  JOTGATE_CLOCK_WENT_BACK = 6205,
  /** A worker still uses an older key ring: its memory must stay. */
  JOTGATE_IN_USE = 6901,
  /** Not granted yet: the authorization server must be asked about the token. */
  JOTGATE_ASK = 6902,
  /** Granted, or done. */
  JOTGATE_OK = 7000,
  /** Done, and there is no such thing. */
  JOTGATE_ABSENT = 7001,
  /** Done, and the value is of another kind, or out of range. */
  JOTGATE_OTHER_KIND = 7002,
  /** The issuer's name or the section's label is empty. */
  JOTGATE_LOAD_EMPTY_ISSUER = 8001,
  /** More issuers than memory was lent for. */
  JOTGATE_LOAD_TOO_MANY_ISSUERS = 8002,
  /** The key set is longer than 262144 bytes. */
  JOTGATE_LOAD_KEY_SET_TOO_LONG = 8003,
  /** The key set is not UTF-8. */
  JOTGATE_LOAD_NOT_UTF8 = 8004,
  /** The key set is not JSON. */
  JOTGATE_LOAD_NOT_JSON = 8005,
  /** The key set is nested deeper than 16. */
  JOTGATE_LOAD_NESTED_TOO_DEEP = 8006,
  /** Not a key set: it must be a JSON object with an array named keys. */
  JOTGATE_LOAD_NOT_KEY_SET = 8007,
  /** A member name stands twice in the key set. */
  JOTGATE_LOAD_DUPLICATE_MEMBER = 8008,
  /** The key set has more than 1024 keys. */
  JOTGATE_LOAD_TOO_MANY_KEYS = 8009,
  /** No key of the set can be used. */
  JOTGATE_LOAD_NO_USABLE_KEY = 8010,
  /** More usable keys than slots were lent. */
  JOTGATE_LOAD_OUT_OF_SLOTS = 8011,
  /** The lent words do not suffice for the keys. */
  JOTGATE_LOAD_OUT_OF_WORDS = 8012,
  /** The lent scratch is too small to decode a key. */
  JOTGATE_LOAD_SCRATCH_TOO_SMALL = 8013,
  /** The issuer does not belong to this key ring. */
  JOTGATE_LOAD_UNKNOWN_ISSUER = 8014,
  /** The section came before with another issuer: give it another label. */
  JOTGATE_LOAD_SECTION_OF_ANOTHER_ISSUER = 8015,
  /** The entry is not a JSON object. */
  JOTGATE_SKIP_NOT_OBJECT = 8101,
  /** A member name stands twice in the key. */
  JOTGATE_SKIP_DUPLICATE_MEMBER = 8102,
  /** The key has more than 64 members. */
  JOTGATE_SKIP_TOO_MANY_MEMBERS = 8103,
  /** A member has a value of the wrong type. */
  JOTGATE_SKIP_MEMBER_WRONG_TYPE = 8104,
  /** A member that this kind of key needs is missing. */
  JOTGATE_SKIP_MEMBER_MISSING = 8105,
  /** A string holds half of a surrogate pair or a NUL. */
  JOTGATE_SKIP_STRING_NOT_USABLE = 8106,
  /** The key id is longer than 256 bytes. */
  JOTGATE_SKIP_KID_TOO_LONG = 8107,
  /** kty is not RSA, EC or OKP. */
  JOTGATE_SKIP_KIND_UNKNOWN = 8108,
  /** crv is not P-256, P-384 or P-521 for EC, Ed25519 for OKP. */
  JOTGATE_SKIP_CURVE_UNKNOWN = 8109,
  /** alg is no signature algorithm that is supported. */
  JOTGATE_SKIP_ALGORITHM_UNKNOWN = 8110,
  /** The key names no algorithm, its kind allows several, and its source names none. */
  JOTGATE_SKIP_ALGORITHM_NOT_NAMED = 8111,
  /** The key's algorithm is not among those that the host named. */
  JOTGATE_SKIP_ALGORITHM_NOT_ENABLED = 8112,
  /** alg does not fit kty and crv. */
  JOTGATE_SKIP_ALGORITHM_MISMATCH = 8113,
  /** A symmetric key has no place among public keys. */
  JOTGATE_SKIP_SYMMETRIC = 8114,
  /** use is not sig. */
  JOTGATE_SKIP_NOT_FOR_SIGNATURES = 8115,
  /** key_ops does not contain verify. */
  JOTGATE_SKIP_NOT_FOR_VERIFICATION = 8116,
  /** key_ops names an operation twice. */
  JOTGATE_SKIP_OPERATION_TWICE = 8117,
  /** A member is not canonical base64url. */
  JOTGATE_SKIP_NOT_BASE64URL = 8118,
  /** The issuer has this very key already, under the same key id and algorithm. */
  JOTGATE_SKIP_KNOWN_ALREADY = 8119,
  /** kty is AKP: ML-DSA (RFC 9964) is not supported. */
  JOTGATE_SKIP_KIND_NOT_SUPPORTED = 8120,
  /** The algorithm does not take keys of this kind or curve. */
  JOTGATE_SKIP_WRONG_KIND = 8151,
  /** A coordinate or point has not the length of its curve. */
  JOTGATE_SKIP_WRONG_LENGTH = 8152,
  /** The point is not on the curve, or a coordinate is not below the field's prime. */
  JOTGATE_SKIP_NOT_ON_CURVE = 8153,
  /** The point is not encoded canonically. */
  JOTGATE_SKIP_NON_CANONICAL_POINT = 8154,
  /** The point has small order. */
  JOTGATE_SKIP_SMALL_ORDER_POINT = 8155,
  /** The modulus has fewer than 2048 bits. */
  JOTGATE_SKIP_MODULUS_TOO_SHORT = 8156,
  /** The modulus has more than 4096 bits. */
  JOTGATE_SKIP_MODULUS_TOO_LONG = 8157,
  /** The modulus is even. */
  JOTGATE_SKIP_MODULUS_EVEN = 8158,
  /** The modulus or the exponent begins with a zero byte. */
  JOTGATE_SKIP_LEADING_ZERO = 8159,
  /** The exponent is even. */
  JOTGATE_SKIP_EXPONENT_EVEN = 8160,
  /** The exponent is less than 3. */
  JOTGATE_SKIP_EXPONENT_TOO_SMALL = 8161,
  /** The exponent is greater than 4294967295. */
  JOTGATE_SKIP_EXPONENT_TOO_LARGE = 8162,
  /** The lent memory does not suffice for the key. */
  JOTGATE_SKIP_OUT_OF_MEMORY = 8163,
  /** The modulus comes from a generator whose keys can be factored (ROCA, CVE-2017-15361). */
  JOTGATE_SKIP_MODULUS_ROCA = 8164,
  /** The list is empty; an empty list never means any. */
  JOTGATE_POLICY_EMPTY_LIST = 8201,
  /** A name is empty. */
  JOTGATE_POLICY_EMPTY_NAME = 8202,
  /** An alternative has no scope, or a scope holds a character that scopes must not hold. */
  JOTGATE_POLICY_SCOPE_MALFORMED = 8203,
  /** An alternative has more than 32 scopes. */
  JOTGATE_POLICY_TOO_MANY_SCOPES = 8204,
  /** A purpose must be letters only and begin with a capital. */
  JOTGATE_POLICY_PURPOSE_MALFORMED = 8205,
  /** The number of seconds is out of range. */
  JOTGATE_POLICY_SECONDS_OUT_OF_RANGE = 8206,
  /** An authentication class holds a character that must not stand in a challenge. */
  JOTGATE_POLICY_CLASS_MALFORMED = 8207,
  /** The realm holds a character that must not stand in a challenge. */
  JOTGATE_POLICY_REALM_MALFORMED = 8208,
  /** The token length must be between 1 and 16384 bytes. */
  JOTGATE_POLICY_TOKEN_LEN_OUT_OF_RANGE = 8209,
  /** The quota is zero, or more than can be counted. */
  JOTGATE_POLICY_QUOTA_OUT_OF_RANGE = 8210,
  /** Tokens must be bound to a key, and nothing is said about DPoP proofs. */
  JOTGATE_POLICY_DPOP_RULE_MISSING = 8211,
  /** An issuer is named twice with one section of keys: a token would not say which of them judges it. */
  JOTGATE_POLICY_ISSUER_TWICE = 8212,
  /** The tokens of an issuer need not have aud, so that no audience guards anything: judge by client. */
  JOTGATE_POLICY_AUDIENCE_NOT_REQUIRED = 8213,
  /** To judge by client, or to tolerate a claim of other tokens, the tokens of an issuer must show that they are access tokens: by typ at+jwt alone, or by a claim of their preset. */
  JOTGATE_POLICY_KIND_NOT_MARKED = 8214,
  /** To judge by client, the clients must be listed. */
  JOTGATE_POLICY_CLIENTS_NOT_LISTED = 8215,
  /** Claims of other kinds of tokens are not looked for where typ alone tells them apart: none need be tolerated. */
  JOTGATE_POLICY_TOLERANCE_IDLE = 8230,
  /** An issuer is described more than 4 times. */
  JOTGATE_POLICY_TOO_MANY_TABLES = 8231,
  /** The path of a claim must be a JSON array of 1 to 8 names, none of them empty. */
  JOTGATE_POLICY_CLAIM_PATH_MALFORMED = 8240,
  /** The values of a claim must be a JSON array of 1 to 32 strings, integers, true or false, none of them twice; as words, strings without spaces. */
  JOTGATE_POLICY_CLAIM_VALUES_MALFORMED = 8241,
  /** A range of numbers needs a bound, and its lower bound must not be above its upper one. */
  JOTGATE_POLICY_CLAIM_RANGE_EMPTY = 8242,
  /** A policy has more than 16 rules about claims. */
  JOTGATE_POLICY_TOO_MANY_CLAIM_RULES = 8243,
  /** The address of the resource's metadata must begin with https:// and a host, and be visible ASCII without fragment, quotes and backslashes. */
  JOTGATE_POLICY_METADATA_MALFORMED = 8244,
  /** The list has no line; a comment says that nothing is revoked. */
  JOTGATE_REVOCATION_NO_LINE = 8301,
  /** The list is longer than 1073741824 bytes. */
  JOTGATE_REVOCATION_TOO_LONG = 8302,
  /** Not UTF-8. */
  JOTGATE_REVOCATION_NOT_UTF8 = 8303,
  /** The last line has no end: the list was cut off. */
  JOTGATE_REVOCATION_LINE_NOT_ENDED = 8304,
  /** A control character; lines end with a line feed alone. */
  JOTGATE_REVOCATION_CONTROL_CHARACTER = 8305,
  /** A line begins with jti, digest, client, subject, kid, issued-before or entries. */
  JOTGATE_REVOCATION_UNKNOWN_KIND = 8306,
  /** Too many fields or too few; a space inside a field is written %20. */
  JOTGATE_REVOCATION_FIELD_COUNT = 8307,
  /** A field is empty: fields have one space between them and none around. */
  JOTGATE_REVOCATION_EMPTY_FIELD = 8308,
  /** A percent sign stands before two hexadecimal digits, and not for part of a character. */
  JOTGATE_REVOCATION_ESCAPE_MALFORMED = 8309,
  /** A digest has 64 hexadecimal digits in lower case. */
  JOTGATE_REVOCATION_DIGEST_MALFORMED = 8310,
  /** A time is a whole number of seconds since 1970. */
  JOTGATE_REVOCATION_SECONDS_MALFORMED = 8311,
  /** More entries than memory was lent for. */
  JOTGATE_REVOCATION_OUT_OF_BUCKETS = 8312,
  /** A character that nobody sees; where it is meant it is escaped. */
  JOTGATE_REVOCATION_INVISIBLE_CHARACTER = 8313,
  /** Values have no quotation marks around them; one that is meant is escaped. */
  JOTGATE_REVOCATION_QUOTED = 8314,
  /** The number of entries has at most 18 digits, and nothing else. */
  JOTGATE_REVOCATION_COUNT_MALFORMED = 8315,
  /** The last line says another number of entries than stand before it. */
  JOTGATE_REVOCATION_WRONG_COUNT = 8316,
  /** Something stands behind the number of entries, which is the last line. */
  JOTGATE_REVOCATION_BEHIND_COUNT = 8317,
  /** The last line does not say how many entries there are: the list may be cut off. */
  JOTGATE_REVOCATION_NOT_COUNTED = 8318,
  /** The status list token is refused. */
  JOTGATE_STATUS_LIST_TOKEN = 8401,
  /** No keys of the issuer are loaded. */
  JOTGATE_STATUS_LIST_NO_KEYS_FOR_ISSUER = 8402,
  /** typ is not statuslist+jwt. */
  JOTGATE_STATUS_LIST_WRONG_TYPE = 8403,
  /** The payload is not a JSON object, or a name stands twice in it. */
  JOTGATE_STATUS_LIST_NOT_CLAIMS = 8404,
  /** A claim is missing or malformed. */
  JOTGATE_STATUS_LIST_CLAIM_MALFORMED = 8405,
  /** iss names another issuer. */
  JOTGATE_STATUS_LIST_ISSUER_MISMATCH = 8406,
  /** sub is not the address of the list. */
  JOTGATE_STATUS_LIST_SUBJECT_MISMATCH = 8407,
  /** The list expired. */
  JOTGATE_STATUS_LIST_EXPIRED = 8408,
  /** The list was issued in the future. */
  JOTGATE_STATUS_LIST_ISSUED_IN_FUTURE = 8409,
  /** bits is none of 1, 2, 4, 8. */
  JOTGATE_STATUS_LIST_BITS_NOT_SUPPORTED = 8410,
  /** lst is not canonical base64url. */
  JOTGATE_STATUS_LIST_NOT_BASE64URL = 8411,
  /** lst cannot be inflated. */
  JOTGATE_STATUS_LIST_NOT_INFLATED = 8412,
  /** The lent memory is too small for the list. */
  JOTGATE_STATUS_LIST_OUT_OF_MEMORY = 8413,
  /** The lent scratch is too small. */
  JOTGATE_STATUS_LIST_SCRATCH_TOO_SMALL = 8414,
  /** lst has more than 64 blocks and one for each 640 bytes that it inflates to. */
  JOTGATE_STATUS_LIST_TOO_MANY_BLOCKS = 8415
};

/**
 * It was not sent, or did not come: nothing is compared, and its text or list is empty.
 */
#define JOTGATE_PRESENCE_ABSENT 1

/**
 * It was sent, or came: it must not be empty.
 */
#define JOTGATE_PRESENCE_PRESENT 2

/**
 * A hash of what came with an ID token may be missing: what came from the token endpoint, over TLS. One that is there
 * must be right.
 */
#define JOTGATE_HASH_OPTIONAL 1

/**
 * It must be there: what came through the browser, or in a push.
 */
#define JOTGATE_HASH_REQUIRED 2

/**
 * Nothing came that it could be the hash of: nothing is compared, and the text is empty.
 */
#define JOTGATE_HASH_NOT_CHECKED 3

/**
 * The key set publishes private members (`d`, `p`, ...). They are not read; whoever runs the issuer should replace
 * the key.
 */
#define JOTGATE_REMARK_PRIVATE_MEMBERS 1

/**
 * The modulus was written with one leading zero byte, against RFC 7518, section 6.3.1.1.
 */
#define JOTGATE_REMARK_LEADING_ZERO 2

/**
 * Another key stands under the same key id and algorithm: tokens that name it are refused.
 */
#define JOTGATE_REMARK_AMBIGUOUS 4

/**
 * The key has a table: verification under it is faster.
 */
#define JOTGATE_REMARK_HAS_TABLE 8

/**
 * Tables of P-256 with 1 KiB: 64 additions a product.
 */
#define JOTGATE_ES256_KIB1 1

/**
 * Tables of P-256 with 4 KiB: 52 additions.
 */
#define JOTGATE_ES256_KIB4 2

/**
 * Tables of P-256 with 16 KiB: 32 additions.
 */
#define JOTGATE_ES256_KIB16 3

/**
 * Tables of P-256 with 64 KiB: 32 additions, fewer doublings.
 */
#define JOTGATE_ES256_KIB64 4

/**
 * Tables of P-256 with 256 KiB: 32 additions without a doubling, fastest where the processor has AVX-512 IFMA.
 */
#define JOTGATE_ES256_KIB256 5

/**
 * Tables of P-256 with 512 KiB: 24 additions.
 */
#define JOTGATE_ES256_KIB512 6

/**
 * The 4 KiB of constants that are linked: for the generator only, where flash is cheaper than RAM.
 */
#define JOTGATE_ES256_CONST_TABLE 7

/**
 * Tables of P-384 with 1.5 KiB: 96 additions a product.
 */
#define JOTGATE_ES384_BYTES1536 1

/**
 * Tables of P-384 with 7.5 KiB: 77 additions.
 */
#define JOTGATE_ES384_BYTES7680 2

/**
 * Tables of P-384 with 30 KiB: 55 additions.
 */
#define JOTGATE_ES384_KIB30 3

/**
 * Tables of P-384 with 96 KiB: 43 additions.
 */
#define JOTGATE_ES384_KIB96 4

/**
 * Tables of P-384 with 96 KiB: 64 additions and one doubling, for processors with AVX-512 IFMA.
 */
#define JOTGATE_ES384_KIB96_COLUMNS2 5

/**
 * Tables of P-384 with 288 KiB: 48 additions and one doubling, likewise.
 */
#define JOTGATE_ES384_KIB288 6

/**
 * Tables of P-384 with 768 KiB: 32 additions.
 */
#define JOTGATE_ES384_KIB768 7

/**
 * Tables of Ed25519 with 768 bytes: 86 additions.
 */
#define JOTGATE_EDDSA_BYTES768 1

/**
 * Tables of Ed25519 with 3.75 KiB: 65 additions.
 */
#define JOTGATE_EDDSA_BYTES3840 2

/**
 * Tables of Ed25519 with 15 KiB: 45 additions.
 */
#define JOTGATE_EDDSA_KIB15 3

/**
 * Tables of Ed25519 with 60 KiB: 35 additions.
 */
#define JOTGATE_EDDSA_KIB60 4

/**
 * Tables of Ed25519 with 96 KiB: 32 additions, for processors with AVX-512 IFMA.
 */
#define JOTGATE_EDDSA_KIB96 5

/**
 * Tables of Ed25519 with 384 KiB: 24 additions.
 */
#define JOTGATE_EDDSA_KIB384 6

/**
 * Tables of Ed25519 with 768 KiB: 23 additions, for processors with AVX-512 IFMA.
 */
#define JOTGATE_EDDSA_KIB768 7

/**
 * `client_id`: RFC 9068, and most providers.
 */
#define JOTGATE_CLIENT_CLAIM_CLIENT_ID 1

/**
 * `azp`: Keycloak, Auth0, Microsoft Entra v2.
 */
#define JOTGATE_CLIENT_CLAIM_AZP 2

/**
 * `cid`: Okta.
 */
#define JOTGATE_CLIENT_CLAIM_CID 3

/**
 * `appid`: Microsoft Entra v1.
 */
#define JOTGATE_CLIENT_CLAIM_APPID 4

/**
 * `scope`: RFC 9068, and most providers.
 */
#define JOTGATE_SCOPE_CLAIM_SCOPE 1

/**
 * `scp`: Okta, Microsoft Entra, Ory Hydra.
 */
#define JOTGATE_SCOPE_CLAIM_SCP 2

/**
 * `roles`: Microsoft Entra for applications; SCIM roles.
 */
#define JOTGATE_SCOPE_CLAIM_ROLES 3

/**
 * `permissions`: Auth0 with role-based access control.
 */
#define JOTGATE_SCOPE_CLAIM_PERMISSIONS 4

/**
 * A string, words separated by spaces.
 */
#define JOTGATE_SCOPE_FORM_STRING 1

/**
 * An array of strings.
 */
#define JOTGATE_SCOPE_FORM_ARRAY 2

/**
 * Either of them.
 */
#define JOTGATE_SCOPE_FORM_EITHER 3

/**
 * `jku`, the address of a key set (RFC 7515, section 4.1.2).
 */
#define JOTGATE_KEY_PARAMETER_JKU 1

/**
 * `jwk`, a key (section 4.1.3).
 */
#define JOTGATE_KEY_PARAMETER_JWK 2

/**
 * `x5c`, a chain of certificates (section 4.1.6).
 */
#define JOTGATE_KEY_PARAMETER_X5C 4

/**
 * `x5u`, the address of a certificate (section 4.1.5).
 */
#define JOTGATE_KEY_PARAMETER_X5U 8

/**
 * No bound in seconds, for an authentication's age.
 */
#define JOTGATE_UNBOUNDED 4294967295

/**
 * `dpv:Name` among the scopes: CAMARA since 2024.
 */
#define JOTGATE_PURPOSE_FORM_SCOPE 1

/**
 * `dpv:Name#scope` among the scopes; what stands behind `#` counts as a scope: CAMARA 0.1.
 */
#define JOTGATE_PURPOSE_FORM_SCOPE_WITH_TARGET 2

/**
 * The claim `purpose`, as `dpv:Name` or `dpv:Name#scope`.
 */
#define JOTGATE_PURPOSE_FORM_CLAIM 3

/**
 * Tokens of a user or of the client alone.
 */
#define JOTGATE_LEGS_EITHER 1

/**
 * Tokens of the client alone.
 */
#define JOTGATE_LEGS_TWO 2

/**
 * Tokens of a user: personal data with a right to refuse.
 */
#define JOTGATE_LEGS_THREE 3

/**
 * RFC 6750: a malformed request is 400.
 */
#define JOTGATE_DIALECT_RFC 1

/**
 * CAMARA: whatever is wrong with the credentials is 401.
 */
#define JOTGATE_DIALECT_CAMARA 2

/**
 * A token that is bound must be proven; one that is not may be used by whoever has it.
 */
#define JOTGATE_BINDING_AS_THE_TOKEN_SAYS 1

/**
 * The token must be bound to a key (RFC 9449).
 */
#define JOTGATE_BINDING_DPOP 2

/**
 * The token must be bound to a certificate (RFC 8705).
 */
#define JOTGATE_BINDING_CERTIFICATE 3

/**
 * The token must be bound to a key or a certificate.
 */
#define JOTGATE_BINDING_EITHER 4

/**
 * No digest of the request.
 */
#define JOTGATE_DIGESTS_NOT_REQUIRED 1

/**
 * `camara:qh`: of the query, where there is one.
 */
#define JOTGATE_DIGESTS_QUERY 2

/**
 * `camara:bh`: of the body, where there is one.
 */
#define JOTGATE_DIGESTS_BODY 3

/**
 * Both.
 */
#define JOTGATE_DIGESTS_QUERY_AND_BODY 4

/**
 * Proofs need no nonce; one that is there must be good where the host lends nonces.
 */
#define JOTGATE_NONCE_NOT_REQUIRED 1

/**
 * Proofs must hold a nonce that the host lends now.
 */
#define JOTGATE_NONCE_REQUIRED 2

/**
 * A proof is remembered while it would be accepted.
 */
#define JOTGATE_REPLAY_WHILE_PROOF_IS_FRESH 1

/**
 * A proof is remembered until the access token expires, if that is later: CAMARA asks for it.
 */
#define JOTGATE_REPLAY_WHILE_TOKEN_LIVES 2

/**
 * Any revocation list.
 */
#define JOTGATE_REVOCATION_LISTS_ANY 1

/**
 * A revocation list whose last line says how many entries it has: another one may have been cut off.
 */
#define JOTGATE_REVOCATION_LISTS_COUNTED 2

/**
 * Every token must refer to a status that is valid.
 */
#define JOTGATE_STATUS_REQUIRED 1

/**
 * A token that refers to a status needs a valid one; a token that refers to none is good without.
 */
#define JOTGATE_STATUS_WHEN_PRESENT 2

/**
 * A token passes about which the authorization server did not answer.
 */
#define JOTGATE_UNANSWERED_ALLOW 1

/**
 * It is denied.
 */
#define JOTGATE_UNANSWERED_DENY 2

/**
 * It is good until another one comes: the list says neither `exp` nor `ttl`.
 */
#define JOTGATE_TIME_UNBOUNDED INT64_MAX

/**
 * What is here does not exist: for `query_state` and `body_state`, and before the host has said anything 0.
 */
#define JOTGATE_PART_ABSENT 1

/**
 * What is here is the part.
 */
#define JOTGATE_PART_PRESENT 2

/**
 * Most algorithms of one key source.
 */
#define JOTGATE_MAX_ALGORITHMS 16

/**
 * Bytes of a SHA-256 digest.
 */
#define JOTGATE_DIGEST_LEN 32

/**
 * Most members of a claims set.
 */
#define JOTGATE_MAX_CLAIMS 256

/**
 * Longest token, bytes, unless the policy says otherwise.
 */
#define JOTGATE_MAX_TOKEN_LEN 8192

/**
 * Longest token that a policy may allow, bytes.
 */
#define JOTGATE_MAX_TOKEN_LEN_RAISED 16384

/**
 * Bytes of buffer that an answer needs, besides twice the realm and twice the address of metadata, the first alternative of
 * scopes and the authentication classes of the policy.
 */
#define JOTGATE_ANSWER_LEN 768

/**
 * Rules that `jotgate_validator_explain` tells of.
 */
#define JOTGATE_RULES 32

/**
 * Bytes in front of the memory of a scratch that say which use was the last.
 */
#define JOTGATE_SCRATCH_FRONT_LEN 16

/**
 * Bytes that the alignment of lent memory may take.
 */
#define JOTGATE_ALIGNMENT 8

/**
 * Bytes that the alignment of lent memory may take where it holds tables: cache lines.
 */
#define JOTGATE_TABLE_ALIGNMENT 64

/**
 * The token came under `Bearer`, or none came.
 */
#define JOTGATE_SCHEME_BEARER 1

/**
 * The token came under `DPoP`.
 */
#define JOTGATE_SCHEME_DPOP 2

/**
 * The host's time is not known: it has no clock, or one that was not set since it booted. Nothing is granted then.
 */
#define JOTGATE_TIME_NOT_TRUSTED INT64_MIN

/**
 * `null`.
 */
#define JOTGATE_KIND_NULL 1

/**
 * `true` or `false`.
 */
#define JOTGATE_KIND_BOOLEAN 2

/**
 * A number.
 */
#define JOTGATE_KIND_NUMBER 3

/**
 * A string.
 */
#define JOTGATE_KIND_STRING 4

/**
 * An array.
 */
#define JOTGATE_KIND_ARRAY 5

/**
 * An object.
 */
#define JOTGATE_KIND_OBJECT 6

/**
 * The keys of all issuers, immutable: to change a key, make a new ring beside the old one and swap them.
 */
typedef struct {
  uint64_t opaque[JOTGATE_KEY_RING_WORDS];
} jotgate_key_ring_t;

/**
 * A string: bytes with their number. It does not end with a NUL; what came in a token may hold any character but NUL.
 */
typedef struct {
  /**
   * The first byte. May be NULL when there are none.
   */
  const char *data;
  /**
   * Bytes.
   */
  size_t len;
} jotgate_text_t;

/**
 * What a client expects of the ID token that answers one of its authentication requests. Of everything that it may have
 * sent it must be said whether it was; zeros are a misuse.
 */
typedef struct {
  /**
   * The exact value of `iss`.
   */
  jotgate_text_t issuer;
  /**
   * The label of the section that its keys are in; empty: the issuer's one section.
   */
  jotgate_text_t section;
  /**
   * The client itself.
   */
  jotgate_text_t client_id;
  /**
   * The algorithm that the client has registered: `RS256`, for example.
   */
  jotgate_text_t algorithm;
  /**
   * Audiences that are trusted besides the client, at most 8.
   */
  const jotgate_text_t *trusted_audiences;
  /**
   * How many.
   */
  size_t trusted_audience_count;
  /**
   * The nonce that was sent.
   */
  jotgate_text_t nonce;
  /**
   * Values of `acr` of which the token must have one, at most 8.
   */
  const jotgate_text_t *classes;
  /**
   * How many.
   */
  size_t class_count;
  /**
   * Whether a nonce was sent: one of `JOTGATE_PRESENCE_*`.
   */
  uint32_t nonce_presence;
  /**
   * Whether one of the classes is demanded: likewise.
   */
  uint32_t classes_presence;
  /**
   * How many seconds ago the user may have authenticated (`max_age` was sent), or `JOTGATE_UNBOUNDED`.
   */
  uint32_t max_authentication_age;
  /**
   * Seconds since `iat`, more than 0; 600 are usual.
   */
  uint32_t max_age;
  /**
   * Tolerance for clocks that differ, seconds, at most 300.
   */
  uint32_t leeway;
  /**
   * Whether an access token came, and its hash must be there: one of `JOTGATE_HASH_*`.
   */
  uint32_t access_token_hash;
  /**
   * Whether a code came, and its hash must be there: likewise.
   */
  uint32_t code_hash;
  /**
   * Whether it came in a push of CIBA: one of `JOTGATE_PRESENCE_*`. If so, so did an access token, and its hash must
   * be there.
   */
  uint32_t auth_request_presence;
  /**
   * Whether a refresh token came in the push: likewise.
   */
  uint32_t refresh_token_presence;
  /**
   * The access token that came with it.
   */
  jotgate_text_t access_token;
  /**
   * The authorization code that came with it.
   */
  jotgate_text_t code;
  /**
   * The authentication request that a push of CIBA answers (section 10.3.1).
   */
  jotgate_text_t auth_request;
  /**
   * The refresh token of such a push.
   */
  jotgate_text_t refresh_token;
  /**
   * Time before which none is believed, seconds since 1970-01-01T00:00:00Z, more than 0; 31536000 where nothing better is
   * known.
   */
  int64_t clock_floor;
} jotgate_id_token_rule_t;

/**
 * Memory for reading one token at a time, or one key set, lent once and used again for every token. Not to be copied: a
 * second scratch has memory of its own.
 */
typedef struct {
  uint64_t opaque[JOTGATE_SCRATCH_WORDS];
} jotgate_scratch_t;

/**
 * An ID token that passed every check of one authentication. It says who authenticated, and gives access to nothing.
 * Stale as soon as the scratch is used again.
 */
typedef struct {
  uint64_t opaque[JOTGATE_ID_TOKEN_WORDS];
} jotgate_id_token_t;

/**
 * A claim's value, borrowed from the scratch: stale when the scratch is used again.
 */
typedef struct {
  uint64_t opaque[JOTGATE_VALUE_WORDS];
} jotgate_value_t;

/**
 * A signature algorithm. `const`, and shared between threads: the library's own, or made by
 * `jotgate_es256_tabled`, `jotgate_es384_tabled` or `jotgate_eddsa_tabled`.
 */
typedef struct {
  uint64_t opaque[JOTGATE_ALGORITHM_WORDS];
} jotgate_algorithm_t;

/**
 * A key ring in the making: begun, loaded set by set, finished. A set that is refused leaves it as it was.
 */
typedef struct {
  uint64_t opaque[JOTGATE_KEY_RING_BUILDER_WORDS];
} jotgate_key_ring_builder_t;

/**
 * What a key set is loaded with.
 */
typedef struct {
  /**
   * The exact value of `iss` that the keys belong to; copied.
   */
  jotgate_text_t issuer;
  /**
   * The algorithms that keys may serve; a key of another one is skipped. The list is only read; the algorithms must
   * stay as long as the ring.
   */
  const jotgate_algorithm_t *const *algorithms;
  /**
   * How many algorithms, 1 to `JOTGATE_MAX_ALGORITHMS`.
   */
  size_t algorithm_count;
  /**
   * The algorithm of RSA keys that name none, as Microsoft Entra's: `RS256`, for example. Empty: such keys are
   * skipped; the token's header never decides.
   */
  jotgate_text_t default_rsa_algorithm;
  /**
   * The label of the section that the keys go to, for an issuer some of whose keys are kept apart: policies name it by
   * `jotgate_issuer_set_section`; copied. Empty: the issuer's one section.
   */
  jotgate_text_t section;
} jotgate_key_source_t;

/**
 * What became of one key of a set. Its texts are views into the key set.
 */
typedef struct {
  /**
   * `JOTGATE_OK` for a key that is used, else why it is skipped (81xx).
   */
  jotgate_status_t outcome;
  /**
   * A sum of `JOTGATE_REMARK_*`.
   */
  uint32_t remarks;
  /**
   * Position in `keys`, from 0.
   */
  size_t position;
  /**
   * `kid` as it stands there, escapes not resolved; empty where there is none.
   */
  jotgate_text_t kid;
  /**
   * `kty`, likewise.
   */
  jotgate_text_t kind;
  /**
   * The algorithm that the key serves; of a skipped key `alg`, likewise.
   */
  jotgate_text_t algorithm;
  /**
   * Bits of the modulus or of the field; 0 for a skipped key.
   */
  size_t bits;
  /**
   * The thumbprint, SHA-256 (RFC 7638); zeros for a skipped key.
   */
  uint8_t thumbprint[32];
} jotgate_key_report_t;

/**
 * How many keys of a set are used and skipped.
 */
typedef struct {
  /**
   * Keys in force.
   */
  size_t used;
  /**
   * Keys passed over.
   */
  size_t skipped;
  /**
   * Reports written: fewer than both together where room was lent for fewer.
   */
  size_t reported;
} jotgate_loaded_t;

/**
 * One key of a ring.
 */
typedef struct {
  /**
   * The position of its section in the ring, from 0: as `jotgate_key_ring_find_issuer` has it.
   */
  size_t issuer;
  /**
   * The algorithm that it serves: a constant.
   */
  jotgate_text_t algorithm;
  /**
   * The thumbprint, SHA-256 (RFC 7638).
   */
  uint8_t thumbprint[32];
} jotgate_key_t;

/**
 * What a token says of itself, unverified: for logs and for debugging, never for a decision. A stranger may have
 * written all of it. Stale when the scratch is used again.
 */
typedef struct {
  uint64_t opaque[JOTGATE_PEEK_WORDS];
} jotgate_peek_t;

/**
 * What one product demands of a token. Empty again when a setter fails: a rule that could not be added is not
 * forgotten.
 */
typedef struct {
  uint64_t opaque[JOTGATE_POLICY_WORDS];
} jotgate_policy_t;

/**
 * An issuer whose tokens a product accepts, and how they look. Empty again when a setter fails.
 */
typedef struct {
  uint64_t opaque[JOTGATE_ISSUER_WORDS];
} jotgate_issuer_t;

/**
 * A client, and the group (partner tier) that it is served as.
 */
typedef struct {
  /**
   * The exact client id.
   */
  jotgate_text_t id;
  /**
   * The group's name, which the grant repeats; may be empty.
   */
  jotgate_text_t group;
} jotgate_client_t;

/**
 * How DPoP proofs must look.
 */
typedef struct {
  /**
   * Proofs signed with one of these algorithms. A proof's key is a stranger's choice and has no table:
   * `jotgate_es256()`, not the tabled one.
   */
  const jotgate_algorithm_t *const *algorithms;
  /**
   * How many, 1 to `JOTGATE_MAX_ALGORITHMS`.
   */
  size_t algorithm_count;
  /**
   * Seconds after its `iat` for which a proof is fresh, the policy's leeway besides: 1 to 3600; CAMARA: 300.
   */
  uint32_t max_age;
  /**
   * One of `JOTGATE_NONCE_*`.
   */
  uint32_t nonce;
  /**
   * With `JOTGATE_NONCE_REQUIRED`: seconds from when the host first lends a nonce until it accepts it no more, 1 to 3600;
   * else 0.
   */
  uint32_t nonce_life;
  /**
   * One of `JOTGATE_DIGESTS_*`.
   */
  uint32_t digests;
  /**
   * One of `JOTGATE_REPLAY_*`.
   */
  uint32_t memory;
} jotgate_dpop_rule_t;

/**
 * A token that passed every other check of a product that has its authorization server asked. It is no grant. Stale as
 * soon as the scratch of its check is used again.
 */
typedef struct {
  uint64_t opaque[JOTGATE_INQUIRY_WORDS];
} jotgate_inquiry_t;

/**
 * A token that passed every check of one product at one time: for the request that it was checked for. Stale as soon
 * as the scratch is used again: a getter answers `JOTGATE_STALE` then, not another user's claims.
 */
typedef struct {
  uint64_t opaque[JOTGATE_GRANT_WORDS];
} jotgate_grant_t;

/**
 * What was revoked, as of one time. Immutable: to change it, load a new list beside the old one, and swap validators
 * between requests.
 */
typedef struct {
  uint64_t opaque[JOTGATE_REVOCATION_LIST_WORDS];
} jotgate_revocation_list_t;

/**
 * What the host knows of a revocation list beside its text.
 */
typedef struct {
  /**
   * A number of the host's choice, which tells the list from others.
   */
  uint64_t generation;
  /**
   * When the list was true: the time at its source, seconds since 1970-01-01T00:00:00Z.
   */
  int64_t as_of;
  /**
   * The key of the index: random, other in every process, told to nobody.
   */
  uint8_t key[16];
} jotgate_revocation_facts_t;

/**
 * The status lists in force: begun, loaded list by list, then shared and unchanged. To change one, load all into another
 * object beside this one, and swap validators between requests.
 */
typedef struct {
  uint64_t opaque[JOTGATE_STATUS_LISTS_WORDS];
} jotgate_status_lists_t;

/**
 * Where a status list token comes from, and when.
 */
typedef struct {
  /**
   * The issuer whose keys verify it, and whose tokens may refer to it; copied.
   */
  jotgate_text_t issuer;
  /**
   * The label of the section that its keys are in; empty: the issuer's one section.
   */
  jotgate_text_t section;
  /**
   * The address that it was fetched from, exactly as tokens spell it; copied.
   */
  jotgate_text_t uri;
  /**
   * When it was fetched: the host's time, which must be trusted; seconds since 1970-01-01T00:00:00Z.
   */
  int64_t received_at;
  /**
   * Tolerance for clocks that differ, seconds.
   */
  uint32_t leeway;
} jotgate_status_list_source_t;

/**
 * One status list.
 */
typedef struct {
  /**
   * The issuer: a view into the memory of the lists.
   */
  jotgate_text_t issuer;
  /**
   * The address that it was fetched from, likewise.
   */
  jotgate_text_t uri;
  /**
   * `iat`, seconds since 1970-01-01T00:00:00Z.
   */
  int64_t issued_at;
  /**
   * The earlier of `exp` and `ttl` seconds after it was received: to be fetched again before; or
   * `JOTGATE_TIME_UNBOUNDED`.
   */
  int64_t good_until;
  /**
   * How many statuses.
   */
  uint64_t statuses;
} jotgate_status_list_t;

/**
 * Remembers which DPoP proofs were used; shared by all workers of a process, without a lock. `const` though its memory
 * changes.
 */
typedef struct {
  uint64_t opaque[JOTGATE_REPLAY_WINDOW_WORDS];
} jotgate_replay_window_t;

/**
 * A token as one request brought it.
 */
typedef struct {
  uint64_t opaque[JOTGATE_PRESENTED_WORDS];
} jotgate_presented_t;

/**
 * What one request brought for DPoP (RFC 9449, section 4.3).
 */
typedef struct {
  /**
   * The values of all `DPoP` fields as they were received.
   */
  const jotgate_text_t *fields;
  /**
   * How many.
   */
  size_t field_count;
  /**
   * The method.
   */
  jotgate_text_t method;
  /**
   * `https`. Behind a proxy scheme, authority and path are those that the client used, before any rewriting.
   */
  jotgate_text_t scheme;
  /**
   * The `Host` field or `:authority`.
   */
  jotgate_text_t authority;
  /**
   * The path; what stands behind `?` or `#` does not count.
   */
  jotgate_text_t path;
  /**
   * Whether there is a query: one of `JOTGATE_PART_*`, or 0 while the host does not say. Needed where the policy demands
   * `camara:qh`.
   */
  uint32_t query_state;
  /**
   * Whether there is a body: likewise, for `camara:bh`.
   */
  uint32_t body_state;
  /**
   * The query exactly as it was received, without its question mark.
   */
  jotgate_text_t query;
  /**
   * SHA-256 of the body exactly as it was received, 32 bytes; may be NULL where there is no body.
   */
  const uint8_t *body_sha256;
  /**
   * The nonce that the host gives out now; empty where it gives none.
   */
  jotgate_text_t nonce;
  /**
   * The one that it gave out before, while it is still accepted; else empty.
   */
  jotgate_text_t previous_nonce;
} jotgate_dpop_request_t;

/**
 * The key ring in force, shared by all workers of a process. As a replay window it may be used by several threads at
 * once though its memory changes; every function says who may call it. It must not be moved nor copied.
 */
typedef struct {
  uint64_t opaque[JOTGATE_SWAP_WORDS];
} jotgate_swap_t;

/**
 * Judges tokens for one product: a key ring and a policy, both shared and immutable.
 */
typedef struct {
  uint64_t opaque[JOTGATE_VALIDATOR_WORDS];
} jotgate_validator_t;

/**
 * What to answer a request that was refused. Nothing of it comes from the request.
 */
typedef struct {
  /**
   * The HTTP status: 400, 401, 403, 500 or 503.
   */
  uint32_t http_status;
  /**
   * The value of `WWW-Authenticate` (RFC 6750, section 3), for 400, 401 and 403; else empty.
   */
  jotgate_text_t www_authenticate;
  /**
   * The value of `DPoP-Nonce` (RFC 9449, section 8); empty where none is to be sent.
   */
  jotgate_text_t dpop_nonce;
  /**
   * CAMARA's error code.
   */
  jotgate_text_t code;
  /**
   * CAMARA's error body (`application/json`; API design guide, section 3.2).
   */
  jotgate_text_t body;
} jotgate_answer_t;

/**
 * What became of one rule.
 */
typedef struct {
  /**
   * The rule's name in snake case: a constant.
   */
  jotgate_text_t rule;
  /**
   * `JOTGATE_OK`: the rule holds, or the policy does not ask for it; `JOTGATE_NOT_JUDGED`: an earlier step failed
   * that this one needs; else the reason why the rule does not hold.
   */
  jotgate_status_t outcome;
} jotgate_verdict_t;

/**
 * The state of one worker: its own, never shared and never copied. It decides nothing: a token gets the same answer from
 * every worker.
 */
typedef struct {
  uint64_t opaque[JOTGATE_WORKER_WORDS];
} jotgate_worker_t;

/**
 * Counters of one worker.
 */
typedef struct {
  /**
   * Tokens granted so far.
   */
  uint64_t granted;
  /**
   * Tokens denied so far.
   */
  uint64_t denied;
  /**
   * Tokens so far whose signature was known to be good.
   */
  uint64_t cached;
  /**
   * Questions to authorization servers so far: neither granted nor denied here. Begins again at 0 after 2^32 - 1.
   */
  uint64_t asking;
} jotgate_counts_t;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Called should the library find itself in a state that cannot be: it never is, and this function never returns.
 *
 * The library's own ends the program by an illegal instruction. It is a weak symbol: a program may have its own, to
 * log and to restart. It must not return, nor call the library again.
 *
 * Returns: never.
 *
 * Memory: none. Threads: any, several at once.
 */
void jotgate_fault(void);

/**
 * Judges one ID token.
 *
 * Parameters: `token` of `token_len` bytes; `ring`; `rule`; `now`, seconds since 1970-01-01T00:00:00Z, or
 * `JOTGATE_TIME_NOT_TRUSTED`; `scratch`, used until the ID token is done with; `id_token` is written: empty unless every
 * check passed.
 *
 * Returns: `JOTGATE_OK`: it says who authenticated; 2xxx to 6xxx: why it is refused; 82xx: the rule is none, or something
 * that is said to be present is empty; `JOTGATE_UNKNOWN_VALUE`: of something it is not said whether it is present, or it
 * is said to be absent and is not; another misuse (1xxx): correct the program.
 *
 * Memory: the ID token borrows from `scratch` and from `token`. Threads: `ring` may be shared; all else is one thread's
 * own.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_id_token_check(const char *token,
                                        size_t token_len,
                                        const jotgate_key_ring_t *ring,
                                        const jotgate_id_token_rule_t *rule,
                                        int64_t now,
                                        jotgate_scratch_t *scratch,
                                        jotgate_id_token_t *id_token);

/**
 * Who authenticated: `sub`, at the issuer that the rule names.
 *
 * Parameters: `id_token`; `subject` is written: a view into the scratch.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program.
 *
 * Memory: the view is good until the scratch is used again. Threads: those that may read the ID token.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_id_token_subject(const jotgate_id_token_t *id_token,
                                          jotgate_text_t *subject);

/**
 * `acr`: how the user authenticated.
 *
 * Parameters: `id_token`; `class_` is written: a view into the scratch.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; a misuse (11xx): correct the program.
 *
 * Memory: the view is good until the scratch is used again. Threads: those that may read the ID token.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_id_token_authentication_class(const jotgate_id_token_t *id_token,
                                                       jotgate_text_t *class_);

/**
 * `auth_time`, seconds since 1970-01-01T00:00:00Z.
 *
 * Parameters: `id_token`; `seconds` is written.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: those that may read the ID token.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_id_token_authenticated_at(const jotgate_id_token_t *id_token,
                                                   int64_t *seconds);

/**
 * Any claim of the ID token.
 *
 * Parameters: `id_token`; `name` of `name_len` bytes; `value` is written.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; a misuse (11xx): correct the program.
 *
 * Memory: the value borrows from the scratch; it is stale when the scratch is used again. Threads: those that may read
 * the ID token.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_id_token_claim(const jotgate_id_token_t *id_token,
                                        const char *name,
                                        size_t name_len,
                                        jotgate_value_t *value);

/**
 * Verifies the signature of a JWS in compact form, whatever its payload, under the keys of one issuer. It answers for
 * the signature and for nothing else: whether the payload is current, or meant for you, is yours to judge. Not for
 * access tokens: `jotgate_validator_check` judges those.
 *
 * Parameters: `ring`; `issuer` of `issuer_len` bytes, whose keys may have signed (the label of their section, where they
 * are kept apart); `jws` of `jws_len` bytes, at most
 * 16384; `scratch`, used until the payload is done with; `payload` is written: a view into the scratch; `digest` is
 * written: SHA-256 of the signing input, `JOTGATE_DIGEST_LEN` (32) bytes.
 *
 * Returns: `JOTGATE_OK`: the signature is good; 2xxx: malformed; `JOTGATE_NO_KEYS_FOR_ISSUER`; 3xxx: the key or the
 * signature; a misuse (1xxx): correct the program.
 *
 * Memory: the view is good until the scratch is used again. Threads: `ring` may be shared; all else is one thread's
 * own.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_jws_verify(const jotgate_key_ring_t *ring,
                                    const char *issuer,
                                    size_t issuer_len,
                                    const char *jws,
                                    size_t jws_len,
                                    jotgate_scratch_t *scratch,
                                    jotgate_text_t *payload,
                                    uint8_t *digest);

/**
 * ECDSA with P-256 and SHA-256 (RFC 7518, section 3.4), without tables.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_es256(void);

#if !defined(JOTGATE_WITHOUT_RUSTCRYPTO)
/**
 * The same by RustCrypto's crate `p256`, for those who prefer the reviewed crate to speed.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_es256_rustcrypto(void);
#endif

/**
 * ECDSA with P-384 and SHA-384 (RFC 7518, section 3.4), without tables.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_es384(void);

#if !defined(JOTGATE_WITHOUT_RUSTCRYPTO)
/**
 * The same by RustCrypto's crate `p384`, for those who prefer the reviewed crate to speed.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_es384_rustcrypto(void);
#endif

#if !defined(JOTGATE_WITHOUT_ES512)
/**
 * ECDSA with P-521 and SHA-512 (RFC 7518, section 3.4).
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_es512(void);
#endif

/**
 * Ed25519, `EdDSA` and `Ed25519` in headers (RFC 8037, RFC 9864), without tables.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_eddsa(void);

#if !defined(JOTGATE_WITHOUT_RUSTCRYPTO)
/**
 * The same by the crate `ed25519-dalek`, for those who prefer the reviewed crate to speed.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_eddsa_dalek(void);
#endif

/**
 * RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3); keys of 2048 to 4096 bits.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_rs256(void);

/**
 * RSASSA-PKCS1-v1_5 with SHA-384 (RFC 7518, section 3.3); keys of 2048 to 4096 bits.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_rs384(void);

/**
 * RSASSA-PKCS1-v1_5 with SHA-512 (RFC 7518, section 3.3); keys of 2048 to 4096 bits.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_rs512(void);

/**
 * RSASSA-PSS with SHA-256 and a salt of 32 bytes (RFC 7518, section 3.5); keys of 2048 to 4096 bits.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_ps256(void);

/**
 * RSASSA-PSS with SHA-384 and a salt of 48 bytes (RFC 7518, section 3.5); keys of 2048 to 4096 bits.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_ps384(void);

/**
 * RSASSA-PSS with SHA-512 and a salt of 64 bytes (RFC 7518, section 3.5); keys of 2048 to 4096 bits.
 *
 * Returns: the algorithm, never NULL.
 *
 * Memory: constant. Threads: any.
 */
JOTGATE_MUST_CHECK
const jotgate_algorithm_t *jotgate_ps512(void);

/**
 * Begins a key ring.
 *
 * Parameters: `builder` is written; `generation`, a number of the host's choice that tells the ring from others,
 * never used again for another ring; `issuers` and `keys`, how many at the most; `memory` of `memory_len` bytes:
 * `jotgate_key_ring_len` says how many.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
 *
 * Memory: `memory` must stay, and be nobody else's, as long as the ring that is made of it is used: when a new ring
 * replaces it, until no worker uses the old one (`jotgate_swap_settled`). A ring whose memory begins with something else,
 * as with another ring of another generation, answers `JOTGATE_BAD_STATE` from then on.
 *
 * Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_key_ring_builder_begin(jotgate_key_ring_builder_t *builder,
                                                uint64_t generation,
                                                size_t issuers,
                                                size_t keys,
                                                void *memory,
                                                size_t memory_len);

/**
 * Bytes that a key ring needs. `words` depend on the keys: `JOTGATE_RSA_2048_WORDS` and so on for each key, which suffice
 * on every processor; besides, for each key id, issuer's name and section's label one for each `JOTGATE_WORD_LEN` bytes, which
 * `JOTGATE_NAME_WORDS` are for 64 bytes. `JOTGATE_KEY_RING_LEN_OF(1, 8, 8 * JOTGATE_RSA_2048_WORDS + 9 *
 * JOTGATE_NAME_WORDS)` has room for any eight keys of up to 2048 bits of one issuer.
 *
 * Parameters: `issuers` and `keys`, how many at the most; `words`, of keys and names.
 *
 * Returns: bytes; SIZE_MAX for numbers that no memory has.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
size_t jotgate_key_ring_len(size_t issuers,
                            size_t keys,
                            size_t words);

/**
 * Lends memory for tables of keys, whose algorithms say how many bytes each takes. They are built as the keys are
 * loaded, for the first that want one while memory lasts; the others are verified as well, only slower. To be called
 * before the first load. A failure empties the builder.
 *
 * Parameters: `builder`; `memory` of `memory_len` bytes: for each key as many as its shape says, and 64 more.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
 *
 * Memory: `memory` must stay, and be nobody else's, as long as the ring is used.
 *
 * Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_key_ring_builder_lend_tables(jotgate_key_ring_builder_t *builder,
                                                      void *memory,
                                                      size_t memory_len);

/**
 * Adds the keys of a JWK Set (RFC 7517) for one issuer. An issuer may have several sets. Keys that cannot be used are
 * skipped, and reported. A failure leaves the builder as it was before, except that a set for which slots or words run
 * out in the middle keeps what it has taken of the lent memory; the ring in force is not touched.
 *
 * Parameters: `builder`; `source`; `key_set` of `key_set_len` bytes, UTF-8; `scratch`, used meanwhile; `reports`,
 * room for `report_capacity` reports, or NULL and 0; `loaded` is written, also when the set is refused.
 *
 * Returns: `JOTGATE_OK`; why the set as a whole is refused (80xx): keep the ring in force, tell whoever runs the
 * issuer; a misuse (11xx): correct the program.
 *
 * Memory: key ids and numbers are copied; `key_set` may go. Reports hold views into it.
 *
 * Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_key_ring_builder_load(jotgate_key_ring_builder_t *builder,
                                               const jotgate_key_source_t *source,
                                               const char *key_set,
                                               size_t key_set_len,
                                               jotgate_scratch_t *scratch,
                                               jotgate_key_report_t *reports,
                                               size_t report_capacity,
                                               jotgate_loaded_t *loaded);

/**
 * Closes the ring. The builder is empty then, whatever the outcome.
 *
 * Parameters: `builder`; `ring` is written.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_LOAD_NO_USABLE_KEY` when nothing was loaded; a misuse (11xx): correct the program.
 *
 * Memory: the ring uses the memory lent to the builder. The ring itself may be moved while nobody uses it.
 *
 * Threads: one at a time; the ring may be shared.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_key_ring_builder_finish(jotgate_key_ring_builder_t *builder,
                                                 jotgate_key_ring_t *ring);

/**
 * The number that the host gave to this ring.
 *
 * Parameters: `ring`; `generation` is written.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_key_ring_generation(const jotgate_key_ring_t *ring,
                                             uint64_t *generation);

/**
 * How many keys are in force.
 *
 * Parameters: `ring`; `count` is written.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_key_ring_count(const jotgate_key_ring_t *ring,
                                        size_t *count);

/**
 * One key after the other: to compare what is in force with what was loaded, and for metrics.
 *
 * Parameters: `ring`; `position`, from 0; `key` is written.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the ring has fewer keys; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_key_ring_key(const jotgate_key_ring_t *ring,
                                      size_t position,
                                      jotgate_key_t *key);

/**
 * Which section of the ring has this label, the issuer's exact name where it was given no other: its position, from 0, in
 * the order of loading.
 *
 * Parameters: `ring`; `issuer` of `issuer_len` bytes; `position` is written.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: there is none; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_key_ring_find_issuer(const jotgate_key_ring_t *ring,
                                              const char *issuer,
                                              size_t issuer_len,
                                              size_t *position);

/**
 * ES256 with tables: of the curve's generator, built here and shared by all keys, and one for each key that gets
 * one (`jotgate_key_ring_builder_lend_tables`). Keys without are right, only slower.
 *
 * Parameters: `algorithm` is written; `generator` and `keys` are shapes, `JOTGATE_ES256_*`; `memory` of `memory_len`
 * bytes, as many as `jotgate_es256_tabled_len` says for `generator`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more, or take a smaller shape; another misuse (11xx):
 * correct the program.
 *
 * Memory: `memory` and `algorithm` must stay, unchanged, as long as any key ring that was loaded with the algorithm.
 *
 * Threads: one at a time; what was written may be shared. Building takes some milliseconds for 512 KiB.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_es256_tabled(jotgate_algorithm_t *algorithm,
                                      uint32_t generator,
                                      uint32_t keys,
                                      void *memory,
                                      size_t memory_len);

/**
 * Bytes that `jotgate_es256_tabled` needs.
 *
 * Parameters: `generator`, a shape, `JOTGATE_ES256_*`.
 *
 * Returns: bytes, or 0 where `generator` is no shape.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
size_t jotgate_es256_tabled_len(uint32_t generator);

/**
 * ES384 with tables: of the curve's generator, built here and shared by all keys, and one for each key that gets
 * one (`jotgate_key_ring_builder_lend_tables`). Keys without are right, only slower.
 *
 * Parameters: `algorithm` is written; `generator` and `keys` are shapes, `JOTGATE_ES384_*`; `memory` of `memory_len`
 * bytes, as many as `jotgate_es384_tabled_len` says for `generator`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more, or take a smaller shape; another misuse (11xx):
 * correct the program.
 *
 * Memory: `memory` and `algorithm` must stay, unchanged, as long as any key ring that was loaded with the algorithm.
 *
 * Threads: one at a time; what was written may be shared.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_es384_tabled(jotgate_algorithm_t *algorithm,
                                      uint32_t generator,
                                      uint32_t keys,
                                      void *memory,
                                      size_t memory_len);

/**
 * Bytes that `jotgate_es384_tabled` needs.
 *
 * Parameters: `generator`, a shape, `JOTGATE_ES384_*`.
 *
 * Returns: bytes, or 0 where `generator` is no shape.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
size_t jotgate_es384_tabled_len(uint32_t generator);

/**
 * Ed25519 with tables: of the curve's base point, built here and shared by all keys, and one for each key that gets
 * one (`jotgate_key_ring_builder_lend_tables`). Keys without are right, only slower.
 *
 * Parameters: `algorithm` is written; `base` and `keys` are shapes, `JOTGATE_EDDSA_*`; `memory` of `memory_len`
 * bytes, as many as `jotgate_eddsa_tabled_len` says for `base`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more, or take a smaller shape; another misuse (11xx):
 * correct the program.
 *
 * Memory: `memory` and `algorithm` must stay, unchanged, as long as any key ring that was loaded with the algorithm.
 *
 * Threads: one at a time; what was written may be shared.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_eddsa_tabled(jotgate_algorithm_t *algorithm,
                                      uint32_t base,
                                      uint32_t keys,
                                      void *memory,
                                      size_t memory_len);

/**
 * Bytes that `jotgate_eddsa_tabled` needs.
 *
 * Parameters: `base`, a shape, `JOTGATE_EDDSA_*`.
 *
 * Returns: bytes, or 0 where `base` is no shape.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
size_t jotgate_eddsa_tabled_len(uint32_t base);

/**
 * Decodes the first two segments of a token.
 *
 * Parameters: `peek` is written; `token` of `token_len` bytes; `scratch`, used until the peek is done with.
 *
 * Returns: `JOTGATE_OK`, which says nothing of the token; `JOTGATE_TOKEN_TOO_LONG`, `JOTGATE_NOT_JWT`,
 * `JOTGATE_ENCRYPTED_TOKEN`, `JOTGATE_NOT_BASE64URL`: there is nothing to look at; `JOTGATE_SCRATCH_TOO_SMALL` and
 * other misuse (1xxx): correct the program.
 *
 * Memory: the peek borrows from `scratch`, not from `token`. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_peek_read(jotgate_peek_t *peek,
                                   const char *token,
                                   size_t token_len,
                                   jotgate_scratch_t *scratch);

/**
 * The key id that the token claims, if it is a string without escapes. UNTRUSTED: never decide by it.
 *
 * Parameters: `peek`; `kid` is written: a view into the scratch, any characters.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; `JOTGATE_STALE` and other misuse (11xx): correct the program.
 *
 * Memory: the view is good until the scratch is used again. Threads: those that may read the peek.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_peek_kid_unverified(const jotgate_peek_t *peek,
                                             jotgate_text_t *kid);

/**
 * The issuer that the token claims, if it is a string without escapes. UNTRUSTED: never decide by it.
 *
 * Parameters: `peek`; `issuer` is written: a view into the scratch, any characters.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; `JOTGATE_STALE` and other misuse (11xx): correct the program.
 *
 * Memory: the view is good until the scratch is used again. Threads: those that may read the peek.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_peek_issuer_unverified(const jotgate_peek_t *peek,
                                                jotgate_text_t *issuer);

/**
 * The bytes of header and payload. UNTRUSTED, and not even JSON perhaps: never decide by them.
 *
 * Parameters: `peek`; `header` and `payload` are written: views into the scratch, any bytes.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program.
 *
 * Memory: the views are good until the scratch is used again. Threads: those that may read the peek.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_peek_bytes_unverified(const jotgate_peek_t *peek,
                                               jotgate_text_t *header,
                                               jotgate_text_t *payload);

/**
 * Makes a policy: tokens of one of these issuers, for one of these audiences, that cover the scopes of one of these
 * alternatives. Everything else has a strict default and a setter of its own.
 *
 * Parameters: `policy` is written; `issuers`, `issuer_count` of them; `audiences`, `audience_count` exact values of
 * `aud`; `scopes`, `scope_count` alternatives, each a list of scopes separated by spaces, all of which a token must
 * have; `memory` of `memory_len` bytes, `JOTGATE_POLICY_ISSUER_LEN` for each issuer and 8 more.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_EMPTY_NAME` and others of 82xx: correct the policy, by
 * `jotgate_policy_init_by_client` for `JOTGATE_POLICY_AUDIENCE_NOT_REQUIRED`; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
 *
 * Memory: `issuers` are copied into `memory`, which must stay, and be nobody else's, as long as the policy is used;
 * so must all texts and the lists of audiences and scopes, unchanged.
 *
 * Threads: one at a time; a policy that is done may be shared.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_init(jotgate_policy_t *policy,
                                     const jotgate_issuer_t *issuers,
                                     size_t issuer_count,
                                     const jotgate_text_t *audiences,
                                     size_t audience_count,
                                     const jotgate_text_t *scopes,
                                     size_t scope_count,
                                     void *memory,
                                     size_t memory_len);

/**
 * Makes a policy that asks for no scope: any token of the issuers and the audiences will do. Otherwise like
 * `jotgate_policy_init`.
 *
 * Parameters: as of `jotgate_policy_init`, without scopes.
 *
 * Returns: as of `jotgate_policy_init`.
 *
 * Memory: as of `jotgate_policy_init`. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_init_without_scopes(jotgate_policy_t *policy,
                                                    const jotgate_issuer_t *issuers,
                                                    size_t issuer_count,
                                                    const jotgate_text_t *audiences,
                                                    size_t audience_count,
                                                    void *memory,
                                                    size_t memory_len);

/**
 * Makes a policy: tokens of one of these issuers that were given to one of these clients and cover the scopes of one of
 * these alternatives, whatever their `aud` says: for issuers whose tokens need not have one. All claims that name the
 * client must agree, as always. Otherwise like `jotgate_policy_init`.
 *
 * Parameters: as of `jotgate_policy_init`, with `clients`, `client_count` of them, instead of audiences.
 *
 * Returns: as of `jotgate_policy_init`; `JOTGATE_POLICY_KIND_NOT_MARKED`: nothing shows that the tokens of an issuer are
 * access tokens: neither `at+jwt`, as the only value of `typ`, nor a claim that its profile asks for.
 *
 * Memory: as of `jotgate_policy_init`; the list of clients and their texts must stay, unchanged, as well. Threads: one at
 * a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_init_by_client(jotgate_policy_t *policy,
                                               const jotgate_issuer_t *issuers,
                                               size_t issuer_count,
                                               const jotgate_client_t *clients,
                                               size_t client_count,
                                               const jotgate_text_t *scopes,
                                               size_t scope_count,
                                               void *memory,
                                               size_t memory_len);

/**
 * Describes an issuer.
 *
 * Parameters: `issuer` is written; `name` of `name_len` bytes, the exact value of `iss`; `profile` of `profile_len`
 * bytes, the kind of its tokens: `rfc9068`, `keycloak`, `auth0`, `okta`, `entra`, `cognito` or `generic-jwt`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_NAME`; `JOTGATE_UNKNOWN_VALUE`: there is no such profile; a misuse (11xx):
 * correct the program.
 *
 * Memory: `name` must stay, unchanged, as long as any policy that was made with the issuer.
 *
 * Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_issuer_init(jotgate_issuer_t *issuer,
                                     const char *name,
                                     size_t name_len,
                                     const char *profile,
                                     size_t profile_len);

/**
 * Takes the keys of the ring's section of this label (`jotgate_key_source_t`), instead of the one that is called as the
 * issuer: for an issuer some of whose keys are kept apart. A failure empties the issuer.
 *
 * Parameters: `issuer`; `label` of `label_len` bytes.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_NAME`; a misuse (11xx): correct the program.
 *
 * Memory: `label` must stay, unchanged, as long as any policy that was made with the issuer.
 *
 * Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_issuer_set_section(jotgate_issuer_t *issuer,
                                            const char *label,
                                            size_t label_len);

/**
 * Accepts other values of the header's `typ` than the profile's. A failure empties the issuer.
 *
 * Parameters: `issuer`; `types` of `types_len` bytes, media types separated by spaces; a token without `typ` has none
 * of them.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`; what `jotgate_issuer_tolerate_nonce` does, if it was called; a misuse
 * (11xx): correct the program.
 *
 * Memory: `types` must stay, unchanged, as long as any policy that was made with the issuer.
 *
 * Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_issuer_set_types(jotgate_issuer_t *issuer,
                                          const char *types,
                                          size_t types_len);

/**
 * Accepts any value of the header's `typ`, and none: other kinds of tokens are then told by their claims alone.
 *
 * A failure empties the issuer.
 *
 * Parameters: `issuer`.
 *
 * Returns: `JOTGATE_OK`; what `jotgate_issuer_tolerate_nonce` does, if it was called; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_issuer_accept_any_type(jotgate_issuer_t *issuer);

/**
 * Tolerates the claim `nonce`, which is that of ID tokens, but which Keycloak before version 25 writes into access tokens,
 * too. A failure empties the issuer.
 *
 * Parameters: `issuer`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_KIND_NOT_MARKED`: nothing else shows that its tokens are access tokens;
 * `JOTGATE_POLICY_TOLERANCE_IDLE`: `typ` alone tells, and `nonce` is not looked for; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_issuer_tolerate_nonce(jotgate_issuer_t *issuer);

/**
 * Takes a `sub` that is a number without sign, fraction and exponent: its digits are the subject. A failure empties the
 * issuer.
 *
 * Parameters: `issuer`.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_issuer_accept_subject_digits(jotgate_issuer_t *issuer);

/**
 * Ignores header parameters that bring a key or name one, instead of refusing the token. They are never followed. A
 * failure empties the issuer.
 *
 * Parameters: `issuer`; `parameters`, a sum of `JOTGATE_KEY_PARAMETER_*`, one at least.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE`, also for none; another misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_issuer_ignore_key_parameters(jotgate_issuer_t *issuer,
                                                      uint32_t parameters);

/**
 * Reads the client from other claims than the profile's: the first of them that a token has. Claims that are present
 * must agree, whether they are among these or not. A failure empties the issuer.
 *
 * Parameters: `issuer`; `claims`, `claim_count` constants `JOTGATE_CLIENT_CLAIM_*`, 1 to 4, none of them twice.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`; `JOTGATE_UNKNOWN_VALUE`, also for one that comes twice,
 * `JOTGATE_TOO_MANY` and other misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_issuer_set_client_claims(jotgate_issuer_t *issuer,
                                                  const uint32_t *claims,
                                                  size_t claim_count);

/**
 * Reads the scopes from another claim than the profile's, written in this form. A failure empties the issuer.
 *
 * Parameters: `issuer`; `claim`, one of `JOTGATE_SCOPE_CLAIM_*`; `form`, one of `JOTGATE_SCOPE_FORM_*`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_issuer_set_scope_claim(jotgate_issuer_t *issuer,
                                                uint32_t claim,
                                                uint32_t form);

/**
 * Demands a purpose (CAMARA): exactly one, one of these. A failure empties the policy.
 *
 * Parameters: `policy`; `names`, `name_count` names of the Data Privacy Vocabulary, without `dpv:`; `form`, how the
 * issuers write it, one of `JOTGATE_PURPOSE_FORM_*`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_EMPTY_NAME`, `JOTGATE_POLICY_PURPOSE_MALFORMED`: correct the
 * policy; a misuse (11xx): correct the program.
 *
 * Memory: list and texts must stay, unchanged, as long as the policy is used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_purposes(jotgate_policy_t *policy,
                                             const jotgate_text_t *names,
                                             size_t name_count,
                                             uint32_t form);

/**
 * Serves these clients only. Of two with the same id, the first counts. A failure empties the policy.
 *
 * Parameters: `policy`; `clients`, `client_count` of them.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_EMPTY_NAME`: correct the policy; a misuse (11xx): correct the
 * program.
 *
 * Memory: list and texts must stay, unchanged, as long as the policy is used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_clients(jotgate_policy_t *policy,
                                            const jotgate_client_t *clients,
                                            size_t client_count);

/**
 * Refuses tokens that name one of these clients in any claim that names clients. A failure empties the policy.
 *
 * Parameters: `policy`; `ids`, `id_count` exact client ids.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_EMPTY_NAME`: correct the policy; a misuse (11xx): correct the
 * program.
 *
 * Memory: list and texts must stay, unchanged, as long as the policy is used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_blocked_clients(jotgate_policy_t *policy,
                                                    const jotgate_text_t *ids,
                                                    size_t id_count);

/**
 * Demands a user, or that there is none. A failure empties the policy.
 *
 * Parameters: `policy`; `legs`, one of `JOTGATE_LEGS_*`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_legs(jotgate_policy_t *policy,
                                         uint32_t legs);

/**
 * Demands a class or an age of the user's authentication (RFC 9470). A failure empties the policy.
 *
 * Parameters: `policy`; `classes`, `class_count` values of `acr` of which a token must have one, or none for any;
 * `max_age`, how many seconds ago the user may have authenticated, not in the future, or `JOTGATE_UNBOUNDED`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST` when neither is demanded, `JOTGATE_POLICY_EMPTY_NAME`,
 * `JOTGATE_POLICY_CLASS_MALFORMED`: correct the policy; a misuse (11xx): correct the program.
 *
 * Memory: list and texts must stay, unchanged, as long as the policy is used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_step_up(jotgate_policy_t *policy,
                                            const jotgate_text_t *classes,
                                            size_t class_count,
                                            uint32_t max_age);

/**
 * Tolerates clocks that differ by so many seconds; without a call 60. A failure empties the policy.
 *
 * Parameters: `policy`; `seconds`, at most 300.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_SECONDS_OUT_OF_RANGE`: correct the policy; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_leeway(jotgate_policy_t *policy,
                                           uint32_t seconds);

/**
 * Refuses tokens that live longer from `iat` to `exp`; `iat` is then required. A failure empties the policy.
 *
 * Parameters: `policy`; `seconds`, more than 0; without a call there is no bound.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_SECONDS_OUT_OF_RANGE`: correct the policy; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_max_lifetime(jotgate_policy_t *policy,
                                                 uint32_t seconds);

/**
 * Refuses tokens that were issued longer ago; `iat` is then required. A failure empties the policy.
 *
 * Parameters: `policy`; `seconds`, more than 0; without a call there is no bound.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_SECONDS_OUT_OF_RANGE`: correct the policy; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_max_age(jotgate_policy_t *policy,
                                            uint32_t seconds);

/**
 * Demands that these claims are there, and not null. A failure empties the policy.
 *
 * Parameters: `policy`; `names`, `name_count` names of claims.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_EMPTY_NAME`: correct the policy; a misuse (11xx): correct the
 * program.
 *
 * Memory: list and texts must stay, unchanged, as long as the policy is used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_required_claims(jotgate_policy_t *policy,
                                                    const jotgate_text_t *names,
                                                    size_t name_count);

/**
 * Believes no time before `seconds`: the firmware's build time, for example; without a call 1971-01-01.
 *
 * Parameters: `policy`; `seconds` since 1970-01-01T00:00:00Z.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_clock_floor(jotgate_policy_t *policy,
                                                int64_t seconds);

/**
 * Names the realm in challenges. A failure empties the policy.
 *
 * Parameters: `policy`; `realm` of `realm_len` bytes, printable ASCII without quotes and backslashes.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_NAME`, `JOTGATE_POLICY_REALM_MALFORMED`: correct the policy; a misuse (11xx):
 * correct the program.
 *
 * Memory: `realm` must stay, unchanged, as long as the policy is used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_realm(jotgate_policy_t *policy,
                                          const char *realm,
                                          size_t realm_len);

/**
 * Names the address of the protected resource's metadata in challenges (RFC 9728, section 5.1). A failure empties the
 * policy.
 *
 * Parameters: `policy`; `url` of `url_len` bytes, `https://` and a host first, visible ASCII without fragment, quotes and
 * backslashes.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_METADATA_MALFORMED`: correct the policy; a misuse (11xx): correct the program.
 *
 * Memory: `url` must stay, unchanged, as long as the policy is used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_resource_metadata(jotgate_policy_t *policy,
                                                      const char *url,
                                                      size_t url_len);

/**
 * Answers refusals in this dialect; without a call in that of RFC 6750. A failure empties the policy.
 *
 * Parameters: `policy`; `dialect`, one of `JOTGATE_DIALECT_*`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_dialect(jotgate_policy_t *policy,
                                            uint32_t dialect);

/**
 * Accepts tokens up to so many bytes, instead of 8 KiB. A failure empties the policy.
 *
 * Parameters: `policy`; `len`, 1 to 16384 bytes.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_TOKEN_LEN_OUT_OF_RANGE`: correct the policy; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_max_token_len(jotgate_policy_t *policy,
                                                  size_t len);

/**
 * Takes DPoP proofs that look like this; without it a token that is bound to a key is refused. The validator needs a
 * replay window then. A failure empties the policy.
 *
 * Parameters: `policy`; `rule`; `memory` of `memory_len` bytes, two pointers for each algorithm and 8 more.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_SECONDS_OUT_OF_RANGE`: correct the policy; `JOTGATE_MEMORY_TOO_SMALL`,
 * `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
 *
 * Memory: `memory` must stay, and be nobody else's, as long as the policy is used; so must the algorithms. Threads: one
 * at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_dpop(jotgate_policy_t *policy,
                                         const jotgate_dpop_rule_t *rule,
                                         void *memory,
                                         size_t memory_len);

/**
 * Demands that tokens are bound to their sender. A failure empties the policy.
 *
 * Parameters: `policy`; `binding`, one of `JOTGATE_BINDING_*`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_DPOP_RULE_MISSING`: call `jotgate_policy_set_dpop` first;
 * `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_sender_binding(jotgate_policy_t *policy,
                                                   uint32_t binding);

/**
 * Looks tokens up in a revocation list: `jotgate_validator_set_revocations`. Without a list every token is denied. A
 * failure empties the policy.
 *
 * Parameters: `policy`; `lists`, one of `JOTGATE_REVOCATION_LISTS_*`, by which tokens pass; `max_age`, seconds for which
 * a list is fresh; `stale_seconds`, for how many more tokens are judged by it: 0 denies them at once.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_revocation(jotgate_policy_t *policy,
                                               uint32_t lists,
                                               uint32_t max_age,
                                               uint32_t stale_seconds);

/**
 * Looks up the status that tokens refer to (Token Status List): `jotgate_validator_set_status_lists`. A failure empties
 * the policy.
 *
 * Parameters: `policy`; `when`, one of `JOTGATE_STATUS_*`; `max_age`, seconds for which a list is fresh, its own `exp`
 * and `ttl` besides; `stale_seconds`, for how many more tokens are judged by it: 0 denies them at once.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_status_list(jotgate_policy_t *policy,
                                                uint32_t when,
                                                uint32_t max_age,
                                                uint32_t stale_seconds);

/**
 * Has the authorization server asked about each token that is good otherwise (RFC 7662): `jotgate_validator_check`
 * grants nothing then, `jotgate_validator_check_or_ask` does. A failure empties the policy.
 *
 * Parameters: `policy`; `when_unanswered`, one of `JOTGATE_UNANSWERED_*`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_policy_set_introspection(jotgate_policy_t *policy,
                                                  uint32_t when_unanswered);

/**
 * Whom to ask about what.
 *
 * Parameters: `inquiry`; `issuer` is written: `iss`, a view into the scratch; `digest` is written: SHA-256 of the signing
 * input, `JOTGATE_DIGEST_LEN` (32) bytes, which names the token in a cache of answers. The token itself goes into the
 * question as it was presented.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program, deny the request.
 *
 * Memory: the view is good until the scratch is used again. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_inquiry_about(const jotgate_inquiry_t *inquiry,
                                       jotgate_text_t *issuer,
                                       uint8_t *digest);

/**
 * `jti` of the token that is asked about, for logs.
 *
 * Parameters: `inquiry`; `token_id` is written: a view into the scratch.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`; `JOTGATE_STALE` and other misuse (11xx): correct the program, deny the request.
 *
 * Memory: the view is good until the scratch is used again. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_inquiry_token_id(const jotgate_inquiry_t *inquiry,
                                          jotgate_text_t *token_id);

/**
 * Completes the check with the body of a response that the issuer's introspection endpoint sent, with status 200, to a
 * question about this token: what the server says now counts, of the token's scopes those that it still names. The inquiry
 * is empty then.
 *
 * Parameters: `inquiry`; `response` of `response_len` bytes; `now`, seconds since 1970-01-01T00:00:00Z, or
 * `JOTGATE_TIME_NOT_TRUSTED`; `scratch`, another one than that of the check, used meanwhile; `grant` is written: empty
 * unless the token is granted.
 *
 * Returns: `JOTGATE_OK`: granted; every other value is a refusal: `JOTGATE_INTROSPECTION_INACTIVE`,
 * `JOTGATE_INTROSPECTION_MALFORMED`, `JOTGATE_INTROSPECTION_CONTRADICTS`, `JOTGATE_EXPIRED`, `JOTGATE_SCOPE_MISSING`,
 * `JOTGATE_WRONG_AUDIENCE` and others; a misuse (1xxx): correct the program, deny the request.
 *
 * Memory: the grant borrows from the scratch of the check and from the policy, by which it is judged again. Threads: one
 * at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_inquiry_answered(jotgate_inquiry_t *inquiry,
                                          const char *response,
                                          size_t response_len,
                                          int64_t now,
                                          jotgate_scratch_t *scratch,
                                          jotgate_grant_t *grant);

/**
 * Completes the check without an answer: as the policy says. The inquiry is empty then.
 *
 * Parameters: `inquiry`; `now`, seconds since 1970-01-01T00:00:00Z, or `JOTGATE_TIME_NOT_TRUSTED`; `grant` is written:
 * empty unless the token is granted.
 *
 * Returns: `JOTGATE_OK`: granted; every other value is a refusal: `JOTGATE_INTROSPECTION_UNANSWERED`, `JOTGATE_EXPIRED`
 * and others; a misuse (1xxx): correct the program, deny the request.
 *
 * Memory: the grant borrows from the scratch of the check. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_inquiry_unanswered(jotgate_inquiry_t *inquiry,
                                            int64_t now,
                                            jotgate_grant_t *grant);

/**
 * Reads a revocation list: UTF-8 text, one entry a line, each line ended by a line feed (`jti ISSUER ID`, `client ID`,
 * `subject ISSUER ID`, `kid ISSUER ID`, `digest HEX`, `issued-before SECONDS issuer ISSUER`, ...), and as the last one
 * `entries NUMBER`, of the lines before it that are entries.
 *
 * Parameters: `list` is written; `text` of `text_len` bytes; `facts`; `memory` of `memory_len` bytes:
 * `jotgate_revocation_list_len` of the number of lines; `line` is written also when the list is refused: the line at
 * fault, from 1, or 0.
 *
 * Returns: `JOTGATE_OK`; why the list is refused (83xx): keep the one in force; `JOTGATE_MEMORY_TOO_SMALL` and other
 * misuse (11xx): correct the program.
 *
 * Memory: `text` and `memory` must stay, `text` unchanged, `memory` nobody else's, as long as the list is used. Threads:
 * one at a time; what was written may be shared.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_revocation_list_load(jotgate_revocation_list_t *list,
                                              const char *text,
                                              size_t text_len,
                                              const jotgate_revocation_facts_t *facts,
                                              void *memory,
                                              size_t memory_len,
                                              size_t *line);

/**
 * Bytes of memory that a revocation list of so many entries needs; lines are never fewer than entries.
 *
 * Parameters: `entries`.
 *
 * Returns: bytes; SIZE_MAX for numbers that no memory has.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
size_t jotgate_revocation_list_len(size_t entries);

/**
 * Whether the last line of the list says how many entries it has: a list that does not may have been cut off between two
 * lines.
 *
 * Parameters: `list`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_REVOCATION_NOT_COUNTED`: keep the list in force; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_revocation_list_if_counted(const jotgate_revocation_list_t *list);

/**
 * How many different entries the list has.
 *
 * Parameters: `list`; `count` is written.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_revocation_list_count(const jotgate_revocation_list_t *list,
                                               size_t *count);

/**
 * Which list it is, and how current.
 *
 * Parameters: `list`; `generation` and `as_of` are written: what the host said of it.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_revocation_list_as_of(const jotgate_revocation_list_t *list,
                                               uint64_t *generation,
                                               int64_t *as_of);

/**
 * Begins with no list.
 *
 * Parameters: `lists` is written; `capacity`, how many lists at the most; `memory` of `memory_len` bytes: for each list
 * `JOTGATE_STATUS_LIST_LEN`, a byte for each 8, 4 or 2 statuses or for each one, and the bytes of its two names; and
 * `JOTGATE_ALIGNMENT` more.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
 *
 * Memory: `memory` must stay, and be nobody else's, as long as the lists are used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_status_lists_begin(jotgate_status_lists_t *lists,
                                            size_t capacity,
                                            void *memory,
                                            size_t memory_len);

/**
 * Verifies a status list token with the issuer's keys, inflates it, and adds it. When it is refused the lists before it
 * stay.
 *
 * Parameters: `lists`; `token` of `token_len` bytes; `source`; `ring`; `scratch`, of `jotgate_scratch_len(token_len)`
 * bytes, used meanwhile.
 *
 * Returns: `JOTGATE_OK`; why it is refused (2xxx, 3xxx, 84xx): keep the lists in force; `JOTGATE_TOO_MANY`: more than
 * `capacity`; another misuse (11xx): correct the program.
 *
 * Memory: names and statuses are copied; `token` may go. Threads: one, before the lists are shared.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_status_lists_load(jotgate_status_lists_t *lists,
                                           const char *token,
                                           size_t token_len,
                                           const jotgate_status_list_source_t *source,
                                           const jotgate_key_ring_t *ring,
                                           jotgate_scratch_t *scratch);

/**
 * One list after the other: to know when each is to be fetched again.
 *
 * Parameters: `lists`; `position`, from 0, in the order of loading; `list` is written.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: there are fewer; a misuse (11xx): correct the program.
 *
 * Memory: the views are good as long as the memory of the lists. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_status_lists_list(const jotgate_status_lists_t *lists,
                                           size_t position,
                                           jotgate_status_list_t *list);

/**
 * Lends memory to a scratch: `JOTGATE_SCRATCH_LEN` bytes suffice for tokens of 8 KiB, and `jotgate_scratch_len` says
 * how many for others. Too little is found out by the token that does not fit (`JOTGATE_SCRATCH_TOO_SMALL`).
 *
 * Parameters: `scratch`, zeroed before its first use; `members`, how many members a claims set may have:
 * `JOTGATE_MAX_CLAIMS`, or fewer to save memory; `memory` of `memory_len` bytes.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
 *
 * Memory: `memory` must stay, and be nobody else's, as long as the scratch is used, and as long as grants, values, peeks
 * and ID tokens that came of it are asked. So must `scratch` stay in its place. Which use was the last stands in
 * `memory`: copies of a scratch, and others that were lent the same `memory`, make stale what came of one another. Where
 * two only share a part of their memory nothing tells, and what came of one may show what the other reads. A scratch
 * may be lent memory again; what came of it before is stale then. It must not be zeroed while something that came of it
 * may still be asked: the count of its uses would begin anew.
 *
 * Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_scratch_init(jotgate_scratch_t *scratch,
                                      size_t members,
                                      void *memory,
                                      size_t memory_len);

/**
 * Bytes of memory that a scratch needs for tokens of `token_len` bytes. Key sets need 1024 for RSA of 4096 bits. Where
 * DPoP proofs are taken, `jotgate_scratch_len_with_proof`. The twin of `JOTGATE_SCRATCH_LEN` at run time.
 *
 * Parameters: `token_len`, bytes; `members`, as of `jotgate_scratch_init`.
 *
 * Returns: bytes; SIZE_MAX for lengths that no memory has.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
size_t jotgate_scratch_len(size_t token_len,
                           size_t members);

/**
 * The same where DPoP proofs are taken.
 *
 * Parameters: `token_len`, bytes; `members`, as of `jotgate_scratch_init`.
 *
 * Returns: bytes; SIZE_MAX for lengths that no memory has.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
size_t jotgate_scratch_len_with_proof(size_t token_len,
                                      size_t members);

/**
 * Makes a window over lent memory, which is zeroed: no proof was used yet.
 *
 * Parameters: `window` is written; `proofs` and `clients`, how many slots for each: as many proofs as requests a second
 * times the seconds for which a proof is fresh (and the leeway twice, and 2 more; with a nonce its life instead), and a
 * third more; `key`, 16 random bytes that nobody outside knows; `quota`, how many live proofs one client may have;
 * `longest_life`, for how many seconds a proof may have to be kept, at most 86400; `memory` of `memory_len` bytes:
 * `jotgate_replay_window_len` says how many.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_POLICY_EMPTY_LIST`, `JOTGATE_POLICY_SECONDS_OUT_OF_RANGE`,
 * `JOTGATE_POLICY_QUOTA_OUT_OF_RANGE`: correct the settings; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse
 * (11xx): correct the program.
 *
 * Memory: `memory` must stay, and be nobody else's, as long as the window is used. Threads: one at a time; what was
 * written may be shared, on processors with a compare and swap on 32 bits; on others it is one worker's own.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_replay_window_init(jotgate_replay_window_t *window,
                                            size_t proofs,
                                            size_t clients,
                                            const uint8_t *key,
                                            uint32_t quota,
                                            uint32_t longest_life,
                                            void *memory,
                                            size_t memory_len);

/**
 * Bytes of memory that a window needs.
 *
 * Parameters: `proofs` and `clients`, how many slots for each.
 *
 * Returns: bytes; SIZE_MAX for numbers that no memory has.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
size_t jotgate_replay_window_len(size_t proofs,
                                 size_t clients);

/**
 * The client has authenticated in TLS with a certificate (RFC 8705). Behind a proxy the host must know that the proxy,
 * and nobody else, has written this. A failure empties `presented`.
 *
 * Parameters: `presented`; `sha256_of_der`, 32 bytes.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program, deny the request.
 *
 * Memory: the digest is copied. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_presented_set_certificate(jotgate_presented_t *presented,
                                                   const uint8_t *sha256_of_der);

/**
 * The `DPoP` fields of the request, and what their proof is about. To be said of every request of a host that takes
 * proofs, also of those without such a field. A failure empties `presented`.
 *
 * Parameters: `presented`; `request`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE` and other misuse (11xx): correct the program, deny the request.
 *
 * Memory: all texts must stay, unchanged, as long as `presented` is used; the list and `request` may go. Threads: one at
 * a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_presented_set_dpop(jotgate_presented_t *presented,
                                            const jotgate_dpop_request_t *request);

/**
 * Makes the first ring the one in force.
 *
 * Parameters: `swap` is written; `ring`; `workers`, how many at the most; `memory` of `memory_len` bytes:
 * `jotgate_swap_len` says how many.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
 *
 * Memory: `swap` and `memory` must stay where they are, and `memory` be nobody else's, as long as any worker uses
 * `swap`; `ring` and its memory until it was replaced and `jotgate_swap_settled` says so.
 *
 * Threads: one, before the others begin.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_swap_init(jotgate_swap_t *swap,
                                   const jotgate_key_ring_t *ring,
                                   size_t workers,
                                   void *memory,
                                   size_t memory_len);

/**
 * Bytes that a swap needs for so many workers.
 *
 * Parameters: `workers`.
 *
 * Returns: bytes; SIZE_MAX for numbers that no memory has.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
size_t jotgate_swap_len(size_t workers);

/**
 * Makes another ring the one in force. Workers take it at their next quiescent point.
 *
 * Parameters: `swap`; `ring`, of another generation than any ring before.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program; the ring in force stays in force.
 *
 * Memory: `ring` and its memory must stay until it was replaced and `jotgate_swap_settled` says so; likewise every
 * ring before.
 *
 * Threads: one at a time, beside any number of workers.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_swap_publish(const jotgate_swap_t *swap,
                                      const jotgate_key_ring_t *ring);

/**
 * Whether every worker has moved on to the ring in force, or uses none: the memory of all rings before is free again
 * then. To be asked from time to time after `jotgate_swap_publish`, by a host that does not wait.
 *
 * Parameters: `swap`.
 *
 * Returns: `JOTGATE_OK`: older rings are free; `JOTGATE_IN_USE`: they are not, ask later; a misuse (11xx): correct the
 * program.
 *
 * Memory: none is kept. Threads: the one that publishes.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_swap_settled(const jotgate_swap_t *swap);

/**
 * A worker's quiescent point, between two requests: it gives up the ring that it used, and gets the one in force.
 * Validators that it made of the old ring, and grants that came of them, are done with.
 *
 * Parameters: `swap`; `worker`, its number, from 0, no other's; `ring` is written: the address of the ring in force.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE`: there is no such worker; another misuse (11xx): correct the program.
 *
 * Memory: the ring stays until the worker's next call of this function or of `jotgate_swap_leave`.
 *
 * Threads: each worker for itself, any number of them at once.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_swap_adopt(const jotgate_swap_t *swap,
                                    size_t worker,
                                    const jotgate_key_ring_t **ring);

/**
 * A worker uses no ring until it adopts one again: before it waits for a long time, and before it ends.
 *
 * Parameters: `swap`; `worker`, its number.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE`: there is no such worker; another misuse (11xx): correct the program.
 *
 * Memory: the worker must not look at the ring that it had. Threads: each worker for itself, any number at once.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_swap_leave(const jotgate_swap_t *swap,
                                    size_t worker);

/**
 * The name of a status in snake case, and its sentence for a person: ASCII, without anything of the request.
 *
 * Parameters: `status`; `name` and `sentence` are written: constants.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE`: no status has this number; another misuse (11xx): correct the
 * program.
 *
 * Memory: none is kept. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_status_describe(jotgate_status_t status,
                                         jotgate_text_t *name,
                                         jotgate_text_t *sentence);

/**
 * Writes a text so that it can stand in a log between quotes: printable ASCII as it is, everything else, quotes and
 * backslashes as `\xNN`. What came in a token may hold line ends, escape sequences of terminals, and `%s`.
 *
 * Parameters: `text` of `text_len` bytes, any bytes; `buffer` of `buffer_len` bytes: four for each of the text suffice;
 * `escaped` is written: a view into `buffer`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_BUFFER_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
 *
 * Memory: the view is good as long as `buffer`. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_text_escape(const char *text,
                                     size_t text_len,
                                     char *buffer,
                                     size_t buffer_len,
                                     jotgate_text_t *escaped);

/**
 * What to answer a request that was refused with `status`.
 *
 * Parameters: `validator`; `scheme`, under which the token came (`jotgate_presented_scheme`); `nonce` of `nonce_len`
 * bytes, the one that the host gives out now, or NULL and 0: visible ASCII without quotes or backslashes; `status`, what
 * a function answered that was not `JOTGATE_OK`; `buffer` of `buffer_len`
 * bytes: `JOTGATE_ANSWER_LEN` and the lengths of the realm and of the address of metadata, both twice, of the first
 * alternative of scopes and of the authentication classes; `answer` is written: views into `buffer` and of constants.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_UNKNOWN_VALUE`: `status` is no refusal; `JOTGATE_BUFFER_TOO_SMALL`: lend more;
 * another misuse (11xx): correct the program. Answer 500 whenever it is not `JOTGATE_OK`.
 *
 * Memory: the views are good as long as `buffer`. Threads: `validator` may be shared.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_validator_answer(const jotgate_validator_t *validator,
                                          uint32_t scheme,
                                          const char *nonce,
                                          size_t nonce_len,
                                          jotgate_status_t status,
                                          char *buffer,
                                          size_t buffer_len,
                                          jotgate_answer_t *answer);

/**
 * The scheme under which the token came.
 *
 * Parameters: `presented`; `scheme` is written: one of `JOTGATE_SCHEME_*`.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_presented_scheme(const jotgate_presented_t *presented,
                                          uint32_t *scheme);

/**
 * Judges one token by every rule, also behind the first that fails, and says what became of each. For people who run
 * the gate, never for an HTTP answer: it says more than a stranger should know. It grants nothing.
 *
 * Parameters: `validator`; `presented`; `now`, seconds since 1970-01-01T00:00:00Z, or `JOTGATE_TIME_NOT_TRUSTED`;
 * `scratch`, used meanwhile; `verdicts`, room for `capacity`, `JOTGATE_RULES` of them for all, in the order of
 * judging; `count` is written: how many rules there are.
 *
 * Returns: `JOTGATE_OK`: explained, which says nothing of the token; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: `validator` and `presented` may be shared; all else is one thread's own.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_validator_explain(const jotgate_validator_t *validator,
                                           const jotgate_presented_t *presented,
                                           int64_t now,
                                           jotgate_scratch_t *scratch,
                                           jotgate_verdict_t *verdicts,
                                           size_t capacity,
                                           size_t *count);

/**
 * `iss`.
 *
 * Parameters: `grant`; `issuer` is written: a view into the scratch.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program, deny the request.
 *
 * Memory: the view is good until the scratch is used again. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_issuer(const jotgate_grant_t *grant,
                                      jotgate_text_t *issuer);

/**
 * Which of the policy's issuers judged: the label of its section of keys, which is its name where no other was set.
 *
 * Parameters: `grant`; `label` is written: a view into the policy.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program, deny the request.
 *
 * Memory: the view is good as long as the policy. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_issuer_label(const jotgate_grant_t *grant,
                                            jotgate_text_t *label);

/**
 * `sub`: the user, or the client itself (`jotgate_grant_has_user` tells). Some providers leave it out.
 *
 * Parameters: `grant`; `subject` is written: a view into the scratch.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the token names none; a misuse (11xx): correct the program, deny the
 * request.
 *
 * Memory: the view is good until the scratch is used again. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_subject(const jotgate_grant_t *grant,
                                       jotgate_text_t *subject);

/**
 * The client, from the claim in which this issuer names it.
 *
 * Parameters: `grant`; `client` is written: a view into the scratch.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the token names none; a misuse (11xx): correct the program, deny the
 * request.
 *
 * Memory: the view is good until the scratch is used again. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_client(const jotgate_grant_t *grant,
                                      jotgate_text_t *client);

/**
 * The group under which the policy lists the client.
 *
 * Parameters: `grant`; `group` is written: a view of the policy's text.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the policy lists no clients; a misuse (11xx): correct the program, deny the
 * request.
 *
 * Memory: the view is good as long as the policy. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_client_group(const jotgate_grant_t *grant,
                                            jotgate_text_t *group);

/**
 * Whether the token stands for a user (3-legged), not for the client alone.
 *
 * Parameters: `grant`.
 *
 * Returns: `JOTGATE_OK`: for a user; `JOTGATE_ABSENT`: for the client alone; a misuse (11xx): correct the program,
 * deny the request.
 *
 * Memory: none is kept. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_has_user(const jotgate_grant_t *grant);

/**
 * Whether the token has this very scope: no prefix, no hierarchy, no folding of case.
 *
 * Parameters: `grant`; `scope` of `scope_len` bytes.
 *
 * Returns: `JOTGATE_OK`: it has; `JOTGATE_ABSENT`: it has not; a misuse (11xx): correct the program, deny the request.
 *
 * Memory: none is kept. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_has_scope(const jotgate_grant_t *grant,
                                         const char *scope,
                                         size_t scope_len);

/**
 * The scopes, in the token's order.
 *
 * Parameters: `grant`; `scopes`, room for `capacity` views into the scratch, or NULL and 0; `count` is written: how
 * many there are, which may be more than there is room for.
 *
 * Returns: `JOTGATE_OK`, also when `scopes` holds the first ones only; `JOTGATE_OTHER_KIND`: one is written with
 * escapes, which no view can show (`jotgate_grant_claim` reads it); a misuse (11xx): correct the program, deny the
 * request.
 *
 * Memory: the views are good until the scratch is used again. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_scopes(const jotgate_grant_t *grant,
                                      jotgate_text_t *scopes,
                                      size_t capacity,
                                      size_t *count);

/**
 * The audiences that the token names.
 *
 * Parameters: `grant`; `audiences`, room for `capacity` views into the scratch, or NULL and 0; `count` is written: how
 * many there are, which may be more than there is room for.
 *
 * Returns: `JOTGATE_OK`, also when `audiences` holds the first ones only; `JOTGATE_OTHER_KIND`: one is written with
 * escapes, which no view can show (`jotgate_grant_claim` reads it); a misuse (11xx): correct the program, deny the
 * request.
 *
 * Memory: the views are good until the scratch is used again. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_audiences(const jotgate_grant_t *grant,
                                         jotgate_text_t *audiences,
                                         size_t capacity,
                                         size_t *count);

/**
 * The purpose (CAMARA), where the policy asks for one: its name without `dpv:`.
 *
 * Parameters: `grant`; `name` is written: a view into the scratch; `target` likewise: the scope or the name of the API
 * behind `#`, in the older form, else empty.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the policy asks for none; a misuse (11xx): correct the program, deny the
 * request.
 *
 * Memory: the views are good until the scratch is used again. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_purpose(const jotgate_grant_t *grant,
                                       jotgate_text_t *name,
                                       jotgate_text_t *target);

/**
 * `jti`.
 *
 * Parameters: `grant`; `token_id` is written: a view into the scratch.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the token has none; a misuse (11xx): correct the program, deny the request.
 *
 * Memory: the view is good until the scratch is used again. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_token_id(const jotgate_grant_t *grant,
                                        jotgate_text_t *token_id);

/**
 * `exp`, seconds since 1970-01-01T00:00:00Z, a fraction cut off. The leeway of the policy is not added.
 *
 * Parameters: `grant`; `seconds` is written.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program, deny the request.
 *
 * Memory: none is kept. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_expires(const jotgate_grant_t *grant,
                                       int64_t *seconds);

/**
 * `iat`, seconds since 1970-01-01T00:00:00Z, a fraction cut off.
 *
 * Parameters: `grant`; `seconds` is written.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the token does not say; a misuse (11xx): correct the program, deny the
 * request.
 *
 * Memory: none is kept. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_issued_at(const jotgate_grant_t *grant,
                                         int64_t *seconds);

/**
 * SHA-256 of the first two segments with their dot: names the token in audit records and revocation lists, the same
 * whatever its signature.
 *
 * Parameters: `grant`; `digest` is written: `JOTGATE_DIGEST_LEN` (32) bytes.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program, deny the request.
 *
 * Memory: none is kept. Threads: those that may read the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_signing_input_digest(const jotgate_grant_t *grant,
                                                    uint8_t *digest);

/**
 * A claim, or one inside of claims.
 *
 * Parameters: `grant`; `path`, `path_len` names: one for a claim, `realm_access` and `roles` for a claim inside of
 * another; `value` is written.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: there is none; `JOTGATE_DUPLICATE_MEMBER`: a name stands twice in a claim on the
 * way; `JOTGATE_TOO_MANY_CLAIMS`: one has more than 256 members; `JOTGATE_POLICY_EMPTY_LIST` for an empty path; a misuse
 * (11xx): correct the program, deny the request.
 *
 * Memory: the value borrows from the scratch; it is stale when the scratch is used again. Threads: those that may read
 * the grant.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_grant_claim(const jotgate_grant_t *grant,
                                     const jotgate_text_t *path,
                                     size_t path_len,
                                     jotgate_value_t *value);

/**
 * A token that was sent under the scheme `Bearer`. Nothing is judged yet.
 *
 * Parameters: `presented` is written; `token` of `token_len` bytes.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program, deny the request.
 *
 * Memory: `token` must stay, unchanged, as long as `presented` is used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_presented_bearer(jotgate_presented_t *presented,
                                          const char *token,
                                          size_t token_len);

/**
 * The credentials of one request: the values of all its `Authorization` fields, as the host received them. `Bearer`
 * and `DPoP` are read (RFC 6750, section 2.1; RFC 9449, section 7.1).
 *
 * Parameters: `presented` is written; `fields`, `field_count` values; none for a request without.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_NO_CREDENTIALS`, `JOTGATE_OTHER_SCHEME`, `JOTGATE_BAD_AUTHORIZATION_HEADER` (also
 * for more than one field), `JOTGATE_AUTHORIZATION_HEADER_TOO_LONG`: deny the request (`jotgate_validator_answer`);
 * a misuse (11xx): correct the program, deny the request.
 *
 * Memory: the value must stay, unchanged, as long as `presented` is used; the list may go. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_presented_from_authorization(jotgate_presented_t *presented,
                                                      const jotgate_text_t *fields,
                                                      size_t field_count);

/**
 * Makes a validator of a key ring and a policy. It holds their addresses and nothing else: to be made anew, between
 * requests, when the ring was swapped.
 *
 * Parameters: `validator` is written; `ring`; `policy`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_OVERLAP`: both were lent the same memory; another misuse (11xx): correct the program.
 *
 * Memory: `ring` and `policy` must stay where they are, unchanged, and so must their memory, as long as the validator is
 * used: at each check it is told whether both objects are still there, not whether their memory is. Threads: one at a
 * time; what was written may be shared.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_validator_init(jotgate_validator_t *validator,
                                        const jotgate_key_ring_t *ring,
                                        const jotgate_policy_t *policy);

/**
 * Looks tokens up in this list, where the policy demands it.
 *
 * Parameters: `validator`; `list`.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program; the validator is empty then.
 *
 * Memory: `list` must stay where it is, unchanged, as long as the validator is used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_validator_set_revocations(jotgate_validator_t *validator,
                                                   const jotgate_revocation_list_t *list);

/**
 * Looks up in these lists the status that tokens refer to, where the policy demands it.
 *
 * Parameters: `validator`; `lists`.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program; the validator is empty then.
 *
 * Memory: `lists` must stay where they are, unchanged, as long as the validator is used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_validator_set_status_lists(jotgate_validator_t *validator,
                                                    const jotgate_status_lists_t *lists);

/**
 * Remembers DPoP proofs in this window. Without it none is taken.
 *
 * Parameters: `validator`; `window`.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program; the validator is empty then.
 *
 * Memory: `window` must stay where it is as long as the validator is used. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_validator_set_replay_window(jotgate_validator_t *validator,
                                                     const jotgate_replay_window_t *window);

/**
 * Judges one token. Nothing else gives a grant, and nothing but a grant gives a subject.
 *
 * Parameters: `validator`; `presented`; `now`, seconds since 1970-01-01T00:00:00Z, or `JOTGATE_TIME_NOT_TRUSTED`;
 * `scratch`, used until the grant is done with; `worker`; `grant` is written: empty unless the token is granted.
 *
 * Returns: `JOTGATE_OK`: the token is granted; every other value is a refusal. 1xxx: the host called wrongly, answer
 * 500; 2xxx to 6xxx: the reason, for logs; answer what `jotgate_validator_answer` says. After `JOTGATE_UNKNOWN_KID`
 * `jotgate_worker_take_unknown_kid` names the section.
 *
 * Memory: the grant borrows from `scratch` and from the policy. It is stale as soon as the scratch is used again.
 *
 * Threads: `validator` and `presented` may be shared; `scratch`, `worker` and `grant` are one thread's own.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_validator_check(const jotgate_validator_t *validator,
                                         const jotgate_presented_t *presented,
                                         int64_t now,
                                         jotgate_scratch_t *scratch,
                                         jotgate_worker_t *worker,
                                         jotgate_grant_t *grant);

/**
 * The same for products that have the authorization server asked about each token (RFC 7662,
 * `jotgate_policy_set_introspection`): what is good otherwise is then a question to be asked, and the answer completes
 * the check. A question counts neither as granted nor as denied.
 *
 * Parameters: as of `jotgate_validator_check`; `inquiry` is written: empty unless somebody must be asked.
 *
 * Returns: `JOTGATE_OK`: the token is granted, nobody need be asked; `JOTGATE_ASK`: ask, then
 * `jotgate_inquiry_answered` or `jotgate_inquiry_unanswered`; every other value is a refusal, as of
 * `jotgate_validator_check`.
 *
 * Memory: grant and inquiry borrow from `scratch` and from the policy. Both are stale as soon as the scratch is used
 * again.
 *
 * Threads: as of `jotgate_validator_check`.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_validator_check_or_ask(const jotgate_validator_t *validator,
                                                const jotgate_presented_t *presented,
                                                int64_t now,
                                                jotgate_scratch_t *scratch,
                                                jotgate_worker_t *worker,
                                                jotgate_grant_t *grant,
                                                jotgate_inquiry_t *inquiry);

/**
 * What kind of value it is.
 *
 * Parameters: `value`; `kind` is written: one of `JOTGATE_KIND_*`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_STALE` and other misuse (11xx): correct the program, deny the request.
 *
 * Memory: none is kept. Threads: those that may read the value.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_value_kind(const jotgate_value_t *value,
                                    uint32_t *kind);

/**
 * The JSON text as it stands in the token: an array or object with its brackets, a number as written, a string
 * without its quotes and with its escapes.
 *
 * Parameters: `value`; `text` is written: a view into the scratch, or of a constant.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program, deny the request.
 *
 * Memory: the view is good until the scratch is used again. Threads: those that may read the value.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_value_json(const jotgate_value_t *value,
                                    jotgate_text_t *text);

/**
 * The string, escapes resolved.
 *
 * Parameters: `value`; `buffer` of `buffer_len` bytes, used only for a string with escapes, as many as its JSON text
 * has; `text` is written: a view into the scratch, or into `buffer`.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_OTHER_KIND`: no string, or one with half of a surrogate pair, which no UTF-8 can
 * write; `JOTGATE_BUFFER_TOO_SMALL`: lend more; another misuse (11xx): correct the program, deny the request.
 *
 * Memory: the view is good until the scratch is used again, or the buffer. It may hold any character, NUL included.
 * Threads: those that may read the value.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_value_string(const jotgate_value_t *value,
                                      char *buffer,
                                      size_t buffer_len,
                                      jotgate_text_t *text);

/**
 * The integer that a number is; `1e3` and `1.0` are integers.
 *
 * Parameters: `value`; `integer` is written.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_OTHER_KIND`: no number, no integer, or beyond 64 bits; a misuse (11xx): correct the
 * program, deny the request.
 *
 * Memory: none is kept. Threads: those that may read the value.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_value_integer(const jotgate_value_t *value,
                                       int64_t *integer);

/**
 * Whether a boolean is `true`.
 *
 * Parameters: `value`.
 *
 * Returns: `JOTGATE_OK`: it is `true`; `JOTGATE_ABSENT`: it is `false`; `JOTGATE_OTHER_KIND`: no boolean; a misuse
 * (11xx): correct the program, deny the request.
 *
 * Memory: none is kept. Threads: those that may read the value.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_value_is_true(const jotgate_value_t *value);

/**
 * The member of this name of an object.
 *
 * Parameters: `value`; `name` of `name_len` bytes; `member` is written.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: there is none; `JOTGATE_OTHER_KIND`: no object; `JOTGATE_DUPLICATE_MEMBER`: a
 * name stands twice in the object; `JOTGATE_TOO_MANY_CLAIMS`: it has more than 256 members; a misuse (11xx): correct the
 * program, deny the request.
 *
 * Memory: the member borrows from the scratch, as the value. Threads: those that may read the value.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_value_member(const jotgate_value_t *value,
                                      const char *name,
                                      size_t name_len,
                                      jotgate_value_t *member);

/**
 * The value at a position of an array. Reads the array from its beginning.
 *
 * Parameters: `value`; `position`, from 0; `item` is written.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: the array is shorter; `JOTGATE_OTHER_KIND`: no array; a misuse (11xx):
 * correct the program, deny the request.
 *
 * Memory: the item borrows from the scratch, as the value. Threads: those that may read the value.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_value_item(const jotgate_value_t *value,
                                    size_t position,
                                    jotgate_value_t *item);

/**
 * Makes a worker, which may remember headers of good tokens, so that the next one with the same need not be read
 * again, and whole tokens, so that the same signature need not be verified again. Everything else is judged every
 * time.
 *
 * Parameters: `worker` is written; `headers`, how many headers, or 0: one for each key that signs now and one more;
 * `tokens`, how many tokens, or 0; `signature_len`, the longest signature of a token that is remembered: 64 bytes for
 * ES256, 256 for RSA of 2048 bits; `memory` of `memory_len` bytes: `jotgate_worker_len` says how many; NULL and 0 for
 * a worker that remembers nothing.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_MEMORY_TOO_SMALL`: lend more; another misuse (11xx): correct the program.
 *
 * Memory: `memory` must stay, and be nobody else's, as long as the worker is used: nothing tells that another worker was
 * lent the same. Threads: one at a time.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_worker_init(jotgate_worker_t *worker,
                                     size_t headers,
                                     size_t tokens,
                                     size_t signature_len,
                                     void *memory,
                                     size_t memory_len);

/**
 * Bytes that a worker needs to remember so much.
 *
 * Parameters: as of `jotgate_worker_init`.
 *
 * Returns: bytes; SIZE_MAX for numbers that no memory has.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
size_t jotgate_worker_len(size_t headers,
                          size_t tokens,
                          size_t signature_len);

/**
 * The worker's counters.
 *
 * Parameters: `worker`; `counts` is written.
 *
 * Returns: `JOTGATE_OK`; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: the worker's own.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_worker_counts(const jotgate_worker_t *worker,
                                       jotgate_counts_t *counts);

/**
 * The section whose key sets did not hold the key id of the last token that was refused with `JOTGATE_UNKNOWN_KID`;
 * forgotten once asked. The host may refresh them, at a rate that does not depend on the tokens: strangers can
 * send as many unknown key ids as they like.
 *
 * Parameters: `worker`; `position` is written: the section's position in the ring, from 0.
 *
 * Returns: `JOTGATE_OK`; `JOTGATE_ABSENT`: there is none; a misuse (11xx): correct the program.
 *
 * Memory: none is kept. Threads: the worker's own.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_worker_take_unknown_kid(jotgate_worker_t *worker,
                                                 size_t *position);

/**
 * Whether the program was compiled with the header of this library. To be called once, at the start.
 *
 * Parameters: `abi_version` is `JOTGATE_ABI_VERSION`, as the program's compiler read it.
 *
 * Returns: `JOTGATE_OK`, or `JOTGATE_WRONG_ABI`: call nothing else of the library then; build the program again.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
jotgate_status_t jotgate_abi_check(uint32_t abi_version);

/**
 * The version of the library's ABI, the twin of `JOTGATE_ABI_VERSION` at run time.
 *
 * Returns: the version.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
uint32_t jotgate_abi_version(void);

/**
 * How many bytes something takes in this library: the twin at run time of the constants `JOTGATE_*_LEN` and of the
 * sizes of objects, for other languages and to find out that header and library differ.
 *
 * Parameters: `what` is one of `JOTGATE_SIZE_*`.
 *
 * Returns: bytes, or 0 where `what` is none of the constants.
 *
 * Memory: none. Threads: any.
 */
JOTGATE_MUST_CHECK
size_t jotgate_size(uint32_t what);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* JOTGATE_H */

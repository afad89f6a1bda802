/* A gate in static memory: no heap, and a stack of a few KiB. For firmware, and for whoever wants to know his memory. */
#ifndef GATE_H
#define GATE_H

#include <jotgate.h>

/* Longest token, bytes. */
#define GATE_TOKEN_LEN 1024
/* Most members of a claims set. */
#define GATE_CLAIMS 32
/* Most keys of the issuer. */
#define GATE_KEYS 2
/* Bytes of their names and the issuer's. */
#define GATE_NAMES_LEN 96
/* Words for one key of P-256, one of RSA with 2048 bits, and the names. */
#define GATE_WORDS (JOTGATE_P256_WORDS + JOTGATE_RSA_2048_WORDS + GATE_NAMES_LEN / JOTGATE_WORD_LEN)

/* Loads the key set that the issuer publishes. To be called once; the key set may go then. */
jotgate_status_t gate_open(const char *key_set, size_t key_set_len);

/* Judges one token at this time, seconds since 1970-01-01T00:00:00Z. `subject` is a view, good until the next call. */
jotgate_status_t gate_check(const char *token, size_t token_len, int64_t now, jotgate_text_t *subject);

#endif

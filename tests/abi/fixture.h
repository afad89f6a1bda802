/* Keys, policy and token of the examples, for tests of the C ABI. */
#ifndef JOTGATE_TESTS_FIXTURE_H
#define JOTGATE_TESTS_FIXTURE_H

#include <jotgate.h>

#define NOW 1767225600
#define ISSUER "https://auth.operator.example"
#define AUDIENCE "https://api.operator.example/sim-swap"

/* A literal as pointer and length. */
#define LITERAL(text) (text), (sizeof(text) - 1)

typedef struct {
  jotgate_scratch_t scratch;
  jotgate_key_ring_t ring;
  jotgate_policy_t policy;
  jotgate_validator_t validator;
  jotgate_worker_t worker;
  jotgate_presented_t presented;
  jotgate_text_t audience, scope;
  jotgate_issuer_t issuer;
  char token[4096];
  size_t token_len;
  uint64_t scratch_memory[JOTGATE_SCRATCH_LEN / 8 + 1];
  uint64_t ring_memory[512];
  uint64_t policy_memory[JOTGATE_POLICY_ISSUER_LEN / 8 + 2];
} fixture_t;

jotgate_text_t view(const char *text);
/* Reads a file of examples/ and answers its length; ends the program when there is none. */
size_t example(const char *name, char *buffer, size_t size);
/* The same of tests/abi/data/NAME.jwt. */
size_t data(const char *name, char *buffer, size_t size);
/* Loads examples/operator.jwks.json as a ring of this generation. */
void load_ring(jotgate_key_ring_t *ring, uint64_t generation, void *memory, size_t memory_len,
               jotgate_scratch_t *scratch);
/* All of it, with the token of examples/tokens/NAME.jwt presented. */
void set_up(fixture_t *fixture, const char *name);
/* Ends the program unless it is JOTGATE_OK. */
void need(jotgate_status_t status);

#endif

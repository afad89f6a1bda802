#include "gate.h"

#define TRY(call)                                                                                                      \
  do {                                                                                                                 \
    jotgate_status_t status_ = (call);                                                                                 \
    if (status_ != JOTGATE_OK) {                                                                                       \
      return status_;                                                                                                  \
    }                                                                                                                  \
  } while (0)

/* A literal as a text, and as pointer and length. */
#define TEXT(literal) {(literal), sizeof(literal) - 1}
#define LITERAL(literal) (literal), sizeof(literal) - 1

#define ISSUER "https://as.example"

/* What this product demands: these lie in flash. */
static const jotgate_text_t audiences[] = {TEXT("https://api.example/sim-swap")};
static const jotgate_text_t scopes[] = {TEXT("sim-swap:check"), TEXT("sim-swap")};
static const jotgate_client_t clients[] = {{TEXT("shop-7"), TEXT("shops")}, {TEXT("bank-42"), TEXT("banks")}};

/* All the memory that there is, besides the stack. */
static uint64_t scratch_memory[JOTGATE_SCRATCH_LEN_OF(GATE_TOKEN_LEN, GATE_CLAIMS) / 8 + 1];
static uint64_t ring_memory[JOTGATE_KEY_RING_LEN_OF(1, GATE_KEYS, GATE_WORDS) / 8 + 1];
static uint64_t policy_memory[JOTGATE_POLICY_LEN_OF(1) / 8 + 1];
static jotgate_scratch_t scratch;
static jotgate_key_ring_t ring;
static jotgate_policy_t policy;
static jotgate_validator_t validator;
static jotgate_worker_t worker;
static jotgate_presented_t presented;
static jotgate_grant_t grant;

static jotgate_status_t load(const char *key_set, size_t key_set_len) {
  const jotgate_algorithm_t *algorithms[2];
  jotgate_key_source_t source = {TEXT(ISSUER), NULL, 0, {NULL, 0}, {NULL, 0}};
  jotgate_key_ring_builder_t builder;
  jotgate_loaded_t loaded;
  size_t count = 0;
  /* The linker drops what is not named. */
#ifndef GATE_WITHOUT_ES256
  algorithms[count++] = jotgate_es256();
#endif
#ifndef GATE_WITHOUT_RS256
  algorithms[count++] = jotgate_rs256();
#endif
  source.algorithms = algorithms;
  source.algorithm_count = count;
  TRY(jotgate_key_ring_builder_begin(&builder, 1, 1, GATE_KEYS, ring_memory, sizeof ring_memory));
  TRY(jotgate_key_ring_builder_load(&builder, &source, key_set, key_set_len, &scratch, NULL, 0, &loaded));
  return jotgate_key_ring_builder_finish(&builder, &ring);
}

static jotgate_status_t demand(void) {
  jotgate_issuer_t issuer;
  TRY(jotgate_issuer_init(&issuer, LITERAL(ISSUER), LITERAL("rfc9068")));
  TRY(jotgate_policy_init(&policy, &issuer, 1, audiences, 1, scopes, 2, policy_memory, sizeof policy_memory));
  TRY(jotgate_policy_set_clients(&policy, clients, 2));
  TRY(jotgate_policy_set_legs(&policy, JOTGATE_LEGS_THREE));
  TRY(jotgate_policy_set_max_lifetime(&policy, 3600));
  return jotgate_policy_set_max_token_len(&policy, GATE_TOKEN_LEN);
}

jotgate_status_t gate_open(const char *key_set, size_t key_set_len) {
  TRY(jotgate_abi_check(JOTGATE_ABI_VERSION));
  TRY(jotgate_scratch_init(&scratch, GATE_CLAIMS, scratch_memory, sizeof scratch_memory));
  TRY(load(key_set, key_set_len));
  TRY(demand());
  TRY(jotgate_worker_init(&worker, 0, 0, 0, NULL, 0));
  return jotgate_validator_init(&validator, &ring, &policy);
}

jotgate_status_t gate_check(const char *token, size_t token_len, int64_t now, jotgate_text_t *subject) {
  TRY(jotgate_presented_bearer(&presented, token, token_len));
  TRY(jotgate_validator_check(&validator, &presented, now, &scratch, &worker, &grant));
  return jotgate_grant_subject(&grant, subject);
}

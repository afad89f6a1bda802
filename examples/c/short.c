#include <jotgate.h>

#define TRY(call) do { jotgate_status_t s = (call); if (s != JOTGATE_OK) return s; } while (0)
static const char issuer_name[] = "https://auth.operator.example", product[] = "https://api.operator.example/sim-swap";
static const jotgate_text_t audience = {product, sizeof product - 1}, scope = {"sim-swap:check", 14};

static uint64_t scratch_memory[JOTGATE_SCRATCH_LEN / 8 + 1], policy_memory[JOTGATE_POLICY_LEN_OF(1) / 8 + 1];
static uint64_t ring_memory[JOTGATE_KEY_RING_LEN_OF(1, 8, 8 * JOTGATE_RSA_2048_WORDS + 9 * JOTGATE_NAME_WORDS) / 8 + 1];
static jotgate_scratch_t scratch;
static jotgate_key_ring_t ring;
static jotgate_policy_t policy;
static jotgate_validator_t validator;
static jotgate_worker_t worker;

jotgate_status_t gate_open(const char *key_set, size_t len) { /* Once: the keys, and what this product demands. */
  const jotgate_algorithm_t *algorithms[] = {jotgate_es256(), jotgate_rs256()};
  const jotgate_key_source_t source = {{issuer_name, sizeof issuer_name - 1}, algorithms, 2, {NULL, 0}, {NULL, 0}};
  jotgate_key_ring_builder_t builder;
  jotgate_loaded_t loaded;
  jotgate_issuer_t issuer;
  TRY(jotgate_abi_check(JOTGATE_ABI_VERSION));
  TRY(jotgate_scratch_init(&scratch, JOTGATE_MAX_CLAIMS, scratch_memory, sizeof scratch_memory));
  TRY(jotgate_key_ring_builder_begin(&builder, 1, 1, 8, ring_memory, sizeof ring_memory));
  TRY(jotgate_key_ring_builder_load(&builder, &source, key_set, len, &scratch, NULL, 0, &loaded));
  TRY(jotgate_key_ring_builder_finish(&builder, &ring));
  TRY(jotgate_issuer_init(&issuer, issuer_name, sizeof issuer_name - 1, "rfc9068", 7));
  TRY(jotgate_policy_init(&policy, &issuer, 1, &audience, 1, &scope, 1, policy_memory, sizeof policy_memory));
  TRY(jotgate_worker_init(&worker, 0, 0, 0, NULL, 0));
  return jotgate_validator_init(&validator, &ring, &policy);
}

/* Every request: JOTGATE_OK, or why not. The grant says who and what, until the next token is checked. */
jotgate_status_t gate_check(const char *token, size_t len, int64_t now, jotgate_grant_t *grant) {
  jotgate_presented_t presented;
  TRY(jotgate_presented_bearer(&presented, token, len));
  return jotgate_validator_check(&validator, &presented, now, &scratch, &worker, grant);
}

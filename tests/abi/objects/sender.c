/* Tokens that are bound to their sender. */
#include "objects.h"

static void replay_windows(void **state) {
  static uint64_t memory[512], policy_memory[16];
  uint8_t key[16] = {7};
  jotgate_replay_window_t window;
  jotgate_dpop_rule_t rule;
  jotgate_dpop_request_t request;
  jotgate_text_t field = view("x.y.z");
  const jotgate_algorithm_t *algorithms[1];
  jotgate_grant_t grant;
  (void)state;
  algorithms[0] = jotgate_es256();
  memset(&rule, 0, sizeof rule);
  rule.algorithms = algorithms;
  rule.algorithm_count = 1;
  rule.max_age = 300;
  rule.nonce = JOTGATE_NONCE_NOT_REQUIRED;
  rule.digests = JOTGATE_DIGESTS_NOT_REQUIRED;
  rule.memory = JOTGATE_REPLAY_WHILE_PROOF_IS_FRESH;
  assert_true(jotgate_replay_window_len(64, 8) <= sizeof memory);
#define WINDOW(proofs, clients, quota, life)                                                                           \
  jotgate_replay_window_init(&window, proofs, clients, key, quota, life, memory, sizeof memory)
  assert_status(WINDOW(0, 8, 4, 600), JOTGATE_POLICY_EMPTY_LIST);
  assert_status(WINDOW(64, 8, 0, 600), JOTGATE_POLICY_QUOTA_OUT_OF_RANGE);
  assert_status(WINDOW(64, 8, 4, 0), JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  assert_status(WINDOW(SIZE_MAX, 8, 4, 600), JOTGATE_MEMORY_TOO_SMALL);
  assert_status(WINDOW(64, 8, 4, 600), JOTGATE_OK);
  assert_status(jotgate_validator_set_replay_window(&own.validator, &window), JOTGATE_OK);
  assert_status(jotgate_policy_set_dpop(&own.policy, &rule, policy_memory, sizeof policy_memory), JOTGATE_OK);
  assert_status(jotgate_policy_set_sender_binding(&own.policy, JOTGATE_BINDING_DPOP), JOTGATE_OK);
  memset(&request, 0, sizeof request);
  request.fields = &field;
  request.field_count = 1;
  request.method = view("GET");
  request.scheme = view("https");
  request.authority = view("api.example");
  request.path = view("/");
  assert_status(jotgate_presented_set_dpop(&own.presented, &request), JOTGATE_OK);
  /* The token of the example is bound to nothing. */
  assert_int_equal(check(&grant) / 1000, 5);
  request.query_state = 9;
  assert_status(jotgate_presented_set_dpop(&own.presented, &request), JOTGATE_UNKNOWN_VALUE);
  assert_status(check(&grant), JOTGATE_BAD_STATE);
}

/* A token that is bound to the client's key, and proofs of that key: tests/abi/make_data.py. */
typedef struct {
  char field[1024], proof[1024];
  jotgate_text_t credentials, shown;
  jotgate_dpop_request_t request;
  jotgate_replay_window_t window;
  uint64_t window_memory[256], policy_memory[16];
} bound_t;

static bound_t bound;

/* Takes proofs signed with this algorithm, with so many places, so many for each client, and for so long. */
static void take_proofs(const jotgate_algorithm_t *algorithm, size_t places, uint32_t quota, uint32_t life) {
  static const uint8_t key[16] = {7};
  jotgate_dpop_rule_t rule;
  memset(&bound, 0, sizeof bound);
  set_up(&own, "granted");
  need(jotgate_scratch_init(&own.scratch, 64, own.scratch_memory, sizeof own.scratch_memory));
  rule.algorithms = &algorithm;
  rule.algorithm_count = 1;
  rule.max_age = 300;
  rule.nonce = JOTGATE_NONCE_NOT_REQUIRED;
  rule.nonce_life = 0;
  rule.digests = JOTGATE_DIGESTS_NOT_REQUIRED;
  rule.memory = JOTGATE_REPLAY_WHILE_PROOF_IS_FRESH;
  need(jotgate_policy_set_dpop(&own.policy, &rule, bound.policy_memory, sizeof bound.policy_memory));
  need(jotgate_policy_set_sender_binding(&own.policy, JOTGATE_BINDING_DPOP));
  need(jotgate_replay_window_init(&bound.window, places, 4, key, quota, life, bound.window_memory,
                                  sizeof bound.window_memory));
  need(jotgate_validator_set_replay_window(&own.validator, &bound.window));
  memcpy(bound.field, "DPoP ", 5);
  bound.credentials.data = bound.field;
  bound.credentials.len = 5 + data("bound", bound.field + 5, sizeof bound.field - 5);
  bound.request.fields = &bound.shown;
  bound.request.field_count = 1;
  bound.request.method = view("POST");
  bound.request.scheme = view("https");
  bound.request.authority = view("api.operator.example");
  bound.request.path = view("/sim-swap/check");
}

/* The answer to the bound token with this proof at this time. */
static jotgate_status_t prove(const char *proof, int64_t now, jotgate_grant_t *grant) {
  bound.shown.data = bound.proof;
  bound.shown.len = data(proof, bound.proof, sizeof bound.proof);
  need(jotgate_presented_from_authorization(&own.presented, &bound.credentials, 1));
  need(jotgate_presented_set_dpop(&own.presented, &bound.request));
  return jotgate_validator_check(&own.validator, &own.presented, now, &own.scratch, &own.worker, grant);
}

static void a_proof_is_granted_once(void **state) {
  jotgate_grant_t grant;
  jotgate_text_t subject;
  (void)state;
  take_proofs(jotgate_es256(), 64, 10, 3600);
  assert_status(prove("proof-1", NOW, &grant), JOTGATE_OK);
  assert_status(jotgate_grant_subject(&grant, &subject), JOTGATE_OK);
  assert_text(subject, "8f1c2d7e-pairwise");
  assert_status(prove("proof-1", NOW + 1, &grant), JOTGATE_REPLAYED);
  assert_status(jotgate_grant_subject(&grant, &subject), JOTGATE_BAD_STATE);
  assert_status(prove("proof-2", NOW, &grant), JOTGATE_OK);
  bound.request.method = view("GET");
  assert_status(prove("proof-3", NOW, &grant), JOTGATE_PROOF_WRONG_METHOD);
  bound.request.method = view("POST");
  bound.request.path = view("/sim-swap/retrieve-date");
  assert_status(prove("proof-3", NOW, &grant), JOTGATE_PROOF_WRONG_URI);
  bound.request.path = view("/sim-swap/check");
  assert_status(prove("proof-3", NOW + 361, &grant), JOTGATE_PROOF_TOO_OLD);
  /* None of these has used it up. */
  assert_status(prove("proof-3", NOW, &grant), JOTGATE_OK);
  take_proofs(jotgate_es384(), 64, 10, 3600);
  assert_status(prove("proof-1", NOW, &grant), JOTGATE_PROOF_ALGORITHM_NOT_ALLOWED);
}

static void memory_of_proofs(void **state) {
  jotgate_grant_t grant;
  (void)state;
  take_proofs(jotgate_es256(), 1, 10, 3600);
  assert_status(prove("proof-1", NOW, &grant), JOTGATE_OK);
  assert_status(prove("proof-2", NOW, &grant), JOTGATE_REPLAY_WINDOW_FULL);
  take_proofs(jotgate_es256(), 64, 2, 3600);
  assert_status(prove("proof-1", NOW, &grant), JOTGATE_OK);
  assert_status(prove("proof-2", NOW, &grant), JOTGATE_OK);
  assert_status(prove("proof-3", NOW, &grant), JOTGATE_REPLAY_QUOTA_EXCEEDED);
  take_proofs(jotgate_es256(), 64, 10, 100);
  assert_status(prove("proof-1", NOW, &grant), JOTGATE_REPLAY_LIFE_TOO_LONG);
  /* The one place was needed again; then the clock goes back to where the first would be good. */
  take_proofs(jotgate_es256(), 1, 10, 3600);
  assert_status(prove("proof-1", NOW, &grant), JOTGATE_OK);
  assert_status(prove("proof-late", NOW + 400, &grant), JOTGATE_OK);
  assert_status(prove("proof-1", NOW, &grant), JOTGATE_CLOCK_WENT_BACK);
  need(jotgate_validator_init(&own.validator, &own.ring, &own.policy));
  assert_status(prove("proof-1", NOW, &grant), JOTGATE_REPLAY_WINDOW_MISSING);
}

static void misuse_of_senders(void **state) {
  jotgate_validator_t none;
  jotgate_dpop_rule_t rule;
  const jotgate_algorithm_t *algorithms[1];
  (void)state;
  take_proofs(jotgate_es256(), 64, 10, 3600);
  memset(&none, 0, sizeof none);
  assert_status(jotgate_validator_set_replay_window(&none, &bound.window), JOTGATE_BAD_STATE);
  assert_status(jotgate_validator_set_replay_window(&own.validator, (jotgate_replay_window_t *)&own.policy),
                JOTGATE_BAD_STATE);
  assert_status(jotgate_replay_window_init(&bound.window, 4, 4, NULL, 4, 60, bound.window_memory,
                                           sizeof bound.window_memory),
                JOTGATE_NULL_POINTER);
  assert_status(jotgate_replay_window_init(&bound.window, 4, 4, (uint8_t *)bound.window_memory, 4, 60,
                                           bound.window_memory, sizeof bound.window_memory),
                JOTGATE_OVERLAP);
  assert_status(jotgate_presented_set_dpop(&own.presented, NULL), JOTGATE_NULL_POINTER);
  assert_status(jotgate_presented_set_dpop(NULL, &bound.request), JOTGATE_NULL_POINTER);
  need(jotgate_presented_from_authorization(&own.presented, &bound.credentials, 1));
  bound.request.field_count = 1;
  bound.request.fields = NULL;
  assert_status(jotgate_presented_set_dpop(&own.presented, &bound.request), JOTGATE_NULL_POINTER);
  algorithms[0] = jotgate_es256();
  memset(&rule, 0, sizeof rule);
  rule.algorithms = algorithms;
  rule.algorithm_count = 1;
  rule.max_age = 0;
  rule.nonce = JOTGATE_NONCE_NOT_REQUIRED;
  rule.digests = JOTGATE_DIGESTS_QUERY_AND_BODY;
  rule.memory = JOTGATE_REPLAY_WHILE_TOKEN_LIVES;
  assert_status(jotgate_policy_set_dpop(&own.policy, &rule, bound.policy_memory, sizeof bound.policy_memory),
                JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  rule.max_age = 300;
  /* A field that was forgotten switches nothing off, and no life is given for a nonce that nobody demands. */
  set_up(&own, "granted");
  rule.nonce = 0;
  assert_status(jotgate_policy_set_dpop(&own.policy, &rule, bound.policy_memory, sizeof bound.policy_memory),
                JOTGATE_UNKNOWN_VALUE);
  set_up(&own, "granted");
  rule.nonce = JOTGATE_NONCE_NOT_REQUIRED;
  rule.nonce_life = 30;
  assert_status(jotgate_policy_set_dpop(&own.policy, &rule, bound.policy_memory, sizeof bound.policy_memory),
                JOTGATE_UNKNOWN_VALUE);
  set_up(&own, "granted");
  rule.nonce = JOTGATE_NONCE_REQUIRED;
  rule.nonce_life = 0;
  assert_status(jotgate_policy_set_dpop(&own.policy, &rule, bound.policy_memory, sizeof bound.policy_memory),
                JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
}

int sender_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(replay_windows),
      TEST(a_proof_is_granted_once),
      TEST(memory_of_proofs),
      TEST(misuse_of_senders),
  };
  return cmocka_run_group_tests_name("sender", tests, NULL, NULL);
}

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

int sender_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(replay_windows),
  };
  return cmocka_run_group_tests_name("sender", tests, NULL, NULL);
}

/* What the library says of itself: version, sizes, statuses. */
#include "objects.h"

static void version(void **state) {
  jotgate_text_t name, sentence;
  (void)state;
  assert_status(jotgate_abi_check(JOTGATE_ABI_VERSION), JOTGATE_OK);
  assert_status(jotgate_abi_check(JOTGATE_ABI_VERSION + 1), JOTGATE_WRONG_ABI);
  assert_int_equal(jotgate_abi_version(), JOTGATE_ABI_VERSION);
  assert_int_equal(jotgate_size(JOTGATE_SIZE_SCRATCH), sizeof(jotgate_scratch_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_ALGORITHM), sizeof(jotgate_algorithm_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_KEY_RING_BUILDER), sizeof(jotgate_key_ring_builder_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_KEY_RING), sizeof(jotgate_key_ring_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_ISSUER), sizeof(jotgate_issuer_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_POLICY), sizeof(jotgate_policy_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_PRESENTED), sizeof(jotgate_presented_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_VALIDATOR), sizeof(jotgate_validator_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_WORKER), sizeof(jotgate_worker_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_GRANT), sizeof(jotgate_grant_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_VALUE), sizeof(jotgate_value_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_PEEK), sizeof(jotgate_peek_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_SWAP), sizeof(jotgate_swap_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_REVOCATION_LIST), sizeof(jotgate_revocation_list_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_REPLAY_WINDOW), sizeof(jotgate_replay_window_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_INQUIRY), sizeof(jotgate_inquiry_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_STATUS_LISTS), sizeof(jotgate_status_lists_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_ID_TOKEN), sizeof(jotgate_id_token_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_SCRATCH_LEN), JOTGATE_SCRATCH_LEN);
  assert_int_equal(jotgate_size(0), 0);
  assert_int_equal(jotgate_scratch_len(JOTGATE_MAX_TOKEN_LEN, JOTGATE_MAX_CLAIMS), JOTGATE_SCRATCH_LEN);
  /* Constants and functions are of one mind. */
  assert_int_equal(jotgate_size(JOTGATE_SIZE_WORD_LEN), JOTGATE_WORD_LEN);
  assert_int_equal(jotgate_scratch_len(1001, 32), JOTGATE_SCRATCH_LEN_OF(1001, 32));
  assert_int_equal(jotgate_key_ring_len(3, 7, 100), JOTGATE_KEY_RING_LEN_OF(3, 7, 100));
  assert_int_equal(jotgate_worker_len(3, 5, 64), JOTGATE_WORKER_LEN_OF(3, 5, 64));
  assert_true(jotgate_scratch_len_with_proof(1024, 32) > jotgate_scratch_len(1024, 32));
  assert_status(jotgate_status_describe(JOTGATE_EXPIRED, &name, &sentence), JOTGATE_OK);
  assert_text(name, "expired");
  assert_text(sentence, "The token expired.");
  assert_status(jotgate_status_describe(JOTGATE_SKIP_SYMMETRIC, &name, &sentence), JOTGATE_OK);
  assert_text(name, "symmetric");
  assert_text(sentence, "A symmetric key has no place among public keys.");
  assert_status(jotgate_status_describe(JOTGATE_LOAD_KEY_SET_TOO_LONG, &name, &sentence), JOTGATE_OK);
  assert_text(sentence, "The key set is longer than 262144 bytes.");
  /* Whatever a status is of, it has a sentence. */
  for (int number = 0; number < 10000; number++) {
    if (jotgate_status_describe(number, &name, &sentence) == JOTGATE_OK) assert_true(name.len > 0 && sentence.len > 0);
  }
  assert_status(jotgate_status_describe(4999, &name, &sentence), JOTGATE_UNKNOWN_VALUE);
  assert_null(name.data);
  assert_status(jotgate_status_describe(JOTGATE_OK, NULL, &sentence), JOTGATE_NULL_POINTER);
  assert_status(jotgate_status_describe(JOTGATE_OK, &name, &name), JOTGATE_OVERLAP);
}

int version_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(version),
  };
  return cmocka_run_group_tests_name("version", tests, NULL, NULL);
}

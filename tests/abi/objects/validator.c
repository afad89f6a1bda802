/* Checks, and what they answer to misuse. */
#include "objects.h"

static void misuse_of_check(void **state) {
  jotgate_validator_t validator = own.validator, no_validator;
  jotgate_presented_t no_presented;
  jotgate_scratch_t no_scratch;
  jotgate_worker_t no_worker;
  jotgate_grant_t grant;
  char *memory = (char *)own.scratch_memory;
  (void)state;
  memset(&no_validator, 0, sizeof no_validator);
  memset(&no_presented, 0, sizeof no_presented);
  memset(&no_scratch, 0, sizeof no_scratch);
  memset(&no_worker, 0, sizeof no_worker);
#define CHECK(validator, presented, scratch, worker, grant)                                                            \
  jotgate_validator_check(validator, presented, NOW, scratch, worker, grant)
  assert_status(CHECK(NULL, &own.presented, &own.scratch, &own.worker, &grant), JOTGATE_NULL_POINTER);
  assert_status(CHECK(&validator, NULL, &own.scratch, &own.worker, &grant), JOTGATE_NULL_POINTER);
  assert_status(CHECK(&validator, &own.presented, NULL, &own.worker, &grant), JOTGATE_NULL_POINTER);
  assert_status(CHECK(&validator, &own.presented, &own.scratch, NULL, &grant), JOTGATE_NULL_POINTER);
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, NULL), JOTGATE_NULL_POINTER);
  assert_status(CHECK(&no_validator, &own.presented, &own.scratch, &own.worker, &grant), JOTGATE_BAD_STATE);
  assert_status(CHECK(&validator, &no_presented, &own.scratch, &own.worker, &grant), JOTGATE_BAD_STATE);
  assert_status(CHECK(&validator, &own.presented, &no_scratch, &own.worker, &grant), JOTGATE_BAD_STATE);
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &no_worker, &grant), JOTGATE_BAD_STATE);
  /* One object in the place of another. */
  assert_status(CHECK((jotgate_validator_t *)&own.policy, &own.presented, &own.scratch, &own.worker, &grant),
                JOTGATE_BAD_STATE);
  assert_status(CHECK((jotgate_validator_t *)((char *)&validator + 4), &own.presented, &own.scratch, &own.worker,
                      &grant),
                JOTGATE_MISALIGNED);
  /* Outputs and working memory upon each other. */
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, (jotgate_grant_t *)&own.worker),
                JOTGATE_OVERLAP);
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, (jotgate_grant_t *)own.token),
                JOTGATE_OVERLAP);
  set_up(&own, "granted");
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, (jotgate_grant_t *)(memory + 64)),
                JOTGATE_OVERLAP);
  memcpy(memory + 4096, own.token, own.token_len);
  need(jotgate_presented_bearer(&own.presented, memory + 4096, own.token_len));
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, &grant), JOTGATE_OVERLAP);
  /* The policy went: the validator notices. */
  need(jotgate_presented_bearer(&own.presented, own.token, own.token_len));
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, &grant), JOTGATE_OK);
  memset(&own.policy, 0, sizeof own.policy);
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, &grant), JOTGATE_BAD_STATE);
#undef CHECK
}

static void time_and_memory(void **state) {
  jotgate_grant_t grant;
  uint64_t memory[32];
  jotgate_scratch_t small;
  (void)state;
  memset(&small, 0, sizeof small);
  assert_status(jotgate_validator_check(&own.validator, &own.presented, JOTGATE_TIME_NOT_TRUSTED, &own.scratch,
                                        &own.worker, &grant),
                JOTGATE_CLOCK_NOT_TRUSTED);
  assert_status(jotgate_validator_check(&own.validator, &own.presented, 0, &own.scratch, &own.worker, &grant),
                JOTGATE_CLOCK_BELOW_FLOOR);
  assert_status(jotgate_scratch_init(&small, 8, memory, 8), JOTGATE_MEMORY_TOO_SMALL);
  assert_status(jotgate_scratch_init(&small, 8, NULL, 8), JOTGATE_NULL_POINTER);
  assert_status(jotgate_scratch_init(NULL, 8, memory, sizeof memory), JOTGATE_NULL_POINTER);
  assert_status(jotgate_scratch_init(&small, 8, &small, sizeof small), JOTGATE_OVERLAP);
  assert_status(jotgate_scratch_init(&small, 8, memory, TOO_LONG), JOTGATE_LENGTH_OUT_OF_RANGE);
  assert_status(jotgate_scratch_init(&small, 8, memory, sizeof memory), JOTGATE_OK);
  assert_status(
      jotgate_validator_check(&own.validator, &own.presented, NOW, &small, &own.worker, &grant),
      JOTGATE_SCRATCH_TOO_SMALL);
}

static void answers(void **state) {
  jotgate_answer_t answer;
  jotgate_grant_t grant;
  char buffer[2048];
  jotgate_verdict_t verdicts[JOTGATE_RULES];
  size_t count;
  (void)state;
#define ANSWER(status, len) jotgate_validator_answer(&own.validator, 1, NULL, 0, status, buffer, len, &answer)
  assert_status(ANSWER(JOTGATE_EXPIRED, sizeof buffer), JOTGATE_OK);
  assert_int_equal(answer.http_status, 401);
  assert_text(answer.code, "UNAUTHENTICATED");
  assert_memory_equal(answer.www_authenticate.data, "Bearer error=\"invalid_token\"", 28);
  assert_status(ANSWER(JOTGATE_SCOPE_MISSING, sizeof buffer), JOTGATE_OK);
  assert_int_equal(answer.http_status, 403);
  assert_status(ANSWER(JOTGATE_CLOCK_NOT_TRUSTED, JOTGATE_ANSWER_LEN), JOTGATE_OK);
  assert_int_equal(answer.http_status, 503);
  assert_int_equal(answer.www_authenticate.len, 0);
  /* What the host did wrong is a 500, and so is a forgotten status. */
  assert_status(ANSWER(JOTGATE_STALE, sizeof buffer), JOTGATE_OK);
  assert_int_equal(answer.http_status, 500);
  assert_status(ANSWER(JOTGATE_NOT_JUDGED, sizeof buffer), JOTGATE_OK);
  assert_int_equal(answer.http_status, 500);
  assert_status(ANSWER(JOTGATE_OK, sizeof buffer), JOTGATE_UNKNOWN_VALUE);
  assert_int_equal(answer.http_status, 0);
  assert_status(ANSWER(JOTGATE_EXPIRED, 16), JOTGATE_BUFFER_TOO_SMALL);
  assert_status(jotgate_validator_answer(&own.validator, 3, NULL, 0, JOTGATE_EXPIRED, buffer, sizeof buffer, &answer),
                JOTGATE_UNKNOWN_VALUE);
  assert_status(
      jotgate_validator_answer(&own.validator, 1, LITERAL("a\r\nb"), JOTGATE_EXPIRED, buffer, sizeof buffer, &answer),
      JOTGATE_UNKNOWN_VALUE);
  assert_status(jotgate_validator_explain(&own.validator, &own.presented, NOW + 100000, &own.scratch, verdicts,
                                          JOTGATE_RULES, &count),
                JOTGATE_OK);
  assert_int_equal(count, JOTGATE_RULES);
  assert_text(verdicts[2].rule, "signature");
  assert_status(verdicts[2].outcome, JOTGATE_OK);
  assert_text(verdicts[8].rule, "expiry");
  assert_status(verdicts[8].outcome, JOTGATE_EXPIRED);
  present("a.b");
  assert_status(check(&grant), JOTGATE_NOT_JWT);
  assert_status(jotgate_validator_explain(&own.validator, &own.presented, NOW, &own.scratch, verdicts, 2, &count),
                JOTGATE_OK);
  assert_status(verdicts[0].outcome, JOTGATE_NOT_JWT);
  assert_status(verdicts[1].outcome, JOTGATE_NOT_JUDGED);
}

int validator_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(misuse_of_check),
      TEST(time_and_memory),
      TEST(answers),
  };
  return cmocka_run_group_tests_name("validator", tests, NULL, NULL);
}

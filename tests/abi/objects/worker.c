/* What a worker remembers. */
#include "objects.h"

static void workers_remember(void **state) {
  static uint64_t memory[512];
  jotgate_worker_t worker;
  jotgate_counts_t counts;
  jotgate_grant_t grant;
  static char other[4096];
  size_t position, len = example("tokens/unknown-kid.jwt", other, sizeof other);
  (void)state;
  assert_true(jotgate_worker_len(2, 4, 64) <= sizeof memory);
  assert_status(jotgate_worker_init(&own.worker, 2, 4, 64, memory, sizeof memory), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_worker_counts(&own.worker, &counts), JOTGATE_OK);
  assert_true(counts.granted == 2 && counts.cached == 1 && counts.denied == 0);
  assert_status(jotgate_worker_take_unknown_kid(&own.worker, &position), JOTGATE_ABSENT);
  need(jotgate_presented_bearer(&own.presented, other, len));
  assert_status(check(&grant), JOTGATE_UNKNOWN_KID);
  assert_status(jotgate_worker_take_unknown_kid(&own.worker, &position), JOTGATE_OK);
  assert_int_equal(position, 0);
  assert_status(jotgate_worker_take_unknown_kid(&own.worker, &position), JOTGATE_ABSENT);
  assert_status(jotgate_worker_init(&worker, 2, 4, 64, memory, 64), JOTGATE_MEMORY_TOO_SMALL);
  assert_status(jotgate_worker_init(&worker, SIZE_MAX, 4, 64, memory, sizeof memory), JOTGATE_MEMORY_TOO_SMALL);
  assert_status(jotgate_worker_counts(&worker, &counts), JOTGATE_BAD_STATE);
  /* Memory of scratch and worker are the same: refused. */
  need(jotgate_worker_init(&own.worker, 0, 2, 64, own.scratch_memory, sizeof own.scratch_memory));
  assert_status(check(&grant), JOTGATE_OVERLAP);
}

int worker_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(workers_remember),
  };
  return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}

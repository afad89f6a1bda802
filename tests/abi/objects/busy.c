/* One worker, or one scratch, in two calls at once: the second is refused. A signal interrupts checks with a check. */
#define _XOPEN_SOURCE 700
#include "objects.h"

#include <signal.h>
#include <sys/time.h>

#define TURNS 200000

static struct {
  jotgate_scratch_t scratch, *interrupting_scratch;
  jotgate_worker_t worker, *interrupting_worker;
  uint64_t memory[JOTGATE_SCRATCH_LEN / 8 + 1];
  volatile sig_atomic_t inside, busy, granted, other;
} also;

static void interrupt(int signal) {
  jotgate_grant_t grant;
  jotgate_status_t status;
  (void)signal;
  if (!also.inside) {
    return;
  }
  status = jotgate_validator_check(&own.validator, &own.presented, NOW, also.interrupting_scratch,
                                   also.interrupting_worker, &grant);
  if (status == JOTGATE_BUSY) {
    also.busy++;
  } else if (status == JOTGATE_OK) {
    also.granted++;
  } else {
    also.other++;
  }
}

/* Checks until another check was refused in the midst of one. */
static void check_until_interrupted(jotgate_scratch_t *scratch, jotgate_worker_t *worker) {
  static const struct itimerval often = {{0, 300}, {0, 300}}, never = {{0, 0}, {0, 0}};
  struct sigaction action;
  jotgate_text_t subject;
  jotgate_grant_t grant;
  jotgate_status_t status = JOTGATE_OK;
  long turn;
  memset(&action, 0, sizeof action);
  action.sa_handler = interrupt;
  action.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &action, NULL);
  also.interrupting_scratch = scratch;
  also.interrupting_worker = worker;
  also.busy = also.granted = also.other = 0;
  setitimer(ITIMER_REAL, &often, NULL);
  for (turn = 0; turn < TURNS && also.busy < 3; turn++) {
    sig_atomic_t granted = also.granted;
    also.inside = 1;
    status = jotgate_validator_check(&own.validator, &own.presented, NOW, &own.scratch, &own.worker, &grant);
    also.inside = 0;
    if (status != JOTGATE_OK || (granted == also.granted && jotgate_grant_subject(&grant, &subject) != JOTGATE_OK)) {
      break;
    }
  }
  setitimer(ITIMER_REAL, &never, NULL);
  assert_status(status, JOTGATE_OK);
  assert_true(also.busy >= 3);
  assert_int_equal(also.other, 0);
  saw(JOTGATE_BUSY);
}

static void one_worker_in_two_calls(void **state) {
  (void)state;
  memset(&also, 0, sizeof also);
  need(jotgate_scratch_init(&also.scratch, JOTGATE_MAX_CLAIMS, also.memory, sizeof also.memory));
  check_until_interrupted(&also.scratch, &own.worker);
}

static void one_scratch_in_two_calls(void **state) {
  (void)state;
  memset(&also, 0, sizeof also);
  need(jotgate_worker_init(&also.worker, 0, 0, 0, NULL, 0));
  check_until_interrupted(&own.scratch, &also.worker);
  /* A copy of it is no other scratch. */
  also.scratch = own.scratch;
  check_until_interrupted(&also.scratch, &also.worker);
}

int busy_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(one_worker_in_two_calls),
      TEST(one_scratch_in_two_calls),
  };
  return cmocka_run_group_tests_name("busy", tests, NULL, NULL);
}

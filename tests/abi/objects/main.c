#include "objects.h"

fixture_t own;

int set_up_granted(void **state) {
  (void)state;
  set_up(&own, "granted");
  return 0;
}

jotgate_status_t check(jotgate_grant_t *grant) {
  return saw(jotgate_validator_check(&own.validator, &own.presented, NOW, &own.scratch, &own.worker, grant));
}

void present(const char *token) {
  need(jotgate_presented_bearer(&own.presented, token, strlen(token)));
}

int main(void) {
  int (*const groups[])(void) = {
      version_tests,
      grant_tests,
      validator_tests,
      presented_tests,
      policy_tests,
      keys_tests,
      worker_tests,
      memory_tests,
      busy_tests,
      unverified_tests,
      revocation_status_tests,
      sender_tests,
      id_token_tests,
  };
  size_t position;
  int failed = 0;
  for (position = 0; position < sizeof groups / sizeof *groups; position++) {
    failed += groups[position]();
  }
  return failed;
}

/*
 * Judges one good token many times: run by scripts/test-abi under callgrind, which counts what the ABI adds. With an
 * argument its signature is known already.
 */
#include "fixture.h"

int main(int argc, char **argv) {
  static fixture_t host;
  static uint64_t memory[JOTGATE_WORKER_LEN_OF(2, 4, 64) / 8 + 1];
  jotgate_grant_t grant;
  int turn;
  (void)argv;
  set_up(&host, "granted");
  if (argc > 1) {
    jotgate_inquiry_t inquiry;
    need(jotgate_worker_init(&host.worker, 2, 4, 64, memory, sizeof memory));
    /* Not the function that is counted. */
    need(jotgate_validator_check_or_ask(&host.validator, &host.presented, NOW, &host.scratch, &host.worker, &grant,
                                        &inquiry));
  }
  for (turn = 0; turn < 200; turn++) {
    need(jotgate_validator_check(&host.validator, &host.presented, NOW, &host.scratch, &host.worker, &grant));
  }
  return 0;
}

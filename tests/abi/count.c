/* Judges one good token many times: run by scripts/test-abi under callgrind, which counts what the ABI adds. */
#include "fixture.h"

int main(void) {
  static fixture_t host;
  int turn;
  set_up(&host, "granted");
  for (turn = 0; turn < 200; turn++) {
    jotgate_grant_t grant;
    need(jotgate_validator_check(&host.validator, &host.presented, NOW, &host.scratch, &host.worker, &grant));
  }
  return 0;
}

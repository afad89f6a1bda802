/* The example of the README, as a program calls it. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

jotgate_status_t gate_open(const char *key_set, size_t len);
jotgate_status_t gate_check(const char *token, size_t len, int64_t now, jotgate_grant_t *grant);

static char buffer[8192];

static int answers(const char *name, jotgate_status_t expected) {
  jotgate_grant_t grant;
  jotgate_text_t subject;
  jotgate_status_t status = gate_check(buffer, example(name, buffer, sizeof buffer), NOW, &grant);
  int has_subject = jotgate_grant_subject(&grant, &subject) == JOTGATE_OK && subject.len > 0;
  printf("short: %s: %ld\n", name, (long)status);
  return status == expected && has_subject == (expected == JOTGATE_OK);
}

int main(void) {
  if (gate_open("{", 1) != JOTGATE_LOAD_NOT_JSON) {
    return 1;
  }
  need(gate_open(buffer, example("operator.jwks.json", buffer, sizeof buffer)));
  return answers("tokens/granted.jwt", JOTGATE_OK) && answers("tokens/expired.jwt", JOTGATE_EXPIRED) &&
                 answers("tokens/claims-changed.jwt", JOTGATE_BAD_SIGNATURE) &&
                 answers("tokens/unknown-kid.jwt", JOTGATE_UNKNOWN_KID) &&
                 answers("tokens/wrong-audience.jwt", JOTGATE_WRONG_AUDIENCE) &&
                 answers("tokens/granted.jwt", JOTGATE_OK)
             ? 0
             : 1;
}

#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

jotgate_text_t view(const char *text) {
  jotgate_text_t view;
  view.data = text;
  view.len = strlen(text);
  return view;
}

void need(jotgate_status_t status) {
  if (status != JOTGATE_OK) {
    fprintf(stderr, "fixture: %ld\n", (long)status);
    exit(1);
  }
}

static size_t read_file(const char *path, char *buffer, size_t size) {
  FILE *file = fopen(path, "rb");
  size_t len;
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  len = fread(buffer, 1, size, file);
  /* What does not fit is refused, never cut off. */
  if (len == size && fgetc(file) != EOF) {
    fprintf(stderr, "%s: longer than %lu bytes\n", path, (unsigned long)size);
    exit(1);
  }
  fclose(file);
  while (len > 0 && buffer[len - 1] == '\n') {
    len--;
  }
  return len;
}

size_t example(const char *name, char *buffer, size_t size) {
  const char *folder = getenv("JOTGATE_EXAMPLES");
  char path[512];
  snprintf(path, sizeof path, "%s/%s", folder == NULL ? "examples" : folder, name);
  return read_file(path, buffer, size);
}

size_t data(const char *name, char *buffer, size_t size) {
  char path[512];
  snprintf(path, sizeof path, "tests/abi/data/%s.jwt", name);
  return read_file(path, buffer, size);
}

void load_ring(jotgate_key_ring_t *ring, uint64_t generation, void *memory, size_t memory_len,
               jotgate_scratch_t *scratch) {
  static char key_set[8192];
  static size_t len;
  const jotgate_algorithm_t *algorithms[2];
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source = {0};
  jotgate_loaded_t loaded;
  if (len == 0) {
    len = example("operator.jwks.json", key_set, sizeof key_set);
  }
  algorithms[0] = jotgate_es256();
  algorithms[1] = jotgate_rs256();
  source.issuer = view(ISSUER);
  source.section = view("");
  source.algorithms = algorithms;
  source.algorithm_count = 2;
  source.default_rsa_algorithm = view("");
  need(jotgate_key_ring_builder_begin(&builder, generation, 1, 4, memory, memory_len));
  need(jotgate_key_ring_builder_load(&builder, &source, key_set, len, scratch, NULL, 0, &loaded));
  need(jotgate_key_ring_builder_finish(&builder, ring));
}

void set_up(fixture_t *fixture, const char *name) {
  char path[128];
  memset(fixture, 0, sizeof *fixture);
  need(jotgate_scratch_init(&fixture->scratch, JOTGATE_MAX_CLAIMS, fixture->scratch_memory,
                            sizeof fixture->scratch_memory));
  load_ring(&fixture->ring, 1, fixture->ring_memory, sizeof fixture->ring_memory, &fixture->scratch);
  fixture->audience = view(AUDIENCE);
  fixture->scope = view("sim-swap:check");
  need(jotgate_issuer_init(&fixture->issuer, LITERAL(ISSUER), LITERAL("rfc9068")));
  need(jotgate_policy_init(&fixture->policy, &fixture->issuer, 1, &fixture->audience, 1, &fixture->scope, 1,
                           fixture->policy_memory, sizeof fixture->policy_memory));
  need(jotgate_validator_init(&fixture->validator, &fixture->ring, &fixture->policy));
  need(jotgate_worker_init(&fixture->worker, 0, 0, 0, NULL, 0));
  snprintf(path, sizeof path, "tokens/%s.jwt", name);
  fixture->token_len = example(path, fixture->token, sizeof fixture->token);
  need(jotgate_presented_bearer(&fixture->presented, fixture->token, fixture->token_len));
}

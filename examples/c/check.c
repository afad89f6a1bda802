/*
 * Judges one token with a key set, without a heap: what a C host does with libjotgate, from first to last.
 *
 *   check ISSUER KEY_SET_FILE AUDIENCE SCOPE SECONDS TOKEN_FILE
 *
 * Built after `make install`, and run with the examples of jotgate, whose tokens were good on 2026-01-01:
 *
 *   cc -std=c99 examples/c/check.c -o check $(pkg-config --cflags --libs jotgate)
 *   ./check https://auth.operator.example examples/operator.jwks.json https://api.operator.example/sim-swap \
 *     sim-swap:check 1767225600 examples/tokens/granted.jwt
 */
#include <jotgate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Any keys, on any processor, with key ids and a name of the issuer of up to 64 bytes. */
#define KEYS 8
#define WORDS (KEYS * JOTGATE_RSA_4096_WORDS + (KEYS + 1) * JOTGATE_NAME_WORDS)

static char key_set[64 * 1024];
static char token[JOTGATE_MAX_TOKEN_LEN];
static uint64_t ring_memory[JOTGATE_KEY_RING_LEN_OF(1, KEYS, WORDS) / 8 + 1];
static uint64_t scratch_memory[JOTGATE_SCRATCH_LEN / 8 + 1];
static uint64_t policy_memory[JOTGATE_POLICY_LEN_OF(1) / 8 + 1];

static size_t read_file(const char *name, char *buffer, size_t size) {
  FILE *file = fopen(name, "rb");
  size_t len;
  if (file == NULL) {
    perror(name);
    exit(2);
  }
  len = fread(buffer, 1, size, file);
  /* What does not fit is refused, never cut off. */
  if (len == size && fgetc(file) != EOF) {
    fprintf(stderr, "%s: longer than %lu bytes\n", name, (unsigned long)size);
    exit(2);
  }
  fclose(file);
  while (len > 0 && buffer[len - 1] == '\n') {
    len--;
  }
  return len;
}

static jotgate_text_t text(const char *string) {
  jotgate_text_t view;
  view.data = string;
  view.len = strlen(string);
  return view;
}

static void print(const char *what, jotgate_status_t status) {
  jotgate_text_t name, sentence;
  if (jotgate_status_describe(status, &name, &sentence) == JOTGATE_OK) {
    printf("%s: %ld %.*s. %.*s\n", what, (long)status, (int)name.len, name.data, (int)sentence.len, sentence.data);
  }
}

/* Ends the program unless something that only depends on the host's own settings is done. */
static void need(const char *what, jotgate_status_t status) {
  if (status != JOTGATE_OK) {
    print(what, status);
    exit(2);
  }
}

int main(int argc, char **argv) {
  static jotgate_scratch_t scratch;
  jotgate_key_ring_builder_t builder;
  jotgate_key_ring_t ring;
  jotgate_issuer_t issuer;
  jotgate_policy_t policy;
  jotgate_validator_t validator;
  jotgate_worker_t worker;
  jotgate_presented_t presented;
  jotgate_grant_t grant;
  jotgate_key_source_t source;
  jotgate_loaded_t loaded;
  jotgate_text_t audience, scope, subject, escaped;
  jotgate_answer_t answer;
  jotgate_status_t status;
  const jotgate_algorithm_t *algorithms[2];
  char buffer[1024];

  if (argc != 7) {
    fprintf(stderr, "usage: check ISSUER KEY_SET_FILE AUDIENCE SCOPE SECONDS TOKEN_FILE\n");
    return 2;
  }
  need("library", jotgate_abi_check(JOTGATE_ABI_VERSION));
  need("scratch",
       jotgate_scratch_init(&scratch, JOTGATE_MAX_CLAIMS, scratch_memory, sizeof scratch_memory));

  /* Keys, bound to their issuer. The linker drops the algorithms that are not named. */
  algorithms[0] = jotgate_es256();
  algorithms[1] = jotgate_rs256();
  source.issuer = text(argv[1]);
  source.section = text("");
  source.algorithms = algorithms;
  source.algorithm_count = 2;
  source.default_rsa_algorithm = text("");
  need("keys", jotgate_key_ring_builder_begin(&builder, 1, 1, KEYS, ring_memory, sizeof ring_memory));
  need("keys", jotgate_key_ring_builder_load(&builder, &source, key_set,
                                             read_file(argv[2], key_set, sizeof key_set), &scratch, NULL, 0,
                                             &loaded));
  need("keys", jotgate_key_ring_builder_finish(&builder, &ring));

  /* What this product demands. */
  audience = text(argv[3]);
  scope = text(argv[4]);
  need("policy", jotgate_issuer_init(&issuer, argv[1], strlen(argv[1]), "rfc9068", 7));
  need("policy", jotgate_policy_init(&policy, &issuer, 1, &audience, 1, &scope, 1, policy_memory,
                                     sizeof policy_memory));
  need("validator", jotgate_validator_init(&validator, &ring, &policy));
  need("worker", jotgate_worker_init(&worker, 0, 0, 0, NULL, 0));

  /* Every request. */
  status = jotgate_presented_bearer(&presented, token, read_file(argv[6], token, sizeof token));
  if (status == JOTGATE_OK) {
    status = jotgate_validator_check(&validator, &presented, strtoll(argv[5], NULL, 10), &scratch, &worker, &grant);
  }
  print("token", status);
  if (status != JOTGATE_OK) {
    need("answer", jotgate_validator_answer(&validator, JOTGATE_SCHEME_BEARER, NULL, 0, status, buffer,
                                            sizeof buffer, &answer));
    printf("HTTP %u\nWWW-Authenticate: %.*s\n%.*s\n", (unsigned)answer.http_status,
           (int)answer.www_authenticate.len, answer.www_authenticate.data, (int)answer.body.len, answer.body.data);
    return 1;
  }
  need("subject", jotgate_grant_subject(&grant, &subject));
  need("subject", jotgate_text_escape(subject.data, subject.len, buffer, sizeof buffer, &escaped));
  printf("subject: \"%.*s\"\n", (int)escaped.len, escaped.data);
  return 0;
}

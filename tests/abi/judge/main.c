#include "judge.h"

command_t command;
const char *file_name;

jotgate_scratch_t scratch;
jotgate_key_ring_builder_t builder;
jotgate_key_ring_t ring;
jotgate_policy_t policy;
jotgate_validator_t validator;
int64_t now;

/* Tokens with proofs need more than JOTGATE_SCRATCH_LEN, and status lists more again. */
static uint64_t scratch_memory[16 * 1024];

/* Texts that a policy refers to: until the next ring. */
static char text_memory[4 * 1024 * 1024];
static size_t text_used;

void fail(const char *what, long status) {
  fprintf(stderr, "%s: command %s: %s (%ld)\n", file_name, command.name, what, status);
  exit(1);
}

void need(jotgate_status_t status) {
  if (status != JOTGATE_OK) {
    fail("failed", (long)status);
  }
}

void expect(jotgate_status_t status, jotgate_text_t expected) {
  if (saw(status) != (jotgate_status_t)number(expected)) {
    size_t position;
    for (position = 0; position < command.count; position++) {
      size_t len = command.arguments[position].len;
      fprintf(stderr, "  %.*s\n", len < 300 ? (int)len : 300, command.arguments[position].data);
    }
    fail("another answer than in Rust", (long)status);
  }
}

int is(jotgate_text_t text, const char *word) {
  return text.len == strlen(word) && memcmp(text.data, word, text.len) == 0;
}

int64_t number(jotgate_text_t text) {
  char digits[32] = {0};
  if (text.len >= sizeof digits) {
    fail("no number", 0);
  }
  memcpy(digits, text.data, text.len);
  return strtoll(digits, NULL, 10);
}

uint32_t word(jotgate_text_t text, const char *const *words) {
  uint32_t position;
  for (position = 0; words[position] != NULL; position++) {
    if (is(text, words[position])) {
      return position + 1;
    }
  }
  fail("unknown word", 0);
  return 0;
}

static int read_command(FILE *file) {
  size_t position;
  if (fscanf(file, "%31s %zu", command.name, &command.count) != 2) {
    return 0;
  }
  if (command.count > MOST_ARGUMENTS) {
    fail("too many arguments", (long)command.count);
  }
  for (position = 0; position < command.count; position++) {
    size_t len;
    if (fscanf(file, "%zu", &len) != 1 || fgetc(file) != ':' || len > sizeof text_memory - text_used ||
        fread(text_memory + text_used, 1, len, file) != len) {
      fail("cannot be read", (long)position);
    }
    command.arguments[position].data = text_memory + text_used;
    command.arguments[position].len = len;
    text_used += len;
  }
  return 1;
}

const jotgate_algorithm_t *all_algorithms[10];

const jotgate_algorithm_t *algorithm(jotgate_text_t name) {
  static const struct {
    const char *name;
    const jotgate_algorithm_t *(*get)(void);
  } all[] = {{"EdDSA", jotgate_eddsa}, {"ES256", jotgate_es256}, {"ES384", jotgate_es384}, {"ES512", jotgate_es512},
             {"PS256", jotgate_ps256}, {"PS384", jotgate_ps384}, {"PS512", jotgate_ps512}, {"RS256", jotgate_rs256},
             {"RS384", jotgate_rs384}, {"RS512", jotgate_rs512}};
  size_t position;
  for (position = 0; position < sizeof all / sizeof *all; position++) {
    if (is(name, all[position].name)) {
      return all[position].get();
    }
  }
  fail("unknown algorithm", 0);
  return NULL;
}

int main(int argc, char **argv) {
  static const char *const names[] = {"EdDSA", "ES256", "ES384", "ES512", "PS256",
                                      "PS384", "PS512", "RS256", "RS384", "RS512"};
  int position;
  need(jotgate_abi_check(JOTGATE_ABI_VERSION));
  need(jotgate_scratch_init(&scratch, JOTGATE_MAX_CLAIMS, scratch_memory, sizeof scratch_memory));
  for (position = 0; position < 10; position++) {
    jotgate_text_t name;
    name.data = names[position];
    name.len = strlen(names[position]);
    all_algorithms[position] = algorithm(name);
  }
  for (position = 1; position < argc; position++) {
    FILE *file;
    size_t mark = 0;
    file_name = argv[position];
    file = fopen(file_name, "rb");
    if (file == NULL) {
      perror(file_name);
      return 1;
    }
    text_used = 0;
    while (read_command(file)) {
      if (strcmp(command.name, "ring") == 0) {
        text_used = 0;
      }
      /* A token is done with; what belongs to keys and policy stays. */
      if (obey_decision()) {
        text_used = mark;
      } else {
        (void)(obey_lists() || obey_policy());
        mark = text_used;
      }
    }
    fclose(file);
  }
  printf("judge: %lu tokens granted and %lu refused, %lu key sets, lists and answers judged, as the Rust tests say\n",
         granted, refused, others);
  return granted > 0 && refused > 0 && others > 0 ? 0 : 1;
}

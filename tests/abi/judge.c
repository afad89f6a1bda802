/*
 * Judges through the C ABI what the Rust tests judged, and compares: `judge FILE...`, files that the benches of the Rust
 * tests recorded (tests/src/forge/record.rs).
 */
#include <jotgate.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ARGUMENTS 512
#define KEYS 64

static struct {
  char name[32];
  size_t count;
  jotgate_text_t arguments[MOST_ARGUMENTS];
} command;

/* Texts that a policy refers to: until the next ring. */
static char text_memory[4 * 1024 * 1024];
static size_t text_used;

static uint64_t ring_memory[8192], policy_memory[512], scratch_memory[8192];
static jotgate_text_t lists[8][MOST_ARGUMENTS];
static size_t list_count;
static jotgate_issuer_t issuers[16];
static size_t issuer_count;
static jotgate_scratch_t scratch;
static jotgate_key_ring_builder_t builder;
static jotgate_key_ring_t ring;
static jotgate_policy_t policy;
static jotgate_validator_t validator;
static jotgate_client_t clients[64];
static jotgate_status_lists_t status_lists;
static uint64_t status_memory[8192];
static int ring_is_open, without_scopes;
static int64_t now;
static unsigned long granted, refused;
static const char *file_name;

static void fail(const char *what, long status) {
  fprintf(stderr, "%s: command %s: %s (%ld)\n", file_name, command.name, what, status);
  exit(1);
}

static void need(jotgate_status_t status) {
  if (status != JOTGATE_OK) {
    fail("failed", (long)status);
  }
}

static int is(jotgate_text_t text, const char *word) {
  return text.len == strlen(word) && memcmp(text.data, word, text.len) == 0;
}

static int64_t number(jotgate_text_t text) {
  char digits[32] = {0};
  if (text.len >= sizeof digits) {
    fail("no number", 0);
  }
  memcpy(digits, text.data, text.len);
  return strtoll(digits, NULL, 10);
}

static uint32_t word(jotgate_text_t text, const char *const *words) {
  uint32_t position;
  for (position = 0; words[position] != NULL; position++) {
    if (is(text, words[position])) {
      return position + 1;
    }
  }
  fail("unknown word", 0);
  return 0;
}

/* Copies a list to where it stays. */
static const jotgate_text_t *kept(size_t from) {
  jotgate_text_t *list = lists[list_count++ % 8];
  memcpy(list, command.arguments + from, (command.count - from) * sizeof *list);
  return list;
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

static const jotgate_algorithm_t *algorithm(jotgate_text_t name) {
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

static void load_keys(void) {
  const jotgate_algorithm_t *algorithms[JOTGATE_MAX_ALGORITHMS];
  jotgate_key_source_t source;
  jotgate_loaded_t loaded;
  size_t position;
  for (position = 3; position < command.count; position++) {
    algorithms[position - 3] = algorithm(command.arguments[position]);
  }
  source.issuer = command.arguments[0];
  source.unnamed = command.arguments[2];
  source.algorithms = algorithms;
  source.algorithm_count = command.count - 3;
  need(jotgate_key_ring_builder_load(&builder, &source, command.arguments[1].data, command.arguments[1].len, &scratch,
                                     NULL, 0, &loaded));
}

static void init_policy(const jotgate_text_t *scopes, size_t scope_count) {
  const jotgate_text_t *audiences = lists[0];
  size_t audience_count = list_count;
  if (without_scopes) {
    need(jotgate_policy_init_without_scopes(&policy, issuers, issuer_count, audiences, audience_count, policy_memory,
                                            sizeof policy_memory));
  } else {
    need(jotgate_policy_init(&policy, issuers, issuer_count, audiences, audience_count, scopes, scope_count,
                             policy_memory, sizeof policy_memory));
  }
  list_count = 2;
}

static void add_issuer_rule(jotgate_issuer_t *issuer) {
  static const char *const claims[] = {"ClientId", "Azp", "Cid", "Appid", NULL};
  static const char *const scope_claims[] = {"Scope", "Scp", "Roles", "Permissions", NULL};
  static const char *const forms[] = {"String", "Array", "Either", NULL};
  const jotgate_text_t *arguments = command.arguments;
  if (strcmp(command.name, "client_claims") == 0) {
    uint32_t list[4];
    size_t position;
    for (position = 0; position < command.count; position++) {
      list[position] = word(arguments[position], claims);
    }
    need(jotgate_issuer_set_client_claims(issuer, list, command.count));
  } else if (strcmp(command.name, "scope_claim") == 0) {
    need(jotgate_issuer_set_scope_claim(issuer, word(arguments[0], scope_claims), word(arguments[1], forms)));
  } else if (strcmp(command.name, "any_type") == 0) {
    need(jotgate_issuer_accept_any_type(issuer));
  } else if (strcmp(command.name, "types") == 0) {
    need(jotgate_issuer_set_types(issuer, arguments[0].data, arguments[0].len));
  } else if (strcmp(command.name, "ignored") == 0) {
    need(jotgate_issuer_ignore_key_parameters(issuer, (uint32_t)number(arguments[0])));
  } else {
    fail("unknown", 0);
  }
}

static void add_rule(void) {
  static const char *const forms[] = {"Scope", "ScopeWithTarget", "Claim", NULL};
  static const char *const legs[] = {"Either", "Two", "Three", NULL};
  static const char *const dialects[] = {"Rfc", "Camara", NULL};
  static const char *const bindings[] = {"AsTheTokenSays", "Dpop", "Certificate", "Either", NULL};
  static const char *const statuses[] = {"Required", "WhenPresent", NULL};
  static const char *const unanswered[] = {"Allow", "Deny", NULL};
  const jotgate_text_t *arguments = command.arguments;
  const char *name = command.name;
  size_t count = command.count;
  if (strcmp(name, "purposes") == 0) {
    need(jotgate_policy_set_purposes(&policy, kept(1), count - 1, word(arguments[0], forms)));
  } else if (strcmp(name, "clients") == 0) {
    size_t position;
    for (position = 0; position < count / 2; position++) {
      clients[position].id = arguments[2 * position];
      clients[position].group = arguments[2 * position + 1];
    }
    need(jotgate_policy_set_clients(&policy, clients, count / 2));
  } else if (strcmp(name, "blocked") == 0) {
    need(jotgate_policy_set_blocked_clients(&policy, kept(0), count));
  } else if (strcmp(name, "required") == 0) {
    need(jotgate_policy_set_required_claims(&policy, kept(0), count));
  } else if (strcmp(name, "legs") == 0) {
    need(jotgate_policy_set_legs(&policy, word(arguments[0], legs)));
  } else if (strcmp(name, "dialect") == 0) {
    need(jotgate_policy_set_dialect(&policy, word(arguments[0], dialects)));
  } else if (strcmp(name, "binding") == 0) {
    need(jotgate_policy_set_sender_binding(&policy, word(arguments[0], bindings)));
  } else if (strcmp(name, "leeway") == 0) {
    need(jotgate_policy_set_leeway(&policy, (uint32_t)number(arguments[0])));
  } else if (strcmp(name, "max_token_len") == 0) {
    need(jotgate_policy_set_max_token_len(&policy, (size_t)number(arguments[0])));
  } else if (strcmp(name, "step_up") == 0) {
    uint32_t age = is(arguments[0], "none") ? JOTGATE_UNBOUNDED : (uint32_t)number(arguments[0]);
    if (count > 1 || age != JOTGATE_UNBOUNDED) {
      need(jotgate_policy_set_step_up(&policy, kept(1), count - 1, age));
    }
  } else if (strcmp(name, "max_lifetime") == 0) {
    need(jotgate_policy_set_max_lifetime(&policy, (uint32_t)number(arguments[0])));
  } else if (strcmp(name, "max_age") == 0) {
    need(jotgate_policy_set_max_age(&policy, (uint32_t)number(arguments[0])));
  } else if (strcmp(name, "clock_floor") == 0) {
    need(jotgate_policy_set_clock_floor(&policy, number(arguments[0])));
  } else if (strcmp(name, "realm") == 0) {
    need(jotgate_policy_set_realm(&policy, arguments[0].data, arguments[0].len));
  } else if (strcmp(name, "revocation") == 0) {
    need(jotgate_policy_set_revocation(&policy, (uint32_t)number(arguments[1]), (uint32_t)number(arguments[2])));
  } else if (strcmp(name, "status_list") == 0) {
    need(jotgate_policy_set_status_list(&policy, word(arguments[0], statuses), (uint32_t)number(arguments[1]),
                                        (uint32_t)number(arguments[2])));
  } else if (strcmp(name, "introspection") == 0) {
    need(jotgate_policy_set_introspection(&policy, word(arguments[0], unanswered)));
  } else {
    add_issuer_rule(&issuers[issuer_count - 1]);
  }
}

static int same(jotgate_status_t status, jotgate_text_t text, jotgate_text_t expected) {
  if (status == JOTGATE_ABSENT) {
    return expected.len == 0;
  }
  return status == JOTGATE_OK && text.len == expected.len && memcmp(text.data, expected.data, text.len) == 0;
}

static void judge(void) {
  const jotgate_text_t *arguments = command.arguments;
  int expects_grant = strcmp(command.name, "granted") == 0;
  jotgate_presented_t presented;
  jotgate_worker_t worker;
  jotgate_grant_t grant;
  jotgate_status_t status;
  jotgate_status_t expected = expects_grant ? JOTGATE_OK : (jotgate_status_t)number(arguments[1]);
  /* As many bytes as the token has, so that a sanitizer finds every byte that is read beyond. */
  char *token = malloc(arguments[0].len + 1);
  if (token == NULL) {
    fail("no memory", 0);
  }
  memcpy(token + 1, arguments[0].data, arguments[0].len);
  need(jotgate_presented_bearer(&presented, token + 1, arguments[0].len));
  need(jotgate_worker_init(&worker, 0, 0, 0, NULL, 0));
  status = jotgate_validator_check(&validator, &presented, now, &scratch, &worker, &grant);
  if (status != expected) {
    fprintf(stderr, "%s: %.*s: %ld, not %ld\n", file_name, (int)arguments[0].len, arguments[0].data, (long)status,
            (long)expected);
    exit(1);
  }
  if (expects_grant) {
    jotgate_text_t text = {NULL, 0};
    uint8_t digest[JOTGATE_DIGEST_LEN];
    jotgate_status_t got = jotgate_grant_issuer(&grant, &text);
    int good = same(got, text, arguments[1]);
    got = jotgate_grant_subject(&grant, &text);
    good = good && same(got, text, arguments[2]);
    got = jotgate_grant_client(&grant, &text);
    good = good && same(got, text, arguments[3]);
    good = good && (jotgate_grant_has_user(&grant) == JOTGATE_OK) == is(arguments[4], "user");
    need(jotgate_grant_signing_input_digest(&grant, digest));
    good = good && memcmp(digest, arguments[5].data, sizeof digest) == 0;
    if (!good) {
      fail("the grant says something else", 0);
    }
    granted++;
  } else {
    jotgate_text_t text;
    jotgate_answer_t answer;
    char buffer[2048];
    if (jotgate_grant_subject(&grant, &text) != JOTGATE_BAD_STATE || text.len != 0) {
      fail("a refusal left a grant", 0);
    }
    need(jotgate_validator_answer(&validator, JOTGATE_SCHEME_BEARER, NULL, 0, status, buffer, sizeof buffer, &answer));
    if (answer.http_status < 400 || answer.body.len == 0) {
      fail("no answer", (long)answer.http_status);
    }
    refused++;
  }
  free(token);
}

static void load_status_list(void) {
  const jotgate_text_t *arguments = command.arguments;
  jotgate_status_list_source_t source;
  source.issuer = arguments[0];
  source.uri = arguments[1];
  source.received_at = number(arguments[2]);
  source.leeway = (uint32_t)number(arguments[3]);
  need(jotgate_status_lists_begin(&status_lists, 1, status_memory, sizeof status_memory));
  need(jotgate_status_lists_load(&status_lists, arguments[4].data, arguments[4].len, &source, &ring, &scratch));
  need(jotgate_validator_set_status_lists(&validator, &status_lists));
}

static void obey(void) {
  const char *name = command.name;
  if (strcmp(name, "ring") == 0) {
    need(jotgate_key_ring_builder_begin(&builder, 1, 8, KEYS, ring_memory, sizeof ring_memory));
    ring_is_open = 1;
    issuer_count = 0;
    without_scopes = 0;
    list_count = 0;
  } else if (strcmp(name, "keys") == 0) {
    load_keys();
  } else if (strcmp(name, "issuer") == 0) {
    need(jotgate_issuer_init(&issuers[issuer_count++], command.arguments[0].data, command.arguments[0].len,
                             command.arguments[1].data, command.arguments[1].len));
  } else if (strcmp(name, "audiences") == 0) {
    list_count = 0;
    (void)kept(0);
    list_count = command.count;
  } else if (strcmp(name, "no_scopes") == 0) {
    without_scopes = 1;
    init_policy(NULL, 0);
  } else if (strcmp(name, "scopes") == 0) {
    memcpy(lists[1], command.arguments, command.count * sizeof lists[1][0]);
    init_policy(lists[1], command.count);
  } else if (strcmp(name, "policy") == 0) {
    if (ring_is_open) {
      need(jotgate_key_ring_builder_finish(&builder, &ring));
    }
    ring_is_open = 0;
    need(jotgate_validator_init(&validator, &ring, &policy));
  } else if (strcmp(name, "now") == 0) {
    now = is(command.arguments[0], "none") ? JOTGATE_TIME_NOT_TRUSTED : number(command.arguments[0]);
  } else if (strcmp(name, "status_list_token") == 0) {
    load_status_list();
  } else if (strcmp(name, "granted") == 0 || strcmp(name, "refused") == 0) {
    judge();
  } else {
    add_rule();
  }
}

int main(int argc, char **argv) {
  int position;
  need(jotgate_abi_check(JOTGATE_ABI_VERSION));
  need(jotgate_scratch_init(&scratch, JOTGATE_MAX_CLAIMS, scratch_memory, sizeof scratch_memory));
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
      int is_token = strcmp(command.name, "granted") == 0 || strcmp(command.name, "refused") == 0;
      if (strcmp(command.name, "ring") == 0) {
        text_used = 0;
      }
      obey();
      /* A token is done with; what belongs to keys and policy stays. */
      if (is_token) {
        text_used = mark;
      } else {
        mark = text_used;
      }
    }
    fclose(file);
  }
  printf("judge: %lu tokens granted and %lu refused as the Rust tests say\n", granted, refused);
  return granted > 0 && refused > 0 ? 0 : 1;
}

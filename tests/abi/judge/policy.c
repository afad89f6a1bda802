#include "judge.h"

static uint64_t policy_memory[512], dpop_memory[64];
static jotgate_text_t lists[8][MOST_ARGUMENTS];
static size_t list_count;
static jotgate_issuer_t issuers[16];
static size_t issuer_count;
static jotgate_client_t clients[64];
static size_t client_count;
static int without_scopes, by_client;

/* Copies a list to where it stays. */
static const jotgate_text_t *kept(size_t from) {
  jotgate_text_t *list = lists[list_count++ % 8];
  memcpy(list, command.arguments + from, (command.count - from) * sizeof *list);
  return list;
}

/* Takes the clients of the command: an id and a group each. */
static void take_clients(void) {
  client_count = command.count / 2;
  memcpy(clients, command.arguments, client_count * sizeof *clients);
}

static void init_policy(const jotgate_text_t *scopes, size_t scope_count) {
  const jotgate_text_t *audiences = lists[0];
  size_t audience_count = list_count;
  if (by_client) {
    need(jotgate_policy_init_by_client(&policy, issuers, issuer_count, clients, client_count, scopes, scope_count,
                                       policy_memory, sizeof policy_memory));
  } else if (without_scopes) {
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
  } else if (strcmp(command.name, "tolerate_nonce") == 0) {
    need(jotgate_issuer_tolerate_nonce(issuer));
  } else if (strcmp(command.name, "subject_digits") == 0) {
    need(jotgate_issuer_accept_subject_digits(issuer));
  } else if (strcmp(command.name, "ignored") == 0) {
    need(jotgate_issuer_ignore_key_parameters(issuer, (uint32_t)number(arguments[0])));
  } else {
    fail("unknown", 0);
  }
}

static void set_dpop(void) {
  static const char *const digests[] = {"NotRequired", "Query", "Body", "QueryAndBody", NULL};
  static const char *const memories[] = {"WhileProofIsFresh", "WhileTokenLives", NULL};
  jotgate_dpop_rule_t rule;
  rule.algorithms = all_algorithms;
  rule.algorithm_count = sizeof all_algorithms / sizeof *all_algorithms;
  rule.max_age = (uint32_t)number(command.arguments[0]);
  rule.nonce_life = (uint32_t)number(command.arguments[1]);
  rule.nonce = rule.nonce_life == 0 ? JOTGATE_NONCE_NOT_REQUIRED : JOTGATE_NONCE_REQUIRED;
  rule.digests = word(command.arguments[2], digests);
  rule.memory = word(command.arguments[3], memories);
  need(jotgate_policy_set_dpop(&policy, &rule, dpop_memory, sizeof dpop_memory));
}

static void add_rule(void) {
  static const char *const forms[] = {"Scope", "ScopeWithTarget", "Claim", NULL};
  static const char *const legs[] = {"Either", "Two", "Three", NULL};
  static const char *const dialects[] = {"Rfc", "Camara", NULL};
  static const char *const bindings[] = {"AsTheTokenSays", "Dpop", "Certificate", "Either", NULL};
  static const char *const revocations[] = {"ByList", "ByCountedList", NULL};
  static const char *const statuses[] = {"Required", "WhenPresent", NULL};
  static const char *const unanswered[] = {"Allow", "Deny", NULL};
  const jotgate_text_t *arguments = command.arguments;
  const char *name = command.name;
  size_t count = command.count;
  if (strcmp(name, "purposes") == 0) {
    need(jotgate_policy_set_purposes(&policy, kept(1), count - 1, word(arguments[0], forms)));
  } else if (strcmp(name, "clients") == 0) {
    take_clients();
    need(jotgate_policy_set_clients(&policy, clients, client_count));
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
  } else if (strcmp(name, "resource_metadata") == 0) {
    need(jotgate_policy_set_resource_metadata(&policy, arguments[0].data, arguments[0].len));
  } else if (strcmp(name, "realm") == 0) {
    need(jotgate_policy_set_realm(&policy, arguments[0].data, arguments[0].len));
  } else if (strcmp(name, "revocation") == 0) {
    need(jotgate_policy_set_revocation(&policy, word(arguments[0], revocations), (uint32_t)number(arguments[1]),
                                       (uint32_t)number(arguments[2])));
  } else if (strcmp(name, "status_list") == 0) {
    need(jotgate_policy_set_status_list(&policy, word(arguments[0], statuses), (uint32_t)number(arguments[1]),
                                        (uint32_t)number(arguments[2])));
  } else if (strcmp(name, "introspection") == 0) {
    need(jotgate_policy_set_introspection(&policy, word(arguments[0], unanswered)));
  } else if (strcmp(name, "dpop") == 0) {
    set_dpop();
  } else {
    add_issuer_rule(&issuers[issuer_count - 1]);
  }
}

void forget_policy(void) {
  issuer_count = 0;
  without_scopes = by_client = 0;
  list_count = 0;
}

int obey_policy(void) {
  const char *name = command.name;
  if (strcmp(name, "issuer") == 0) {
    need(jotgate_issuer_init(&issuers[issuer_count++], command.arguments[0].data, command.arguments[0].len,
                             command.arguments[1].data, command.arguments[1].len));
  } else if (strcmp(name, "audiences") == 0) {
    list_count = 0;
    (void)kept(0);
    list_count = command.count;
  } else if (strcmp(name, "by_client") == 0) {
    by_client = 1;
    take_clients();
  } else if (strcmp(name, "no_scopes") == 0) {
    without_scopes = 1;
    init_policy(NULL, 0);
  } else if (strcmp(name, "scopes") == 0) {
    memcpy(lists[1], command.arguments, command.count * sizeof lists[1][0]);
    init_policy(lists[1], command.count);
  } else {
    add_rule();
  }
  return 1;
}

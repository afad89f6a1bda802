/* Every function of the C ABI: what it does, and what it answers to every misuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"

#define TOO_LONG ((size_t)PTRDIFF_MAX + 1)
#define assert_status(call, expected) assert_int_equal((call), (expected))
#define assert_text(text, literal)                                                                                     \
  do {                                                                                                                 \
    assert_int_equal((text).len, sizeof(literal) - 1);                                                                 \
    assert_memory_equal((text).data, literal, sizeof(literal) - 1);                                                    \
  } while (0)

static fixture_t own;

static jotgate_status_t check(jotgate_grant_t *grant) {
  return jotgate_validator_check(&own.validator, &own.presented, NOW, &own.scratch, &own.worker, grant);
}

static void present(const char *token) {
  need(jotgate_presented_bearer(&own.presented, token, strlen(token)));
}

static int set_up_granted(void **state) {
  (void)state;
  set_up(&own, "granted");
  return 0;
}

static void version(void **state) {
  jotgate_text_t name, sentence;
  (void)state;
  assert_status(jotgate_abi_check(JOTGATE_ABI_VERSION), JOTGATE_OK);
  assert_status(jotgate_abi_check(JOTGATE_ABI_VERSION + 1), JOTGATE_WRONG_ABI);
  assert_int_equal(jotgate_abi_version(), JOTGATE_ABI_VERSION);
  assert_int_equal(jotgate_size(JOTGATE_SIZE_SCRATCH), sizeof(jotgate_scratch_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_ALGORITHM), sizeof(jotgate_algorithm_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_KEY_RING_BUILDER), sizeof(jotgate_key_ring_builder_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_KEY_RING), sizeof(jotgate_key_ring_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_ISSUER), sizeof(jotgate_issuer_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_POLICY), sizeof(jotgate_policy_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_PRESENTED), sizeof(jotgate_presented_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_VALIDATOR), sizeof(jotgate_validator_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_WORKER), sizeof(jotgate_worker_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_GRANT), sizeof(jotgate_grant_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_VALUE), sizeof(jotgate_value_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_PEEK), sizeof(jotgate_peek_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_SWAP), sizeof(jotgate_swap_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_REVOCATION_LIST), sizeof(jotgate_revocation_list_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_REPLAY_WINDOW), sizeof(jotgate_replay_window_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_INQUIRY), sizeof(jotgate_inquiry_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_STATUS_LISTS), sizeof(jotgate_status_lists_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_ID_TOKEN), sizeof(jotgate_id_token_t));
  assert_int_equal(jotgate_size(JOTGATE_SIZE_SCRATCH_LEN), JOTGATE_SCRATCH_LEN);
  assert_int_equal(jotgate_size(0), 0);
  assert_int_equal(jotgate_scratch_len(JOTGATE_MAX_TOKEN_LEN, JOTGATE_MAX_CLAIMS), JOTGATE_SCRATCH_LEN);
  assert_true(jotgate_scratch_len_with_proof(1024, 32) > jotgate_scratch_len(1024, 32));
  assert_status(jotgate_status_describe(JOTGATE_EXPIRED, &name, &sentence), JOTGATE_OK);
  assert_text(name, "expired");
  assert_text(sentence, "The token expired.");
  assert_status(jotgate_status_describe(JOTGATE_SKIP_SYMMETRIC, &name, &sentence), JOTGATE_OK);
  assert_text(name, "symmetric");
  assert_status(jotgate_status_describe(4999, &name, &sentence), JOTGATE_UNKNOWN_VALUE);
  assert_null(name.data);
  assert_status(jotgate_status_describe(JOTGATE_OK, NULL, &sentence), JOTGATE_NULL_POINTER);
  assert_status(jotgate_status_describe(JOTGATE_OK, &name, &name), JOTGATE_OVERLAP);
}

static void grant_says_what_the_token_says(void **state) {
  jotgate_grant_t grant;
  jotgate_text_t text, texts[4], path[2];
  jotgate_value_t value, item;
  int64_t seconds;
  size_t count;
  uint32_t kind;
  uint8_t digest[JOTGATE_DIGEST_LEN], zeros[JOTGATE_DIGEST_LEN] = {0};
  char buffer[64];
  (void)state;
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_grant_issuer(&grant, &text), JOTGATE_OK);
  assert_text(text, ISSUER);
  assert_status(jotgate_grant_subject(&grant, &text), JOTGATE_OK);
  assert_text(text, "8f1c2d7e-pairwise");
  assert_status(jotgate_grant_client(&grant, &text), JOTGATE_OK);
  assert_text(text, "bank-one");
  assert_status(jotgate_grant_client_group(&grant, &text), JOTGATE_ABSENT);
  assert_null(text.data);
  assert_status(jotgate_grant_has_user(&grant), JOTGATE_OK);
  assert_status(jotgate_grant_has_scope(&grant, LITERAL("sim-swap:check")), JOTGATE_OK);
  assert_status(jotgate_grant_has_scope(&grant, LITERAL("sim-swap")), JOTGATE_ABSENT);
  assert_status(jotgate_grant_scopes(&grant, texts, 4, &count), JOTGATE_OK);
  assert_int_equal(count, 3);
  assert_text(texts[2], "sim-swap:retrieve-date");
  assert_status(jotgate_grant_scopes(&grant, NULL, 0, &count), JOTGATE_OK);
  assert_int_equal(count, 3);
  assert_status(jotgate_grant_audiences(&grant, texts, 1, &count), JOTGATE_OK);
  assert_text(texts[0], AUDIENCE);
  assert_status(jotgate_grant_purpose(&grant, &texts[0], &texts[1]), JOTGATE_ABSENT);
  assert_status(jotgate_grant_token_id(&grant, &text), JOTGATE_OK);
  assert_text(text, "b7d0f6f2-0001");
  assert_status(jotgate_grant_expires(&grant, &seconds), JOTGATE_OK);
  assert_int_equal(seconds, 1767226380);
  assert_status(jotgate_grant_issued_at(&grant, &seconds), JOTGATE_OK);
  assert_int_equal(seconds, 1767225480);
  assert_status(jotgate_grant_signing_input_digest(&grant, digest), JOTGATE_OK);
  assert_memory_not_equal(digest, zeros, sizeof digest);

  path[0] = view("iat");
  assert_status(jotgate_grant_claim(&grant, path, 1, &value), JOTGATE_OK);
  assert_status(jotgate_value_kind(&value, &kind), JOTGATE_OK);
  assert_int_equal(kind, JOTGATE_KIND_NUMBER);
  assert_status(jotgate_value_integer(&value, &seconds), JOTGATE_OK);
  assert_int_equal(seconds, 1767225480);
  assert_status(jotgate_value_json(&value, &text), JOTGATE_OK);
  assert_text(text, "1767225480");
  assert_status(jotgate_value_string(&value, buffer, sizeof buffer, &text), JOTGATE_OTHER_KIND);
  assert_status(jotgate_value_is_true(&value), JOTGATE_OTHER_KIND);
  assert_status(jotgate_value_member(&value, LITERAL("a"), &item), JOTGATE_OTHER_KIND);
  assert_status(jotgate_value_item(&value, 0, &item), JOTGATE_OTHER_KIND);
  path[0] = view("sub");
  assert_status(jotgate_grant_claim(&grant, path, 1, &value), JOTGATE_OK);
  assert_status(jotgate_value_string(&value, NULL, 0, &text), JOTGATE_OK);
  assert_text(text, "8f1c2d7e-pairwise");
  assert_status(jotgate_value_integer(&value, &seconds), JOTGATE_OTHER_KIND);
  path[1] = view("x");
  assert_status(jotgate_grant_claim(&grant, path, 2, &value), JOTGATE_ABSENT);
  path[0] = view("no such claim");
  assert_status(jotgate_grant_claim(&grant, path, 1, &value), JOTGATE_ABSENT);
  assert_status(jotgate_grant_claim(&grant, NULL, 0, &value), JOTGATE_POLICY_EMPTY_LIST);
  assert_status(jotgate_value_kind(&value, &kind), JOTGATE_BAD_STATE);
}

static void values_of_other_kinds(void **state) {
  static char key_set[8192];
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source;
  jotgate_loaded_t loaded;
  jotgate_issuer_t issuer;
  jotgate_text_t text, path[2], audience = view(AUDIENCE), scope = view("sim-swap");
  jotgate_key_report_t reports[4];
  jotgate_value_t value, item;
  jotgate_grant_t grant;
  const jotgate_algorithm_t *algorithms[1];
  uint32_t kind;
  size_t len = example("partner.jwks.json", key_set, sizeof key_set);
  static const char name[] = "https://sso.partner.example/realms/open-gateway";
  (void)state;
  set_up(&own, "granted-keycloak");
  algorithms[0] = jotgate_rs256();
  source.issuer = view(name);
  source.algorithms = algorithms;
  source.algorithm_count = 1;
  source.unnamed = view("RS256");
  need(jotgate_key_ring_builder_begin(&builder, 2, 1, 4, own.ring_memory, sizeof own.ring_memory));
  assert_status(
      jotgate_key_ring_builder_load(&builder, &source, key_set, len, &own.scratch, reports, 4, &loaded), JOTGATE_OK);
  assert_true(loaded.used >= 1 && loaded.reported == loaded.used + loaded.skipped);
  assert_status(reports[0].outcome, JOTGATE_OK);
  assert_text(reports[0].algorithm, "RS256");
  need(jotgate_key_ring_builder_finish(&builder, &own.ring));
  need(jotgate_issuer_init(&issuer, name, sizeof name - 1, LITERAL("keycloak")));
  need(jotgate_policy_init(&own.policy, &issuer, 1, &audience, 1, &scope, 1, own.policy_memory,
                           sizeof own.policy_memory));
  need(jotgate_validator_init(&own.validator, &own.ring, &own.policy));
  assert_status(check(&grant), JOTGATE_OK);
  path[0] = view("realm_access");
  path[1] = view("roles");
  assert_status(jotgate_grant_claim(&grant, path, 2, &value), JOTGATE_OK);
  assert_status(jotgate_value_kind(&value, &kind), JOTGATE_OK);
  assert_int_equal(kind, JOTGATE_KIND_ARRAY);
  assert_status(jotgate_value_item(&value, 0, &item), JOTGATE_OK);
  assert_status(jotgate_value_string(&item, NULL, 0, &text), JOTGATE_OK);
  assert_text(text, "offline_access");
  assert_status(jotgate_value_item(&value, 1, &item), JOTGATE_ABSENT);
  assert_status(jotgate_grant_claim(&grant, path, 1, &value), JOTGATE_OK);
  assert_status(jotgate_value_member(&value, LITERAL("roles"), &item), JOTGATE_OK);
  assert_status(jotgate_value_member(&value, LITERAL("role"), &item), JOTGATE_ABSENT);
  assert_status(jotgate_value_member(&value, LITERAL("roles"), &value), JOTGATE_OVERLAP);
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_value_member(&value, LITERAL("roles"), &item), JOTGATE_STALE);
}

/* The grant of an earlier check shows nothing, whatever was checked since. */
static void earlier_grants_are_stale(void **state) {
  static char other[4096];
  jotgate_grant_t grant, second, zero;
  jotgate_text_t text, path = view("sub");
  jotgate_value_t value;
  jotgate_peek_t peek;
  uint32_t kind;
  size_t len = example("tokens/expired.jwt", other, sizeof other);
  (void)state;
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_grant_claim(&grant, &path, 1, &value), JOTGATE_OK);
  need(jotgate_presented_bearer(&own.presented, other, len));
  assert_status(check(&second), JOTGATE_EXPIRED);
  assert_status(jotgate_grant_subject(&second, &text), JOTGATE_BAD_STATE);
  assert_status(jotgate_grant_subject(&grant, &text), JOTGATE_STALE);
  assert_null(text.data);
  assert_status(jotgate_value_kind(&value, &kind), JOTGATE_STALE);
  assert_int_equal(kind, 0);
  need(jotgate_presented_bearer(&own.presented, own.token, own.token_len));
  assert_status(check(&grant), JOTGATE_OK);
  need(jotgate_peek_read(&peek, own.token, own.token_len, &own.scratch));
  assert_status(jotgate_grant_has_user(&grant), JOTGATE_STALE);
  /* Memory lent anew is no way around. */
  assert_status(check(&grant), JOTGATE_OK);
  need(jotgate_scratch_init(&own.scratch, JOTGATE_MAX_CLAIMS, own.scratch_memory, sizeof own.scratch_memory));
  assert_status(check(&second), JOTGATE_OK);
  assert_status(jotgate_grant_subject(&grant, &text), JOTGATE_STALE);
  assert_status(jotgate_peek_kid_unverified(&peek, &text), JOTGATE_STALE);
  memset(&zero, 0, sizeof zero);
  assert_status(jotgate_grant_subject(&zero, &text), JOTGATE_BAD_STATE);
  memset(&zero, 0xa5, sizeof zero);
  assert_status(jotgate_grant_subject(&zero, &text), JOTGATE_BAD_STATE);
}

static void misuse_of_check(void **state) {
  jotgate_validator_t validator = own.validator, no_validator;
  jotgate_presented_t no_presented;
  jotgate_scratch_t no_scratch;
  jotgate_worker_t no_worker;
  jotgate_grant_t grant;
  char *memory = (char *)own.scratch_memory;
  (void)state;
  memset(&no_validator, 0, sizeof no_validator);
  memset(&no_presented, 0, sizeof no_presented);
  memset(&no_scratch, 0, sizeof no_scratch);
  memset(&no_worker, 0, sizeof no_worker);
#define CHECK(validator, presented, scratch, worker, grant)                                                            \
  jotgate_validator_check(validator, presented, NOW, scratch, worker, grant)
  assert_status(CHECK(NULL, &own.presented, &own.scratch, &own.worker, &grant), JOTGATE_NULL_POINTER);
  assert_status(CHECK(&validator, NULL, &own.scratch, &own.worker, &grant), JOTGATE_NULL_POINTER);
  assert_status(CHECK(&validator, &own.presented, NULL, &own.worker, &grant), JOTGATE_NULL_POINTER);
  assert_status(CHECK(&validator, &own.presented, &own.scratch, NULL, &grant), JOTGATE_NULL_POINTER);
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, NULL), JOTGATE_NULL_POINTER);
  assert_status(CHECK(&no_validator, &own.presented, &own.scratch, &own.worker, &grant), JOTGATE_BAD_STATE);
  assert_status(CHECK(&validator, &no_presented, &own.scratch, &own.worker, &grant), JOTGATE_BAD_STATE);
  assert_status(CHECK(&validator, &own.presented, &no_scratch, &own.worker, &grant), JOTGATE_BAD_STATE);
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &no_worker, &grant), JOTGATE_BAD_STATE);
  /* One object in the place of another. */
  assert_status(CHECK((jotgate_validator_t *)&own.policy, &own.presented, &own.scratch, &own.worker, &grant),
                JOTGATE_BAD_STATE);
  assert_status(CHECK((jotgate_validator_t *)((char *)&validator + 4), &own.presented, &own.scratch, &own.worker,
                      &grant),
                JOTGATE_MISALIGNED);
  /* Outputs and working memory upon each other. */
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, (jotgate_grant_t *)&own.worker),
                JOTGATE_OVERLAP);
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, (jotgate_grant_t *)own.token),
                JOTGATE_OVERLAP);
  set_up(&own, "granted");
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, (jotgate_grant_t *)(memory + 64)),
                JOTGATE_OVERLAP);
  memcpy(memory + 4096, own.token, own.token_len);
  need(jotgate_presented_bearer(&own.presented, memory + 4096, own.token_len));
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, &grant), JOTGATE_OVERLAP);
  /* The policy went: the validator notices. */
  need(jotgate_presented_bearer(&own.presented, own.token, own.token_len));
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, &grant), JOTGATE_OK);
  memset(&own.policy, 0, sizeof own.policy);
  assert_status(CHECK(&validator, &own.presented, &own.scratch, &own.worker, &grant), JOTGATE_BAD_STATE);
#undef CHECK
}

static void time_and_memory(void **state) {
  jotgate_grant_t grant;
  uint64_t memory[32];
  jotgate_scratch_t small;
  (void)state;
  memset(&small, 0, sizeof small);
  assert_status(jotgate_validator_check(&own.validator, &own.presented, JOTGATE_TIME_NOT_TRUSTED, &own.scratch,
                                        &own.worker, &grant),
                JOTGATE_CLOCK_NOT_TRUSTED);
  assert_status(jotgate_validator_check(&own.validator, &own.presented, 0, &own.scratch, &own.worker, &grant),
                JOTGATE_CLOCK_BELOW_FLOOR);
  assert_status(jotgate_scratch_init(&small, 8, memory, 8), JOTGATE_MEMORY_TOO_SMALL);
  assert_status(jotgate_scratch_init(&small, 8, NULL, 8), JOTGATE_NULL_POINTER);
  assert_status(jotgate_scratch_init(NULL, 8, memory, sizeof memory), JOTGATE_NULL_POINTER);
  assert_status(jotgate_scratch_init(&small, 8, &small, sizeof small), JOTGATE_OVERLAP);
  assert_status(jotgate_scratch_init(&small, 8, memory, TOO_LONG), JOTGATE_LENGTH_OUT_OF_RANGE);
  assert_status(jotgate_scratch_init(&small, 8, memory, sizeof memory), JOTGATE_OK);
  assert_status(
      jotgate_validator_check(&own.validator, &own.presented, NOW, &small, &own.worker, &grant),
      JOTGATE_SCRATCH_TOO_SMALL);
}

static void presented_requests(void **state) {
  jotgate_presented_t presented;
  jotgate_text_t fields[3];
  char header[5000] = "Bearer ";
  uint8_t digest[32] = {1};
  uint32_t scheme;
  (void)state;
  memcpy(header + 7, own.token, own.token_len);
  fields[0].data = header;
  fields[0].len = 7 + own.token_len;
  fields[1] = fields[0];
  fields[2] = fields[0];
  assert_status(jotgate_presented_from_authorization(&own.presented, fields, 1), JOTGATE_OK);
  {
    jotgate_grant_t grant;
    assert_status(check(&grant), JOTGATE_OK);
  }
  assert_status(jotgate_presented_from_authorization(&presented, NULL, 0), JOTGATE_NO_CREDENTIALS);
  assert_status(jotgate_presented_from_authorization(&presented, fields, 2), JOTGATE_BAD_AUTHORIZATION_HEADER);
  assert_status(jotgate_presented_from_authorization(&presented, fields, 3), JOTGATE_BAD_AUTHORIZATION_HEADER);
  assert_status(jotgate_presented_from_authorization(&presented, NULL, 1), JOTGATE_NULL_POINTER);
  assert_status(jotgate_presented_from_authorization(&presented, fields, SIZE_MAX / 2), JOTGATE_LENGTH_OUT_OF_RANGE);
  fields[0] = view("Basic eDp5");
  assert_status(jotgate_presented_from_authorization(&presented, fields, 1), JOTGATE_OTHER_SCHEME);
  fields[0] = view("DPoP abc");
  assert_status(jotgate_presented_from_authorization(&presented, fields, 1), JOTGATE_OK);
  assert_status(jotgate_presented_scheme(&presented, &scheme), JOTGATE_OK);
  assert_int_equal(scheme, JOTGATE_SCHEME_DPOP);
  assert_status(jotgate_presented_bearer(&presented, NULL, 3), JOTGATE_NULL_POINTER);
  assert_status(jotgate_presented_bearer(&presented, header, TOO_LONG), JOTGATE_LENGTH_OUT_OF_RANGE);
  assert_status(jotgate_presented_bearer(&presented, (char *)UINTPTR_MAX - 1, 16), JOTGATE_LENGTH_OUT_OF_RANGE);
  assert_status(jotgate_presented_bearer(&presented, NULL, 0), JOTGATE_OK);
  assert_status(jotgate_presented_scheme(&presented, &scheme), JOTGATE_OK);
  assert_int_equal(scheme, JOTGATE_SCHEME_BEARER);
  assert_status(jotgate_presented_bearer(&presented, (char *)&presented + 8, 4), JOTGATE_OVERLAP);
  assert_status(jotgate_presented_set_certificate(&presented, digest), JOTGATE_OK);
  assert_status(jotgate_presented_set_certificate(&presented, NULL), JOTGATE_NULL_POINTER);
  assert_status(jotgate_presented_set_certificate(&presented, digest), JOTGATE_BAD_STATE);
}

static void policies_and_issuers(void **state) {
  jotgate_policy_t policy;
  jotgate_issuer_t issuer;
  jotgate_grant_t grant;
  jotgate_client_t client;
  jotgate_text_t text, empty = view(""), names[2], bad;
  uint32_t claims[5] = {JOTGATE_CLIENT_CLAIM_AZP, 2, 3, 4, 1};
  uint64_t memory[32];
  (void)state;
  names[0] = view("FraudPreventionAndDetection");
  bad.data = "\xff";
  bad.len = 1;
#define INIT(issuers, n, audiences, m, scopes, k)                                                                      \
  jotgate_policy_init(&policy, issuers, n, audiences, m, scopes, k, memory, sizeof memory)
#define RESET()                                                                                                        \
  do {                                                                                                                 \
    assert_status(INIT(&own.issuer, 1, &own.audience, 1, &own.scope, 1), JOTGATE_OK);                                  \
    need(jotgate_validator_init(&own.validator, &own.ring, &policy));                                                  \
  } while (0)
  assert_status(INIT(NULL, 0, &own.audience, 1, &own.scope, 1), JOTGATE_POLICY_EMPTY_LIST);
  assert_status(INIT(&own.issuer, 1, NULL, 0, &own.scope, 1), JOTGATE_POLICY_EMPTY_LIST);
  assert_status(INIT(&own.issuer, 1, &own.audience, 1, NULL, 0), JOTGATE_POLICY_EMPTY_LIST);
  assert_status(INIT(&own.issuer, 1, &empty, 1, &own.scope, 1), JOTGATE_POLICY_EMPTY_NAME);
  assert_status(INIT(&own.issuer, 1, &bad, 1, &own.scope, 1), JOTGATE_ARGUMENT_NOT_UTF8);
  assert_status(INIT(NULL, 1, &own.audience, 1, &own.scope, 1), JOTGATE_NULL_POINTER);
  assert_status(jotgate_policy_init(&policy, &own.issuer, 1, &own.audience, 1, &own.scope, 1, memory, 16),
                JOTGATE_MEMORY_TOO_SMALL);
  memset(&issuer, 0, sizeof issuer);
  assert_status(INIT(&issuer, 1, &own.audience, 1, &own.scope, 1), JOTGATE_BAD_STATE);
  assert_status(jotgate_validator_init(&own.validator, &own.ring, &policy), JOTGATE_BAD_STATE);
  assert_status(jotgate_policy_init_without_scopes(&policy, &own.issuer, 1, &own.audience, 1, memory, sizeof memory),
                JOTGATE_OK);

  /* Each rule, by what it does to the token. */
  RESET();
  assert_status(jotgate_policy_set_purposes(&policy, names, 1, JOTGATE_PURPOSE_FORM_SCOPE), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_grant_purpose(&grant, &text, &names[1]), JOTGATE_OK);
  assert_text(text, "FraudPreventionAndDetection");
  names[0] = view("Marketing");
  assert_status(jotgate_policy_set_purposes(&policy, names, 1, JOTGATE_PURPOSE_FORM_SCOPE), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_PURPOSE_NOT_ALLOWED);
  RESET();
  client.id = view("bank-one");
  client.group = view("banks");
  assert_status(jotgate_policy_set_clients(&policy, &client, 1), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_grant_client_group(&grant, &text), JOTGATE_OK);
  assert_text(text, "banks");
  client.id = view("bank-two");
  assert_status(jotgate_policy_set_clients(&policy, &client, 1), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_CLIENT_NOT_ALLOWED);
  RESET();
  text = view("bank-one");
  assert_status(jotgate_policy_set_blocked_clients(&policy, &text, 1), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_CLIENT_BLOCKED);
  RESET();
  assert_status(jotgate_policy_set_legs(&policy, JOTGATE_LEGS_TWO), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_USER_NOT_ALLOWED);
  RESET();
  text = view("loa3");
  assert_status(jotgate_policy_set_step_up(&policy, &text, 1, JOTGATE_UNBOUNDED), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_AUTHENTICATION_TOO_WEAK);
  RESET();
  assert_status(jotgate_policy_set_step_up(&policy, NULL, 0, 60), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_AUTHENTICATION_TOO_OLD);
  RESET();
  assert_status(jotgate_policy_set_leeway(&policy, 0), JOTGATE_OK);
  assert_status(jotgate_policy_set_max_lifetime(&policy, 60), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_LIFETIME_TOO_LONG);
  RESET();
  assert_status(jotgate_policy_set_leeway(&policy, 0), JOTGATE_OK);
  assert_status(jotgate_policy_set_max_age(&policy, 60), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_TOO_OLD);
  RESET();
  text = view("may_act");
  assert_status(jotgate_policy_set_required_claims(&policy, &text, 1), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_REQUIRED_CLAIM_MISSING);
  RESET();
  assert_status(jotgate_policy_set_clock_floor(&policy, NOW + 1), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_CLOCK_BELOW_FLOOR);
  RESET();
  assert_status(jotgate_policy_set_max_token_len(&policy, 16), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_TOKEN_TOO_LONG);
  RESET();
  assert_status(jotgate_policy_set_sender_binding(&policy, JOTGATE_BINDING_CERTIFICATE), JOTGATE_OK);
  assert_int_not_equal(check(&grant), JOTGATE_OK);
  RESET();
  assert_status(jotgate_policy_set_realm(&policy, LITERAL("gate")), JOTGATE_OK);
  assert_status(jotgate_policy_set_dialect(&policy, JOTGATE_DIALECT_CAMARA), JOTGATE_OK);

  /* A rule that cannot be added is not forgotten: the policy is empty then. */
#define FAILS(call, expected)                                                                                          \
  do {                                                                                                                 \
    RESET();                                                                                                           \
    assert_status(call, expected);                                                                                     \
    assert_status(check(&grant), JOTGATE_BAD_STATE);                                                                   \
    assert_status(jotgate_policy_set_leeway(&policy, 1), JOTGATE_BAD_STATE);                                           \
  } while (0)
  FAILS(jotgate_policy_set_purposes(&policy, NULL, 0, JOTGATE_PURPOSE_FORM_SCOPE), JOTGATE_POLICY_EMPTY_LIST);
  FAILS(jotgate_policy_set_purposes(&policy, names, 1, 0), JOTGATE_UNKNOWN_VALUE);
  FAILS(jotgate_policy_set_purposes(&policy, &own.audience, 1, 1), JOTGATE_POLICY_PURPOSE_MALFORMED);
  FAILS(jotgate_policy_set_clients(&policy, NULL, 0), JOTGATE_POLICY_EMPTY_LIST);
  FAILS(jotgate_policy_set_clients(&policy, NULL, 1), JOTGATE_NULL_POINTER);
  client.group = bad;
  FAILS(jotgate_policy_set_clients(&policy, &client, 1), JOTGATE_ARGUMENT_NOT_UTF8);
  FAILS(jotgate_policy_set_blocked_clients(&policy, (jotgate_text_t *)&policy, 1), JOTGATE_OVERLAP);
  FAILS(jotgate_policy_set_legs(&policy, 0), JOTGATE_UNKNOWN_VALUE);
  FAILS(jotgate_policy_set_step_up(&policy, NULL, 0, JOTGATE_UNBOUNDED), JOTGATE_POLICY_EMPTY_LIST);
  text = view("a b");
  FAILS(jotgate_policy_set_step_up(&policy, &text, 1, 60), JOTGATE_POLICY_CLASS_MALFORMED);
  FAILS(jotgate_policy_set_leeway(&policy, 301), JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  FAILS(jotgate_policy_set_max_lifetime(&policy, 0), JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  FAILS(jotgate_policy_set_max_age(&policy, 0), JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  FAILS(jotgate_policy_set_required_claims(&policy, &empty, 1), JOTGATE_POLICY_EMPTY_NAME);
  FAILS(jotgate_policy_set_realm(&policy, LITERAL("\"")), JOTGATE_POLICY_REALM_MALFORMED);
  FAILS(jotgate_policy_set_dialect(&policy, 3), JOTGATE_UNKNOWN_VALUE);
  FAILS(jotgate_policy_set_max_token_len(&policy, 16385), JOTGATE_POLICY_TOKEN_LEN_OUT_OF_RANGE);
  FAILS(jotgate_policy_set_sender_binding(&policy, JOTGATE_BINDING_DPOP), JOTGATE_POLICY_DPOP_RULE_MISSING);
  FAILS(jotgate_policy_set_sender_binding(&policy, 9), JOTGATE_UNKNOWN_VALUE);
  FAILS(jotgate_policy_set_status_list(&policy, 0, 1, 1), JOTGATE_UNKNOWN_VALUE);
  FAILS(jotgate_policy_set_introspection(&policy, 0), JOTGATE_UNKNOWN_VALUE);
  FAILS(jotgate_policy_set_dpop(&policy, NULL, NULL, 0), JOTGATE_NULL_POINTER);

  assert_status(jotgate_issuer_init(&issuer, LITERAL(""), LITERAL("rfc9068")), JOTGATE_POLICY_EMPTY_NAME);
  assert_status(jotgate_issuer_init(&issuer, LITERAL("a"), LITERAL("rfc9068 ")), JOTGATE_UNKNOWN_VALUE);
  assert_status(jotgate_issuer_init(&issuer, "\xff", 1, LITERAL("okta")), JOTGATE_ARGUMENT_NOT_UTF8);
#define ISSUER_FAILS(call, expected)                                                                                   \
  do {                                                                                                                 \
    need(jotgate_issuer_init(&issuer, LITERAL("a"), LITERAL("okta")));                                                 \
    assert_status(call, expected);                                                                                     \
    assert_status(jotgate_issuer_accept_any_type(&issuer), (expected) == JOTGATE_OK ? JOTGATE_OK : JOTGATE_BAD_STATE); \
  } while (0)
  ISSUER_FAILS(jotgate_issuer_set_types(&issuer, LITERAL(" ")), JOTGATE_POLICY_EMPTY_LIST);
  ISSUER_FAILS(jotgate_issuer_set_types(&issuer, LITERAL("at+jwt JWT")), JOTGATE_OK);
  ISSUER_FAILS(jotgate_issuer_ignore_key_parameters(&issuer, 16), JOTGATE_UNKNOWN_VALUE);
  ISSUER_FAILS(jotgate_issuer_ignore_key_parameters(&issuer, 15), JOTGATE_OK);
  ISSUER_FAILS(jotgate_issuer_set_client_claims(&issuer, claims, 0), JOTGATE_POLICY_EMPTY_LIST);
  ISSUER_FAILS(jotgate_issuer_set_client_claims(&issuer, claims, 5), JOTGATE_TOO_MANY);
  ISSUER_FAILS(jotgate_issuer_set_client_claims(&issuer, claims, 4), JOTGATE_OK);
  ISSUER_FAILS(jotgate_issuer_set_scope_claim(&issuer, 0, 1), JOTGATE_UNKNOWN_VALUE);
  ISSUER_FAILS(jotgate_issuer_set_scope_claim(&issuer, 1, 0), JOTGATE_UNKNOWN_VALUE);
  ISSUER_FAILS(jotgate_issuer_set_scope_claim(&issuer, JOTGATE_SCOPE_CLAIM_SCP, JOTGATE_SCOPE_FORM_ARRAY), JOTGATE_OK);
}

static void loading_keys(void **state) {
  static const char set[] = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"},7]}";
  const jotgate_algorithm_t *algorithms[JOTGATE_MAX_ALGORITHMS + 1];
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source;
  jotgate_key_report_t reports[2];
  jotgate_loaded_t loaded;
  jotgate_key_ring_t ring;
  uint64_t memory[256], generation;
  size_t count, position;
  (void)state;
  for (position = 0; position <= JOTGATE_MAX_ALGORITHMS; position++) {
    algorithms[position] = jotgate_eddsa();
  }
  source.issuer = view(ISSUER);
  source.algorithms = algorithms;
  source.algorithm_count = 1;
  source.unnamed = view("");
#define BEGIN() need(jotgate_key_ring_builder_begin(&builder, 7, 1, 1, memory, sizeof memory))
#define LOAD(...)                                                                                                      \
  jotgate_key_ring_builder_load(&builder, &source, __VA_ARGS__, &own.scratch, reports, 2, &loaded)
  assert_status(jotgate_key_ring_builder_begin(&builder, 1, 1, 1, memory, 16), JOTGATE_MEMORY_TOO_SMALL);
  assert_status(jotgate_key_ring_builder_begin(&builder, 1, SIZE_MAX, 1, memory, sizeof memory),
                JOTGATE_MEMORY_TOO_SMALL);
  assert_status(jotgate_key_ring_builder_begin(&builder, 1, 1, 1, &builder, sizeof builder), JOTGATE_OVERLAP);
  assert_status(LOAD(LITERAL(set)), JOTGATE_BAD_STATE);
  BEGIN();
  assert_status(LOAD(LITERAL(set)), JOTGATE_LOAD_NO_USABLE_KEY);
  assert_int_equal(loaded.skipped, 2);
  assert_int_equal(loaded.reported, 2);
  assert_status(reports[0].outcome, JOTGATE_SKIP_SYMMETRIC);
  assert_text(reports[0].kind, "oct");
  assert_status(reports[1].outcome, JOTGATE_SKIP_NOT_OBJECT);
  /* Empty again after the failure. */
  assert_status(LOAD(LITERAL(set)), JOTGATE_BAD_STATE);
  assert_status(jotgate_key_ring_builder_finish(&builder, &ring), JOTGATE_BAD_STATE);
  BEGIN();
  assert_status(LOAD(LITERAL("{")), JOTGATE_LOAD_NOT_JSON);
  BEGIN();
  assert_status(LOAD(NULL, 5), JOTGATE_NULL_POINTER);
  BEGIN();
  assert_status(LOAD((char *)memory, 64), JOTGATE_OVERLAP);
  BEGIN();
  source.algorithm_count = 0;
  assert_status(LOAD(LITERAL(set)), JOTGATE_NULL_POINTER);
  BEGIN();
  source.algorithm_count = JOTGATE_MAX_ALGORITHMS + 1;
  assert_status(LOAD(LITERAL(set)), JOTGATE_TOO_MANY);
  BEGIN();
  source.algorithm_count = 1;
  source.unnamed = view("HS256");
  assert_status(LOAD(LITERAL(set)), JOTGATE_UNKNOWN_VALUE);
  BEGIN();
  assert_status(jotgate_key_ring_builder_finish(&builder, &ring), JOTGATE_LOAD_NO_USABLE_KEY);
  assert_status(jotgate_key_ring_generation(&own.ring, &generation), JOTGATE_OK);
  assert_int_equal(generation, 1);
  assert_status(jotgate_key_ring_count(&own.ring, &count), JOTGATE_OK);
  assert_int_equal(count, 2);
  assert_status(jotgate_key_ring_find_issuer(&own.ring, LITERAL(ISSUER), &count), JOTGATE_OK);
  assert_int_equal(count, 0);
  assert_status(jotgate_key_ring_find_issuer(&own.ring, LITERAL("x"), &count), JOTGATE_ABSENT);
  assert_true(jotgate_key_ring_len(1, 1, 64) < sizeof memory);
  assert_true(jotgate_key_ring_len(SIZE_MAX, 1, 1) == SIZE_MAX);
}

static void tables(void **state) {
  jotgate_algorithm_t es256, eddsa;
  const jotgate_algorithm_t *algorithms[2];
  static char key_set[8192];
  static uint64_t ring_memory[512], table_memory[4096 + 32], generator[4096 + 64], base[4096];
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source;
  jotgate_key_report_t reports[3];
  jotgate_loaded_t loaded;
  jotgate_grant_t grant;
  size_t len = example("operator.jwks.json", key_set, sizeof key_set);
  (void)state;
  assert_int_equal(jotgate_es256_tabled_len(3), 0);
  assert_int_equal(jotgate_eddsa_tabled_len(3), 0);
  assert_true(jotgate_es256_tabled_len(JOTGATE_ES256_LINKED) < 256);
  assert_true(jotgate_es256_tabled_len(JOTGATE_ES256_KIB16) <= sizeof generator);
  assert_status(jotgate_es256_tabled(&es256, JOTGATE_ES256_KIB16, JOTGATE_ES256_KIB16, generator, sizeof generator),
                JOTGATE_OK);
  assert_status(jotgate_eddsa_tabled(&eddsa, JOTGATE_EDDSA_KIB15, JOTGATE_EDDSA_BYTES768, base, sizeof base),
                JOTGATE_OK);
  assert_status(jotgate_eddsa_tabled(&eddsa, JOTGATE_EDDSA_KIB15, 1, base, sizeof base), JOTGATE_UNKNOWN_VALUE);
  algorithms[0] = &es256;
  algorithms[1] = &eddsa;
  source.issuer = view(ISSUER);
  source.algorithms = algorithms;
  source.algorithm_count = 2;
  source.unnamed = view("");
  need(jotgate_key_ring_builder_begin(&builder, 9, 1, 4, ring_memory, sizeof ring_memory));
  assert_status(jotgate_key_ring_builder_load(&builder, &source, key_set, len, &own.scratch, reports, 3, &loaded),
                JOTGATE_BAD_STATE);
  need(jotgate_eddsa_tabled(&eddsa, JOTGATE_EDDSA_KIB15, JOTGATE_EDDSA_BYTES768, base, sizeof base));
  need(jotgate_key_ring_builder_begin(&builder, 9, 1, 4, ring_memory, sizeof ring_memory));
  assert_status(jotgate_key_ring_builder_lend_tables(&builder, table_memory, sizeof table_memory), JOTGATE_OK);
  assert_status(jotgate_key_ring_builder_load(&builder, &source, key_set, len, &own.scratch, reports, 3, &loaded),
                JOTGATE_OK);
  assert_int_equal(reports[0].remarks, JOTGATE_REMARK_HAS_TABLE);
  need(jotgate_key_ring_builder_finish(&builder, &own.ring));
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_es256_tabled(&es256, JOTGATE_ES256_KIB16, JOTGATE_ES256_KIB16, generator, 64),
                JOTGATE_MEMORY_TOO_SMALL);
  assert_status(jotgate_es256_tabled(&es256, 2, JOTGATE_ES256_KIB16, generator, sizeof generator),
                JOTGATE_UNKNOWN_VALUE);
  assert_status(jotgate_es256_tabled(&es256, JOTGATE_ES256_LINKED, JOTGATE_ES256_KIB1, generator, sizeof generator),
                JOTGATE_OK);
  assert_status(
      jotgate_key_ring_builder_lend_tables(&builder, table_memory, sizeof table_memory), JOTGATE_BAD_STATE);
}

static void workers_remember(void **state) {
  static uint64_t memory[512];
  jotgate_worker_t worker;
  jotgate_counts_t counts;
  jotgate_grant_t grant;
  static char other[4096];
  size_t position, len = example("tokens/unknown-kid.jwt", other, sizeof other);
  (void)state;
  assert_true(jotgate_worker_len(2, 4, 64) <= sizeof memory);
  assert_status(jotgate_worker_init(&own.worker, 2, 4, 64, memory, sizeof memory), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_worker_counts(&own.worker, &counts), JOTGATE_OK);
  assert_true(counts.granted == 2 && counts.cached == 1 && counts.denied == 0);
  assert_status(jotgate_worker_take_unknown_kid(&own.worker, &position), JOTGATE_ABSENT);
  need(jotgate_presented_bearer(&own.presented, other, len));
  assert_status(check(&grant), JOTGATE_UNKNOWN_KID);
  assert_status(jotgate_worker_take_unknown_kid(&own.worker, &position), JOTGATE_OK);
  assert_int_equal(position, 0);
  assert_status(jotgate_worker_take_unknown_kid(&own.worker, &position), JOTGATE_ABSENT);
  assert_status(jotgate_worker_init(&worker, 2, 4, 64, memory, 64), JOTGATE_MEMORY_TOO_SMALL);
  assert_status(jotgate_worker_init(&worker, SIZE_MAX, 4, 64, memory, sizeof memory), JOTGATE_MEMORY_TOO_SMALL);
  assert_status(jotgate_worker_counts(&worker, &counts), JOTGATE_BAD_STATE);
  /* Memory of scratch and worker are the same: refused. */
  need(jotgate_worker_init(&own.worker, 0, 2, 64, own.scratch_memory, sizeof own.scratch_memory));
  assert_status(check(&grant), JOTGATE_OVERLAP);
}

static void answers(void **state) {
  jotgate_answer_t answer;
  jotgate_grant_t grant;
  char buffer[2048];
  jotgate_verdict_t verdicts[JOTGATE_RULES];
  size_t count;
  (void)state;
#define ANSWER(status, len) jotgate_validator_answer(&own.validator, 1, NULL, 0, status, buffer, len, &answer)
  assert_status(ANSWER(JOTGATE_EXPIRED, sizeof buffer), JOTGATE_OK);
  assert_int_equal(answer.http_status, 401);
  assert_text(answer.code, "UNAUTHENTICATED");
  assert_memory_equal(answer.www_authenticate.data, "Bearer error=\"invalid_token\"", 28);
  assert_status(ANSWER(JOTGATE_SCOPE_MISSING, sizeof buffer), JOTGATE_OK);
  assert_int_equal(answer.http_status, 403);
  assert_status(ANSWER(JOTGATE_CLOCK_NOT_TRUSTED, JOTGATE_ANSWER_LEN), JOTGATE_OK);
  assert_int_equal(answer.http_status, 503);
  assert_int_equal(answer.www_authenticate.len, 0);
  /* What the host did wrong is a 500, and so is a forgotten status. */
  assert_status(ANSWER(JOTGATE_STALE, sizeof buffer), JOTGATE_OK);
  assert_int_equal(answer.http_status, 500);
  assert_status(ANSWER(JOTGATE_NOT_JUDGED, sizeof buffer), JOTGATE_OK);
  assert_int_equal(answer.http_status, 500);
  assert_status(ANSWER(JOTGATE_OK, sizeof buffer), JOTGATE_UNKNOWN_VALUE);
  assert_int_equal(answer.http_status, 0);
  assert_status(ANSWER(JOTGATE_EXPIRED, 16), JOTGATE_BUFFER_TOO_SMALL);
  assert_status(jotgate_validator_answer(&own.validator, 3, NULL, 0, JOTGATE_EXPIRED, buffer, sizeof buffer, &answer),
                JOTGATE_UNKNOWN_VALUE);
  assert_status(
      jotgate_validator_answer(&own.validator, 1, LITERAL("a\r\nb"), JOTGATE_EXPIRED, buffer, sizeof buffer, &answer),
      JOTGATE_UNKNOWN_VALUE);
  assert_status(jotgate_validator_explain(&own.validator, &own.presented, NOW + 100000, &own.scratch, verdicts,
                                          JOTGATE_RULES, &count),
                JOTGATE_OK);
  assert_int_equal(count, JOTGATE_RULES);
  assert_text(verdicts[2].rule, "signature");
  assert_status(verdicts[2].outcome, JOTGATE_OK);
  assert_status(verdicts[7].outcome, JOTGATE_EXPIRED);
  present("a.b");
  assert_status(check(&grant), JOTGATE_NOT_JWT);
  assert_status(jotgate_validator_explain(&own.validator, &own.presented, NOW, &own.scratch, verdicts, 2, &count),
                JOTGATE_OK);
  assert_status(verdicts[0].outcome, JOTGATE_NOT_JWT);
  assert_status(verdicts[1].outcome, JOTGATE_NOT_JUDGED);
}

static void untrusted_looks_and_signed_objects(void **state) {
  jotgate_peek_t peek;
  jotgate_text_t text, other;
  uint8_t digest[JOTGATE_DIGEST_LEN];
  char buffer[64];
  (void)state;
  assert_status(jotgate_peek_read(&peek, own.token, own.token_len, &own.scratch), JOTGATE_OK);
  assert_status(jotgate_peek_kid_unverified(&peek, &text), JOTGATE_OK);
  assert_text(text, "op-2026-01");
  assert_status(jotgate_peek_issuer_unverified(&peek, &text), JOTGATE_OK);
  assert_text(text, ISSUER);
  assert_status(jotgate_peek_octets_unverified(&peek, &text, &other), JOTGATE_OK);
  assert_int_equal(text.data[0], '{');
  assert_status(jotgate_peek_read(&peek, LITERAL("a.b"), &own.scratch), JOTGATE_NOT_JWT);
  assert_status(jotgate_peek_kid_unverified(&peek, &text), JOTGATE_BAD_STATE);
#define VERIFY(issuer, token, len)                                                                                     \
  jotgate_jws_verify(&own.ring, issuer, strlen(issuer), token, len, &own.scratch, &text, digest)
  assert_status(VERIFY(ISSUER, own.token, own.token_len), JOTGATE_OK);
  assert_int_equal(text.data[0], '{');
  assert_status(VERIFY("x", own.token, own.token_len), JOTGATE_NO_KEYS_FOR_ISSUER);
  own.token[own.token_len - 10] ^= 1;
  assert_status(VERIFY(ISSUER, own.token, own.token_len), JOTGATE_BAD_SIGNATURE);
  assert_null(text.data);
  assert_status(jotgate_text_escape("a\"\n\xe4%s", 6, buffer, sizeof buffer, &text), JOTGATE_OK);
  assert_text(text, "a\\x22\\x0a\\xe4%s");
  assert_status(jotgate_text_escape("a\n", 2, buffer, 4, &text), JOTGATE_BUFFER_TOO_SMALL);
  assert_status(jotgate_text_escape(buffer, 8, buffer, sizeof buffer, &text), JOTGATE_OVERLAP);
}

static void revocation_and_introspection(void **state) {
  static const char text[] = "client bank-one\nclient bank-two\n";
  static const char wrong[] = "client bank-one\nclientele\n";
  static uint64_t memory[32], other_memory[1024];
  jotgate_revocation_facts_t facts = {1, NOW, {1}};
  jotgate_revocation_list_t list;
  jotgate_scratch_t other;
  jotgate_inquiry_t inquiry;
  jotgate_grant_t grant;
  jotgate_text_t issuer;
  uint8_t digest[JOTGATE_DIGEST_LEN];
  size_t line, count;
  (void)state;
  memset(&other, 0, sizeof other);
  need(jotgate_scratch_init(&other, 64, other_memory, sizeof other_memory));
  assert_true(jotgate_revocation_list_len(2) <= sizeof memory);
  assert_status(jotgate_revocation_list_load(&list, LITERAL(wrong), &facts, memory, sizeof memory, &line),
                JOTGATE_REVOCATION_UNKNOWN_KIND);
  assert_int_equal(line, 2);
  assert_status(jotgate_validator_set_revocations(&own.validator, &list), JOTGATE_BAD_STATE);
  need(jotgate_validator_init(&own.validator, &own.ring, &own.policy));
  assert_status(jotgate_revocation_list_load(&list, LITERAL(text), &facts, memory, sizeof memory, &line), JOTGATE_OK);
  assert_int_equal(line, 0);
  assert_status(jotgate_revocation_list_count(&list, &count), JOTGATE_OK);
  assert_int_equal(count, 2);
  assert_status(jotgate_policy_set_revocation(&own.policy, 60, 0), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_REVOCATION_LIST_MISSING);
  assert_status(jotgate_validator_set_revocations(&own.validator, &list), JOTGATE_OK);
  assert_int_equal(check(&grant) / 1000, 5);
  set_up(&own, "granted");
  assert_status(jotgate_policy_set_introspection(&own.policy, JOTGATE_UNANSWERED_DENY), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_INTROSPECTION_NOT_ASKED);
#define ASK()                                                                                                          \
  jotgate_validator_check_or_ask(&own.validator, &own.presented, NOW, &own.scratch, &own.worker, &grant, &inquiry)
#define ANSWERED(text, scratch) jotgate_inquiry_answered(&inquiry, LITERAL(text), NOW, scratch, &grant)
  assert_status(ASK(), JOTGATE_ASK);
  assert_status(jotgate_grant_subject(&grant, &issuer), JOTGATE_BAD_STATE);
  assert_status(jotgate_inquiry_about(&inquiry, &issuer, digest), JOTGATE_OK);
  assert_text(issuer, ISSUER);
  assert_status(ANSWERED("{\"active\":true}", &other), JOTGATE_OK);
  assert_status(jotgate_grant_subject(&grant, &issuer), JOTGATE_OK);
  assert_status(ANSWERED("{\"active\":true}", &other), JOTGATE_BAD_STATE);
  assert_status(ASK(), JOTGATE_ASK);
  assert_status(ANSWERED("{\"active\":false}", &other), JOTGATE_INTROSPECTION_INACTIVE);
  assert_status(ASK(), JOTGATE_ASK);
  assert_status(ANSWERED("{", &other), JOTGATE_INTROSPECTION_MALFORMED);
  assert_status(ASK(), JOTGATE_ASK);
  assert_status(ANSWERED("{\"active\":true}", &own.scratch), JOTGATE_OVERLAP);
  assert_status(ASK(), JOTGATE_ASK);
  assert_status(jotgate_inquiry_unanswered(&inquiry, NOW, &grant), JOTGATE_INTROSPECTION_UNANSWERED);
}

static void replay_windows(void **state) {
  static uint64_t memory[512], policy_memory[16];
  uint8_t key[16] = {7};
  jotgate_replay_window_t window;
  jotgate_dpop_rule_t rule;
  jotgate_dpop_request_t request;
  jotgate_text_t field = view("x.y.z");
  const jotgate_algorithm_t *algorithms[1];
  jotgate_grant_t grant;
  (void)state;
  algorithms[0] = jotgate_es256();
  memset(&rule, 0, sizeof rule);
  rule.algorithms = algorithms;
  rule.algorithm_count = 1;
  rule.max_age = 300;
  rule.digests = JOTGATE_DIGESTS_NOT_REQUIRED;
  rule.memory = JOTGATE_REPLAY_WHILE_PROOF_IS_FRESH;
  assert_true(jotgate_replay_window_len(64, 8) <= sizeof memory);
#define WINDOW(proofs, clients, quota, life)                                                                           \
  jotgate_replay_window_init(&window, proofs, clients, key, quota, life, memory, sizeof memory)
  assert_status(WINDOW(0, 8, 4, 600), JOTGATE_POLICY_EMPTY_LIST);
  assert_status(WINDOW(64, 8, 0, 600), JOTGATE_POLICY_QUOTA_OUT_OF_RANGE);
  assert_status(WINDOW(64, 8, 4, 0), JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  assert_status(WINDOW(SIZE_MAX, 8, 4, 600), JOTGATE_MEMORY_TOO_SMALL);
  assert_status(WINDOW(64, 8, 4, 600), JOTGATE_OK);
  assert_status(jotgate_validator_set_replay_window(&own.validator, &window), JOTGATE_OK);
  assert_status(jotgate_policy_set_dpop(&own.policy, &rule, policy_memory, sizeof policy_memory), JOTGATE_OK);
  assert_status(jotgate_policy_set_sender_binding(&own.policy, JOTGATE_BINDING_DPOP), JOTGATE_OK);
  memset(&request, 0, sizeof request);
  request.fields = &field;
  request.field_count = 1;
  request.method = view("GET");
  request.scheme = view("https");
  request.authority = view("api.example");
  request.path = view("/");
  assert_status(jotgate_presented_set_dpop(&own.presented, &request), JOTGATE_OK);
  /* The token of the example is bound to nothing. */
  assert_int_equal(check(&grant) / 1000, 5);
  request.query_state = 9;
  assert_status(jotgate_presented_set_dpop(&own.presented, &request), JOTGATE_UNKNOWN_VALUE);
  assert_status(check(&grant), JOTGATE_BAD_STATE);
}

static void id_tokens(void **state) {
  jotgate_id_token_t id_token;
  jotgate_id_token_rule_t rule;
  jotgate_value_t value;
  jotgate_text_t text, classes[9];
  int64_t seconds;
  size_t position;
  (void)state;
  set_up(&own, "id-token");
  memset(&rule, 0, sizeof rule);
  rule.issuer = view(ISSUER);
  rule.client_id = view("bank-one");
  rule.algorithm = view("ES256");
  rule.nonce = view("n-0S6");
  rule.max_authentication_age = JOTGATE_UNBOUNDED;
  rule.max_age = 600;
  rule.leeway = 60;
  rule.clock_floor = 31536000;
#define CHECK_ID() jotgate_id_token_check(own.token, own.token_len, &own.ring, &rule, NOW, &own.scratch, &id_token)
  assert_status(CHECK_ID(), JOTGATE_OK);
  assert_status(jotgate_id_token_subject(&id_token, &text), JOTGATE_OK);
  assert_text(text, "8f1c2d7e-pairwise");
  assert_status(jotgate_id_token_authentication_class(&id_token, &text), JOTGATE_ABSENT);
  assert_status(jotgate_id_token_authenticated_at(&id_token, &seconds), JOTGATE_ABSENT);
  assert_status(jotgate_id_token_claim(&id_token, LITERAL("nonce"), &value), JOTGATE_OK);
  assert_status(jotgate_value_string(&value, NULL, 0, &text), JOTGATE_OK);
  assert_text(text, "n-0S6");
  assert_status(jotgate_id_token_claim(&id_token, LITERAL("acr"), &value), JOTGATE_ABSENT);
  rule.nonce = view("another");
  assert_int_equal(CHECK_ID() / 1000, 4);
  assert_status(jotgate_id_token_subject(&id_token, &text), JOTGATE_BAD_STATE);
  rule.nonce = view("n-0S6");
  rule.client_id = view("bank-two");
  assert_status(CHECK_ID(), JOTGATE_WRONG_AUDIENCE);
  rule.client_id = view("");
  assert_status(CHECK_ID(), JOTGATE_POLICY_EMPTY_NAME);
  rule.client_id = view("bank-one");
  rule.algorithm = view("RS256");
  assert_status(CHECK_ID(), JOTGATE_ALGORITHM_MISMATCH);
  rule.algorithm = view("HS256");
  assert_status(CHECK_ID(), JOTGATE_UNKNOWN_VALUE);
  rule.algorithm = view("ES256");
  rule.max_age = 0;
  assert_status(CHECK_ID(), JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  rule.max_age = 600;
  for (position = 0; position < 9; position++) {
    classes[position] = view("loa3");
  }
  rule.classes = classes;
  rule.class_count = 9;
  assert_status(CHECK_ID(), JOTGATE_TOO_MANY);
  rule.class_count = 8;
  assert_status(CHECK_ID(), JOTGATE_AUTHENTICATION_TOO_WEAK);
  rule.class_count = 0;
  rule.access_token = view("abc");
  assert_status(CHECK_ID(), JOTGATE_UNKNOWN_VALUE);
  rule.access_token_hash = JOTGATE_HASH_OPTIONAL;
  assert_status(CHECK_ID(), JOTGATE_OK);
  rule.access_token_hash = JOTGATE_HASH_REQUIRED;
  assert_int_equal(CHECK_ID() / 1000, 4);
  rule.access_token = view("");
  need(jotgate_presented_bearer(&own.presented, own.token, own.token_len));
  assert_status(CHECK_ID(), JOTGATE_OK);
  need(jotgate_scratch_init(&own.scratch, JOTGATE_MAX_CLAIMS, own.scratch_memory, sizeof own.scratch_memory));
  assert_status(jotgate_id_token_subject(&id_token, &text), JOTGATE_STALE);
}

/* Good lists are loaded by judge.c. */
static void status_lists_that_are_none(void **state) {
  static uint64_t memory[64];
  jotgate_status_lists_t lists;
  jotgate_status_list_source_t source;
  jotgate_grant_t grant;
  (void)state;
  source.issuer = view(ISSUER);
  source.uri = view("https://a.example/1");
  source.received_at = NOW;
  source.leeway = 0;
#define LOAD_LIST() jotgate_status_lists_load(&lists, own.token, own.token_len, &source, &own.ring, &own.scratch)
  assert_status(jotgate_status_lists_begin(&lists, 64, memory, sizeof memory), JOTGATE_MEMORY_TOO_SMALL);
  assert_status(LOAD_LIST(), JOTGATE_BAD_STATE);
  assert_status(jotgate_status_lists_begin(&lists, 1, memory, sizeof memory), JOTGATE_OK);
  assert_status(LOAD_LIST(), JOTGATE_STATUS_LIST_WRONG_TYPE);
  source.issuer = view("x");
  assert_status(LOAD_LIST(), JOTGATE_STATUS_LIST_NO_KEYS_FOR_ISSUER);
  assert_status(jotgate_validator_set_status_lists(&own.validator, &lists), JOTGATE_OK);
  assert_status(jotgate_policy_set_status_list(&own.policy, JOTGATE_STATUS_WHEN_PRESENT, 60, 0), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_validator_set_status_lists(&own.validator, NULL), JOTGATE_NULL_POINTER);
  assert_status(check(&grant), JOTGATE_BAD_STATE);
}

static void reviewed_crates(void **state) {
  static char key_set[8192];
  const jotgate_algorithm_t *algorithms[2];
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source;
  jotgate_loaded_t loaded;
  jotgate_grant_t grant;
  size_t len = example("operator.jwks.json", key_set, sizeof key_set);
  (void)state;
  algorithms[0] = jotgate_es256_rustcrypto();
  algorithms[1] = jotgate_eddsa_dalek();
  source.issuer = view(ISSUER);
  source.algorithms = algorithms;
  source.algorithm_count = 2;
  source.unnamed = view("");
  need(jotgate_key_ring_builder_begin(&builder, 2, 1, 4, own.ring_memory, sizeof own.ring_memory));
  need(jotgate_key_ring_builder_load(&builder, &source, key_set, len, &own.scratch, NULL, 0, &loaded));
  need(jotgate_key_ring_builder_finish(&builder, &own.ring));
  assert_status(check(&grant), JOTGATE_OK);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup(name, set_up_granted)
  const struct CMUnitTest tests[] = {
      TEST(version),
      TEST(grant_says_what_the_token_says),
      TEST(values_of_other_kinds),
      TEST(earlier_grants_are_stale),
      TEST(misuse_of_check),
      TEST(time_and_memory),
      TEST(presented_requests),
      TEST(policies_and_issuers),
      TEST(loading_keys),
      TEST(tables),
      TEST(workers_remember),
      TEST(answers),
      TEST(untrusted_looks_and_signed_objects),
      TEST(revocation_and_introspection),
      TEST(replay_windows),
      TEST(id_tokens),
      TEST(status_lists_that_are_none),
      TEST(reviewed_crates),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

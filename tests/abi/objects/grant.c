/* What a grant says, and how long. */
#include "objects.h"

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
  jotgate_key_source_t source = {0};
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
  source.section = view("");
  source.algorithms = algorithms;
  source.algorithm_count = 1;
  source.default_rsa_algorithm = view("RS256");
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

int grant_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(grant_says_what_the_token_says),
      TEST(values_of_other_kinds),
      TEST(earlier_grants_are_stale),
  };
  return cmocka_run_group_tests_name("grant", tests, NULL, NULL);
}

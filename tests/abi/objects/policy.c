/* Policies and issuers: each rule, by what it does to a token. */
#include "objects.h"

static void policies_and_issuers(void **state) {
  jotgate_policy_t policy;
  jotgate_issuer_t issuer;
  jotgate_grant_t grant;
  jotgate_client_t client;
  jotgate_text_t text, empty = view(""), names[2], bad;
  uint32_t claims[5] = {JOTGATE_CLIENT_CLAIM_AZP, 1, 3, 4, 1};
  uint64_t memory[32];
  char many[2 * 129];
  size_t position;
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
  text = view("sim-swap \"");
  assert_status(INIT(&own.issuer, 1, &own.audience, 1, &text, 1), JOTGATE_POLICY_SCOPE_MALFORMED);
  for (position = 0; position < 129; position++) {
    many[2 * position] = 'a';
    many[2 * position + 1] = ' ';
  }
  text.data = many;
  text.len = sizeof many - 1;
  assert_status(INIT(&own.issuer, 1, &own.audience, 1, &text, 1), JOTGATE_POLICY_TOO_MANY_SCOPES);
  memset(&issuer, 0, sizeof issuer);
  assert_status(INIT(&issuer, 1, &own.audience, 1, &own.scope, 1), JOTGATE_BAD_STATE);
  assert_status(jotgate_validator_init(&own.validator, &own.ring, &policy), JOTGATE_BAD_STATE);
  assert_status(jotgate_policy_init_without_scopes(&policy, &own.issuer, 1, &own.audience, 1, memory, sizeof memory),
                JOTGATE_OK);

  /* By client, whatever the audience: only tokens that show what they are, and only listed clients. */
#define BY_CLIENT(issuer, n)                                                                                           \
  jotgate_policy_init_by_client(&policy, issuer, 1, &client, n, &own.scope, 1, memory, sizeof memory)
  client.id = view("bank-one");
  client.group = view("banks");
  assert_status(BY_CLIENT(&own.issuer, 1), JOTGATE_OK);
  need(jotgate_validator_init(&own.validator, &own.ring, &policy));
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_grant_client_group(&grant, &text), JOTGATE_OK);
  assert_text(text, "banks");
  client.id = view("bank-two");
  assert_status(BY_CLIENT(&own.issuer, 1), JOTGATE_OK);
  assert_status(check(&grant), JOTGATE_CLIENT_NOT_ALLOWED);
  assert_status(BY_CLIENT(&own.issuer, 0), JOTGATE_POLICY_EMPTY_LIST);
  need(jotgate_issuer_init(&issuer, LITERAL(ISSUER), LITERAL("cognito")));
  assert_status(BY_CLIENT(&issuer, 1), JOTGATE_OK);
  assert_status(INIT(&issuer, 1, &own.audience, 1, &own.scope, 1), JOTGATE_POLICY_AUDIENCE_NOT_REQUIRED);
  need(jotgate_issuer_init(&issuer, LITERAL(ISSUER), LITERAL("rfc9068")));
  need(jotgate_issuer_accept_any_type(&issuer));
  assert_status(BY_CLIENT(&issuer, 1), JOTGATE_POLICY_KIND_NOT_MARKED);

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
  assert_status(jotgate_policy_set_resource_metadata(&policy, LITERAL("https://a.example/m")), JOTGATE_OK);
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
  FAILS(jotgate_policy_set_blocked_clients(&policy, NULL, 0), JOTGATE_POLICY_EMPTY_LIST);
  FAILS(jotgate_policy_set_blocked_clients(&policy, &empty, 1), JOTGATE_POLICY_EMPTY_NAME);
  FAILS(jotgate_policy_set_legs(&policy, 0), JOTGATE_UNKNOWN_VALUE);
  FAILS(jotgate_policy_set_step_up(&policy, NULL, 0, JOTGATE_UNBOUNDED), JOTGATE_POLICY_EMPTY_LIST);
  text = view("a b");
  FAILS(jotgate_policy_set_step_up(&policy, &text, 1, 60), JOTGATE_POLICY_CLASS_MALFORMED);
  FAILS(jotgate_policy_set_leeway(&policy, 301), JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  FAILS(jotgate_policy_set_max_lifetime(&policy, 0), JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  FAILS(jotgate_policy_set_max_age(&policy, 0), JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  FAILS(jotgate_policy_set_required_claims(&policy, NULL, 0), JOTGATE_POLICY_EMPTY_LIST);
  FAILS(jotgate_policy_set_required_claims(&policy, &empty, 1), JOTGATE_POLICY_EMPTY_NAME);
  FAILS(jotgate_policy_set_realm(&policy, LITERAL("")), JOTGATE_POLICY_EMPTY_NAME);
  FAILS(jotgate_policy_set_realm(&policy, LITERAL("\"")), JOTGATE_POLICY_REALM_MALFORMED);
  FAILS(jotgate_policy_set_resource_metadata(&policy, LITERAL("http://a.example")), JOTGATE_POLICY_METADATA_MALFORMED);
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
  ISSUER_FAILS(jotgate_issuer_ignore_key_parameters(&issuer, 0), JOTGATE_UNKNOWN_VALUE);
  ISSUER_FAILS(jotgate_issuer_ignore_key_parameters(&issuer, 15), JOTGATE_OK);
  ISSUER_FAILS(jotgate_issuer_accept_subject_digits(&issuer), JOTGATE_OK);
  ISSUER_FAILS(jotgate_issuer_tolerate_nonce(&issuer), JOTGATE_POLICY_KIND_NOT_MARKED);
  need(jotgate_issuer_init(&issuer, LITERAL("a"), LITERAL("rfc9068")));
  assert_status(jotgate_issuer_tolerate_nonce(&issuer), JOTGATE_POLICY_TOLERANCE_IDLE);
  need(jotgate_issuer_init(&issuer, LITERAL("a"), LITERAL("keycloak")));
  need(jotgate_issuer_tolerate_nonce(&issuer));
  need(jotgate_issuer_accept_any_type(&issuer));
  need(jotgate_issuer_init(&issuer, LITERAL("a"), LITERAL("okta")));
  need(jotgate_issuer_set_types(&issuer, LITERAL("at+jwt")));
  need(jotgate_issuer_tolerate_nonce(&issuer));
  assert_status(jotgate_issuer_accept_any_type(&issuer), JOTGATE_POLICY_KIND_NOT_MARKED);
  ISSUER_FAILS(jotgate_issuer_set_client_claims(&issuer, claims, 0), JOTGATE_POLICY_EMPTY_LIST);
  ISSUER_FAILS(jotgate_issuer_set_client_claims(&issuer, claims, 5), JOTGATE_TOO_MANY);
  ISSUER_FAILS(jotgate_issuer_set_client_claims(&issuer, claims, 4), JOTGATE_OK);
  claims[3] = claims[0];
  ISSUER_FAILS(jotgate_issuer_set_client_claims(&issuer, claims, 4), JOTGATE_UNKNOWN_VALUE);
  ISSUER_FAILS(jotgate_issuer_set_client_claims(&issuer, claims, 3), JOTGATE_OK);
  ISSUER_FAILS(jotgate_issuer_set_scope_claim(&issuer, 0, 1), JOTGATE_UNKNOWN_VALUE);
  ISSUER_FAILS(jotgate_issuer_set_scope_claim(&issuer, 1, 0), JOTGATE_UNKNOWN_VALUE);
  ISSUER_FAILS(jotgate_issuer_set_scope_claim(&issuer, JOTGATE_SCOPE_CLAIM_SCP, JOTGATE_SCOPE_FORM_ARRAY), JOTGATE_OK);
}

int policy_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(policies_and_issuers),
  };
  return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}

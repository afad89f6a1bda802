/* ID tokens. */
#include "objects.h"

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
  rule.nonce_presence = JOTGATE_PRESENCE_PRESENT;
  rule.classes_presence = JOTGATE_PRESENCE_ABSENT;
  rule.auth_request_presence = rule.refresh_token_presence = JOTGATE_PRESENCE_ABSENT;
  rule.access_token_hash = rule.code_hash = JOTGATE_HASH_NOT_CHECKED;
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
  rule.classes_presence = JOTGATE_PRESENCE_PRESENT;
  assert_status(CHECK_ID(), JOTGATE_TOO_MANY);
  rule.class_count = 8;
  assert_status(CHECK_ID(), JOTGATE_AUTHENTICATION_TOO_WEAK);
  rule.class_count = 0;
  rule.classes_presence = JOTGATE_PRESENCE_ABSENT;
  rule.access_token = view("abc");
  assert_status(CHECK_ID(), JOTGATE_UNKNOWN_VALUE);
  rule.access_token_hash = JOTGATE_HASH_OPTIONAL;
  assert_status(CHECK_ID(), JOTGATE_OK);
  rule.access_token_hash = JOTGATE_HASH_REQUIRED;
  assert_int_equal(CHECK_ID() / 1000, 4);
  rule.access_token = view("");
  assert_status(CHECK_ID(), JOTGATE_POLICY_EMPTY_NAME);
  rule.access_token_hash = JOTGATE_HASH_NOT_CHECKED;
  need(jotgate_presented_bearer(&own.presented, own.token, own.token_len));
  assert_status(CHECK_ID(), JOTGATE_OK);
  need(jotgate_scratch_init(&own.scratch, JOTGATE_MAX_CLAIMS, own.scratch_memory, sizeof own.scratch_memory));
  assert_status(jotgate_id_token_subject(&id_token, &text), JOTGATE_STALE);
}

/* Nothing is switched off by what was forgotten: of everything it must be said whether it came, and what came is not
   empty. */
static void what_is_not_said(void **state) {
  jotgate_id_token_t id_token;
  jotgate_id_token_rule_t good, rule;
  jotgate_text_t some = view("x");
  (void)state;
  set_up(&own, "id-token");
  memset(&good, 0, sizeof good);
  good.issuer = view(ISSUER);
  good.client_id = view("bank-one");
  good.algorithm = view("ES256");
  good.nonce_presence = good.classes_presence = JOTGATE_PRESENCE_ABSENT;
  good.auth_request_presence = good.refresh_token_presence = JOTGATE_PRESENCE_ABSENT;
  good.access_token_hash = good.code_hash = JOTGATE_HASH_NOT_CHECKED;
  good.max_authentication_age = JOTGATE_UNBOUNDED;
  good.max_age = 600;
  good.leeway = 60;
  good.clock_floor = 31536000;
#define SAID(member, value, expected)                                                                                  \
  do {                                                                                                                 \
    rule = good;                                                                                                       \
    rule.member = value;                                                                                               \
    assert_status(CHECK_ID(), expected);                                                                               \
  } while (0)
  SAID(leeway, 60, JOTGATE_OK);
  SAID(nonce_presence, 0, JOTGATE_UNKNOWN_VALUE);
  SAID(nonce_presence, JOTGATE_PRESENCE_PRESENT, JOTGATE_POLICY_EMPTY_NAME);
  SAID(nonce, some, JOTGATE_UNKNOWN_VALUE);
  SAID(classes_presence, 0, JOTGATE_UNKNOWN_VALUE);
  SAID(classes_presence, JOTGATE_PRESENCE_PRESENT, JOTGATE_POLICY_EMPTY_LIST);
  SAID(class_count, 1, JOTGATE_UNKNOWN_VALUE);
  SAID(trusted_audience_count, 1, JOTGATE_NULL_POINTER);
  SAID(access_token_hash, 0, JOTGATE_UNKNOWN_VALUE);
  SAID(access_token_hash, JOTGATE_HASH_OPTIONAL, JOTGATE_POLICY_EMPTY_NAME);
  SAID(access_token_hash, JOTGATE_HASH_REQUIRED, JOTGATE_POLICY_EMPTY_NAME);
  SAID(access_token, some, JOTGATE_UNKNOWN_VALUE);
  SAID(code_hash, 0, JOTGATE_UNKNOWN_VALUE);
  SAID(code_hash, JOTGATE_HASH_OPTIONAL, JOTGATE_POLICY_EMPTY_NAME);
  SAID(code_hash, JOTGATE_HASH_REQUIRED, JOTGATE_POLICY_EMPTY_NAME);
  SAID(code, some, JOTGATE_UNKNOWN_VALUE);
  SAID(auth_request_presence, 0, JOTGATE_UNKNOWN_VALUE);
  SAID(auth_request_presence, JOTGATE_PRESENCE_PRESENT, JOTGATE_UNKNOWN_VALUE);
  SAID(auth_request, some, JOTGATE_UNKNOWN_VALUE);
  SAID(refresh_token_presence, 0, JOTGATE_UNKNOWN_VALUE);
  SAID(refresh_token_presence, JOTGATE_PRESENCE_PRESENT, JOTGATE_UNKNOWN_VALUE);
  SAID(refresh_token, some, JOTGATE_UNKNOWN_VALUE);
  SAID(clock_floor, 0, JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  SAID(max_age, 0, JOTGATE_POLICY_SECONDS_OUT_OF_RANGE);
  /* A push has an access token, whose hash must be there. */
  good.auth_request_presence = JOTGATE_PRESENCE_PRESENT;
  good.access_token = some;
  good.access_token_hash = JOTGATE_HASH_REQUIRED;
  SAID(auth_request, view(""), JOTGATE_POLICY_EMPTY_NAME);
  good.auth_request = some;
  SAID(access_token_hash, JOTGATE_HASH_OPTIONAL, JOTGATE_UNKNOWN_VALUE);
  SAID(refresh_token_presence, JOTGATE_PRESENCE_PRESENT, JOTGATE_POLICY_EMPTY_NAME);
  SAID(leeway, 60, JOTGATE_ACCESS_TOKEN_HASH_MISSING);
#undef SAID
}

/* The ID tokens of tests/abi/make_data.py. */
static void what_a_client_expects(void **state) {
  jotgate_id_token_t id_token;
  jotgate_id_token_rule_t good, rule;
  jotgate_text_t text, trusted = view("bank-two"), classes = view("loa2");
  char token[1024];
  int64_t seconds;
  size_t len = data("id-whole", token, sizeof token);
  (void)state;
  memset(&good, 0, sizeof good);
  good.issuer = view(ISSUER);
  good.client_id = view("bank-one");
  good.algorithm = view("ES256");
  good.trusted_audiences = &trusted;
  good.trusted_audience_count = 1;
  good.nonce = view("n-0S6");
  good.classes = &classes;
  good.class_count = 1;
  good.max_authentication_age = 300;
  good.max_age = 600;
  good.leeway = 60;
  good.clock_floor = 31536000;
  good.access_token = view("access");
  good.access_token_hash = JOTGATE_HASH_REQUIRED;
  good.code = view("code");
  good.code_hash = JOTGATE_HASH_REQUIRED;
  good.auth_request = view("request-1");
  good.refresh_token = view("refresh");
  good.nonce_presence = good.classes_presence = JOTGATE_PRESENCE_PRESENT;
  good.auth_request_presence = good.refresh_token_presence = JOTGATE_PRESENCE_PRESENT;
#define JUDGE(expected)                                                                                                \
  assert_status(jotgate_id_token_check(token, len, &own.ring, &rule, NOW, &own.scratch, &id_token), expected)
#define WITH(member, value, expected)                                                                                  \
  do {                                                                                                                 \
    rule = good;                                                                                                       \
    rule.member = value;                                                                                               \
    JUDGE(expected);                                                                                                   \
  } while (0)
  rule = good;
  JUDGE(JOTGATE_OK);
  assert_status(jotgate_id_token_authentication_class(&id_token, &text), JOTGATE_OK);
  assert_text(text, "loa2");
  assert_status(jotgate_id_token_authenticated_at(&id_token, &seconds), JOTGATE_OK);
  assert_int_equal(seconds, NOW - 60);
  WITH(nonce, view("other"), JOTGATE_NONCE_MISMATCH);
  WITH(trusted_audience_count, 0, JOTGATE_AUDIENCE_NOT_TRUSTED);
  WITH(access_token, view("other"), JOTGATE_ACCESS_TOKEN_HASH_MISMATCH);
  WITH(code, view("other"), JOTGATE_CODE_HASH_MISMATCH);
  WITH(refresh_token, view("other"), JOTGATE_REFRESH_TOKEN_HASH_MISMATCH);
  WITH(auth_request, view("request-2"), JOTGATE_AUTH_REQUEST_MISMATCH);

  /* Each of these is not in a plain one. */
  len = data("id-plain", token, sizeof token);
  memset(&classes, 0, sizeof classes);
  good.class_count = 0;
  good.nonce = good.access_token = good.code = good.auth_request = good.refresh_token = view("");
  good.nonce_presence = good.classes_presence = JOTGATE_PRESENCE_ABSENT;
  good.auth_request_presence = good.refresh_token_presence = JOTGATE_PRESENCE_ABSENT;
  good.access_token_hash = good.code_hash = JOTGATE_HASH_NOT_CHECKED;
  good.max_authentication_age = JOTGATE_UNBOUNDED;
  rule = good;
  JUDGE(JOTGATE_OK);
  good.nonce_presence = JOTGATE_PRESENCE_PRESENT;
  WITH(nonce, view("n-0S6"), JOTGATE_NONCE_MISSING);
  good.nonce_presence = JOTGATE_PRESENCE_ABSENT;
  WITH(max_authentication_age, 300, JOTGATE_AUTHENTICATION_TIME_MISSING);
  good.access_token_hash = JOTGATE_HASH_REQUIRED;
  WITH(access_token, view("access"), JOTGATE_ACCESS_TOKEN_HASH_MISSING);
  good.access_token_hash = JOTGATE_HASH_NOT_CHECKED;
  good.code_hash = JOTGATE_HASH_REQUIRED;
  WITH(code, view("code"), JOTGATE_CODE_HASH_MISSING);
  good.code_hash = JOTGATE_HASH_NOT_CHECKED;
  len = data("id-hashed", token, sizeof token);
  rule = good;
  rule.access_token = view("access");
  rule.access_token_hash = JOTGATE_HASH_REQUIRED;
  rule.auth_request = view("request-1");
  rule.auth_request_presence = JOTGATE_PRESENCE_PRESENT;
  JUDGE(JOTGATE_AUTH_REQUEST_MISSING);
  rule.refresh_token = view("refresh");
  rule.refresh_token_presence = JOTGATE_PRESENCE_PRESENT;
  len = data("id-pushed", token, sizeof token);
  JUDGE(JOTGATE_REFRESH_TOKEN_HASH_MISSING);
  rule = good;
  len = data("id-of-another-party", token, sizeof token);
  JUDGE(JOTGATE_WRONG_AUTHORIZED_PARTY);
  len = data("id-without-subject", token, sizeof token);
  JUDGE(JOTGATE_SUBJECT_MALFORMED);
#undef WITH
#undef JUDGE
}

int id_token_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(id_tokens),
      TEST(what_is_not_said),
      TEST(what_a_client_expects),
  };
  return cmocka_run_group_tests_name("id_token", tests, NULL, NULL);
}

/* What was taken back: revocation lists, status lists, introspection. */
#include "objects.h"

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

int currency_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(revocation_and_introspection),
      TEST(status_lists_that_are_none),
  };
  return cmocka_run_group_tests_name("currency", tests, NULL, NULL);
}

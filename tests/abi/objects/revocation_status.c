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
  assert_status(jotgate_policy_set_revocation(&own.policy, JOTGATE_REVOCATION_LISTS_ANY, 60, 0), JOTGATE_OK);
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
  source.section = view("");
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

/* The token of the examples under a list of one line. */
static void each_kind_of_revocation(void **state) {
  static const struct {
    const char *line;
    jotgate_status_t expected;
  } kinds[] = {
      {"# nothing\n", JOTGATE_OK},
      {"jti " ISSUER " b7d0f6f2-0001\n", JOTGATE_TOKEN_REVOKED},
      {"client bank-one\n", JOTGATE_CLIENT_REVOKED},
      {"subject " ISSUER " 8f1c2d7e-pairwise\n", JOTGATE_SUBJECT_REVOKED},
      {"subject https://other.example 8f1c2d7e-pairwise\n", JOTGATE_OK},
      {"kid " ISSUER " op-2026-01\n", JOTGATE_KEY_REVOKED},
      {"issued-before 1767225481 issuer " ISSUER "\n", JOTGATE_ISSUED_BEFORE_REVOCATION},
      {"issued-before 1767225480 issuer " ISSUER "\n", JOTGATE_OK},
      {"issued-before 1767225481 client bank-one\n", JOTGATE_ISSUED_BEFORE_REVOCATION},
  };
  static uint64_t memory[32];
  jotgate_revocation_facts_t facts = {9, NOW, {3}};
  jotgate_revocation_list_t list;
  jotgate_grant_t grant;
  uint64_t generation;
  int64_t as_of;
  size_t position, line;
  (void)state;
  need(jotgate_policy_set_revocation(&own.policy, JOTGATE_REVOCATION_LISTS_ANY, 60, 30));
  for (position = 0; position < sizeof kinds / sizeof *kinds; position++) {
    need(jotgate_revocation_list_load(&list, kinds[position].line, strlen(kinds[position].line), &facts, memory,
                                      sizeof memory, &line));
    need(jotgate_validator_set_revocations(&own.validator, &list));
    assert_status(check(&grant), kinds[position].expected);
  }
  assert_status(jotgate_revocation_list_as_of(&list, &generation, &as_of), JOTGATE_OK);
  assert_true(generation == 9 && as_of == NOW);
  assert_status(jotgate_revocation_list_as_of(&list, &generation, (int64_t *)&generation), JOTGATE_OVERLAP);
  /* Stale for 30 seconds more than the leeway of 60. */
  facts.as_of = NOW - 211;
  need(jotgate_revocation_list_load(&list, LITERAL("# nothing\n"), &facts, memory, sizeof memory, &line));
  assert_status(check(&grant), JOTGATE_REVOCATION_LIST_STALE);
  memset(&list, 0, sizeof list);
  assert_status(check(&grant), JOTGATE_BAD_STATE);
  assert_status(jotgate_revocation_list_as_of(&list, &generation, &as_of), JOTGATE_BAD_STATE);
  assert_status(jotgate_revocation_list_as_of(NULL, &generation, &as_of), JOTGATE_NULL_POINTER);
}

static void counted_revocation_lists(void **state) {
  static uint64_t memory[32], others[32];
  jotgate_revocation_facts_t facts = {1, NOW, {3}};
  jotgate_revocation_list_t cut, whole;
  jotgate_grant_t grant;
  size_t line;
  (void)state;
  need(jotgate_revocation_list_load(&cut, LITERAL("client a\n"), &facts, memory, sizeof memory, &line));
  need(jotgate_revocation_list_load(&whole, LITERAL("client a\nentries 1\n"), &facts, others, sizeof others, &line));
  assert_status(jotgate_revocation_list_if_counted(&cut), JOTGATE_REVOCATION_NOT_COUNTED);
  assert_status(jotgate_revocation_list_if_counted(&whole), JOTGATE_OK);
  assert_status(jotgate_revocation_list_if_counted(NULL), JOTGATE_NULL_POINTER);
  need(jotgate_policy_set_revocation(&own.policy, JOTGATE_REVOCATION_LISTS_COUNTED, 60, 30));
  need(jotgate_validator_set_revocations(&own.validator, &cut));
  assert_status(check(&grant), JOTGATE_REVOCATION_LIST_NOT_COUNTED);
  need(jotgate_validator_set_revocations(&own.validator, &whole));
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_policy_set_revocation(&own.policy, 3, 60, 30), JOTGATE_UNKNOWN_VALUE);
}

static void revocation_lists_that_are_none(void **state) {
  static const struct {
    const char *text;
    jotgate_status_t expected;
  } faults[] = {
      {"", JOTGATE_REVOCATION_NO_LINE},
      {"client a\xff\n", JOTGATE_REVOCATION_NOT_UTF8},
      {"client a", JOTGATE_REVOCATION_LINE_NOT_ENDED},
      {"client a\tb\n", JOTGATE_REVOCATION_CONTROL_CHARACTER},
      {"clients a\n", JOTGATE_REVOCATION_UNKNOWN_KIND},
      {"client a b\n", JOTGATE_REVOCATION_FIELD_COUNT},
      {"client \n", JOTGATE_REVOCATION_EMPTY_FIELD},
      {"client a%zz\n", JOTGATE_REVOCATION_ESCAPE_MALFORMED},
      {"digest 00\n", JOTGATE_REVOCATION_DIGEST_MALFORMED},
      {"issued-before soon client a\n", JOTGATE_REVOCATION_SECONDS_MALFORMED},
      {"client a\xc2\xa0\n", JOTGATE_REVOCATION_INVISIBLE_CHARACTER},
      {"client \"a\"\n", JOTGATE_REVOCATION_QUOTED},
      {"entries none\n", JOTGATE_REVOCATION_COUNT_MALFORMED},
      {"client a\nentries 2\n", JOTGATE_REVOCATION_WRONG_COUNT},
      {"client a\nentries 1\nclient b\n", JOTGATE_REVOCATION_BEHIND_COUNT},
  };
  static uint64_t memory[32];
  jotgate_revocation_facts_t facts = {1, NOW, {3}};
  jotgate_revocation_list_t list;
  size_t position, line, len = (size_t)1024 * 1024 * 1024 + 1;
  char *many;
  (void)state;
  for (position = 0; position < sizeof faults / sizeof *faults; position++) {
    assert_status(jotgate_revocation_list_load(&list, faults[position].text, strlen(faults[position].text), &facts,
                                               memory, sizeof memory, &line),
                  faults[position].expected);
  }
  assert_status(jotgate_revocation_list_load(&list, LITERAL("client a\n"), &facts, memory, 0, &line),
                JOTGATE_REVOCATION_OUT_OF_BUCKETS);
  assert_status(jotgate_revocation_list_load(&list, LITERAL("client a\n"), NULL, memory, sizeof memory, &line),
                JOTGATE_NULL_POINTER);
  assert_status(jotgate_revocation_list_load(&list, (char *)memory, 8, &facts, memory, sizeof memory, &line),
                JOTGATE_OVERLAP);
  /* Nobody looks at a list that is too long: its pages are never touched. */
  many = malloc(len);
  assert_non_null(many);
  assert_status(jotgate_revocation_list_load(&list, many, len, &facts, memory, sizeof memory, &line),
                JOTGATE_REVOCATION_TOO_LONG);
  free(many);
}

static void misuse_of_inquiries(void **state) {
  jotgate_inquiry_t inquiry;
  jotgate_counts_t counts;
  jotgate_grant_t grant;
  jotgate_text_t text;
  (void)state;
  need(jotgate_policy_set_introspection(&own.policy, JOTGATE_UNANSWERED_ALLOW));
  assert_status(jotgate_validator_check_or_ask(&own.validator, &own.presented, NOW, &own.scratch, &own.worker, &grant,
                                               &inquiry),
                JOTGATE_ASK);
  assert_status(jotgate_inquiry_token_id(&inquiry, &text), JOTGATE_OK);
  assert_text(text, "b7d0f6f2-0001");
  assert_status(jotgate_inquiry_token_id(&inquiry, NULL), JOTGATE_NULL_POINTER);
  assert_status(jotgate_inquiry_token_id(&inquiry, (jotgate_text_t *)&inquiry), JOTGATE_OVERLAP);
  assert_status(jotgate_inquiry_unanswered(&inquiry, NOW, &grant), JOTGATE_OK);
  assert_status(jotgate_inquiry_token_id(&inquiry, &text), JOTGATE_BAD_STATE);
  assert_status(jotgate_validator_check_or_ask(&own.validator, &own.presented, NOW, &own.scratch, &own.worker, &grant,
                                               &inquiry),
                JOTGATE_ASK);
  assert_status(check(&grant), JOTGATE_INTROSPECTION_NOT_ASKED);
  assert_status(jotgate_inquiry_token_id(&inquiry, &text), JOTGATE_STALE);
  need(jotgate_worker_counts(&own.worker, &counts));
  assert_true(counts.asking == 2 && counts.granted == 0 && counts.denied == 1);
}

static void status_lists_by_position(void **state) {
  static uint64_t memory[64];
  jotgate_status_lists_t lists;
  jotgate_status_list_t list;
  (void)state;
  memset(&lists, 0, sizeof lists);
  assert_status(jotgate_status_lists_list(&lists, 0, &list), JOTGATE_BAD_STATE);
  need(jotgate_status_lists_begin(&lists, 1, memory, sizeof memory));
  assert_status(jotgate_status_lists_list(&lists, 0, &list), JOTGATE_ABSENT);
  assert_null(list.uri.data);
  assert_status(jotgate_status_lists_list(&lists, 0, NULL), JOTGATE_NULL_POINTER);
  assert_status(jotgate_status_lists_list(&lists, 0, (jotgate_status_list_t *)&lists), JOTGATE_OVERLAP);
}

int revocation_status_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(revocation_and_introspection),
      TEST(status_lists_that_are_none),
      TEST(each_kind_of_revocation),
      TEST(counted_revocation_lists),
      TEST(revocation_lists_that_are_none),
      TEST(misuse_of_inquiries),
      TEST(status_lists_by_position),
  };
  return cmocka_run_group_tests_name("revocation_status", tests, NULL, NULL);
}

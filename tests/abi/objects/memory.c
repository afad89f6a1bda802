/* Whose memory is whose: what was lent to one object is refused to another where both meet in a call. */
#include "objects.h"

#define AT(memory) ((void *)((char *)(memory) + 64))

static jotgate_key_source_t source_of_operator(void) {
  static const jotgate_algorithm_t *algorithms[1];
  jotgate_key_source_t source = {0};
  algorithms[0] = jotgate_es256();
  source.issuer = view(ISSUER);
  source.algorithms = algorithms;
  source.algorithm_count = 1;
  source.default_rsa_algorithm = view("");
  return source;
}

/* A view is written into the object's own memory, or a number: refused, and the memory is as it was. */
static void outputs_upon_lent_memory(void **state) {
  static uint64_t worker_memory[512], swap_memory[64];
  static uint8_t before[sizeof own.ring_memory];
  jotgate_grant_t grant;
  jotgate_text_t text;
  jotgate_swap_t swap;
  jotgate_peek_t peek;
  jotgate_value_t value;
  uint8_t digest[JOTGATE_DIGEST_LEN];
  (void)state;
  memcpy(before, own.ring_memory, sizeof before);
  assert_status(jotgate_key_ring_generation(&own.ring, AT(own.ring_memory)), JOTGATE_OVERLAP);
  assert_status(jotgate_key_ring_count(&own.ring, AT(own.ring_memory)), JOTGATE_OVERLAP);
  assert_status(jotgate_key_ring_key(&own.ring, 0, AT(own.ring_memory)), JOTGATE_OVERLAP);
  assert_status(jotgate_key_ring_find_issuer(&own.ring, LITERAL(ISSUER), AT(own.ring_memory)), JOTGATE_OVERLAP);
  assert_status(jotgate_jws_verify(&own.ring, LITERAL(ISSUER), own.token, own.token_len, &own.scratch,
                                   AT(own.ring_memory), digest),
                JOTGATE_OVERLAP);
  assert_status(jotgate_jws_verify(&own.ring, LITERAL(ISSUER), own.token, own.token_len, &own.scratch, &text,
                                   AT(own.scratch_memory)),
                JOTGATE_OVERLAP);
  assert_status(jotgate_validator_init(AT(own.ring_memory), &own.ring, &own.policy), JOTGATE_OVERLAP);
  assert_status(jotgate_validator_init((void *)own.policy_memory, &own.ring, &own.policy), JOTGATE_OVERLAP);
  assert_memory_equal(before, own.ring_memory, sizeof before);
  need(jotgate_worker_init(&own.worker, 2, 4, 64, worker_memory, sizeof worker_memory));
  assert_status(jotgate_worker_counts(&own.worker, AT(worker_memory)), JOTGATE_OVERLAP);
  assert_status(jotgate_worker_take_unknown_kid(&own.worker, AT(worker_memory)), JOTGATE_OVERLAP);
  need(jotgate_swap_init(&swap, &own.ring, 1, swap_memory, sizeof swap_memory));
  assert_status(jotgate_swap_adopt(&swap, 0, (void *)swap_memory), JOTGATE_OVERLAP);
  /* Getters write nothing into the token that they tell of. */
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_grant_claim(&grant, &own.scope, 1, AT(own.scratch_memory)), JOTGATE_OVERLAP);
  assert_status(jotgate_grant_subject(&grant, AT(own.scratch_memory)), JOTGATE_OVERLAP);
  assert_status(jotgate_grant_scopes(&grant, AT(own.scratch_memory), 2, (void *)&text), JOTGATE_OVERLAP);
  assert_status(jotgate_grant_signing_input_digest(&grant, AT(own.scratch_memory)), JOTGATE_OVERLAP);
  text = view("scope");
  need(jotgate_grant_claim(&grant, &text, 1, &value));
  assert_status(jotgate_value_json(&value, AT(own.scratch_memory)), JOTGATE_OVERLAP);
  assert_status(jotgate_value_string(&value, AT(own.scratch_memory), 8, &text), JOTGATE_OVERLAP);
  assert_status(jotgate_grant_subject(&grant, &text), JOTGATE_OK);
  assert_text(text, "8f1c2d7e-pairwise");
  need(jotgate_peek_read(&peek, own.token, own.token_len, &own.scratch));
  assert_status(jotgate_peek_kid_unverified(&peek, AT(own.scratch_memory)), JOTGATE_OVERLAP);
}

/* What a validator is made of was lent memory of its own. */
static void parts_of_a_validator(void **state) {
  static const uint8_t key[16] = {7};
  static const char text[] = "client bank-one\n";
  static uint64_t memory[512];
  jotgate_revocation_facts_t facts = {1, NOW, {1}};
  jotgate_revocation_list_t list;
  jotgate_status_lists_t lists;
  jotgate_replay_window_t window;
  jotgate_validator_t validator;
  size_t line;
  (void)state;
  /* The window came last, upon the memory of the ring, of the policy, and of the other lists. */
#define WINDOW(memory, len) need(jotgate_replay_window_init(&window, 1, 1, key, 1, 600, memory, len))
  WINDOW(own.ring_memory, sizeof own.ring_memory);
  assert_status(jotgate_validator_set_replay_window(&own.validator, &window), JOTGATE_OVERLAP);
  set_up(&own, "granted");
  need(jotgate_revocation_list_load(&list, LITERAL(text), &facts, memory, sizeof memory, &line));
  assert_status(jotgate_validator_set_revocations(&own.validator, &list), JOTGATE_OK);
  WINDOW(memory, sizeof memory);
  assert_status(jotgate_validator_set_replay_window(&own.validator, &window), JOTGATE_OVERLAP);
  need(jotgate_validator_init(&own.validator, &own.ring, &own.policy));
  need(jotgate_status_lists_begin(&lists, 1, own.policy_memory, sizeof own.policy_memory));
  assert_status(jotgate_validator_set_status_lists(&own.validator, &lists), JOTGATE_OVERLAP);
  set_up(&own, "granted");
  need(jotgate_revocation_list_load(&list, LITERAL(text), &facts, own.ring_memory, sizeof own.ring_memory, &line));
  assert_status(jotgate_validator_set_revocations(&own.validator, &list), JOTGATE_OVERLAP);
  set_up(&own, "granted");
  /* The text of a list is its own too. */
  memcpy(own.ring_memory, text, sizeof text);
  need(jotgate_revocation_list_load(&list, (char *)own.ring_memory, sizeof text - 1, &facts, memory, sizeof memory,
                                    &line));
  assert_status(jotgate_validator_set_revocations(&own.validator, &list), JOTGATE_OVERLAP);
  set_up(&own, "granted");
  need(jotgate_policy_init(&own.policy, &own.issuer, 1, &own.audience, 1, &own.scope, 1, own.ring_memory,
                           sizeof own.ring_memory));
  assert_status(jotgate_validator_init(&validator, &own.ring, &own.policy), JOTGATE_OVERLAP);
  set_up(&own, "granted");
  /* Texts that the policy refers to, where its issuers are copied to. */
  memcpy(own.policy_memory, AUDIENCE, 16);
  own.audience.data = (char *)own.policy_memory;
  own.audience.len = 16;
  assert_status(jotgate_policy_init(&own.policy, &own.issuer, 1, &own.audience, 1, &own.scope, 1, own.policy_memory,
                                    sizeof own.policy_memory),
                JOTGATE_OVERLAP);
}

/* Memory for keys, for tables and for reading. */
static void parts_of_a_ring(void **state) {
  static char key_set[8192];
  static uint64_t memory[512], tables[1024], generator[8192 + 64];
  size_t len = example("operator.jwks.json", key_set, sizeof key_set);
  const jotgate_algorithm_t *algorithms[1];
  jotgate_key_source_t source = source_of_operator();
  jotgate_key_ring_builder_t builder;
  jotgate_key_ring_t *upon;
  jotgate_algorithm_t tabled;
  jotgate_scratch_t scratch;
  jotgate_loaded_t loaded;
  jotgate_swap_t swap;
  (void)state;
  memset(&scratch, 0, sizeof scratch);
#define BEGIN() need(jotgate_key_ring_builder_begin(&builder, 2, 1, 4, memory, sizeof memory))
#define LOAD(scratch, reports, count, loaded)                                                                          \
  jotgate_key_ring_builder_load(&builder, &source, key_set, len, scratch, reports, count, loaded)
  BEGIN();
  assert_status(LOAD(&own.scratch, NULL, 0, AT(memory)), JOTGATE_OVERLAP);
  BEGIN();
  assert_status(LOAD(&own.scratch, AT(memory), 1, &loaded), JOTGATE_OVERLAP);
  BEGIN();
  assert_status(LOAD(&own.scratch, NULL, 0, AT(own.scratch_memory)), JOTGATE_OVERLAP);
  BEGIN();
  need(jotgate_key_ring_builder_lend_tables(&builder, tables, sizeof tables));
  assert_status(LOAD(&own.scratch, NULL, 0, AT(tables)), JOTGATE_OVERLAP);
  BEGIN();
  need(jotgate_key_ring_builder_lend_tables(&builder, tables, sizeof tables));
  need(jotgate_scratch_init(&scratch, 64, tables, sizeof tables));
  assert_status(LOAD(&scratch, NULL, 0, &loaded), JOTGATE_OVERLAP);
  BEGIN();
  need(jotgate_key_ring_builder_lend_tables(&builder, own.token, sizeof own.token));
  assert_status(jotgate_key_ring_builder_load(&builder, &source, own.token, 64, &own.scratch, NULL, 0, &loaded),
                JOTGATE_OVERLAP);
  /* The tables of an algorithm lie where the keys are to lie, or where they are read. */
  algorithms[0] = &tabled;
  source.algorithms = algorithms;
  need(jotgate_es256_tabled(&tabled, JOTGATE_ES256_KIB1, JOTGATE_ES256_KIB1, generator, sizeof generator));
  need(jotgate_key_ring_builder_begin(&builder, 2, 1, 4, AT(generator), 4096));
  assert_status(LOAD(&own.scratch, NULL, 0, &loaded), JOTGATE_OVERLAP);
  need(jotgate_es256_tabled(&tabled, JOTGATE_ES256_KIB1, JOTGATE_ES256_KIB1, generator, sizeof generator));
  need(jotgate_scratch_init(&scratch, 64, generator, sizeof generator));
  BEGIN();
  assert_status(LOAD(&scratch, NULL, 0, &loaded), JOTGATE_OVERLAP);
  source = source_of_operator();
  /* The ring is written where its tables lie. */
  BEGIN();
  need(jotgate_key_ring_builder_lend_tables(&builder, tables, sizeof tables));
  need(LOAD(&own.scratch, NULL, 0, &loaded));
  upon = AT(tables);
  assert_status(jotgate_key_ring_builder_finish(&builder, upon), JOTGATE_OVERLAP);
  assert_status(jotgate_swap_init(&swap, &own.ring, 1, own.ring_memory, sizeof own.ring_memory), JOTGATE_OVERLAP);
}

/* Another ring is begun where one is in use, or its memory is wiped: nothing is judged by what is left of it. */
static void memory_of_a_ring_used_again(void **state) {
  jotgate_key_ring_builder_t builder;
  jotgate_grant_t grant;
  size_t count;
  (void)state;
  assert_status(check(&grant), JOTGATE_OK);
  need(jotgate_key_ring_builder_begin(&builder, 2, 1, 1, own.ring_memory, sizeof own.ring_memory));
  assert_status(check(&grant), JOTGATE_BAD_STATE);
  assert_status(jotgate_key_ring_count(&own.ring, &count), JOTGATE_BAD_STATE);
  set_up(&own, "granted");
  memset(own.ring_memory, 0, sizeof own.ring_memory);
  assert_status(check(&grant), JOTGATE_BAD_STATE);
}

/* A scratch is its memory: whoever reads by it makes stale what was read before, through whichever object. */
static void copies_of_a_scratch(void **state) {
  jotgate_scratch_t copy, other;
  jotgate_grant_t grant, second;
  jotgate_text_t text;
  jotgate_peek_t peek;
  (void)state;
  assert_status(check(&grant), JOTGATE_OK);
  copy = own.scratch;
  assert_status(jotgate_grant_subject(&grant, &text), JOTGATE_OK);
  need(jotgate_peek_read(&peek, LITERAL("e30.e30."), &copy));
  assert_status(jotgate_grant_subject(&grant, &text), JOTGATE_STALE);
  assert_null(text.data);
  assert_status(jotgate_peek_kid_unverified(&peek, &text), JOTGATE_ABSENT);
  /* And the other way, though both have counted as often. */
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_peek_kid_unverified(&peek, &text), JOTGATE_STALE);
  assert_status(jotgate_validator_check(&own.validator, &own.presented, NOW, &copy, &own.worker, &second), JOTGATE_OK);
  assert_status(jotgate_grant_subject(&grant, &text), JOTGATE_STALE);
  assert_status(jotgate_grant_subject(&second, &text), JOTGATE_OK);
  /* Lent again, by the copy that has counted less. */
  need(jotgate_peek_read(&peek, LITERAL("e30.e30."), &own.scratch));
  need(jotgate_scratch_init(&copy, 64, own.scratch_memory, sizeof own.scratch_memory));
  assert_status(jotgate_peek_kid_unverified(&peek, &text), JOTGATE_STALE);
  need(jotgate_peek_read(&peek, LITERAL("e30.e30."), &copy));
  assert_status(jotgate_grant_subject(&second, &text), JOTGATE_STALE);
  /* Two that were lent the same. */
  memset(&other, 0, sizeof other);
  assert_status(check(&grant), JOTGATE_OK);
  need(jotgate_scratch_init(&other, 64, own.scratch_memory, sizeof own.scratch_memory));
  assert_status(jotgate_grant_subject(&grant, &text), JOTGATE_STALE);
  assert_status(check(&grant), JOTGATE_OK);
  need(jotgate_peek_read(&peek, LITERAL("e30.e30."), &other));
  assert_status(jotgate_grant_subject(&grant, &text), JOTGATE_STALE);
  assert_status(check(&grant), JOTGATE_OK);
  assert_status(jotgate_peek_kid_unverified(&peek, &text), JOTGATE_STALE);
  assert_status(jotgate_grant_subject(&grant, &text), JOTGATE_OK);
}

/* An answer is read in another memory than the question: not only by another object. */
static void one_memory_for_question_and_answer(void **state) {
  jotgate_scratch_t copy;
  jotgate_inquiry_t inquiry;
  jotgate_grant_t grant;
  (void)state;
  need(jotgate_policy_set_introspection(&own.policy, JOTGATE_UNANSWERED_DENY));
  assert_status(jotgate_validator_check_or_ask(&own.validator, &own.presented, NOW, &own.scratch, &own.worker, &grant,
                                               &inquiry),
                JOTGATE_ASK);
  copy = own.scratch;
  assert_status(jotgate_inquiry_answered(&inquiry, LITERAL("{\"active\":true}"), NOW, &copy, &grant), JOTGATE_OVERLAP);
}

int memory_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(outputs_upon_lent_memory),
      TEST(parts_of_a_validator),
      TEST(parts_of_a_ring),
      TEST(memory_of_a_ring_used_again),
      TEST(copies_of_a_scratch),
      TEST(one_memory_for_question_and_answer),
  };
  return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}

/* Key sets, rings, algorithms, tables. */
#include "objects.h"

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

int keys_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(loading_keys),
      TEST(tables),
      TEST(reviewed_crates),
  };
  return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}

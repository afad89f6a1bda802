/* Key sets, rings, algorithms, tables. */
#include "objects.h"

static void loading_keys(void **state) {
  static const char set[] = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"},7]}";
  const jotgate_algorithm_t *algorithms[JOTGATE_MAX_ALGORITHMS + 1];
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source = {0};
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
  source.section = view("");
  source.algorithms = algorithms;
  source.algorithm_count = 1;
  source.default_rsa_algorithm = view("");
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
  /* As it was: nothing is loaded. */
  assert_status(LOAD(LITERAL(set)), JOTGATE_LOAD_NO_USABLE_KEY);
  assert_status(jotgate_key_ring_builder_finish(&builder, &ring), JOTGATE_LOAD_NO_USABLE_KEY);
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
  source.default_rsa_algorithm = view("HS256");
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
  jotgate_key_source_t source = {0};
  jotgate_key_report_t reports[3];
  jotgate_loaded_t loaded;
  jotgate_grant_t grant;
  size_t len = example("operator.jwks.json", key_set, sizeof key_set);
  (void)state;
  assert_int_equal(jotgate_es256_tabled_len(8), 0);
  assert_int_equal(jotgate_eddsa_tabled_len(8), 0);
  assert_true(jotgate_es256_tabled_len(JOTGATE_ES256_CONST_TABLE) < 256);
  assert_true(jotgate_es256_tabled_len(JOTGATE_ES256_KIB16) <= sizeof generator);
  assert_status(jotgate_es256_tabled(&es256, JOTGATE_ES256_KIB16, JOTGATE_ES256_KIB16, generator, sizeof generator),
                JOTGATE_OK);
  assert_status(jotgate_eddsa_tabled(&eddsa, JOTGATE_EDDSA_KIB15, JOTGATE_EDDSA_BYTES768, base, sizeof base),
                JOTGATE_OK);
  assert_status(jotgate_eddsa_tabled(&eddsa, JOTGATE_EDDSA_KIB15, 0, base, sizeof base), JOTGATE_UNKNOWN_VALUE);
  algorithms[0] = &es256;
  algorithms[1] = &eddsa;
  source.issuer = view(ISSUER);
  source.section = view("");
  source.algorithms = algorithms;
  source.algorithm_count = 2;
  source.default_rsa_algorithm = view("");
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
  assert_status(jotgate_es256_tabled(&es256, 16, JOTGATE_ES256_KIB16, generator, sizeof generator),
                JOTGATE_UNKNOWN_VALUE);
  assert_status(jotgate_es256_tabled(&es256, JOTGATE_ES256_CONST_TABLE, JOTGATE_ES256_KIB1, generator, sizeof generator),
                JOTGATE_OK);
  assert_status(
      jotgate_key_ring_builder_lend_tables(&builder, table_memory, sizeof table_memory), JOTGATE_BAD_STATE);
}

/* Each shape takes as much memory as it says, and what little the algorithm takes beside. */
static void shapes_of_tables(void **state) {
  static const struct {
    size_t (*len)(uint32_t);
    uint32_t shape;
    size_t bytes;
  } shapes[] = {
      {jotgate_es256_tabled_len, JOTGATE_ES256_KIB1, 1 << 10},
      {jotgate_es256_tabled_len, JOTGATE_ES256_KIB4, 4 << 10},
      {jotgate_es256_tabled_len, JOTGATE_ES256_KIB16, 16 << 10},
      {jotgate_es256_tabled_len, JOTGATE_ES256_KIB64, 64 << 10},
      {jotgate_es256_tabled_len, JOTGATE_ES256_KIB256, 256 << 10},
      {jotgate_es256_tabled_len, JOTGATE_ES256_KIB512, 512 << 10},
      {jotgate_es384_tabled_len, JOTGATE_ES384_BYTES1536, 1536},
      {jotgate_es384_tabled_len, JOTGATE_ES384_BYTES7680, 7680},
      {jotgate_es384_tabled_len, JOTGATE_ES384_KIB30, 30 << 10},
      {jotgate_es384_tabled_len, JOTGATE_ES384_KIB96, 96 << 10},
      {jotgate_es384_tabled_len, JOTGATE_ES384_KIB96_COLUMNS2, 96 << 10},
      {jotgate_es384_tabled_len, JOTGATE_ES384_KIB288, 288 << 10},
      {jotgate_es384_tabled_len, JOTGATE_ES384_KIB768, 768 << 10},
      {jotgate_eddsa_tabled_len, JOTGATE_EDDSA_BYTES768, 768},
      {jotgate_eddsa_tabled_len, JOTGATE_EDDSA_BYTES3840, 3840},
      {jotgate_eddsa_tabled_len, JOTGATE_EDDSA_KIB15, 15 << 10},
      {jotgate_eddsa_tabled_len, JOTGATE_EDDSA_KIB60, 60 << 10},
      {jotgate_eddsa_tabled_len, JOTGATE_EDDSA_KIB96, 96 << 10},
      {jotgate_eddsa_tabled_len, JOTGATE_EDDSA_KIB384, 384 << 10},
      {jotgate_eddsa_tabled_len, JOTGATE_EDDSA_KIB768, 768 << 10},
  };
  size_t i;
  (void)state;
  for (i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    assert_in_range(shapes[i].len(shapes[i].shape), shapes[i].bytes, shapes[i].bytes + 512);
  }
}

static void reviewed_crates(void **state) {
  static char key_set[8192];
  const jotgate_algorithm_t *algorithms[2];
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source = {0};
  jotgate_loaded_t loaded;
  jotgate_grant_t grant;
  size_t len = example("operator.jwks.json", key_set, sizeof key_set);
  (void)state;
  algorithms[0] = jotgate_es256_rustcrypto();
  algorithms[1] = jotgate_eddsa_dalek();
  source.issuer = view(ISSUER);
  source.section = view("");
  source.algorithms = algorithms;
  source.algorithm_count = 2;
  source.default_rsa_algorithm = view("");
  need(jotgate_key_ring_builder_begin(&builder, 2, 1, 4, own.ring_memory, sizeof own.ring_memory));
  need(jotgate_key_ring_builder_load(&builder, &source, key_set, len, &own.scratch, NULL, 0, &loaded));
  need(jotgate_key_ring_builder_finish(&builder, &own.ring));
  assert_status(check(&grant), JOTGATE_OK);
}

/* Sets that are refused whole, and what a ring has no room for. */
static void sets_that_do_not_fit(void **state) {
  static char key_set[8192];
  static uint64_t memory[512], small_memory[64];
  const jotgate_algorithm_t *algorithms[1];
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source = {0};
  jotgate_loaded_t loaded;
  jotgate_scratch_t small;
  size_t len = example("operator.jwks.json", key_set, sizeof key_set);
  (void)state;
  algorithms[0] = jotgate_es256();
  source.issuer = view(ISSUER);
  source.section = view("");
  source.algorithms = algorithms;
  source.algorithm_count = 1;
  source.default_rsa_algorithm = view("");
#define LOAD_WITH(issuers, keys, memory_len, set, set_len, scratch, expected)                                          \
  do {                                                                                                                 \
    need(jotgate_key_ring_builder_begin(&builder, 3, issuers, keys, memory, memory_len));                              \
    assert_status(jotgate_key_ring_builder_load(&builder, &source, set, set_len, scratch, NULL, 0, &loaded), expected); \
  } while (0)
  LOAD_WITH(1, 4, sizeof memory, key_set, len, &own.scratch, JOTGATE_OK);
  LOAD_WITH(0, 4, sizeof memory, key_set, len, &own.scratch, JOTGATE_LOAD_TOO_MANY_ISSUERS);
  LOAD_WITH(1, 1, sizeof memory, key_set, len, &own.scratch, JOTGATE_LOAD_OUT_OF_SLOTS);
  LOAD_WITH(1, 2, JOTGATE_KEY_RING_LEN_OF(1, 2, 8), key_set, len, &own.scratch, JOTGATE_LOAD_OUT_OF_WORDS);
  LOAD_WITH(1, 4, sizeof memory, "{\"keys\":[\xff]}", 12, &own.scratch, JOTGATE_LOAD_NOT_UTF8);
  memset(&small, 0, sizeof small);
  need(jotgate_scratch_init(&small, 16, small_memory, 16 * 8 + 16));
  LOAD_WITH(1, 4, sizeof memory, key_set, len, &small, JOTGATE_LOAD_SCRATCH_TOO_SMALL);
#undef LOAD_WITH
}

/* What is refused leaves the builder as it was, and a label is that of one issuer. */
static void sections(void **state) {
  static char key_set[8192];
  static uint64_t memory[512];
  const jotgate_algorithm_t *algorithms[1];
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source = {0};
  jotgate_loaded_t loaded;
  jotgate_key_ring_t ring;
  size_t count, len = example("operator.jwks.json", key_set, sizeof key_set);
  (void)state;
  algorithms[0] = jotgate_es256();
  source.issuer = view(ISSUER);
  source.section = view("strict");
  source.algorithms = algorithms;
  source.algorithm_count = 1;
  source.default_rsa_algorithm = view("");
#define LOADS(set, set_len, expected)                                                                                  \
  assert_status(jotgate_key_ring_builder_load(&builder, &source, set, set_len, &own.scratch, NULL, 0, &loaded), expected)
  need(jotgate_key_ring_builder_begin(&builder, 3, 2, 4, memory, sizeof memory));
  LOADS(key_set, len, JOTGATE_OK);
  LOADS(key_set, len, JOTGATE_LOAD_NO_USABLE_KEY);
  LOADS("{", 1, JOTGATE_LOAD_NOT_JSON);
  source.issuer = view("https://other.example");
  LOADS(key_set, len, JOTGATE_LOAD_SECTION_OF_ANOTHER_ISSUER);
  source.issuer = view(ISSUER);
  source.section = view("");
  LOADS(key_set, len, JOTGATE_OK);
#undef LOADS
  need(jotgate_key_ring_builder_finish(&builder, &ring));
  assert_status(jotgate_key_ring_count(&ring, &count), JOTGATE_OK);
  assert_int_equal(count, 4);
  assert_status(jotgate_key_ring_find_issuer(&ring, LITERAL("strict"), &count), JOTGATE_OK);
  assert_int_equal(count, 0);
  assert_status(jotgate_key_ring_find_issuer(&ring, LITERAL(ISSUER), &count), JOTGATE_OK);
  assert_int_equal(count, 1);
}

/* A ring whose one section, `label`, has the key set of the examples, as that of `issuer`. */
static jotgate_key_ring_t ring_of_section(const char *label, const char *issuer) {
  static char key_set[8192];
  static uint64_t memory[512];
  const jotgate_algorithm_t *algorithms[1];
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source = {0};
  jotgate_loaded_t loaded;
  jotgate_key_ring_t ring;
  size_t len = example("operator.jwks.json", key_set, sizeof key_set);
  algorithms[0] = jotgate_es256();
  source.issuer = view(issuer);
  source.section = view(label);
  source.algorithms = algorithms;
  source.algorithm_count = 1;
  need(jotgate_key_ring_builder_begin(&builder, 3, 1, 4, memory, sizeof memory));
  need(jotgate_key_ring_builder_load(&builder, &source, key_set, len, &own.scratch, NULL, 0, &loaded));
  need(jotgate_key_ring_builder_finish(&builder, &ring));
  return ring;
}

/* A policy takes the keys of the section that its issuer names, if they are keys of that issuer. */
static void sections_of_policies(void **state) {
  static uint64_t memory[JOTGATE_POLICY_LEN_OF(5) / 8 + 1];
  static const char *const labels[] = {"a", "b", "c", "d", "e"};
  jotgate_issuer_t issuers[5];
  jotgate_policy_t policy;
  jotgate_validator_t validator;
  jotgate_grant_t grant;
  jotgate_text_t label;
  (void)state;
  set_up(&own, "granted");
#define JUDGED(expected)                                                                                               \
  need(jotgate_policy_init(&policy, issuers, 1, &own.audience, 1, &own.scope, 1, memory, sizeof memory));                 \
  need(jotgate_validator_init(&validator, &own.ring, &policy));                                                          \
  assert_status(jotgate_validator_check(&validator, &own.presented, NOW, &own.scratch, &own.worker, &grant), expected)
  issuers[0] = own.issuer;
  assert_status(jotgate_issuer_set_section(&issuers[0], LITERAL(ISSUER)), JOTGATE_OK);
  JUDGED(JOTGATE_OK);
  assert_status(jotgate_issuer_set_section(&issuers[0], LITERAL("strict")), JOTGATE_OK);
  JUDGED(JOTGATE_NO_KEYS_FOR_ISSUER);
  own.ring = ring_of_section("strict", ISSUER);
  JUDGED(JOTGATE_OK);
  own.ring = ring_of_section("strict", "https://other.example");
  JUDGED(JOTGATE_ISSUER_MISMATCH);
#undef JUDGED
  issuers[1] = issuers[0];
  assert_status(jotgate_policy_init(&policy, issuers, 2, &own.audience, 1, &own.scope, 1, memory, sizeof memory),
                JOTGATE_POLICY_ISSUER_TWICE);
  for (size_t i = 0; i < 5; i++) {
    issuers[i] = own.issuer;
    need(jotgate_issuer_set_section(&issuers[i], labels[i], 1));
  }
  assert_status(jotgate_policy_init(&policy, issuers, 5, &own.audience, 1, &own.scope, 1, memory, sizeof memory),
                JOTGATE_POLICY_TOO_MANY_TABLES);
  issuers[0] = own.issuer;
  need(jotgate_issuer_set_section(&issuers[0], LITERAL("strict")));
  /* The second description judges where the ring has no keys for the first. */
  issuers[1] = own.issuer;
  own.ring = ring_of_section(ISSUER, ISSUER);
  need(jotgate_policy_init(&policy, issuers, 2, &own.audience, 1, &own.scope, 1, memory, sizeof memory));
  need(jotgate_validator_init(&validator, &own.ring, &policy));
  need(jotgate_validator_check(&validator, &own.presented, NOW, &own.scratch, &own.worker, &grant));
  need(jotgate_grant_issuer_label(&grant, &label));
  assert_int_equal(label.len, strlen(ISSUER));
  assert_memory_equal(label.data, ISSUER, label.len);
  assert_status(jotgate_issuer_set_section(&issuers[0], "", 0), JOTGATE_POLICY_EMPTY_NAME);
  assert_status(jotgate_issuer_set_section(&issuers[0], LITERAL("strict")), JOTGATE_BAD_STATE);
}

/* A key set with a key of each kind, whose ES384 key verifies with a table, without, and by the reviewed crate. */
static void es384(void **state) {
  static char key_set[4096], good[1024], bad[1024];
  static uint64_t ring_memory[256], generator[4096], table[4096];
  const jotgate_algorithm_t *algorithm;
  jotgate_algorithm_t tabled;
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source = {0};
  jotgate_key_report_t reports[8];
  jotgate_loaded_t loaded;
  jotgate_key_ring_t ring;
  jotgate_key_t key;
  jotgate_text_t payload;
  uint8_t digest[JOTGATE_DIGEST_LEN];
  static const char issuer[] = "https://as.example";
  size_t len = example("../firmware/tokens/all_keys.json", key_set, sizeof key_set), turn;
  size_t good_len = example("../firmware/tokens/es384_good.jwt", good, sizeof good);
  size_t bad_len = example("../firmware/tokens/es384_bad.jwt", bad, sizeof bad);
  (void)state;
  assert_int_equal(jotgate_es384_tabled_len(8), 0);
  assert_true(jotgate_es384_tabled_len(JOTGATE_ES384_KIB30) <= sizeof generator);
#define TABLED(generator_shape, keys_shape, memory_len)                                                                \
  jotgate_es384_tabled(&tabled, generator_shape, keys_shape, generator, memory_len)
  assert_status(TABLED(JOTGATE_ES384_KIB30, 0, sizeof generator), JOTGATE_UNKNOWN_VALUE);
  assert_status(TABLED(30, JOTGATE_ES384_KIB30, sizeof generator), JOTGATE_UNKNOWN_VALUE);
  assert_status(TABLED(JOTGATE_ES384_KIB30, JOTGATE_ES384_KIB30, 64), JOTGATE_MEMORY_TOO_SMALL);
  assert_status(jotgate_es384_tabled(&tabled, JOTGATE_ES384_BYTES7680, JOTGATE_ES384_BYTES7680, NULL, 16384),
                JOTGATE_NULL_POINTER);
  assert_status(jotgate_es384_tabled(&tabled, JOTGATE_ES384_BYTES7680, JOTGATE_ES384_BYTES7680, &tabled, sizeof tabled),
                JOTGATE_OVERLAP);
  assert_status(TABLED(JOTGATE_ES384_KIB30, JOTGATE_ES384_KIB30, sizeof generator), JOTGATE_OK);
#undef TABLED
  for (turn = 0; turn < 4; turn++) {
    algorithm = turn < 2 ? &tabled : turn == 2 ? jotgate_es384() : jotgate_es384_rustcrypto();
    source.issuer = view(issuer);
    source.section = view("");
    source.algorithms = &algorithm;
    source.algorithm_count = 1;
    source.default_rsa_algorithm = view("");
    need(jotgate_key_ring_builder_begin(&builder, 20 + turn, 1, 1, ring_memory, sizeof ring_memory));
    if (turn == 0) {
      need(jotgate_key_ring_builder_lend_tables(&builder, table, sizeof table));
    }
    assert_status(jotgate_key_ring_builder_load(&builder, &source, key_set, len, &own.scratch, reports, 8, &loaded),
                  JOTGATE_OK);
    assert_int_equal(loaded.used, 1);
    assert_int_equal(reports[3].remarks, turn == 0 ? JOTGATE_REMARK_HAS_TABLE : 0);
    assert_text(reports[3].algorithm, "ES384");
    need(jotgate_key_ring_builder_finish(&builder, &ring));
    assert_status(jotgate_jws_verify(&ring, issuer, sizeof issuer - 1, good, good_len, &own.scratch, &payload, digest),
                  JOTGATE_OK);
    assert_status(jotgate_jws_verify(&ring, issuer, sizeof issuer - 1, bad, bad_len, &own.scratch, &payload, digest),
                  JOTGATE_BAD_SIGNATURE);
  }
  assert_status(jotgate_key_ring_key(&ring, 0, &key), JOTGATE_OK);
  assert_text(key.algorithm, "ES384");
  assert_int_equal(key.issuer, 0);
  assert_memory_equal(key.thumbprint, reports[3].thumbprint, sizeof key.thumbprint);
  assert_status(jotgate_key_ring_key(&ring, 1, &key), JOTGATE_ABSENT);
  assert_null(key.algorithm.data);
  assert_status(jotgate_key_ring_key(&ring, 0, NULL), JOTGATE_NULL_POINTER);
  assert_status(jotgate_key_ring_key(&ring, 0, (jotgate_key_t *)&ring), JOTGATE_OVERLAP);
  memset(&ring, 0, sizeof ring);
  assert_status(jotgate_key_ring_key(&ring, 0, &key), JOTGATE_BAD_STATE);
}

/* No word more than the constants say, on the processor of this machine; ffi/src/sizes.rs has the others. */
static void rings_sized_by_the_constants(void **state) {
  static uint64_t ec[JOTGATE_KEY_RING_LEN_OF(1, 2, 2 * JOTGATE_P256_WORDS + 3 * JOTGATE_NAME_WORDS) / 8];
  static uint64_t rsa[JOTGATE_KEY_RING_LEN_OF(1, 1, JOTGATE_RSA_2048_WORDS + 2 * JOTGATE_NAME_WORDS) / 8];
  static char key_set[8192];
  const jotgate_algorithm_t *algorithms[2];
  jotgate_key_ring_builder_t builder;
  jotgate_key_source_t source = {0};
  jotgate_key_ring_t ring;
  jotgate_loaded_t loaded;
  (void)state;
  algorithms[0] = jotgate_es256();
  algorithms[1] = jotgate_rs256();
  source.issuer = view(ISSUER);
  source.algorithms = algorithms;
  source.algorithm_count = 2;
  source.default_rsa_algorithm = view("RS256");
#define LOADED(file)                                                                                                   \
  jotgate_key_ring_builder_load(&builder, &source, key_set, example(file, key_set, sizeof key_set), &own.scratch, NULL, \
                                0, &loaded)
  need(jotgate_key_ring_builder_begin(&builder, 1, 1, 2, ec, sizeof ec));
  assert_status(LOADED("operator.jwks.json"), JOTGATE_OK);
  assert_int_equal(loaded.used, 2);
  assert_status(jotgate_key_ring_builder_finish(&builder, &ring), JOTGATE_OK);
  need(jotgate_key_ring_builder_begin(&builder, 1, 1, 1, rsa, sizeof rsa));
  assert_status(LOADED("partner.jwks.json"), JOTGATE_OK);
  assert_int_equal(loaded.used, 1);
  assert_status(jotgate_key_ring_builder_finish(&builder, &ring), JOTGATE_OK);
#undef LOADED
}

int keys_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(rings_sized_by_the_constants),
      TEST(loading_keys),
      TEST(tables),
      TEST(shapes_of_tables),
      TEST(reviewed_crates),
      TEST(sections),
      TEST(sections_of_policies),
      TEST(sets_that_do_not_fit),
      TEST(es384),
  };
  return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}

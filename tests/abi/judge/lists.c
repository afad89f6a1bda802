#include "judge.h"

#define KEYS 64

static uint64_t ring_memory[8192], status_memory[8192], revocation_memory[512];
static jotgate_status_lists_t status_lists;
static jotgate_revocation_list_t revocations;
static int ring_is_open;

/* Loads a set from the arguments: issuer, text, the algorithm of keys that name none, algorithms. */
static jotgate_status_t load(size_t from, jotgate_key_report_t *reports, size_t capacity, jotgate_loaded_t *loaded) {
  const jotgate_algorithm_t *algorithms[JOTGATE_MAX_ALGORITHMS];
  const jotgate_text_t *arguments = command.arguments + from;
  jotgate_key_source_t source = {0};
  size_t position;
  source.issuer = arguments[0];
  source.section.data = NULL;
  source.section.len = 0;
  source.default_rsa_algorithm = arguments[2];
  source.algorithms = algorithms;
  source.algorithm_count = command.count - from - 3;
  for (position = 0; position < source.algorithm_count; position++) {
    algorithms[position] = algorithm(arguments[3 + position]);
  }
  return jotgate_key_ring_builder_load(&builder, &source, arguments[1].data, arguments[1].len, &scratch, reports,
                                       capacity, loaded);
}

/* A set that is refused, or of which keys are skipped: the answer, how many keys, what of each, then as above. */
static void load_reported(void) {
  static jotgate_key_report_t reports[MOST_ARGUMENTS];
  size_t position, count = (size_t)number(command.arguments[1]);
  jotgate_loaded_t loaded;
  expect(load(2 + count, reports, MOST_ARGUMENTS, &loaded), command.arguments[0]);
  if (loaded.reported != count || loaded.used + loaded.skipped != count) {
    fail("other keys are reported", (long)loaded.reported);
  }
  for (position = 0; position < count; position++) {
    expect(reports[position].outcome, command.arguments[2 + position]);
  }
  others++;
}

static void close_ring(void) {
  if (ring_is_open) {
    need(jotgate_key_ring_builder_finish(&builder, &ring));
  }
  ring_is_open = 0;
}

/* A good list, for which less is lent than it needs. */
static void load_in_too_little(const jotgate_status_list_source_t *source, jotgate_text_t token) {
  static uint64_t memory[JOTGATE_STATUS_LIST_LEN / 8 + 3], other_memory[16];
  static jotgate_scratch_t other;
  jotgate_status_lists_t lists;
  need(jotgate_status_lists_begin(&lists, 1, memory, sizeof memory));
  if (saw(jotgate_status_lists_load(&lists, token.data, token.len, source, &ring, &scratch)) !=
      JOTGATE_STATUS_LIST_OUT_OF_MEMORY) {
    fail("a list in too little memory", 0);
  }
  need(jotgate_scratch_init(&other, 8, other_memory, sizeof other_memory));
  if (saw(jotgate_status_lists_load(&lists, token.data, token.len, source, &ring, &other)) !=
      JOTGATE_STATUS_LIST_SCRATCH_TOO_SMALL) {
    fail("a list in too little scratch", 0);
  }
}

/* Issuer, address, time, leeway, token, and the answer where it need not be good. */
static void load_status_list(int is_good) {
  const jotgate_text_t *arguments = command.arguments;
  jotgate_status_list_source_t source;
  jotgate_status_list_t list;
  jotgate_status_t status;
  source.issuer = arguments[0];
  source.section.data = NULL;
  source.section.len = 0;
  source.uri = arguments[1];
  source.received_at = number(arguments[2]);
  source.leeway = (uint32_t)number(arguments[3]);
  need(jotgate_status_lists_begin(&status_lists, 1, status_memory, sizeof status_memory));
  status = jotgate_status_lists_load(&status_lists, arguments[4].data, arguments[4].len, &source, &ring, &scratch);
  if (is_good) {
    need(status);
    need(jotgate_validator_set_status_lists(&validator, &status_lists));
  } else {
    expect(status, arguments[5]);
    others++;
    if (status == JOTGATE_OK) {
      load_in_too_little(&source, arguments[4]);
    }
  }
  if (jotgate_status_lists_list(&status_lists, 0, &list) != (status == JOTGATE_OK ? JOTGATE_OK : JOTGATE_ABSENT) ||
      (status == JOTGATE_OK && (list.uri.len != source.uri.len || list.statuses == 0))) {
    fail("another list is there", (long)status);
  }
}

static void load_revocations(void) {
  jotgate_revocation_facts_t facts = {1, 0, {9}};
  size_t line;
  facts.as_of = number(command.arguments[1]);
  need(jotgate_revocation_list_load(&revocations, command.arguments[0].data, command.arguments[0].len, &facts,
                                    revocation_memory, sizeof revocation_memory, &line));
  need(jotgate_validator_set_revocations(&validator, &revocations));
}

int obey_lists(void) {
  const char *name = command.name;
  jotgate_loaded_t loaded;
  if (strcmp(name, "ring") == 0) {
    need(jotgate_key_ring_builder_begin(&builder, 1, 8, KEYS, ring_memory, sizeof ring_memory));
    ring_is_open = 1;
    forget_policy();
  } else if (strcmp(name, "keys") == 0) {
    need(load(0, NULL, 0, &loaded));
  } else if (strcmp(name, "reported") == 0) {
    load_reported();
    ring_is_open = 0;
  } else if (strcmp(name, "ring_alone") == 0) {
    close_ring();
  } else if (strcmp(name, "policy") == 0) {
    close_ring();
    need(jotgate_validator_init(&validator, &ring, &policy));
  } else if (strcmp(name, "status_list_token") == 0) {
    load_status_list(1);
  } else if (strcmp(name, "status_list_loaded") == 0) {
    load_status_list(0);
  } else if (strcmp(name, "revocations") == 0) {
    load_revocations();
  } else {
    return 0;
  }
  return 1;
}

/*
 * Workers check a token while the host replaces the key set under them, without a lock and without a pause:
 *
 *   swap ISSUER OLD_KEY_SET_FILE NEW_KEY_SET_FILE AUDIENCE SCOPE SECONDS TOKEN_FILE
 *
 * prints how many checks were granted and refused by the old keys and by the new.
 *
 * Built after `make install`, and run with the examples of jotgate: the operator adds a key for the next half-year. With
 * examples/partner.jwks.json in the place of the new key set, which lacks the key of the token, the new keys refuse all.
 *
 *   cc -std=c11 examples/c/swap.c -o swap $(pkg-config --cflags --libs jotgate) -lpthread
 *   ./swap https://auth.operator.example examples/operator.jwks.json examples/operator-next.jwks.json \
 *     https://api.operator.example/sim-swap sim-swap:check 1767225600 examples/tokens/granted.jwt
 */
#define _POSIX_C_SOURCE 200809L
#include <jotgate.h>

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORKERS 4
/* Any keys, on any processor, with key ids and a name of the issuer of up to 64 bytes. */
#define KEYS 16
#define WORDS (KEYS * JOTGATE_RSA_4096_WORDS + (KEYS + 1) * JOTGATE_NAME_WORDS)
/* Checks of each worker before the swap, and after it. */
#define CHECKS 200

enum { OLD, NEW, RINGS };

/* Shared by all, and read only. */
static jotgate_policy_t policy;
static char token[JOTGATE_MAX_TOKEN_LEN];
static size_t token_len;
static int64_t now;

/* Shared by all: every access is atomic. */
static uint64_t swap_memory[128];
static jotgate_swap_t swap;
static atomic_ulong counts[RINGS][2];

/* The host's own, but for the ring that is in force. */
static jotgate_key_ring_t rings[RINGS];
static uint64_t ring_memory[RINGS][JOTGATE_KEY_RING_LEN_OF(1, KEYS, WORDS) / 8 + 1];
static uint64_t host_memory[JOTGATE_SCRATCH_LEN / 8 + 1];
static jotgate_scratch_t host_scratch;

static void need(const char *what, jotgate_status_t status) {
  if (status != JOTGATE_OK) {
    fprintf(stderr, "swap: %s: %ld\n", what, (long)status);
    exit(2);
  }
}

static jotgate_text_t text(const char *string) {
  jotgate_text_t view = {string, strlen(string)};
  return view;
}

static size_t read_file(const char *name, char *buffer, size_t size) {
  FILE *file = fopen(name, "rb");
  size_t len;
  if (file == NULL) {
    perror(name);
    exit(2);
  }
  len = fread(buffer, 1, size, file);
  /* What does not fit is refused, never cut off. */
  if (len == size && fgetc(file) != EOF) {
    fprintf(stderr, "%s: longer than %lu bytes\n", name, (unsigned long)size);
    exit(2);
  }
  fclose(file);
  while (len > 0 && buffer[len - 1] == '\n') {
    len--;
  }
  return len;
}

/* Everything that a worker changes is its own: scratch, state, grant. */
typedef struct {
  pthread_t thread;
  size_t number;
  jotgate_scratch_t scratch;
  jotgate_worker_t state;
  uint64_t scratch_memory[JOTGATE_SCRATCH_LEN / 8 + 1];
  uint64_t state_memory[JOTGATE_WORKER_LEN_OF(2, 4, 256) / 8 + 1];
} worker_t;

static worker_t workers[WORKERS];

static void *work(void *argument) {
  worker_t *own = argument;
  unsigned checks[RINGS] = {0, 0};
  need("scratch", jotgate_scratch_init(&own->scratch, JOTGATE_MAX_CLAIMS, own->scratch_memory, sizeof own->scratch_memory));
  need("worker", jotgate_worker_init(&own->state, 2, 4, 256, own->state_memory, sizeof own->state_memory));
  while (checks[NEW] < CHECKS) {
    const jotgate_key_ring_t *ring;
    jotgate_validator_t validator;
    jotgate_presented_t presented;
    jotgate_grant_t grant;
    jotgate_status_t status;
    uint64_t generation;
    size_t which;
    /* The quiescent point: nothing of the last request is in use any more. The ring stays until the next one. */
    need("adopt", jotgate_swap_adopt(&swap, own->number, &ring));
    need("generation", jotgate_key_ring_generation(ring, &generation));
    need("validator", jotgate_validator_init(&validator, ring, &policy));
    need("token", jotgate_presented_bearer(&presented, token, token_len));
    status = jotgate_validator_check(&validator, &presented, now, &own->scratch, &own->state, &grant);
    which = generation == OLD + 1 ? OLD : NEW;
    atomic_fetch_add(&counts[which][status != JOTGATE_OK], 1);
    checks[which]++;
  }
  /* A worker that ends, or waits for long, must not hold up the host. */
  need("leave", jotgate_swap_leave(&swap, own->number));
  return NULL;
}

/* A key set becomes a ring, of a generation that no other ring has, beside the one in force. */
static void load(size_t which, const char *issuer, const char *file) {
  static char key_set[64 * 1024];
  const jotgate_algorithm_t *algorithms[] = {jotgate_es256(), jotgate_rs256()};
  jotgate_key_source_t source = {text(issuer), algorithms, 2, {"RS256", 5}, {NULL, 0}};
  jotgate_key_ring_builder_t builder;
  jotgate_loaded_t loaded;
  need(file, jotgate_key_ring_builder_begin(&builder, which + 1, 1, KEYS, ring_memory[which],
                                            sizeof ring_memory[which]));
  need(file, jotgate_key_ring_builder_load(&builder, &source, key_set, read_file(file, key_set, sizeof key_set),
                                           &host_scratch, NULL, 0, &loaded));
  need(file, jotgate_key_ring_builder_finish(&builder, &rings[which]));
}

static unsigned long judged(size_t which) {
  return atomic_load(&counts[which][0]) + atomic_load(&counts[which][1]);
}

int main(int argc, char **argv) {
  static uint64_t policy_memory[JOTGATE_POLICY_LEN_OF(1) / 8 + 1];
  jotgate_text_t audience, scope;
  jotgate_issuer_t issuer;
  size_t position;
  unsigned waits = 0;

  if (argc != 8) {
    fprintf(stderr, "usage: swap ISSUER OLD_KEY_SET_FILE NEW_KEY_SET_FILE AUDIENCE SCOPE SECONDS TOKEN_FILE\n");
    return 2;
  }
  audience = text(argv[4]);
  scope = text(argv[5]);
  now = strtoll(argv[6], NULL, 10);
  token_len = read_file(argv[7], token, sizeof token);
  need("library", jotgate_abi_check(JOTGATE_ABI_VERSION));
  need("scratch", jotgate_scratch_init(&host_scratch, JOTGATE_MAX_CLAIMS, host_memory, sizeof host_memory));
  need("issuer", jotgate_issuer_init(&issuer, argv[1], strlen(argv[1]), "rfc9068", 7));
  need("policy",
       jotgate_policy_init(&policy, &issuer, 1, &audience, 1, &scope, 1, policy_memory, sizeof policy_memory));
  load(OLD, argv[1], argv[2]);
  need("swap", jotgate_swap_init(&swap, &rings[OLD], WORKERS, swap_memory, sizeof swap_memory));

  for (position = 0; position < WORKERS; position++) {
    workers[position].number = position;
    if (pthread_create(&workers[position].thread, NULL, work, &workers[position]) != 0) {
      perror("pthread_create");
      return 2;
    }
  }
  while (judged(OLD) < WORKERS * CHECKS) {
    sched_yield();
  }

  /* The new ring is made beside the old one, and put in force at once. Workers take it when they come to it. */
  load(NEW, argv[1], argv[3]);
  need("publish", jotgate_swap_publish(&swap, &rings[NEW]));
  while (jotgate_swap_settled(&swap) == JOTGATE_IN_USE) {
    waits++;
    sched_yield();
  }
  /* Every worker has moved on: the old ring's memory is free. */
  memset(&rings[OLD], 0xff, sizeof rings[OLD]);
  memset(ring_memory[OLD], 0xff, sizeof ring_memory[OLD]);

  for (position = 0; position < WORKERS; position++) {
    pthread_join(workers[position].thread, NULL);
  }
  printf("by the old keys: %lu granted, %lu refused\n", atomic_load(&counts[OLD][0]), atomic_load(&counts[OLD][1]));
  printf("by the new keys: %lu granted, %lu refused\n", atomic_load(&counts[NEW][0]), atomic_load(&counts[NEW][1]));
  printf("looked %u times whether the old ring was still in use\n", waits);
  return 0;
}

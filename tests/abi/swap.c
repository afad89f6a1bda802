/*
 * Workers judge while the host replaces the key ring again and again, and uses the old one's memory as soon as that is
 * settled. Every token must be granted, whichever ring is in force.
 */
#define _POSIX_C_SOURCE 200809L
#include "fixture.h"
#include "seen.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORKERS 3
#define RINGS 2
#define SWAPS 400

static jotgate_swap_t swap;
static uint64_t swap_memory[64];
static fixture_t host;
static jotgate_key_ring_t rings[RINGS];
static uint64_t memories[RINGS][512];
/* Reads and writes by atomic built-ins, which every sanitizer knows. */
static int stop;
static unsigned long granted;

static void *work(void *argument) {
  size_t number = *(size_t *)argument;
  unsigned long own = 0;
  jotgate_scratch_t scratch;
  uint64_t *memory = malloc(JOTGATE_SCRATCH_LEN);
  jotgate_worker_t worker;
  memset(&scratch, 0, sizeof scratch);
  if (memory == NULL) {
    exit(1);
  }
  need(jotgate_scratch_init(&scratch, JOTGATE_MAX_CLAIMS, memory, JOTGATE_SCRATCH_LEN));
  need(jotgate_worker_init(&worker, 0, 0, 0, NULL, 0));
  while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE)) {
    const jotgate_key_ring_t *ring;
    jotgate_validator_t validator;
    jotgate_presented_t presented;
    jotgate_grant_t grant;
    jotgate_text_t subject;
    need(jotgate_swap_adopt(&swap, number, &ring));
    need(jotgate_validator_init(&validator, ring, &host.policy));
    need(jotgate_presented_bearer(&presented, host.token, host.token_len));
    need(jotgate_validator_check(&validator, &presented, NOW, &scratch, &worker, &grant));
    need(jotgate_grant_subject(&grant, &subject));
    own++;
    if (own % 16 == 0) {
      need(jotgate_swap_leave(&swap, number));
    }
  }
  need(jotgate_swap_leave(&swap, number));
  __atomic_fetch_add(&granted, own, __ATOMIC_RELAXED);
  free(memory);
  return NULL;
}

int main(void) {
  pthread_t threads[WORKERS];
  size_t numbers[WORKERS], position;
  unsigned waits = 0;
  const jotgate_key_ring_t *ring;
  set_up(&host, "granted");
  load_ring(&rings[0], 1, memories[0], sizeof memories[0], &host.scratch);
  if (jotgate_swap_len(WORKERS) > sizeof swap_memory ||
      jotgate_swap_init(&swap, &rings[0], 2 * WORKERS * 100, swap_memory, sizeof swap_memory) !=
          JOTGATE_MEMORY_TOO_SMALL) {
    return 1;
  }
  need(jotgate_swap_init(&swap, &rings[0], WORKERS, swap_memory, sizeof swap_memory));
  if (jotgate_swap_adopt(&swap, WORKERS, &ring) != JOTGATE_UNKNOWN_VALUE || ring != NULL ||
      jotgate_swap_leave(&swap, WORKERS) != JOTGATE_UNKNOWN_VALUE ||
      jotgate_swap_publish(&swap, NULL) != JOTGATE_NULL_POINTER) {
    return 1;
  }
  /* One worker that has not moved on keeps the old ring. */
  need(jotgate_swap_adopt(&swap, 0, &ring));
  load_ring(&rings[1], 2, memories[1], sizeof memories[1], &host.scratch);
  need(jotgate_swap_publish(&swap, &rings[1]));
  if (ring != &rings[0] || saw(jotgate_swap_settled(&swap)) != JOTGATE_IN_USE) {
    return 1;
  }
  need(jotgate_swap_adopt(&swap, 0, &ring));
  if (ring != &rings[1] || jotgate_swap_settled(&swap) != JOTGATE_OK) {
    return 1;
  }
  need(jotgate_swap_leave(&swap, 0));

  for (position = 0; position < WORKERS; position++) {
    numbers[position] = position;
    if (pthread_create(&threads[position], NULL, work, &numbers[position]) != 0) {
      return 1;
    }
  }
  for (position = 2; position < SWAPS; position++) {
    jotgate_key_ring_t *next = &rings[position % RINGS];
    while (jotgate_swap_settled(&swap) == JOTGATE_IN_USE) {
      waits++;
      sched_yield();
    }
    /* Nobody uses it: its memory is overwritten. */
    memset(memories[position % RINGS], 0xa5, sizeof memories[0]);
    memset(next, 0xa5, sizeof *next);
    load_ring(next, position, memories[position % RINGS], sizeof memories[0], &host.scratch);
    need(jotgate_swap_publish(&swap, next));
  }
  __atomic_store_n(&stop, 1, __ATOMIC_RELEASE);
  for (position = 0; position < WORKERS; position++) {
    pthread_join(threads[position], NULL);
  }
  printf("swap: %d rings, %lu tokens granted by %d workers, %u waits\n", SWAPS, granted, WORKERS, waits);
  return granted > WORKERS ? 0 : 1;
}

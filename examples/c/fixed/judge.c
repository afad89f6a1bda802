/*
 * Judges a good token, a changed one and an expired one for each algorithm, and says what that took of the stack. The
 * same program runs on a workstation (host.c) and on microcontrollers (../firmware).
 */
#include "board.h"
#include "gate.h"

#include <string.h>

/* The files of firmware/tokens, as they are: tokens.S. */
extern const char key_set[], key_set_end[];
extern const char es256_good[], es256_good_end[], es256_bad[], es256_bad_end[];
extern const char rs256_good[], rs256_good_end[], rs256_bad[], rs256_bad_end[];

/* A time at which the good tokens are good, and one at which they are not any more. */
#define NOW 1760000060
#define TOO_LATE (NOW + 3600)

typedef struct {
  const char *name;
  const char *token, *end;
  int64_t now;
  jotgate_status_t expected;
} case_t;

/* A key of an algorithm that this program does not name was not loaded. */
#ifdef GATE_WITHOUT_ES256
#define ES256(expected) JOTGATE_UNKNOWN_KID
#else
#define ES256(expected) (expected)
#endif
#ifdef GATE_WITHOUT_RS256
#define RS256(expected) JOTGATE_UNKNOWN_KID
#else
#define RS256(expected) (expected)
#endif

static const case_t cases[] = {
    {"es256 good", es256_good, es256_good_end, NOW, ES256(JOTGATE_OK)},
    {"es256 changed", es256_bad, es256_bad_end, NOW, ES256(JOTGATE_BAD_SIGNATURE)},
    {"es256 expired", es256_good, es256_good_end, TOO_LATE, ES256(JOTGATE_EXPIRED)},
    {"rs256 good", rs256_good, rs256_good_end, NOW, RS256(JOTGATE_OK)},
    {"rs256 changed", rs256_bad, rs256_bad_end, NOW, RS256(JOTGATE_BAD_SIGNATURE)},
    {"rs256 expired", rs256_good, rs256_good_end, TOO_LATE, RS256(JOTGATE_EXPIRED)},
};

/* Not printf, which may allocate, and takes more flash than the rest of this file. */
static void put(const char *text, size_t len) { board_write(text, len); }

static void put_string(const char *string) { put(string, strlen(string)); }

static void put_number(unsigned long number) {
  char digits[20];
  size_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number != 0);
  put(digits + at, sizeof digits - at);
}

/* Words that nobody wrote since they were painted were not used. */
#define PAINT 0xccccccccu
/* Bytes below the painter's own frame that are left alone. */
#define FLOOR 128

static void paint_stack(void) {
  volatile unsigned *word = board_stack_end();
  volatile char here = 0;
  while ((uintptr_t)word < (uintptr_t)&here - FLOOR) {
    *word++ = PAINT;
  }
}

static size_t stack_used(void) {
  volatile unsigned *word = board_stack_end();
  volatile char here = 0;
  while ((uintptr_t)word < (uintptr_t)&here - FLOOR && *word == PAINT) {
    word++;
  }
  return (size_t)((uintptr_t)&here - (uintptr_t)word);
}

static void report(const char *name, jotgate_status_t status, size_t stack) {
  put_string(name);
  put_string(": status ");
  put_number((unsigned long)status);
  put_string(", stack ");
  put_number(stack);
}

int judge_tokens(void) {
  jotgate_status_t status;
  size_t position;
  int wrong = 0;
  paint_stack();
  status = gate_open(key_set, (size_t)(key_set_end - key_set));
  report("open", status, stack_used());
  put_string("\n");
  if (status != JOTGATE_OK) {
    return -1;
  }
  for (position = 0; position < sizeof cases / sizeof *cases; position++) {
    const case_t *one = &cases[position];
    jotgate_text_t subject = {NULL, 0};
    paint_stack();
    status = gate_check(one->token, (size_t)(one->end - one->token), one->now, &subject);
    report(one->name, status, stack_used());
    if (status == JOTGATE_OK) {
      put_string(", subject ");
      put(subject.data, subject.len);
    }
    put_string("\n");
    wrong += status != one->expected || (status == JOTGATE_OK) != (subject.len > 0);
  }
  return wrong;
}

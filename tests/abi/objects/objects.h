/* Tests of every function of the C ABI: what it does, and what it answers to every misuse. One file for each object. */
#ifndef JOTGATE_TESTS_OBJECTS_H
#define JOTGATE_TESTS_OBJECTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../fixture.h"
#include "../seen.h"

#define TOO_LONG ((size_t)PTRDIFF_MAX + 1)
/* Every status that is asserted counts as seen: scripts/abi-statuses. */
#define assert_status(call, expected) assert_int_equal(saw(call), (expected))
#define assert_text(text, literal)                                                                                     \
  do {                                                                                                                 \
    assert_int_equal((text).len, sizeof(literal) - 1);                                                                 \
    assert_memory_equal((text).data, literal, sizeof(literal) - 1);                                                    \
  } while (0)
#define TEST(name) cmocka_unit_test_setup(name, set_up_granted)

/* Keys, policy and a good token of the examples, made anew for each test. */
extern fixture_t own;
int set_up_granted(void **state);
/* Judges what `own` presents. */
jotgate_status_t check(jotgate_grant_t *grant);
/* Presents this token instead. */
void present(const char *token);

int version_tests(void);
int grant_tests(void);
int validator_tests(void);
int presented_tests(void);
int policy_tests(void);
int keys_tests(void);
int worker_tests(void);
int memory_tests(void);
int busy_tests(void);
int unverified_tests(void);
int revocation_status_tests(void);
int sender_tests(void);
int id_token_tests(void);

#endif

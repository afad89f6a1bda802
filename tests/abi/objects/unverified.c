/* What is read without a policy: peeks, signed objects, texts for logs. */
#include "objects.h"

static void untrusted_looks_and_signed_objects(void **state) {
  jotgate_peek_t peek;
  jotgate_text_t text, other;
  uint8_t digest[JOTGATE_DIGEST_LEN];
  char buffer[64];
  (void)state;
  assert_status(jotgate_peek_read(&peek, own.token, own.token_len, &own.scratch), JOTGATE_OK);
  assert_status(jotgate_peek_kid_unverified(&peek, &text), JOTGATE_OK);
  assert_text(text, "op-2026-01");
  assert_status(jotgate_peek_issuer_unverified(&peek, &text), JOTGATE_OK);
  assert_text(text, ISSUER);
  assert_status(jotgate_peek_bytes_unverified(&peek, &text, &other), JOTGATE_OK);
  assert_int_equal(text.data[0], '{');
  assert_status(jotgate_peek_read(&peek, LITERAL("a.b"), &own.scratch), JOTGATE_NOT_JWT);
  assert_status(jotgate_peek_kid_unverified(&peek, &text), JOTGATE_BAD_STATE);
#define VERIFY(issuer, token, len)                                                                                     \
  jotgate_jws_verify(&own.ring, issuer, strlen(issuer), token, len, &own.scratch, &text, digest)
  assert_status(VERIFY(ISSUER, own.token, own.token_len), JOTGATE_OK);
  assert_int_equal(text.data[0], '{');
  assert_status(VERIFY("x", own.token, own.token_len), JOTGATE_NO_KEYS_FOR_ISSUER);
  own.token[own.token_len - 10] ^= 1;
  assert_status(VERIFY(ISSUER, own.token, own.token_len), JOTGATE_BAD_SIGNATURE);
  assert_null(text.data);
  assert_status(jotgate_text_escape("a\"\n\xe4%s", 6, buffer, sizeof buffer, &text), JOTGATE_OK);
  assert_text(text, "a\\x22\\x0a\\xe4%s");
  assert_status(jotgate_text_escape("a\n", 2, buffer, 4, &text), JOTGATE_BUFFER_TOO_SMALL);
  assert_status(jotgate_text_escape(buffer, 8, buffer, sizeof buffer, &text), JOTGATE_OVERLAP);
}

int unverified_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(untrusted_looks_and_signed_objects),
  };
  return cmocka_run_group_tests_name("unverified", tests, NULL, NULL);
}

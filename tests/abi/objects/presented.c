/* Tokens as requests bring them. */
#include "objects.h"

static void presented_requests(void **state) {
  jotgate_presented_t presented;
  jotgate_text_t fields[3];
  char header[5000] = "Bearer ";
  uint8_t digest[32] = {1};
  uint32_t scheme;
  (void)state;
  memcpy(header + 7, own.token, own.token_len);
  fields[0].data = header;
  fields[0].len = 7 + own.token_len;
  fields[1] = fields[0];
  fields[2] = fields[0];
  assert_status(jotgate_presented_from_authorization(&own.presented, fields, 1), JOTGATE_OK);
  {
    jotgate_grant_t grant;
    assert_status(check(&grant), JOTGATE_OK);
  }
  assert_status(jotgate_presented_from_authorization(&presented, NULL, 0), JOTGATE_NO_CREDENTIALS);
  assert_status(jotgate_presented_from_authorization(&presented, fields, 2), JOTGATE_BAD_AUTHORIZATION_HEADER);
  assert_status(jotgate_presented_from_authorization(&presented, fields, 3), JOTGATE_BAD_AUTHORIZATION_HEADER);
  assert_status(jotgate_presented_from_authorization(&presented, NULL, 1), JOTGATE_NULL_POINTER);
  assert_status(jotgate_presented_from_authorization(&presented, fields, SIZE_MAX / 2), JOTGATE_LENGTH_OUT_OF_RANGE);
  {
    static char longest[JOTGATE_MAX_TOKEN_LEN_RAISED + 64];
    jotgate_text_t field;
    memset(longest, 'a', sizeof longest);
    memcpy(longest, "Bearer ", 7);
    field.data = longest;
    field.len = sizeof longest;
    assert_status(jotgate_presented_from_authorization(&presented, &field, 1), JOTGATE_AUTHORIZATION_HEADER_TOO_LONG);
  }
  fields[0] = view("Basic eDp5");
  assert_status(jotgate_presented_from_authorization(&presented, fields, 1), JOTGATE_OTHER_SCHEME);
  fields[0] = view("DPoP abc");
  assert_status(jotgate_presented_from_authorization(&presented, fields, 1), JOTGATE_OK);
  assert_status(jotgate_presented_scheme(&presented, &scheme), JOTGATE_OK);
  assert_int_equal(scheme, JOTGATE_SCHEME_DPOP);
  assert_status(jotgate_presented_bearer(&presented, NULL, 3), JOTGATE_NULL_POINTER);
  assert_status(jotgate_presented_bearer(&presented, header, TOO_LONG), JOTGATE_LENGTH_OUT_OF_RANGE);
  assert_status(jotgate_presented_bearer(&presented, (char *)UINTPTR_MAX - 1, 16), JOTGATE_LENGTH_OUT_OF_RANGE);
  assert_status(jotgate_presented_bearer(&presented, NULL, 0), JOTGATE_OK);
  assert_status(jotgate_presented_scheme(&presented, &scheme), JOTGATE_OK);
  assert_int_equal(scheme, JOTGATE_SCHEME_BEARER);
  assert_status(jotgate_presented_bearer(&presented, (char *)&presented + 8, 4), JOTGATE_OVERLAP);
  assert_status(jotgate_presented_set_certificate(&presented, digest), JOTGATE_OK);
  assert_status(jotgate_presented_set_certificate(&presented, NULL), JOTGATE_NULL_POINTER);
  assert_status(jotgate_presented_set_certificate(&presented, digest), JOTGATE_BAD_STATE);
}

int presented_tests(void) {
  const struct CMUnitTest tests[] = {
      TEST(presented_requests),
  };
  return cmocka_run_group_tests_name("presented", tests, NULL, NULL);
}

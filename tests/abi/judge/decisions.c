#include "judge.h"

unsigned long granted, refused, others;

static int same(jotgate_status_t status, jotgate_text_t text, jotgate_text_t expected) {
  if (status == JOTGATE_ABSENT) {
    return expected.len == 0;
  }
  return status == JOTGATE_OK && text.len == expected.len && memcmp(text.data, expected.data, text.len) == 0;
}

static void judge(void) {
  const jotgate_text_t *arguments = command.arguments;
  int expects_grant = strcmp(command.name, "granted") == 0;
  jotgate_presented_t presented;
  jotgate_worker_t worker;
  jotgate_grant_t grant;
  jotgate_status_t status;
  jotgate_status_t expected = expects_grant ? JOTGATE_OK : (jotgate_status_t)number(arguments[1]);
  /* As many bytes as the token has, so that a sanitizer finds every byte that is read beyond. */
  char *token = malloc(arguments[0].len + 1);
  if (token == NULL) {
    fail("no memory", 0);
  }
  memcpy(token + 1, arguments[0].data, arguments[0].len);
  need(jotgate_presented_bearer(&presented, token + 1, arguments[0].len));
  need(jotgate_worker_init(&worker, 0, 0, 0, NULL, 0));
  status = jotgate_validator_check(&validator, &presented, now, &scratch, &worker, &grant);
  saw(status);
  if (status != expected) {
    fprintf(stderr, "%s: %.*s: %ld, not %ld\n", file_name, (int)arguments[0].len, arguments[0].data, (long)status,
            (long)expected);
    exit(1);
  }
  if (expects_grant) {
    jotgate_text_t text = {NULL, 0};
    uint8_t digest[JOTGATE_DIGEST_LEN];
    jotgate_status_t got = jotgate_grant_issuer(&grant, &text);
    int good = same(got, text, arguments[1]);
    got = jotgate_grant_subject(&grant, &text);
    good = good && same(got, text, arguments[2]);
    got = jotgate_grant_client(&grant, &text);
    good = good && same(got, text, arguments[3]);
    good = good && (jotgate_grant_has_user(&grant) == JOTGATE_OK) == is(arguments[4], "user");
    need(jotgate_grant_signing_input_digest(&grant, digest));
    good = good && memcmp(digest, arguments[5].data, sizeof digest) == 0;
    if (!good) {
      fail("the grant says something else", 0);
    }
    granted++;
  } else {
    jotgate_text_t text;
    jotgate_answer_t answer;
    char buffer[2048];
    if (jotgate_grant_subject(&grant, &text) != JOTGATE_BAD_STATE || text.len != 0) {
      fail("a refusal left a grant", 0);
    }
    need(jotgate_validator_answer(&validator, JOTGATE_SCHEME_BEARER, NULL, 0, status, buffer, sizeof buffer, &answer));
    if (answer.http_status < 400 || answer.body.len == 0) {
      fail("no answer", (long)answer.http_status);
    }
    refused++;
  }
  free(token);
}

/* Issuer's answer about a token: token, response, time, what becomes of it. */
static void judge_answered(void) {
  static uint64_t other_memory[JOTGATE_SCRATCH_LEN / 8 + 1];
  static jotgate_scratch_t other;
  const jotgate_text_t *arguments = command.arguments;
  jotgate_presented_t presented;
  jotgate_worker_t worker;
  jotgate_grant_t grant;
  jotgate_inquiry_t inquiry;
  jotgate_text_t text;
  need(jotgate_scratch_init(&other, JOTGATE_MAX_CLAIMS, other_memory, sizeof other_memory));
  need(jotgate_presented_bearer(&presented, arguments[0].data, arguments[0].len));
  need(jotgate_worker_init(&worker, 0, 0, 0, NULL, 0));
  if (saw(jotgate_validator_check_or_ask(&validator, &presented, now, &scratch, &worker, &grant, &inquiry)) !=
      JOTGATE_ASK) {
    fail("nobody is asked", 0);
  }
  need(jotgate_inquiry_token_id(&inquiry, &text));
  expect(jotgate_inquiry_answered(&inquiry, arguments[1].data, arguments[1].len, number(arguments[2]), &other, &grant),
         arguments[3]);
  others++;
}

/* What the host says of a request. */
static void describe(jotgate_dpop_request_t *request) {
  const jotgate_text_t *arguments = command.arguments;
  memset(request, 0, sizeof *request);
  request->method = arguments[2];
  request->scheme = arguments[3];
  request->authority = arguments[4];
  request->path = arguments[5];
  request->query_state = (uint32_t)number(arguments[6]);
  request->query = arguments[7];
  request->body_state = (uint32_t)number(arguments[8]);
  request->body_sha256 = arguments[9].len == 0 ? NULL : (const uint8_t *)arguments[9].data;
  request->nonce = arguments[10];
  request->previous_nonce = arguments[11];
  request->fields = arguments + 14;
  request->field_count = command.count - 14;
}

/* A request with its sender: the answer, the Authorization field, the request, its DPoP fields. */
static void judge_bound(void) {
  static uint64_t window_memory[512];
  static const uint8_t key[16] = {1};
  const jotgate_text_t *arguments = command.arguments;
  jotgate_dpop_request_t request;
  jotgate_replay_window_t window;
  jotgate_validator_t own = validator;
  jotgate_presented_t presented;
  jotgate_worker_t worker;
  jotgate_grant_t grant;
  jotgate_text_t subject;
  jotgate_status_t status = jotgate_presented_from_authorization(&presented, &arguments[1], 1);
  if (status == JOTGATE_OK) {
    describe(&request);
    need(jotgate_presented_set_dpop(&presented, &request));
    if (arguments[12].len != 0) {
      need(jotgate_presented_set_certificate(&presented, (const uint8_t *)arguments[12].data));
    }
    if (is(arguments[13], "window")) {
      need(jotgate_replay_window_init(&window, 64, 8, key, 10, 86400, window_memory, sizeof window_memory));
      need(jotgate_validator_set_replay_window(&own, &window));
    }
    need(jotgate_worker_init(&worker, 0, 0, 0, NULL, 0));
    status = jotgate_validator_check(&own, &presented, now, &scratch, &worker, &grant);
    if ((jotgate_grant_subject(&grant, &subject) == JOTGATE_OK) != (status == JOTGATE_OK)) {
      fail("grant and answer differ", (long)status);
    }
  }
  expect(status, arguments[0]);
  *(status == JOTGATE_OK ? &granted : &refused) += 1;
}

int obey_decision(void) {
  const char *name = command.name;
  if (strcmp(name, "now") == 0) {
    now = is(command.arguments[0], "none") ? JOTGATE_TIME_NOT_TRUSTED : number(command.arguments[0]);
  } else if (strcmp(name, "granted") == 0 || strcmp(name, "refused") == 0) {
    judge();
  } else if (strcmp(name, "bound") == 0) {
    judge_bound();
  } else if (strcmp(name, "answered") == 0) {
    judge_answered();
  } else {
    return 0;
  }
  return 1;
}

/*
 * Judges through the C ABI what the Rust tests judged, and compares: `judge FILE...`, files that the fixtures of the Rust
 * tests recorded (tests/src/forge/record.rs).
 *
 * main.c reads commands; policy.c has those that make a policy, decisions.c those that judge a token, lists.c those that
 * load keys and lists.
 */
#ifndef JOTGATE_TESTS_JUDGE_H
#define JOTGATE_TESTS_JUDGE_H

#include <jotgate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../seen.h"

#define MOST_ARGUMENTS 1200

/* The command that is obeyed. */
typedef struct {
  char name[32];
  size_t count;
  jotgate_text_t arguments[MOST_ARGUMENTS];
} command_t;

extern command_t command;
extern const char *file_name;

/* What the commands have made so far. */
extern jotgate_scratch_t scratch;
extern jotgate_key_ring_builder_t builder;
extern jotgate_key_ring_t ring;
extern jotgate_policy_t policy;
extern jotgate_validator_t validator;
extern int64_t now;

/* Ends the program: this command failed. */
void fail(const char *what, long status);
/* Ends the program unless it is JOTGATE_OK. */
void need(jotgate_status_t status);
/* Ends the program unless the library answers what Rust did. */
void expect(jotgate_status_t status, jotgate_text_t expected);

int is(jotgate_text_t text, const char *word);
int64_t number(jotgate_text_t text);
/* The position of the word in a list that ends with NULL, from 1: the constants of the ABI are numbered so. */
uint32_t word(jotgate_text_t text, const char *const *words);
const jotgate_algorithm_t *algorithm(jotgate_text_t name);
extern const jotgate_algorithm_t *all_algorithms[10];

/* Each answers whether the command is one of its own, and obeys it then. */
int obey_lists(void);
int obey_policy(void);
int obey_decision(void);

/* Nothing is known of a policy any more: another ring begins. */
void forget_policy(void);

/* How many tokens were granted and refused, key sets, lists and answers judged. */
extern unsigned long granted, refused, others;

#endif

/*
 * jotgate: JWT access-token validation against preloaded keys.
 * SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * This file is generated: scripts/header. Do not edit it.
 *
 * The rules that hold for every function:
 *
 * - Objects (`jotgate_*_t` with a member `opaque`) live in the caller's memory: on the stack, in .bss, wherever. Bytes of
 *   zero are an empty object. Nothing is to be freed. A function that is given an empty object, one of another version, or
 *   something else answers JOTGATE_BAD_STATE.
 * - No function allocates, locks, reads a clock, or keeps anything of its own. Time and memory are arguments. Working
 *   memory is a pointer and its length in bytes, of any alignment.
 * - `const *` may be shared between threads; everything else is one thread's own. Each function says so where it differs.
 *   A scratch or a worker that another call is using, of another thread or interrupted by a signal, answers JOTGATE_BUSY.
 *   That is a mark and no lock: two calls that begin at the very same moment may both go on. A call that never returns
 *   (longjmp, a cancelled thread) leaves the mark; jotgate_scratch_init and jotgate_worker_init take it away.
 * - Outputs are zeroed on entry and filled only when the function answers JOTGATE_OK. They must not share bytes with
 *   anything else of the call, nor with memory that an object of the call was lent: JOTGATE_OVERLAP, and such an output is
 *   not touched.
 * - Memory that is lent to two objects is refused (JOTGATE_OVERLAP) where both come into one call: key rings, policies,
 *   lists and replay windows where a validator is made of them; keys, tables, algorithms with tables and the scratch where
 *   a key set is loaded; scratch, worker and request where a token is checked. What does not meet so is not told, and is
 *   the caller's to keep apart: the memory of what a validator judges by from that of the scratch, the worker and the
 *   grant of a check; an algorithm's tables from everything after loading; two workers, or two rings, from each other.
 * - An object may be moved between calls unless something holds its address: a validator those of its ring, policy, lists
 *   and window; a swap those of its rings; grants, inquiries, values, peeks and ID tokens that of their scratch; a
 *   jotgate_swap_t is known to its workers. Issuers, presented tokens, validators, grants, values, peeks and ID tokens
 *   may be copied, and so may algorithms, key rings, policies, lists and windows that are done: the copy is the same over
 *   the same memory. Builders, workers, scratches, inquiries, swaps, and status lists that are being loaded must not be
 *   copied. A copied scratch is found out (JOTGATE_STALE); the others are not.
 * - No pointer may be NULL, except one to a list or text of length 0. Lengths are in bytes, at most PTRDIFF_MAX. Texts are
 *   UTF-8 and do not end with a NUL; a view (`jotgate_text_t`) points into memory of the caller's, and is not to be freed.
 * - What came in a token may hold line ends, escape sequences and "%s": see jotgate_text_escape before logging it.
 */

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
 * - Outputs are zeroed on entry and filled only when the function answers JOTGATE_OK. They must not share bytes with
 *   anything else of the call: JOTGATE_OVERLAP, and such an output is not touched.
 * - No pointer may be NULL, except one to a list or text of length 0. Lengths are in bytes, at most PTRDIFF_MAX. Texts are
 *   UTF-8 and do not end with a NUL; a view (`jotgate_text_t`) points into memory of the caller's, and is not to be freed.
 * - What came in a token may hold line ends, escape sequences and "%s": see jotgate_text_escape before logging it.
 */

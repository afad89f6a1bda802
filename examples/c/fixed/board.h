/* What the program needs of the machine that it runs on: a way to say something, and the stack that it may look at. */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>

/* Writes `len` bytes where somebody can read them. */
void board_write(const char *text, size_t len);

/* The lowest word of the stack, which grows down to it. */
unsigned *board_stack_end(void);

/* The program: how many tokens were not judged as they should be, or -1 when there is no gate. */
int judge_tokens(void);

#endif

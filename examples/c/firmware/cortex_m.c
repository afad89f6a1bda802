/* The program on a Cortex-M: what runs before main, and semihosting, by which QEMU and debuggers let it speak. */
#include "../fixed/board.h"

#include <stdint.h>

/* Of the linker script: addresses, and nothing else. */
extern unsigned _data[], _data_end[], _data_in_flash[], _bss[], _bss_end[], _stack_end[], _stack[];

/* Arm's semihosting: an operation and its argument, answered by whoever watches the breakpoint. */
static uintptr_t semihosting(uintptr_t operation, const void *argument) {
  register uintptr_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

#define SYS_WRITEC 0x03
#define SYS_EXIT_EXTENDED 0x20
#define APPLICATION_EXIT 0x20026

void board_write(const char *text, size_t len) {
  for (; len > 0; len--) {
    semihosting(SYS_WRITEC, text++);
  }
}

unsigned *board_stack_end(void) { return _stack_end; }

static void leave(uintptr_t status) {
  const uintptr_t reason[2] = {APPLICATION_EXIT, status};
  for (;;) {
    semihosting(SYS_EXIT_EXTENDED, reason);
  }
}

static void fault(void) { leave(3); }

/* The library's own fault would end here, too: it never happens. */
void jotgate_fault(void) { leave(4); }

void reset(void);
void reset(void) {
  unsigned *to = _data;
  const unsigned *from = _data_in_flash;
  while (to < _data_end) {
    *to++ = *from++;
  }
  for (to = _bss; to < _bss_end;) {
    *to++ = 0;
  }
  leave(judge_tokens() == 0 ? 0 : 1);
}

typedef union {
  void (*handler)(void);
  unsigned *stack;
} vector_t;

/* The first sixteen vectors; no interrupt is enabled. */
__attribute__((section(".vectors"), used)) static const vector_t vectors[16] = {
    {.stack = _stack}, {.handler = reset}, {.handler = fault}, {.handler = fault}, {.handler = fault},
    {.handler = fault}, {.handler = fault}, {0}, {0}, {0}, {0}, {.handler = fault}, {.handler = fault}, {0},
    {.handler = fault}, {.handler = fault}};

/* The program on POSIX: in a thread whose stack is a small static array. */
#define _POSIX_C_SOURCE 200809L
#include "board.h"

#include <pthread.h>
#include <unistd.h>

/* As much as a microcontroller may have; the thread library keeps its own things there, too. */
static _Alignas(4096) unsigned stack[32 * 1024 / sizeof(unsigned)];

void board_write(const char *text, size_t len) {
  while (len > 0) {
    ssize_t written = write(1, text, len);
    if (written <= 0) {
      _exit(2);
    }
    text += written;
    len -= (size_t)written;
  }
}

unsigned *board_stack_end(void) { return stack; }

static void *run(void *wrong) {
  *(int *)wrong = judge_tokens();
  return NULL;
}

int main(void) {
  pthread_attr_t small;
  pthread_t thread;
  int wrong = -1;
  if (pthread_attr_init(&small) != 0 || pthread_attr_setstack(&small, stack, sizeof stack) != 0 ||
      pthread_create(&thread, &small, run, &wrong) != 0 || pthread_join(thread, NULL) != 0) {
    return 2;
  }
  return wrong == 0 ? 0 : 1;
}

/* Two libraries written in Rust in one C program: each keeps its own panics and its own memory. */
#include <jotgate.h>

#include <stdio.h>

int other_world(void);

int main(void) {
  int other = other_world();
  jotgate_status_t status = jotgate_abi_check(JOTGATE_ABI_VERSION);
  if (other != 3 || status != JOTGATE_OK) {
    fprintf(stderr, "worlds: %d %ld\n", other, (long)status);
    return 1;
  }
  puts("worlds: a C program with libjotgate.a and another Rust library");
  return 0;
}

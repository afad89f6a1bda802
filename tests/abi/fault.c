/* The library's fault is weak: a program may have its own. Nothing can make the library call it. */
#include <jotgate.h>

#include <stdio.h>
#include <stdlib.h>

void jotgate_fault(void) {
  fputs("fault\n", stderr);
  abort();
}

int main(void) {
  return jotgate_abi_check(JOTGATE_ABI_VERSION) == JOTGATE_OK ? 0 : 1;
}

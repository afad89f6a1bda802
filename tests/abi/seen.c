#include "seen.h"

#include <stdio.h>
#include <stdlib.h>

#define MOST 10000

static unsigned char seen[MOST];
static int is_registered;

static void write_down(void) {
  const char *name = getenv("JOTGATE_SEEN");
  FILE *file = name == NULL ? NULL : fopen(name, "a");
  int status;
  if (file == NULL) {
    return;
  }
  for (status = 0; status < MOST; status++) {
    if (seen[status]) {
      fprintf(file, "%d\n", status);
    }
  }
  fclose(file);
}

jotgate_status_t saw(jotgate_status_t status) {
  if (!is_registered) {
    is_registered = 1;
    atexit(write_down);
  }
  if (status >= 0 && status < MOST) {
    seen[status] = 1;
  }
  return status;
}

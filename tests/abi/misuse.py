#!/usr/bin/env python3
"""Writes a C program that misuses every function of jotgate.h, one argument at a time: `misuse.py HEADER > misuse.c`.

Arguments are blocks of zeros (which are empty objects, empty texts, rules that name nothing) and lengths of 8. Of these
one is spoilt after the other: NULL, out of line, garbage instead of an object, the block of another argument, a length
that no memory has. Each call must answer with a misuse (11xx), and touch nothing that it was not given (run it with
AddressSanitizer). It is of use for functions that come later, too: tests/abi/objects has what each answers exactly.
"""

import re
import sys

HEAD = """\
#include "seen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 12
#define BLOCK 4096

static _Alignas(64) unsigned char blocks[MOST][BLOCK];
static unsigned long calls, wrong;

static void clean(void) { memset(blocks, 0, sizeof blocks); }

static void garbage(int block) { memset(blocks[block], 0xa5, BLOCK); }

static void misuse(const char *what, jotgate_status_t status, int is_expected) {
  calls++;
  if (!is_expected) {
    fprintf(stderr, "misuse: %s answers %ld\\n", what, (long)status);
    wrong++;
  }
}

static int any(jotgate_status_t status) { return saw(status) > 1100 && status < 1200; }
static int empty(jotgate_status_t status) { return saw(status) == JOTGATE_BAD_STATE; }
static int null(jotgate_status_t status) { return saw(status) == JOTGATE_NULL_POINTER || status == JOTGATE_BAD_STATE; }
static int line(jotgate_status_t status) { return saw(status) == JOTGATE_MISALIGNED || status == JOTGATE_BAD_STATE; }

int main(void) {
  jotgate_status_t status;
"""


def functions(header):
    objects = set(re.findall(r"^  uint64_t opaque\[\w+\];\n\} (jotgate_\w+_t);", header, re.M))
    for name, text in re.findall(r"^jotgate_status_t (jotgate_\w+)\(([^;]*)\);", header, re.M):
        parameters = []
        for part in re.sub(r"\s+", " ", text).split(", "):
            kind, name_of = re.fullmatch(r"(.*?)(\w+)", part).groups()
            parameters.append((kind.strip(), name_of))
        yield name, parameters, objects


def call(name, parameters, spoilt):
    arguments = []
    for position, (kind, _) in enumerate(parameters):
        good = f"({kind})blocks[{position}]" if "*" in kind else "8"
        arguments.append(spoilt.get(position, good))
    return f"{name}({', '.join(arguments)})"


def lines(name, parameters, objects):
    pointers = [at for at, (kind, _) in enumerate(parameters) if "*" in kind]
    inputs = [at for at in pointers if parameters[at][0].removesuffix(" *").removeprefix("const ") in objects
              and parameters[at][0].startswith("const")]
    for at in pointers:
        kind, own = parameters[at]
        yield f"{own} NULL", {at: "NULL"}, "null" if at in inputs else "any", None
    for at in inputs:
        kind, own = parameters[at]
        yield f"{own} empty", {}, "empty", None
        yield f"{own} garbage", {}, "empty", at
        yield f"{own} out of line", {at: f"({kind})(blocks[{at}] + 4)"}, "line", None
    for at in pointers:
        kind, own = parameters[at]
        for other in pointers:
            if other != at and not kind.startswith("const"):
                yield f"{own} upon {parameters[other][1]}", {at: f"({kind})blocks[{other}]"}, "any", None
    for at, (kind, own) in enumerate(parameters):
        if kind == "size_t" and at > 0 and at - 1 in pointers:
            yield f"{own} of no memory", {at: "SIZE_MAX"}, "any", None


def main():
    header = open(sys.argv[1]).read()
    out = [HEAD]
    count = 0
    for name, parameters, objects in functions(header):
        if not any("*" in kind for kind, _ in parameters):
            continue
        count += 1
        for what, spoilt, expected, spoilt_block in lines(name, parameters, objects):
            out.append("  clean();\n")
            if spoilt_block is not None:
                out.append(f"  garbage({spoilt_block});\n")
            out.append(f"  status = {call(name, parameters, spoilt)};\n")
            out.append(f'  misuse("{name}, {what}", status, {expected}(status));\n')
    out.append(f'  printf("misuse: %lu calls of {count} functions, %lu answered otherwise\\n", calls, wrong);\n')
    out.append("  return wrong == 0 && calls > 0 ? 0 : 1;\n}\n")
    print("".join(out), end="")


if __name__ == "__main__":
    main()

"""Reads include/jotgate.h, as scripts/header writes it. What it does not understand is an error, never left out."""

import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HEADER = ROOT / "include/jotgate.h"

COMMENT = re.compile(r"/\*(.*?)\*/\n?", re.S)
DIRECTIVE = re.compile(r"#\s*(\w+)[ \t]*((?:\\\n|.)*)\n")
# A name, and what it stands for; with parameters that belongs to its value.
DEFINITION = re.compile(r"(\w+)(.*)")
STRUCT = re.compile(r"typedef struct \{(.*)\} (\w+);", re.S)
ENUM = re.compile(r"enum \{(.*)\};", re.S)
TYPE = re.compile(r"typedef (\w+) (\w+);")
FUNCTION = re.compile(r"(JOTGATE_MUST_CHECK\s+)?((?:const )?\w+ \**)(jotgate_\w+)\((.*)\);", re.S)
FIELD = re.compile(r"((?:const )?\w+ \**(?:const \*)?)(\w+)((?:\[\w+\])?);")
ENUMERATOR = re.compile(r"(JOTGATE_\w+) = (\d+),?")
PARAMETER = re.compile(r"((?:const )?\w+ \**(?:const \*)?)(\w+)")
# They follow from the version, and are part of no ABI.
VERSION = re.compile(r"JOTGATE_(VERSION_(MAJOR|MINOR|PATCH)|ABI_VERSION)")


class Unreadable(Exception):
    pass


@dataclass
class Function:
    name: str
    returns: str
    # Type and name of each.
    parameters: list
    doc: str
    # As the header has it, without its description.
    text: str

    @property
    def prototype(self):
        """Without the names, which no program depends on."""
        return f"{self.returns} ({', '.join(kind for kind, _ in self.parameters) or 'void'})"


@dataclass
class Named:
    """A status, constant, size (two values: of 64 and of 32 bits), structure or type."""

    name: str
    value: str
    doc: str
    # Of a structure: its fields, each with its description.
    fields: list = field(default_factory=list)


@dataclass
class Header:
    head: str
    functions: list = field(default_factory=list)
    statuses: list = field(default_factory=list)
    constants: list = field(default_factory=list)
    sizes: list = field(default_factory=list)
    structures: list = field(default_factory=list)
    types: list = field(default_factory=list)


def read(path=HEADER):
    text = Path(path).read_text()
    head = COMMENT.match(text)
    header, position, doc = Header(plain(head[1])), head.end(), ""
    wide, narrow, conditions = {}, {}, []
    while position < len(text):
        if text[position].isspace():
            position += 1
        elif found := COMMENT.match(text, position):
            doc, position = plain(found[1].removeprefix("*")), found.end()
        elif found := DIRECTIVE.match(text, position):
            directive(found[1], found[2], doc, header, (wide, narrow), conditions)
            doc, position = "", found.end()
        elif text.startswith(('extern "C" {', '}  // extern "C"'), position):
            position = text.index("\n", position)
        else:
            end = statement_end(text, position)
            statement(text[position:end], doc, header)
            doc, position = "", end
    if conditions or set(wide) != set(narrow):
        raise Unreadable("conditions that do not end, or sizes that one width of pointers has alone")
    header.sizes = [Named(name, f"{value} {narrow[name][0]}", doc) for name, (value, doc) in wide.items()]
    return header


def plain(comment):
    """A comment's text, without the stars at its side."""
    return "\n".join(re.sub(r"^ *\* ?", "", line).rstrip() for line in comment.strip().splitlines()).strip()


def directive(word, rest, doc, header, sizes, conditions):
    if word in ("if", "ifdef", "ifndef"):
        conditions.append(rest)
    elif word == "else":
        conditions[-1] = f"not {conditions[-1]}"
    elif word == "endif":
        conditions.pop()
    elif word == "define":
        name, value = DEFINITION.fullmatch(" ".join(rest.replace("\\\n", " ").split())).groups()
        value = value.strip()
        pointers = next((c for c in conditions if "UINTPTR_MAX" in c), None)
        if pointers:
            sizes[pointers.startswith("not ")][name] = value, doc
        elif name not in ("JOTGATE_H", "JOTGATE_MUST_CHECK") and not VERSION.fullmatch(name):
            header.constants.append(Named(name, value, doc))
    elif word != "include":
        raise Unreadable(f"#{word}")


def statement_end(text, position):
    depth = 0
    for mark in re.finditer(r"/\*.*?\*/|[{};]", text[position:], re.S):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if mark[0] == ";" and depth == 0:
            return position + mark.end()
    raise Unreadable(text[position : position + 80])


def statement(text, doc, header):
    if found := ENUM.fullmatch(text):
        header.statuses += [Named(item[1], item[2], doc) for item, doc in items(found[1], ENUMERATOR)]
    elif found := STRUCT.fullmatch(text):
        fields = [(f"{item[1]}{item[2]}{item[3]};", doc) for item, doc in items(found[1], FIELD)]
        header.structures.append(Named(found[2], f"{{ {' '.join(text for text, _ in fields)} }}", doc, fields))
    elif found := TYPE.fullmatch(text):
        header.types.append(Named(found[2], found[1], doc))
    elif found := FUNCTION.fullmatch(text):
        parameters = [] if found[4] == "void" else re.split(r",\s*", found[4])
        pairs = [PARAMETER.fullmatch(parameter) for parameter in parameters]
        if None in pairs:
            raise Unreadable(text)
        pairs = [(pair[1].strip(), pair[2]) for pair in pairs]
        shown = text.removeprefix(found[1] or "")
        header.functions.append(Function(found[3], found[2].strip(), pairs, doc, shown))
    else:
        raise Unreadable(text)


def items(body, pattern):
    """The members of a structure or an enumeration, each with its description."""
    doc = ""
    for piece in re.findall(r"/\*.*?\*/|[^\s/][^;,\n]*[;,]?", body, re.S):
        if piece.startswith("/*"):
            doc = plain(piece[2:-2].removeprefix("*"))
        elif found := pattern.fullmatch(piece):
            yield found, doc
            doc = ""
        else:
            raise Unreadable(piece)

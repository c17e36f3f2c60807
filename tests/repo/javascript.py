"""Finds functions in JavaScript and their length: a tokenizer and its brackets, no parser, so that Python alone checks the tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/|^\#![^\n]*)
      | (?P<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")
      | (?P<word>[\w$#]+)
      | (?P<sign>=>|`|[^\s\w])""",
    re.VERBOSE | re.DOTALL,
)
REGEX = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
TEMPLATE = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(?P<end>`|\$\{)", re.DOTALL)
BEFORE_REGEX = {"", *"(,=:[!&|?{};+-*%<>~^", "=>", "return", "typeof", "case", "in", "of", "do", "else", "await", "yield"}
CONTROL = {"if", "for", "while", "switch", "catch", "with"}
CLOSES = {"(": ")", "[": "]", "{": "}", "${": "}"}


@dataclass
class Function:
    name: str  # "" where it has none
    line: int
    lines: int


@dataclass
class Token:
    text: str
    line: int


@dataclass
class Open:
    """A bracket that is not closed yet, or the body of an arrow function that has no braces."""

    sign: str
    head: list[Token]  # the one or two words before it
    function: Token | None = None  # what it is the body of


def tokens(source: str) -> Iterator[Token]:
    """Words and signs; a text, a regular expression and a piece of a template each stand as one token `''`."""
    at, line, last = 0, 1, ""
    braces: list[str] = []  # to tell the end of `${...}` from that of a block
    while at < len(source):
        if last == "}`":  # within a template
            match = TEMPLATE.match(source, at)
            text = "''" if match and match["end"] == "`" else "${"
        elif source[at] == "/" and last in BEFORE_REGEX and (match := REGEX.match(source, at)) and source[at + 1] not in "/*":
            text = "''"
        else:
            match = TOKEN.match(source, at)
            text = "" if match["space"] else "''" if match["text"] else match.group()
        if not match:
            raise ValueError(f"line {line}: cannot be read as JavaScript")
        if text in ("{", "${"):
            braces.append(text)
        closes_template = text == "}" and braces and braces.pop() == "${"
        if text and text != "`":
            yield Token(text, line)
        line += match.group().count("\n")
        at = match.end()
        last = "}`" if text == "`" or closes_template else text or last


def arrow_begin(head: list[Token]) -> Token:
    """Where an arrow function begins, by what stands before its parameters: its name, where it is given one."""
    return head[-2] if head[-1].text == "=" else Token("", head[-1].line)


def functions(source: str) -> Iterator[Function]:
    """Functions, methods and arrow functions, from the line that begins one to that of its last token."""
    opened: list[Open] = []
    past = [Token("", 1)] * 4
    closed = Open("", past)  # the last bracket that was closed

    def end(body: Open, line: int) -> Iterator[Function]:
        if begin := body.function:
            yield Function("" if begin.text == "function" else begin.text, begin.line, line - begin.line + 1)

    for token in tokens(source):
        last = past[-1]
        while opened and opened[-1].sign == "=>" and token.text in {",", ";", ")", "]", "}"}:
            yield from end(opened.pop(), last.line)
        arrow = last.text == "=>"
        begin = None
        if arrow:
            begin = arrow_begin(closed.head if past[-2].text == ")" else past[-4:-2])
        elif token.text == "{" and last.text == ")" and closed.head[-1].text not in CONTROL:
            begin = closed.head[-1]
        if token.text in CLOSES:
            opened.append(Open(token.text, past[-2:], begin if token.text == "{" else None))
        if arrow and token.text != "{":
            opened.insert(len(opened) - (token.text in CLOSES), Open("=>", past[-2:], begin))
        if token.text in CLOSES.values() and opened:
            closed = opened.pop()
            yield from end(closed, token.line)
        past = [*past[1:], token]

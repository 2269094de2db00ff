"""Functions of text."""

from __future__ import annotations

from typing import Any

from haanalyzer.frontends.terraform.functions.regular_expressions import find, find_all, replace
from haanalyzer.frontends.terraform.functions.request import Implementation, on_data, text, whole
from haanalyzer.frontends.terraform.symbolic import EvaluationError


def _chomp(value: str) -> str:
    return value.rstrip("\r\n")


def _indent(spaces: int, value: str) -> str:
    return value.replace("\n", "\n" + " " * spaces)


def _split(separator: str, value: str) -> list[str]:
    return value.split(separator) if separator else list(value)


def _substr(value: str, offset: int, length: int) -> str:
    start = offset if offset >= 0 else max(len(value) + offset, 0)
    if length < -1:
        raise EvaluationError("length should be -1 or positive")
    return value[start:] if length == -1 else value[start : start + length]


def _title(value: str) -> str:
    """Every letter that begins a word in upper case; an underscore or apostrophe's neighbour is as Go has it."""
    result: list[str] = []
    before = " "
    for character in value:
        begins = not (before.isalnum() or before == "_") if before.isascii() else before.isspace()
        result.append(character.title() if begins and character.isalpha() else character)
        before = character
    return "".join(result)


def _trim(value: str, characters: str) -> str:
    return value.strip(characters) if characters else value


def _starts_with(value: str, prefix: str) -> bool:
    return value.startswith(prefix)


def _ends_with(value: str, suffix: str) -> bool:
    return value.endswith(suffix)


def _contains(value: str, part: str) -> bool:
    return part in value


def _reverse(value: str) -> str:
    return value[::-1]


def _one_text(change: Any) -> Implementation:
    return on_data(change, text)


STRINGS: dict[str, Implementation] = {
    "chomp": _one_text(_chomp),
    "endswith": on_data(_ends_with, text, text),
    "indent": on_data(_indent, whole, text),
    "lower": _one_text(str.lower),
    "regex": on_data(find, text, text),
    "regexall": on_data(find_all, text, text),
    "replace": on_data(replace, text, text, text),
    "split": on_data(_split, text, text),
    "startswith": on_data(_starts_with, text, text),
    "strcontains": on_data(_contains, text, text),
    "strrev": _one_text(_reverse),
    "substr": on_data(_substr, text, whole, whole),
    "title": _one_text(_title),
    "trim": on_data(_trim, text, text),
    "trimprefix": on_data(str.removeprefix, text, text),
    "trimspace": _one_text(str.strip),
    "trimsuffix": on_data(str.removesuffix, text, text),
    "upper": _one_text(str.upper),
}

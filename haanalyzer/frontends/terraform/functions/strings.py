"""Functions of text."""

from __future__ import annotations

from collections.abc import Callable

from haanalyzer.frontends.terraform.evaluation.bounds import require_text
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError
from haanalyzer.frontends.terraform.functions.characters import characters
from haanalyzer.frontends.terraform.functions.regular_expressions import find, find_all, replace
from haanalyzer.frontends.terraform.functions.request import Implementation, on_data, text, whole

_DEEPEST_INDENTATION = 10_000

# What Unicode calls white space; Python strips the separators of ASCII besides.
_WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def _chomp(value: str) -> str:
    return value.rstrip("\r\n")


def _indent(spaces: int, value: str) -> str:
    require_text(value.count("\n") * spaces)
    if not 0 <= spaces <= _DEEPEST_INDENTATION:
        raise EvaluationError("an indentation is a small number of spaces")
    return value.replace("\n", "\n" + " " * spaces)


def _split(separator: str, value: str) -> list[str]:
    return value.split(separator) if separator else list(value)


def _substr(value: str, offset: int, length: int) -> str:
    """From an offset on, or so far before the end; as go-cty has it, no length from the end on is all of them."""
    found = characters(value)
    rest = found[max(offset if offset >= 0 else offset + len(found), 0) :]
    if offset >= 0 and length == 0:
        return ""
    return "".join(rest[:length] if length > 0 else rest)


def _title(value: str) -> str:
    """Every letter that begins a word in upper case; an underscore or apostrophe's neighbour is as Go has it."""
    result: list[str] = []
    before = " "
    for character in value:
        begins = not (before.isalnum() or before == "_") if before.isascii() else before.isspace()
        result.append(_simple(character, str.title) if begins and character.isalpha() else character)
        before = character
    return "".join(result)


def _simple(value: str, change: Callable[[str], str]) -> str:
    """A change of case, character by character: one that makes two of one is none."""
    if value.isascii():
        return change(value)
    return "".join(changed if len(changed := change(one)) == 1 else one for one in value)


def _lower(value: str) -> str:
    return _simple(value, str.lower)


def _upper(value: str) -> str:
    return _simple(value, str.upper)


def _trim(value: str, cutset: str) -> str:
    return value.strip(cutset) if cutset else value


def _trim_space(value: str) -> str:
    return value.strip(_WHITE_SPACE)


def _starts_with(value: str, prefix: str) -> bool:
    return value.startswith(prefix)


def _ends_with(value: str, suffix: str) -> bool:
    return value.endswith(suffix)


def _contains(value: str, part: str) -> bool:
    return part in value


def _reverse(value: str) -> str:
    return "".join(reversed(characters(value)))


def _one_text(change: Callable[[str], str]) -> Implementation:
    return on_data(change, text)


STRINGS: dict[str, Implementation] = {
    "chomp": _one_text(_chomp),
    "endswith": on_data(_ends_with, text, text),
    "indent": on_data(_indent, whole, text),
    "lower": _one_text(_lower),
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
    "trimspace": _one_text(_trim_space),
    "trimsuffix": on_data(str.removesuffix, text, text),
    "upper": _one_text(_upper),
}

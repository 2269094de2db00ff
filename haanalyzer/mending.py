"""From the change that mends a failure to the edits that make it, in the words and the style of the author's file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from haanalyzer.catalog.kinds import AttributeWords
from haanalyzer.finding import Change, Fix, Verdict
from haanalyzer.frontends.deployment import Declaration
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.results import is_foreign
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.edit import Edit, NotEditableError
from haanalyzer.source.span import Span
from haanalyzer.values import Scalar, Value

Read = Callable[[str], Document | Diagnostic]


@dataclass(frozen=True, slots=True)
class _Setting:
    """A change in the provider's words: where it is written, the path to the attribute, its new value, and today's."""

    declaration: Declaration
    path: tuple[str, ...]
    value: Scalar
    today: Value
    line: Span

    def __str__(self) -> str:
        shown = str(self.value).lower() if isinstance(self.value, bool) else self.value
        return f"`{'.'.join(self.path).removeprefix('@')}` to `{shown}`"


def fix_of(verdict: Verdict, graph: ResourceGraph, read: Read) -> Fix | None:
    """The fix of a failure that setting attributes mends; None for any other verdict.

    A value that comes from a variable, a parameter or any other expression is never
    replaced: the fix then has an ``obstacle`` that says where the value comes from.
    """
    if verdict.outcome != "fail" or not verdict.changes:
        return None
    settings = [_setting(change, graph) for change in verdict.changes]
    if any(setting is None for setting in settings):
        return None
    found = [setting for setting in settings if setting is not None]
    description = f"set {' and '.join(map(str, found))}"
    try:
        edits = [edit for setting in found for edit in _edits(setting, read)]
    except NotEditableError as reason:
        return Fix(description, obstacle=f"{reason}{_origin(found)}")
    return Fix(description, tuple(dict.fromkeys(edits)))


def _setting(change: Change, graph: ResourceGraph) -> _Setting | None:
    """None where the type has no such attribute, or the mend is a resource of its own."""
    resource = graph.resources.get(change.address)
    if resource is None or change.attribute not in resource.words:
        return None
    words = resource.words[change.attribute]
    path = _path(resource, words)
    declaration = graph.declarations.get(resource.owner.address)
    if declaration is None or not path:
        return None
    value = _in_their_words(words, change.value)
    return _Setting(declaration, path, value, resource[change.attribute], resource.place_of(change.attribute))


def _path(resource: Resource, words: AttributeWords) -> tuple[str, ...]:
    word = words.word(resource.type)
    if word is None or word == ".." or word.startswith("=") or not all(map(_is_name, word.split("."))):
        return ()
    block = resource.type.partition("/")[2]
    return (*(block.split(".") if block else ()), *word.split("."))


def _is_name(segment: str) -> bool:
    return segment.lstrip("@").isidentifier()


def _in_their_words(words: AttributeWords, value: Scalar) -> Scalar:
    return next((theirs for theirs, ours in words.translation.items() if ours == value), value)


def _edits(setting: _Setting, read: Read) -> Sequence[Edit]:
    place = setting.declaration.place
    document = read(place.path)
    if is_foreign(place) or isinstance(document, Diagnostic):
        raise NotEditableError(f"it is written in {place.path}, which is not yours to edit")
    if setting.declaration.dialect == "terraform":
        from haanalyzer.frontends.terraform.edits import set_argument

        return set_argument(document, place, setting.path, setting.value)
    from haanalyzer.frontends.cloudformation.edits import set_property

    return [*set_property(document, place, setting.path, setting.value)]


def _origin(settings: Sequence[_Setting]) -> str:
    """Where the first value that is written on another line than its attribute comes from."""
    for setting in settings:
        taken = sorted(setting.today.assuming, key=lambda each: each.place)
        if taken:
            return f": {taken[0]}, {taken[0].place}"
        place = setting.today.place
        if (place.path, place.line) != (setting.line.path, setting.line.line):
            return f", given at {place}"
    return ""

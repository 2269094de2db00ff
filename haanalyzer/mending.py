"""From the change that mends a failure to the edits that make it, in the words and the style of the author's file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from haanalyzer.catalog.kinds import AttributeWords, segments
from haanalyzer.finding import Change, Fix, Setting, Verdict
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.results import is_foreign
from haanalyzer.source.configuration_files import is_configuration
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.edit import Edit, NotEditableError, wanted
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span, start_of
from haanalyzer.values import Scalar, Value

Read = Callable[[str], Document | Diagnostic]


@dataclass(frozen=True, slots=True)
class _Intent:
    """A setting, the attribute as it is called, its value today, and the line that gives it."""

    setting: Setting
    word: str
    today: Value
    line: Span

    def __str__(self) -> str:
        value = self.setting.value
        return f"`{self.word}` to `{str(value).lower() if isinstance(value, bool) else value}`"


def fix_of(verdict: Verdict, graph: ResourceGraph, files: Files) -> Fix | None:
    """The fix of a failure that setting attributes mends; None for any other verdict.

    A value that comes from a variable, a parameter or any other expression is never
    replaced: the fix then has an ``obstacle`` that says where the value comes from.
    """
    if verdict.outcome != "fail" or not verdict.changes:
        return None
    intents = [intent for change in verdict.changes if (intent := _intent(change, graph)) is not None]
    if len(intents) < len(verdict.changes):
        return None
    description = f"set {' and '.join(map(str, intents))}"
    settings = tuple(intent.setting for intent in intents)
    try:
        for intent in intents:
            _check_source(intent, graph)
            _check_line(intent)
            check_owner(intent.setting.declaration.path, files)
        return Fix(description, settings, edits_of(settings, files.read))
    except NotEditableError as reason:
        return Fix(description, settings, obstacle=f"{reason}{_origin(intents)}")


def _check_source(intent: _Intent, graph: ResourceGraph) -> None:
    """NotEditableError for what was read of a plan, and for what a program has written."""
    path = intent.setting.declaration.path
    origin = graph.deployment.origin_of(intent.setting.declaration)
    if origin is not None:
        where = f" at {origin.program[0]}" if origin.program else f", in {origin.construct}"
        raise NotEditableError(f"{path} is written by the program that is to be changed{where}")
    if graph.deployment.dialect == "terraform" and not is_configuration(path):
        raise NotEditableError(f"{path} is a plan, made of the configuration that is to be changed")


def edits_of(settings: Iterable[Setting], read: Read) -> tuple[Edit, ...]:
    """The edits that make all these settings. NotEditableError where one cannot be made safely, or two disagree."""
    by_declaration: dict[Span, list[Setting]] = {}
    for setting in settings:
        by_declaration.setdefault(setting.declaration, []).append(setting)
    edits: dict[Edit, None] = {}
    for place, together in by_declaration.items():
        document = read(place.path)
        if isinstance(document, Diagnostic):
            raise NotEditableError(f"{place.path} cannot be read")
        tree = wanted((setting.path, setting.value) for setting in together)
        edits |= dict.fromkeys(_editor(place.path)(document, place, tree))
    return tuple(edits)


def _editor(path: str) -> Callable[..., list[Edit]]:
    if is_configuration(path):
        from haanalyzer.frontends.terraform.edits import set_arguments

        return set_arguments
    from haanalyzer.frontends.cloudformation.editing.properties import set_properties

    return set_properties


def _intent(change: Change, graph: ResourceGraph) -> _Intent | None:
    """None where the type has no such attribute, or the mend is a resource of its own."""
    resource = graph.resources.get(change.address)
    if resource is None or change.attribute not in resource.words:
        return None
    words = resource.words[change.attribute]
    word = _word(resource, words)
    declaration = graph.declarations.get(resource.owner.address)
    if declaration is None or word is None:
        return None
    value = _in_their_words(words, word, change.value)
    setting = Setting(declaration.place, tuple(segments(word)), value)
    return _Intent(setting, word.lstrip("@"), resource[change.attribute], resource.place_of(change.attribute))


def _word(resource: Resource, words: AttributeWords) -> str | None:
    """The path to an attribute that one can be given: from the resource, through the block that stands for it."""
    word = words.word(resource.type)
    if word is None or word.startswith("=") or any(each in ("*", "..") for each in (*segments(word), word)):
        return None
    block = resource.type.partition("/")[2]
    return f"{block}.{word}" if block else word


def _in_their_words(words: AttributeWords, word: str, value: Scalar) -> Scalar:
    """What a provider writes for our value; an argument that is called as we call it takes our own."""
    if isinstance(value, bool) and segments(word)[-1] == words.name:
        return value
    return next((theirs for theirs, ours in words.translation.items() if ours == value), value)


def _check_line(intent: _Intent) -> None:
    """An override file or another template that gives the attribute would win."""
    line = intent.line
    if line.path != intent.setting.declaration.path:
        raise NotEditableError(f"`{intent.word}` is given at {line}")


def check_owner(path: str, files: Files) -> None:
    """What was fetched, or lies outside the base by whatever name, is read only: NotEditableError."""
    if ".terraform" in path.split("/"):
        raise NotEditableError(f"it is written in {path}, which was fetched")
    if is_foreign(start_of(path)) or not Path(files.real(path)).is_relative_to(files.real(".")):
        raise NotEditableError(f"it is written in {path}, outside what is analyzed")


def _origin(intents: Iterable[_Intent]) -> str:
    """Where the first value that is written on another line than its attribute comes from."""
    for intent in intents:
        taken = sorted(intent.today.assuming, key=lambda each: each.place)
        if taken:
            return f", where {taken[0]}, {taken[0].place}"
        place = intent.today.place
        if place == start_of(place.path):
            return ", which was passed"
        if str(place) not in (str(intent.line), str(intent.setting.declaration)):
            return f", given at {place}"
    return ""

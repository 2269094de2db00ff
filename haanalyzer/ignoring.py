"""Writing suppressions: the edits by which findings are ignored, in the right syntax and place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from haanalyzer.frontends.cloudformation.said_in_metadata import ignored_in_metadata
from haanalyzer.frontends.enclosing import declaration_around
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node
from haanalyzer.mending import check_owner
from haanalyzer.results import Judgement, Report, is_foreign
from haanalyzer.source.comments import begins_inside_text, is_hcl
from haanalyzer.source.configuration_files import is_json_configuration
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.edit import Edit, NotEditableError, edited
from haanalyzer.source.files import Files
from haanalyzer.source.recognition import looks_like_plan
from haanalyzer.source.span import Span
from haanalyzer.source.stretches import Stretches
from haanalyzer.source.suppression import SuppressionComment, read_suppressions, suppression_words

Read = Callable[[str], Document | Diagnostic]

_BLANKS = re.compile(r"[ \t]*")
_COMMENT_MARK = re.compile(r"[#/]+[ \t]*")


@dataclass(frozen=True, slots=True)
class Ignored:
    """The new text of each changed file by its path, the edits that lead there, and how many findings that silences.

    ``refused`` are the findings that cannot be ignored in their place, and why.
    """

    texts: Mapping[str, str]
    edits: Mapping[str, Sequence[Edit]]
    silenced: int
    refused: tuple[tuple[Judgement, str], ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be said: which rules, by code, are ignored, why (one line), and until when."""

    codes: tuple[str, ...]
    reason: str
    until: date | None


def suppression_edits(judgement: Judgement, reason: str, until: date | None, read: Read) -> tuple[Edit, ...]:
    """The edits that write a suppression of a finding: a comment, or an entry of a resource's metadata in JSON.

    ``until`` is the last day on which it counts, None for good. NotEditableError where the finding
    is ignored already, or is in files of others and no call of the user's own leads there.
    """
    place, document = _target(judgement, read)
    return tuple(_edits(document, place, _Wish((judgement.rule.code,), _one_line(reason), until)))


def ignored(report: Report, reason: str, until: date | None, files: Files) -> Ignored:
    """What the files are when every finding of a report is ignored, as far as that can be written."""
    together: dict[Span, tuple[Document, list[Judgement]]] = {}
    refused: list[tuple[Judgement, str]] = []
    for finding in report.findings():
        try:
            place, document = _target(finding, report.documents.__getitem__)
            check_owner(place.path, files)
        except NotEditableError as error:
            refused.append((finding, str(error)))
        else:
            together.setdefault(place, (document, []))[1].append(finding)
    edits: dict[str, list[Edit]] = {}
    silenced = 0
    for place, (document, findings) in together.items():
        codes = tuple(sorted({one.rule.code for one in findings}))
        try:
            made = list(_edits(document, place, _Wish(codes, _one_line(reason), until)))
        except NotEditableError as error:
            refused += ((one, str(error)) for one in findings)
        else:
            edits.setdefault(place.path, []).extend(made)
            silenced += len(findings)
    texts = {path: edited(report.documents[path], made) for path, made in sorted(edits.items())}
    return Ignored(texts, edits, silenced, tuple(refused))


def _one_line(reason: str) -> str:
    """The reason on one line, of characters that may stand in any file."""
    return "".join(each for each in " ".join(reason.split()) if each.isprintable())


def _target(judgement: Judgement, read: Read) -> tuple[Span, Document]:
    """The nearest place at which a suppression of the finding can be written: a line, or a resource in JSON."""
    if judgement.suppressed is not None:
        raise NotEditableError(f"it is ignored already, {judgement.suppressed.place}")
    at, calls = judgement.verdict.at, judgement.verdict.calls
    if judgement.origin is not None:
        where = judgement.program[0] if judgement.program else f"the construct {judgement.origin.construct}"
        raise NotEditableError(f"{at.path} is written by a program, in which {where} is to say it")
    is_json = is_json_configuration(at.path)
    here = () if is_foreign(at) or is_json else (at, *judgement.named)
    own = [place for place in here or calls if not is_foreign(place) and not is_json_configuration(place.path)]
    if not own:
        why = "is JSON, where no comment can stand" if is_json else "is not part of what is analyzed"
        raise NotEditableError(f"{at.path} {why}, and no call leads there")
    for place in own:
        document = read(place.path)
        if isinstance(document, Diagnostic):
            continue
        if looks_like_plan(document.text):
            raise NotEditableError(f"{place.path} is a plan, in which no comment can stand")
        if _is_json(document):
            if place in (*judgement.named[:1], *calls):
                return place, document
        elif _can_be_commented(document, place.line):
            return document.span(*[document.line_starts[place.line - 1]] * 2), document
    raise NotEditableError(f"no comment can stand at {at}, nor metadata")


def _is_json(document: Document) -> bool:
    """Whether a template is written in braces, so that comments are not to be expected in it."""
    return not is_hcl(document) and document.text.lstrip().startswith("{")


def _can_be_commented(document: Document, line: int) -> bool:
    """Whether a comment can stand on a line of its own above this one."""
    if is_hcl(document):
        return not begins_inside_text(document, line)
    at = document.line_starts[line - 1]
    around = document.once(_scalars).around(at)
    return around is None or around[0] == at


def _scalars(document: Document) -> Stretches[None]:
    """The scalars of a template, in which no comment can stand; of one that cannot be read, all of it is one."""
    root, _ = document.once(load)
    if root is None:
        return Stretches([(-1, len(document.text), None)])
    found: set[tuple[int, int, None]] = set()
    nodes: dict[int, Node] = {id(root): root}
    seen: set[int] = set()
    while nodes:
        key, node = nodes.popitem()
        seen.add(key)
        inner: list[Node] = []
        if isinstance(node, MapNode):
            found.update((entry.start, entry.end, None) for entry in node.entries.values())
            inner = [entry.value for entry in node.entries.values()]
        elif isinstance(node, ListNode):
            inner = node.items
        elif node.end > node.start:
            found.add((node.start, node.end, None))
        nodes |= {id(each): each for each in inner if id(each) not in seen}
    return Stretches(found)


def _edits(document: Document, place: Span, wish: _Wish) -> Iterator[Edit]:
    if _is_json(document):
        resource = declaration_around(place, document) or place
        yield ignored_in_metadata(document, resource, wish.codes, wish.reason, wish.until)
        return
    there = document.once(_suppressions_by_line).get(place.line, [])
    alike = next((each for each in there if (each.reason, each.until) == (wish.reason, wish.until)), None)
    if alike is not None:
        missing = [code for code in wish.codes if code not in alike.patterns]
        yield _rewritten(document, alike, (*alike.patterns, *missing))
        return
    replaced = [each for each in there if set(each.patterns) <= set(wish.codes)]
    if replaced:
        yield _rewritten(document, replaced[0], wish.codes, wish)
        return
    indent = _BLANKS.match(document.text, document.offset(place.line, 1))
    assert indent is not None
    yield Edit(place, f"{indent[0]}# {_words(wish.codes, wish.reason, wish.until)}{document.line_end}")


def _suppressions_by_line(document: Document) -> dict[int | None, list[SuppressionComment]]:
    found: dict[int | None, list[SuppressionComment]] = {}
    for each in read_suppressions(document):
        found.setdefault(each.applies_to, []).append(each)
    return found


def _rewritten(
    document: Document, comment: SuppressionComment, patterns: Sequence[str], wish: _Wish | None = None
) -> Edit:
    """A comment for these patterns; with the reason and end of a wish if there is one."""
    said = wish or comment
    place = comment.place
    mark = _COMMENT_MARK.match(document.text, document.offset(place.line, place.column))
    assert mark is not None
    return Edit(place, f"{mark[0]}{_words(patterns, said.reason, said.until)}")


def _words(patterns: Iterable[str], reason: str, until: date | None) -> str:
    try:
        return suppression_words(patterns, reason, until)
    except ValueError as error:
        raise NotEditableError(str(error)) from error

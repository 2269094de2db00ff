"""A page in GitHub's Markdown: the summary of a job, or a comment on a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from haanalyzer.finding import Severity
from haanalyzer.report.markdown_words import code, details, escaped, linked
from haanalyzer.report.notes import gone_words, lacks, notes, position, subject
from haanalyzer.report.options import RenderOptions, rule_page
from haanalyzer.report.summary import severity_words, summary
from haanalyzer.results import Judgement, Report

_MOST_BYTES = 1024 * 1024  # of a step's summary
_ROOM_FOR_NOTE = 1024
_MOST_ENTRIES = 100  # of a table or list, so that much of a long one can be kept
_FINDINGS, _LISTS, _REASONS = 2, 5, 6

_Entry = TypeVar("_Entry")


class _Block(NamedTuple):
    """A part of the page, kept or cut as a whole: so many of ``items``. The least rank is kept first."""

    text: str
    rank: int
    items: str = ""
    size: int = 0


def render(report: Report, _options: RenderOptions) -> str:
    """A heading, the summary, what was not read, a table of findings by file, and lists that are folded away."""
    return _page(list(_blocks(report)), _MOST_BYTES - _ROOM_FOR_NOTE)


def _page(blocks: Sequence[_Block], most_bytes: int) -> str:
    """The blocks that fit, in order, and a line about those that do not."""
    kept: set[int] = set()
    room = most_bytes
    for at in sorted(range(len(blocks)), key=lambda at: blocks[at].rank):
        room -= len(blocks[at].text.encode()) + len("\n\n")
        if room < 0:
            break
        kept.add(at)
    texts = [blocks[at].text for at in sorted(kept)]
    cut: Counter[str] = Counter()
    for at, block in enumerate(blocks):
        if at not in kept:
            cut[block.items] += block.size
    if cut:
        left_out = ", ".join(f"{items} ({count})" for items, count in cut.items())
        texts.append(f"_Left out, because a page has room for 1 MiB: {left_out}._")
    return "\n\n".join(texts) + "\n"


def _blocks(report: Report) -> Iterator[_Block]:
    yield _Block(f"## haanalyzer: {severity_words(report) or 'no flaw found'}", 0)
    yield _Block(f"{escaped(summary(report, chr(39)))}.", 0)
    yield from _not_read(report)
    by_path = sorted(report.findings(), key=lambda one: one.place.path)
    for path, findings in groupby(by_path, key=lambda one: one.place.path):
        yield from _file(path, list(findings), report)
    gone = [[gone_words(one, report)] for one in report.gone or ()]
    yield from _list("no longer found", gone)
    if report.comparison:
        unsettled = [_undecided(one) for one in report.comparison.unsettled]
        yield from _list("checks that can no longer be decided", unsettled)
    yield from _list("undecided checks", [_undecided(one) for one in report.undecided()])
    yield from _list("ignored findings", [_ignored(one) for one in report.suppressed()])
    left_out = [each for each in report.diagnostics if not each.is_error]
    yield from _list("left out", [[f"{position(each.place)}: {each.message}"] for each in left_out])


def _not_read(report: Report) -> Iterator[_Block]:
    unread = [each for each in report.diagnostics if each.is_error]
    for part in _parts(unread):
        rows = [f"| {code(position(each.place))} | {escaped(each.message)} |" for each in part]
        yield _Block("\n".join(["| not read | why |", "|---|---|", *rows]), 1, "not read", len(part))


def _file(path: str, findings: Sequence[Judgement], report: Report) -> Iterator[_Block]:
    """The table of a file's findings, and below it what they rest on; the worst findings are cut last."""
    for part in _parts(findings):
        less = Severity.ERROR.rank - max(one.severity.rank for one in part)
        head = [f"### {code(path)}", "", "| line | level | rule | finding |", "|--:|---|---|---|"]
        yield _Block("\n".join([*head, *map(_row, part)]), _FINDINGS + less, "findings", len(part))
        reasons = [line for one in part for line in _reasons(one, report)]
        yield _Block(details("Why, and how to mend it", reasons), _REASONS + less, "explanations", len(part))


def _row(one: Judgement) -> str:
    rule = linked(f"{one.rule.code} {one.rule.slug}", rule_page(one.rule))
    return f"| {one.place.line} | {one.severity.value} | {rule} | {escaped(one.verdict.message)} |"


def _reasons(one: Judgement, report: Report) -> Iterator[str]:
    yield f"{position(one.place)}: {one.rule.code}, {subject(one)}"
    yield from (f"  {note}" for note in notes(one, report))


def _undecided(one: Judgement) -> list[str]:
    head = f"{position(one.place)}: {one.rule.code} {one.rule.slug}, {subject(one)}"
    return [head, *(f"  {note}" for note in lacks(one))]


def _ignored(one: Judgement) -> list[str]:
    head = f"{position(one.place)}: {one.rule.code} {one.rule.slug}, {subject(one)}"
    return [head, f"  because: {one.suppressed.reason}"] if one.suppressed and one.suppressed.reason else [head]


def _list(items: str, entries: Sequence[Sequence[str]]) -> Iterator[_Block]:
    """Entries of a few lines each, folded away."""
    for part in _parts(entries):
        lines = [line for entry in part for line in entry]
        yield _Block(details(f"{items.capitalize()}: {len(part)}", lines), _LISTS, items, len(part))


def _parts(entries: Sequence[_Entry]) -> Iterator[Sequence[_Entry]]:
    return (entries[at : at + _MOST_ENTRIES] for at in range(0, len(entries), _MOST_ENTRIES))

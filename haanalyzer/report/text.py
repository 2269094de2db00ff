"""The report as people read it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from haanalyzer.report.notes import Note, gone_words, lacks, notes, passed_checks, position, subject
from haanalyzer.report.options import RenderOptions
from haanalyzer.report.places import Sources, Stretch
from haanalyzer.report.summary import summary
from haanalyzer.report.terminal import Paint, beginning, columns, encodable, ending, shown, wrapped
from haanalyzer.report.words import one_line
from haanalyzer.results import Judgement, Recorded, Report
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.span import Span

_NARROWEST = 40


def render(report: Report, options: RenderOptions) -> str:
    """What was not read, each finding with its code and evidence, and one line that sums up."""
    page = _Page(report, options)
    blocks = [
        page.diagnostics(),
        *(page.passed() if "passed" in options.show else ()),
        *page.findings(),
        page.undecided(report.undecided()) if "undecided" in options.show else [],
        *page.changes(),
        [summary(report, "`")],
    ]
    text = "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
    return encodable(text, options.encoding)


class _Page:
    def __init__(self, report: Report, options: RenderOptions) -> None:
        self._report = report
        self._sources = Sources(report.documents)
        self._paint = Paint(on=options.color)
        self._encoding = options.encoding
        self._width = max(options.width, _NARROWEST)

    def diagnostics(self) -> list[str]:
        return [line for one in self._report.diagnostics for line in self._diagnostic(one)]

    def _diagnostic(self, diagnostic: Diagnostic) -> list[str]:
        kind = "not read" if diagnostic.is_error else "left out" if diagnostic.hides else "note"
        head = f"{self._paint('error' if diagnostic.is_error else 'note', kind)}[{diagnostic.code}]"
        return [f"{head} {position(diagnostic.place)}: {one_line(diagnostic.message)}"]

    def passed(self) -> Iterator[list[str]]:
        """One block, by resource, if any check passed."""
        lines = [
            line
            for head, checks in passed_checks(self._report)
            for line in (f"passed: {head}", *wrapped(checks, "  = holds: ", self._width))
        ]
        if lines:
            yield lines

    def findings(self) -> Iterator[list[str]]:
        """A block for each; those in examples and tests below all others, under a heading."""
        found = self._report.findings()
        yield from (self.finding(one) for one in found if not one.of_example)
        of_examples = [self.finding(one) for one in found if one.of_example]
        if of_examples:
            yield [self._paint("bold", "In examples and tests:")]
        yield from of_examples

    def finding(self, judgement: Judgement) -> list[str]:
        rule, verdict = judgement.rule, judgement.verdict
        level = judgement.severity.value
        gutter = " " * len(str(judgement.place.line))
        head = f"{self._paint(level, f'{level}[{rule.code}]')} {self._paint('bold', rule.slug)}"
        return [
            f"{head}: {one_line(verdict.message)}",
            f"{gutter}{self._paint('frame', '-->')} {position(judgement.place)} ({subject(judgement)})",
            *self._frame(judgement.place, gutter, level),
            *(line for note in notes(judgement, self._report) for line in self._note(gutter, note)),
        ]

    def _frame(self, place: Span, gutter: str, level: str) -> Iterator[str]:
        """The line of code, with carets below what is meant."""
        stretch = self._sources.stretch(place)
        if stretch is None or not stretch.marked:
            return
        before, marked, after = self._cropped(stretch, self._width - len(gutter) - 3)
        bar = self._paint("frame", "|")
        carets = self._paint(level, "^" * max(columns(marked), 1))
        yield f"{gutter} {bar}"
        yield f"{self._paint('frame', str(place.line))} {bar} {before}{marked}{after}".rstrip()
        yield f"{gutter} {bar} {' ' * columns(before)}{carets}"

    def _cropped(self, stretch: Stretch, room: int) -> tuple[str, str, str]:
        """The line before, in and after the marked part, as much of it as fits."""
        text, start, end = stretch.text, stretch.start, stretch.end
        before = shown(text[max(start - room - 1, 0) : start], self._encoding)
        marked = shown(text[start : min(end, start + room + 1)], self._encoding)
        after = shown(text[end : end + room + 1].rstrip(), self._encoding)
        if columns(before) + columns(marked) + columns(after) <= room:
            return before, marked, after
        gap = shown("…", self._encoding)
        marked = beginning(marked, room - 4 * columns(gap) - 4, gap)
        before = ending(before, max((room - columns(marked)) // 2, 4), gap)
        return before, marked, beginning(after, room - columns(before) - columns(marked), gap)

    def _note(self, gutter: str, note: Note) -> list[str]:
        mark, word = self._paint("frame", "="), self._paint("bold", f"{note.label}:")
        lines = wrapped(note.text, f"{gutter} = {note.label}: ", self._width)
        first = lines[0].removeprefix(f"{gutter} = {note.label}:")
        return [f"{gutter} {mark} {word}{first}", *lines[1:]]

    def changes(self) -> Iterator[list[str]]:
        """What is none any more; and what a change leaves undecided or ignored that was not."""
        yield [line for one in self._report.gone or () for line in self._gone(one)]
        if self._report.comparison is not None:
            yield self.undecided(self._report.comparison.unsettled)
            yield [
                f"ignored[{one.rule.code}] {one.rule.slug}: {subject(one)}, {position(one.place)}"
                for one in self._report.comparison.ignored
            ]

    def _gone(self, recorded: Recorded) -> list[str]:
        head = f"{self._paint('note', 'gone')}: "
        first, *rest = wrapped(gone_words(recorded, self._report), "gone: ", self._width)
        return [head + first.removeprefix("gone: "), *rest]

    def undecided(self, judgements: Sequence[Judgement]) -> list[str]:
        lines = []
        for one in judgements:
            head = f"undecided[{one.rule.code}] {one.rule.slug}: {one_line(one.verdict.subject)}"
            lines += [f"{head}, {position(one.place)}"]
            lines += [line for note in lacks(one) for line in wrapped(note.text, f"  = {note.label}: ", self._width)]
        return lines

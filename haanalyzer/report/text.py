"""The report as people read it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.finding import Fix
from haanalyzer.report.options import RenderOptions
from haanalyzer.report.places import Sources, Stretch
from haanalyzer.report.summary import coverage_words, severity_words
from haanalyzer.report.terminal import Paint, beginning, columns, encodable, ending, shown, wrapped
from haanalyzer.report.words import counted, harmless, one_line
from haanalyzer.results import Judgement, Report
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.span import Span

_NARROWEST = 40


def render(report: Report, options: RenderOptions) -> str:
    """What was not read, each finding with its code and evidence, and one line that sums up."""
    page = _Page(report, options)
    blocks = [
        *([page.diagnostics()] if report.diagnostics else []),
        *(page.finding(one) for one in report.findings()),
        *([page.undecided()] if options.verbose and report.undecided() else []),
        [page.summary()],
    ]
    text = "\n\n".join("\n".join(block) for block in blocks) + "\n"
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
        label = self._paint("error", "not read") if diagnostic.is_error else self._paint("note", "left out")
        head = f"{label}[{diagnostic.code}]"
        return [f"{head} {_position(diagnostic.place)}: {one_line(diagnostic.message)}"]

    def finding(self, judgement: Judgement) -> list[str]:
        rule, verdict = judgement.rule, judgement.verdict
        level = judgement.severity.value
        subject = one_line(f"{verdict.subject}, {verdict.part}" if verdict.part else verdict.subject)
        gutter = " " * len(str(judgement.place.line))
        head = f"{self._paint(level, f'{level}[{rule.code}]')} {self._paint('bold', rule.slug)}"
        return [
            f"{head}: {one_line(verdict.message)}",
            f"{gutter}{self._paint('frame', '-->')} {_position(judgement.place)} ({subject})",
            *self._frame(judgement.place, gutter, level),
            *(line for label, text in self._notes(judgement) for line in self._note(gutter, label, text)),
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

    def _notes(self, judgement: Judgement) -> Iterator[tuple[str, str]]:
        verdict = judgement.verdict
        if judgement.place != verdict.at:
            yield "at", f"{_position(verdict.at)}, which this call leads to"
        for step in verdict.evidence:
            yield "because", f"{_position(step.place)}: {step.text}"
        for assumption in sorted(verdict.assuming, key=lambda one: (one.place, one.name, one.value)):
            yield "assuming", f"{assumption}, {_position(assumption.place)}"
        if len(self._report.deployments) > 1:
            yield "in", judgement.deployment
        yield "mend", judgement.rule.mend
        if judgement.fix:
            yield "fix", _fix_words(judgement.fix)
        yield "see", f"haanalyzer explain {judgement.rule.code}"

    def _note(self, gutter: str, label: str, text: str) -> list[str]:
        mark, word = self._paint("frame", "="), self._paint("bold", f"{label}:")
        lines = wrapped(one_line(text), f"{gutter} = {label}: ", self._width)
        first = lines[0].removeprefix(f"{gutter} = {label}:")
        return [f"{gutter} {mark} {word}{first}", *lines[1:]]

    def undecided(self) -> list[str]:
        lines = []
        for one in self._report.undecided():
            head = f"undecided[{one.rule.code}] {one.rule.slug}: {one_line(one.verdict.subject)}"
            reasons = [
                f"{blocker.term}: {blocker.reason}, {_position(blocker.place)}" for blocker in one.verdict.blockers
            ]
            lines += [f"{head}, {_position(one.place)}"]
            lines += [line for reason in reasons for line in wrapped(one_line(reason), "  = lacks: ", self._width)]
        return lines

    def summary(self) -> str:
        report = self._report
        found = severity_words(report) or "No flaw found"
        parts = [f"{found} in {counted(len(report.files), 'file')}", coverage_words(report, "`")]
        ignored = len(report.suppressed())
        if ignored:
            parts.append(f"{ignored} ignored")
        unread = sum(one.is_error for one in report.diagnostics)
        if unread:
            parts.append(f"{counted(unread, 'part')} not read")
        return "; ".join(parts)


def _fix_words(fix: Fix) -> str:
    if fix.obstacle:
        return f"{fix.description} by hand: {fix.obstacle}"
    return f"--fix would {fix.description}"


def _position(place: Span) -> str:
    return harmless(f"{place.path}:{place.line}:{place.column}")

"""Findings that were there before: keeping them in a file, and what a report brings beyond them."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from haanalyzer.results import Identity, Judgement, Recorded, Report
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files, is_at_or_below

SCHEMA = "haanalyzer-baseline/v1"
FILE_NAME = "haanalyzer-baseline.json"
_NEEDED = ("code", "deployment", "subject", "path", "message")
_OPTIONAL = ("slug", "part", "stack")


class BaselineError(ValueError):
    """A file that is no baseline; the message says where and why."""


def record(report: Report) -> tuple[Recorded, ...]:
    """The open findings of a report, those that it has from a baseline included, in its order."""
    return tuple(
        Recorded(one.identity, one.place.path, one.verdict.message, one.rule.slug)
        for one in report.judgements
        if one.verdict.outcome == "fail" and one.suppressed is None
    )


def against(report: Report, before: Iterable[Recorded]) -> Report:
    """A report whose findings are those that were not there before; the others are `Report.recorded`.

    Findings are held together by what they are about, never by lines. Of several with one
    identity, as many are taken for old as were there.
    """
    known = list(before)
    left = Counter(each.identity for each in known)
    judgements = [_marked(one, left) for one in report.judgements]
    still = Counter(each.identity for each in known) - left
    gone = []
    for each in known:
        if still[each.identity]:
            still[each.identity] -= 1
        else:
            gone.append(each)
    return replace(report, judgements=tuple(judgements), gone=tuple(gone))


def _marked(one: Judgement, left: Counter[Identity]) -> Judgement:
    """The judgement, as recorded where one of its identity is left to be found."""
    if one.verdict.outcome != "fail" or one.suppressed is not None or not left[one.identity]:
        return one
    left[one.identity] -= 1
    return replace(one, recorded=True)


def beyond(report: Report, known: Iterable[Recorded], paths: Sequence[str]) -> Report:
    """What a report on these paths, relative to its base, brings beyond a baseline, and what of that is gone.

    That a finding is not there does not mean that it is gone: the report may not have looked at its
    deployment, not have been able to read it, not have run its rule, or not have decided its check.
    """
    compared = against(report, known)
    ran = {rule.code for rule in report.rules}
    undecided = {one.identity for one in report.undecided()}
    unread = [one.place.path for one in report.diagnostics if one.is_error and one.hides]
    gone = (
        each
        for each in compared.gone or ()
        if each.identity.code in ran
        and each.identity not in undecided
        and any(is_at_or_below(each.identity.deployment, path) for path in paths)
        and not any(is_at_or_below(path, known) for path in unread for known in (each.identity.deployment, each.path))
    )
    return replace(compared, gone=tuple(gone))


def renewed(report: Report, known: Sequence[Recorded], paths: Sequence[str]) -> tuple[Recorded, ...]:
    """The baseline as it is to be after a report: its findings, and what is neither there nor known to be gone."""
    missing = against(report, known).gone or ()
    return (*record(report), *without(missing, beyond(report, known, paths).gone or ()))


def without(known: Iterable[Recorded], dropped: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """What is left of a baseline when some of it is dropped; of equal ones as many as are given."""
    left = Counter(known)
    left.subtract(dropped)
    return tuple(left.elements())


def read_baseline(path: Path, base: Path) -> tuple[Recorded, ...]:
    """The findings that a file has, by paths relative to ``base``. BaselineError where it is no baseline."""
    document = Files(path.parent).read(path.name)
    if isinstance(document, Diagnostic):
        raise BaselineError(f"{path}: {document.message}")
    try:
        content = json.loads(document.text)
    except RecursionError:
        raise BaselineError(f"{path}: expected {_EXPECTED}") from None
    except json.JSONDecodeError as error:
        raise BaselineError(f"{path}:{error.lineno}:{error.colno}: expected {_EXPECTED}: {error.msg}") from error
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        found = content.get("schema") if isinstance(content, dict) else None
        raise BaselineError(f"{path}: expected {_EXPECTED}" + (f", found {found!r}" if found else ""))
    entries = content.get("findings")
    if not isinstance(entries, list):
        raise BaselineError(f"{path}: expected a list of `findings`")
    to_base = _Way(path.parent, base)
    try:
        return tuple(to_base.record(_read(entry)) for entry in entries)
    except BaselineError as error:
        raise BaselineError(f"{path}: {error}") from error


_EXPECTED = f"a baseline ({SCHEMA}), as `haanalyzer baseline write` makes it"


def _read(entry: object) -> Recorded:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise BaselineError(f"expected each finding to be a map of texts, found {json.dumps(entry)}")
    if not set(_NEEDED) <= entry.keys() <= {*_NEEDED, *_OPTIONAL}:
        words = ", ".join(f"`{name}`" for name in (*_NEEDED, *_OPTIONAL))
        raise BaselineError(f"expected each finding to have {words}, found {json.dumps(entry)}")
    code, deployment, subject = entry["code"], entry["deployment"], entry["subject"]
    identity = Identity(code, deployment, subject, entry.get("part", ""), entry.get("stack", ""))
    return Recorded(identity, entry["path"], entry["message"], entry.get("slug", ""))


def baseline_text(records: Iterable[Recorded], base: Path, folder: Path) -> str:
    """A baseline for a file in a folder: one line for each finding, sorted, by paths relative to that folder."""
    to_folder = _Way(base, folder)
    entries = sorted(map(to_folder.record, records), key=_order)
    lines = ",\n".join(f"    {json.dumps(_entry(each), ensure_ascii=False)}" for each in entries)
    text = f'{{\n  "schema": "{SCHEMA}",\n  "findings": [\n{lines}\n  ]\n}}\n'
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _order(each: Recorded) -> tuple[str, ...]:
    code, *about = each.identity
    return *about, code, each.path, each.message


def _entry(each: Recorded) -> Mapping[str, str]:
    code, deployment, subject, part, stack = each.identity
    about = {"deployment": deployment, "stack": stack, "subject": subject, "part": part}
    found = {"code": code, "slug": each.slug, **about}
    return {name: value for name, value in found.items() if value} | {"path": each.path, "message": each.message}


class _Way:
    """From paths relative to one folder to the same relative to another."""

    def __init__(self, origin: Path, target: Path) -> None:
        self._origin, self._target = origin.resolve(), target.resolve()

    def record(self, each: Recorded) -> Recorded:
        deployment = self._path(each.identity.deployment)
        return replace(each, identity=each.identity._replace(deployment=deployment), path=self._path(each.path))

    def _path(self, path: str) -> str:
        if self._origin == self._target:
            return path
        return os.path.relpath(self._origin / path, self._target).replace(os.sep, "/")

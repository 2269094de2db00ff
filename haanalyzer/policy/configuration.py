"""The configuration of a project: ``haanalyzer.yaml``, or ``[tool.haanalyzer]`` in ``pyproject.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haanalyzer.finding import Severity
from haanalyzer.policy.declared.reader import RulesetError, schema
from haanalyzer.policy.selection import AS_PROFILED, Selection
from haanalyzer.policy.written import CODE, TABLE, Written, read_table, read_yaml, shown
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.exclusion import is_pattern
from haanalyzer.source.span import start_of

if TYPE_CHECKING:
    from haanalyzer.source.toml import Steps
from haanalyzer.source.upwards import leads_outside, upwards

NAME = "haanalyzer.yaml"
PYPROJECT = "pyproject.toml"
NEVER = "never"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a project settles for everyone who analyzes it.

    ``by_tag`` is a tag's key with the profile for each of its values, in lower case;
    ``rulesets`` are paths of the user's own rules; ``rules`` has, by code or slug, what differs
    from the profiles: ``severity`` (``off`` and ``own`` included), ``parameters``, ``reason``.
    With ``every_case`` failures count in any case that conditions leave open.
    ``fail_on`` is None where no finding makes a command fail. ``exclude`` are patterns as in
    ``.gitignore``, relative to ``folder``. ``stacks`` are its entries as they are written, see `stacks_of`.
    ``written`` tells where it says so.
    """

    profile: str = "default"
    by_tag: tuple[str, Mapping[str, str]] | None = None
    rulesets: tuple[str, ...] = ()
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    selection: Selection = AS_PROFILED
    min_level: Severity = Severity.NOTE
    fail_on: Severity | None = Severity.NOTE
    every_case: bool = False
    show: frozenset[str] = frozenset()
    baseline: Path | None = None
    exclude: tuple[str, ...] = ()
    stacks: tuple[Mapping[str, Any], ...] = ()
    folder: Path | None = field(default=None, compare=False)
    written: Written | None = field(default=None, compare=False)


def find_configuration(folder: Path) -> Path | None:
    """The file that holds for a folder: its own, or the nearest above inside its repository.

    In one folder, ``haanalyzer.yaml`` takes precedence. RulesetError for a
    ``pyproject.toml`` of which cannot be told whether it is one.
    """
    for each in upwards(folder):
        if (each / NAME).is_file():
            return each / NAME
        if _has_table(each / PYPROJECT):
            return each / PYPROJECT
    return None


def unread_beside(path: Path) -> Diagnostic | None:
    """What is said of a table that does not count because of the file beside it."""
    other = path.parent / PYPROJECT
    is_unread = path.name == NAME and _has_table(other)
    return _unread(other, f"{NAME} beside it takes precedence") if is_unread else None


def unread_below(path: Path | None, folder: Path) -> Diagnostic | None:
    """What is said of the configuration that would hold for a folder if it were analyzed from there."""
    try:
        other = find_configuration(folder)
    except (OSError, RulesetError):  # of what does not count, faults do not count either
        return None
    if other is None or other == path:
        return None
    return _unread(other, "it counts where haanalyzer runs in its folder, or with --config")


def unread_by_name(folder: Path) -> Diagnostic | None:
    """What is said of the file that would hold for a folder if it were named as it should be."""
    for each in upwards(folder):
        if (each / NAME).is_file():
            return None
        if (other := (each / NAME).with_suffix(".yml")).is_file():
            return _unread(other, f"expected the name {NAME}")
    return None


def _unread(path: Path, why: str) -> Diagnostic:
    table = read_table(path) if path.name == PYPROJECT else None
    place = table.place(()) if table else start_of(shown(path))
    return Diagnostic(place, "unread-configuration", f"not read: {why}", is_error=False)


def read_configuration(path: Path) -> Configuration:
    """Read a file of settings, TOML by its ending. RulesetError with everything that is wrong with it, and where."""
    written = read_table(path) if path.suffix == ".toml" else read_yaml(path)
    if written is None:
        raise RulesetError([Diagnostic(start_of(str(path)), CODE, f"expected a table [{'.'.join(TABLE)}]")])
    faults = [written.fault(at, text) for at, text in _wrong(written.data, path.parent)]
    if faults:
        raise RulesetError(sorted(set(faults)))
    return _configuration(written, path.parent)


def _wrong(data: Any, folder: Path) -> Iterator[tuple[Steps, str]]:
    from haanalyzer.policy.declared.shape import wrong_in_shape

    if faults := wrong_in_shape(data, schema(), "configuration"):
        yield from faults
        return
    for at, pattern in enumerate(data.get("exclude", ())):
        if not is_pattern(pattern):
            yield ("exclude", at), f"expected a pattern as in .gitignore, found {pattern!r}"
    for at, ruleset in enumerate(data.get("rulesets", ())):
        if leads_outside(folder / ruleset, folder):
            yield ("rulesets", at), f"expected a file of this repository, or --ruleset for others, found {ruleset!r}"
    if "stacks" in data:
        from haanalyzer.policy.stacks import wrong_in_stacks

        yield from wrong_in_stacks(data["stacks"], folder)


def _configuration(written: Written, folder: Path) -> Configuration:
    """The configuration that data of the right shape is."""
    data: Mapping[str, Any] = written.data
    tag, values = next(iter(data.get("profile_by_tag", {}).items()), ("", {}))
    return Configuration(
        profile=data.get("profile", "default"),
        by_tag=(tag, {str(value).lower(): profile for value, profile in values.items()}) if tag else None,
        rulesets=tuple(str(folder / each) for each in data.get("rulesets", ())),
        rules=data.get("rules", {}),
        selection=Selection(tuple(data["select"]) if "select" in data else None, tuple(data.get("ignore", ()))),
        min_level=Severity(data.get("min_level", "note")),
        fail_on=level_named(data.get("fail_on", "note")),
        every_case=data.get("every_case", False),
        show=frozenset(data.get("show", ())),
        baseline=folder / data["baseline"] if "baseline" in data else None,
        exclude=tuple(data.get("exclude", ())),
        stacks=tuple(data.get("stacks", ())),
        folder=folder,
        written=written,
    )


def level_named(word: str) -> Severity | None:
    """The level of a word; None for ``never``."""
    return None if word == NEVER else Severity(word)


def _has_table(path: Path) -> bool:
    return path.is_file() and read_table(path) is not None

"""The command line. It reads arguments, calls the engine, and renders."""

from __future__ import annotations

import argparse
import gc
import io
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from haanalyzer import __version__

if TYPE_CHECKING:
    from haanalyzer.finding import RuleInfo
    from haanalyzer.frontends.deployment import Inputs, VariableFile, VariableText
    from haanalyzer.policy import Configuration, Standards
    from haanalyzer.results import Report
    from haanalyzer.rules.kit import Rule
    from haanalyzer.values import Scalar

CLEAN, FINDINGS, ERROR, NOTHING = 0, 1, 2, 3
LEVELS = ("note", "warning", "error", "never")

_DESCRIPTION = "Says what does not survive the loss of an instance, a zone or a region, before anything is deployed."
_EXIT_CODES = """\
exit codes:
  0  nothing found
  1  findings at or above --fail-on
  2  usage or internal error, or a file that could not be read (see --keep-going)
  3  nothing to analyze, or nothing that could be read
"""


class UsageError(Exception):
    """The command line asks for something that cannot be done; the message says what and why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is returned."""
    options = _parser().parse_args(arguments)
    gc.set_threshold(50_000, 20, 20)  # an analysis makes many small objects and hardly any garbage
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return int(options.run(options))
    except UsageError as error:
        print(f"haanalyzer: {error}", file=sys.stderr)
        return ERROR
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    except Exception as error:  # noqa: BLE001 - the last resort: one line instead of a traceback
        print(f"haanalyzer: internal error: {type(error).__name__}: {error}; please report it", file=sys.stderr)
        return ERROR


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="haanalyzer",
        description=_DESCRIPTION,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"haanalyzer {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    check = commands.add_parser("check", help="analyze templates and root modules", epilog=_EXIT_CODES)
    check.formatter_class = argparse.RawDescriptionHelpFormatter
    _add_inputs(check)
    check.add_argument("--profile", metavar="NAME", help="which rules run (see `rules`; default: default)")
    check.add_argument(
        "--profile-by-tag",
        metavar="KEY",
        help="let this tag choose the profile of what bears it, such as Environment = prod",
    )
    check.add_argument(
        "--config", metavar="FILE", help="the configuration (default: haanalyzer.yaml, in the project or above)"
    )
    _add_rulesets(check)
    check.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="FORMAT[:FILE]",
        help="text, json, sarif or sarif-github; may be given several times (default: text)",
    )
    check.add_argument("--fail-on", default="note", choices=LEVELS, help="the least level that gives exit code 1")
    check.add_argument(
        "--keep-going", action="store_true", help="let files that cannot be read not change the exit code"
    )
    check.add_argument("--category", metavar="NAME", help="the category of the SARIF logs")
    check.add_argument("--verbose", "-v", action="store_true", help="list what is undecided, too")
    check.add_argument("--color", default="auto", choices=("auto", "always", "never"), help="colour in text")
    check.add_argument("--fix", action="store_true", help="make the changes that mend findings, then say what is left")
    check.add_argument("--diff", action="store_true", help="with --fix: print the changes instead of making them")
    check.set_defaults(run=_check)

    graph = commands.add_parser("graph", help="print the resources and what connects them")
    _add_inputs(graph)
    graph.add_argument("--format", default="json", choices=("json", "mermaid", "dot"))
    graph.set_defaults(run=_graph)

    explain = commands.add_parser("explain", help="say what a rule means and how to mend what it finds")
    explain.add_argument("rule", metavar="CODE|SLUG")
    _add_rulesets(explain)
    explain.set_defaults(run=_explain)

    rules = commands.add_parser("rules", help="list the rules and profiles")
    rules.add_argument("--format", default="text", choices=("text", "json"))
    rules.add_argument("--like", metavar="CHECK", help="only those that ask what this check of another tool asks")
    _add_rulesets(rules)
    rules.set_defaults(run=_rules)

    test = commands.add_parser("test", help="hold rules of your own to fixtures that announce what they find")
    test.add_argument("ruleset", metavar="RULESET", help="a file of rules")
    test.add_argument(
        "--fixtures", metavar="DIR", help="the folder with one folder a rule (default: fixtures, beside the ruleset)"
    )
    test.set_defaults(run=_test)
    return parser


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(ERROR, f"{self.prog}: {message}\n")


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH", help="templates, root modules, or folders of them"
    )
    parser.add_argument("--region", metavar="REGION", help="the region it is deployed to, such as eu-west-1")
    parser.add_argument("--parameters", metavar="FILE", help="CloudFormation parameters, in one of its own JSON shapes")
    terraform = parser.add_argument_group("Terraform variables, of which the later wins")
    for flag, metavar in (("var", "NAME=VALUE"), ("var-file", "FILE")):
        terraform.add_argument(
            f"-{flag}",
            f"--{flag}",
            dest="variables",
            action="append",
            default=[],
            metavar=metavar,
            type=partial(_Passed, flag),
        )


def _add_rulesets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--ruleset",
        dest="rulesets",
        action="append",
        default=[],
        metavar="FILE",
        help="a file of rules of your own, which run besides; may be given several times",
    )


def _base(paths: Sequence[str]) -> Path:
    """What findings name files relative to: the current folder, or what holds the paths when all lie elsewhere."""
    for path in paths:
        if not path or not _exists(path):
            raise UsageError(f"{path or repr(path)}: no such file or folder")
    here = Path.cwd().resolve()
    real = [Path(path).resolve() for path in paths]
    if any(path.is_relative_to(here) for path in real):
        return here
    return Path(os.path.commonpath([path if path.is_dir() else path.parent for path in real]))


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def _below(base: Path, paths: Sequence[str]) -> list[str]:
    return [os.path.relpath(path, base).replace(os.sep, "/") for path in paths]


class _Passed(NamedTuple):
    """A variable option: ``var`` or ``var-file``, and what was given for it."""

    flag: str
    text: str


def _inputs(options: argparse.Namespace, base: Path) -> Inputs:
    from haanalyzer.frontends.deployment import Inputs

    return Inputs(
        region=options.region,
        parameters=_parameters(options.parameters) if options.parameters else {},
        variables=tuple(_variable(passed, base) for passed in options.variables),
    )


def _variable(passed: _Passed, base: Path) -> VariableFile | VariableText:
    from haanalyzer.frontends.deployment import VariableFile, VariableText

    if passed.flag == "var":
        name, equals, value = passed.text.partition("=")
        if not equals:
            raise UsageError(f"-var takes NAME=VALUE, not {passed.text!r}")
        return VariableText(name.strip(), value)
    if not Path(passed.text).is_file():
        raise UsageError(f"{passed.text}: no such file")
    (path,) = _below(base, [passed.text])
    return VariableFile(path)


def _parameters(path: str) -> Mapping[str, Scalar | list[Scalar]]:
    from haanalyzer.frontends.cloudformation.parameters import read_parameters
    from haanalyzer.source.diagnostic import Diagnostic
    from haanalyzer.source.files import Files

    files = Files(Path.cwd())
    files.admit(path)
    document = files.read(path)
    found = document if isinstance(document, Diagnostic) else read_parameters(document)
    if isinstance(found, Diagnostic):
        raise UsageError(str(found))
    return found


def _check(options: argparse.Namespace) -> int:
    from haanalyzer.engine import analyze

    if options.diff and not options.fix:
        raise UsageError("--diff shows what --fix would change: give both")
    outputs = [_output(text) for text in options.output or ["text"]]
    base = _base(options.paths)
    held_to = _standards(options, base)
    paths, inputs = _below(base, options.paths), _inputs(options, base)
    report = analyze(paths, base, inputs, held_to)
    if options.diff:
        return _print_differences(report, options)
    if options.fix and _fix(report, base):
        report = analyze(paths, base, inputs, held_to)
    for format_, path in outputs:
        _write(_render(format_, report, options, to_file=path is not None), path)
    return _exit_code(report, options)


def _print_differences(report: Report, options: argparse.Namespace) -> int:
    from haanalyzer.fixing import differences, fixed

    lines = list(differences(report, fixed(report)))
    if lines:
        _write("".join(lines), None)
    return _exit_code(report, options)


def _fix(report: Report, base: Path) -> bool:
    """Make what fixes there are; whether there were any."""
    from haanalyzer.fixing import fixed, write
    from haanalyzer.report.words import counted

    changed = fixed(report)
    try:
        write(changed, base)
    except OSError as error:
        raise UsageError(f"cannot write {error.filename}: {error.strerror}") from error
    made = f"{counted(changed.mended, 'finding')} in {counted(len(changed.texts), 'file')}"
    left = f"; {changed.left} more on another run" if changed.left else ""
    print(f"haanalyzer: mended {made}{left}", file=sys.stderr)
    return bool(changed.texts)


def _standards(options: argparse.Namespace, base: Path) -> Standards:
    """What the configuration and the flags hold resources to."""
    from haanalyzer.policy import ProfileError, standards

    configuration = _configuration(options.config, base)
    own = _own_rules([*configuration.rulesets, *options.rulesets])
    try:
        return standards(configuration, profile=options.profile, tag=options.profile_by_tag, own=own)
    except ProfileError as error:
        raise UsageError(str(error)) from error


def _configuration(given: str | None, base: Path) -> Configuration:
    from haanalyzer.policy import Configuration, RulesetError, find_configuration, read_configuration

    path = find_configuration(base) if given is None else Path(given)
    if path is None:
        return Configuration()
    try:
        return read_configuration(path.resolve())
    except RulesetError as error:
        raise UsageError(str(error)) from error


def _own_rules(paths: Sequence[str]) -> tuple[Rule, ...]:
    if not paths:
        return ()
    from haanalyzer.policy import RulesetError, own_rules

    try:
        return own_rules(paths, Path.cwd())
    except RulesetError as error:
        raise UsageError(str(error)) from error


def _output(text: str) -> tuple[str, str | None]:
    from haanalyzer.report import FORMATS

    format_, colon, path = text.partition(":")
    if format_ not in FORMATS:
        raise UsageError(f"no output format is named {format_!r}; there are {', '.join(FORMATS)}")
    if colon and not path:
        raise UsageError(f"--output {text} names no file after the colon")
    return format_, path or None


def _render(format_: str, report: Report, options: argparse.Namespace, *, to_file: bool) -> str:
    from haanalyzer.report import FORMATS, RenderOptions
    from haanalyzer.report.revision import revision_of

    stream = None if to_file else sys.stdout
    color = {"always": True, "never": False}.get(options.color)
    if color is None:
        color = stream is not None and stream.isatty() and "NO_COLOR" not in os.environ
    return FORMATS[format_](
        report,
        RenderOptions(
            color=color,
            width=shutil.get_terminal_size().columns,
            verbose=options.verbose,
            encoding="utf-8" if stream is None else stream.encoding or "ascii",
            category=options.category,
            revision=revision_of(Path.cwd()) if format_.startswith("sarif") else None,
        ),
    )


def _write(text: str, path: str | None) -> None:
    try:
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        elif sys.stdout is not None:  # None when the shell closed it
            sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"cannot write {path or 'the output'}: {error.strerror}") from error


def _exit_code(report: Report, options: argparse.Namespace) -> int:
    errors = [diagnostic for diagnostic in report.diagnostics if diagnostic.is_error]
    if any(diagnostic.code == "internal-error" for diagnostic in errors):
        return ERROR
    least = LEVELS.index(options.fail_on)
    if any(finding.severity.rank >= least for finding in report.findings()):
        return FINDINGS
    if not report.deployments:
        return NOTHING
    return ERROR if errors and not options.keep_going else CLEAN


def _graph(options: argparse.Namespace) -> int:
    from haanalyzer.engine import read_project
    from haanalyzer.graph import ResourceGraph
    from haanalyzer.report.graph_formats import GRAPH_FORMATS

    base = _base(options.paths)
    project = read_project(_below(base, options.paths), base, _inputs(options, base))
    for diagnostic in project.diagnostics:
        print(diagnostic, file=sys.stderr)
    graphs = [ResourceGraph(deployment) for deployment in project.deployments]
    _write(GRAPH_FORMATS[options.format](graphs), None)
    if any(diagnostic.is_error for diagnostic in project.diagnostics):
        return ERROR
    return CLEAN if graphs else NOTHING


def _explain(options: argparse.Namespace) -> int:
    from haanalyzer.policy import rule_named, rules
    from haanalyzer.report.rule_page import rule_page

    everything = (*rules(), *_own_rules(options.rulesets))
    rule = rule_named(options.rule, everything)
    if rule is None:
        known = ", ".join(f"{each.info.code} {each.info.slug}" for each in everything)
        raise UsageError(f"no rule is named {options.rule!r}; there are {known}")
    _write(rule_page(rule.info), None)
    return CLEAN


def _rules(options: argparse.Namespace) -> int:
    from haanalyzer.policy import load_profile, profile_names, rules
    from haanalyzer.report.rule_page import rules_json, rules_text

    own = _own_rules(options.rulesets)
    if options.like:
        return _rules_like(options.like, [rule.info for rule in (*rules(), *own)])
    profiles = [load_profile(name, own) for name in profile_names()]
    _write(rules_json(profiles) if options.format == "json" else rules_text(profiles), None)
    return CLEAN


def _rules_like(name: str, known: Sequence[RuleInfo]) -> int:
    from haanalyzer.catalog.peers import checks_like
    from haanalyzer.report.rule_page import rules_like

    checks = checks_like(name)
    if not checks:
        raise UsageError(f"no check is known by the name {name!r}, such as CKV_AWS_157 or RDS.5")
    _write(rules_like(checks, known), None)
    return CLEAN if any(check.name in rule.like for check in checks for rule in known) else NOTHING


def _test(options: argparse.Namespace) -> int:
    from haanalyzer.fixtures import fixtures_in
    from haanalyzer.report.tested_rules import tested_rules

    own = _own_rules([options.ruleset])
    folder = Path(options.fixtures or Path(options.ruleset).parent / "fixtures")
    if options.fixtures and not folder.is_dir():
        raise UsageError(f"{folder}: no such folder")
    tested = [
        (
            rule.info,
            folder / rule.info.slug,
            [(fixture, fixture.surprises()) for fixture in fixtures_in(folder / rule.info.slug, own)],
        )
        for rule in own
    ]
    _write(tested_rules(tested), None)
    results = [surprises for _, _, fixtures in tested for _, surprises in fixtures]
    if not results:
        return NOTHING
    return FINDINGS if any(results) else CLEAN

"""``python -m tests.new_rule SLUG CODE KIND`` lays out a new rule: its module and its folder of fixtures.

With ``--declared RULESET`` the rule becomes an entry of ``rulesets/RULESET.yaml``
instead of a module. Whatever still has to be written fails a test until it is.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from haanalyzer.catalog.kinds import Kind, dialect_of, kinds

ROOT = Path(__file__).parents[1]

_MODULE = '''"""<One sentence: what is wrong, without its period>.

<Why it fails, what breaks then; what is not meant.>

How to mend
    <What to write instead.>

See also
    https://docs.aws.amazon.com/
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Verdict, failed, passed, rule, undecided
from haanalyzer.values import Absent, Known, blockers


@rule("{code}", kinds=("{kind}",), severity=Severity.WARNING, systems=(), like=())
def {name}(resource: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    value = resource["{attribute}"]
    match value:
        case Known():
            yield passed(resource)
        case Absent():
            yield failed(resource, f"{{resource.address}} <says what is wrong>", at=resource.place_of("{attribute}"))
        case _:
            yield undecided(resource, blockers(value))
'''

_ENTRY = """
  - code: {code}
    slug: {slug}
    title: <what is wrong, in one sentence without its period>
    kinds: [{kind}]
    severity: warning
    require: {{attribute: {attribute}, is: present}}
    message: "{{address}} <says what is wrong>"
    why: |
      <Why it fails, what breaks then; what is not meant.>
    how_to_mend: |
      <What to write instead.>
    see_also: [https://docs.aws.amazon.com/]
"""

_TEMPLATE = """Resources:
  Subject:
    Type: {type}{expect}
    Properties: {{}}
"""

_ROOT = """resource "{type}" "subject" {{{expect}
}}
"""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.new_rule", description=__doc__)
    parser.add_argument("slug", help="names the flaw, in words between hyphens")
    parser.add_argument("code", help="HA and three digits, of which the first is the kind of failure")
    parser.add_argument("kind", choices=sorted(kinds()), metavar="KIND", help="of the resources that it judges")
    parser.add_argument("--declared", metavar="RULESET", help="add an entry to rulesets/RULESET.yaml")
    options = parser.parse_args(arguments)
    kind = kinds()[options.kind]
    folder = ROOT / "testdata" / "rules" / options.slug
    if folder.exists():
        parser.error(f"{folder} is there already")
    written = _declared(options, kind) if options.declared else _module(options, kind)
    folder.mkdir(parents=True)
    for situation in ("bad", "good", "undecided"):
        for ending, text in (("yaml", _TEMPLATE), ("tf", _ROOT)):
            path = folder / f"{situation}.{ending}"
            path.write_text(_fixture(text, kind, ending, situation, options.code), "utf-8")
            written.append(path)
    print("\n".join(str(path.relative_to(ROOT)) for path in written))
    print("Then give it a line in rulesets/profiles.yaml for each profile it belongs to.")
    return 0


def _declared(options: argparse.Namespace, kind: Kind) -> list[Path]:
    path = ROOT / "rulesets" / f"{options.declared}.yaml"
    text = path.read_text("utf-8") if path.exists() else "rules:\n"
    entry = _ENTRY.format(code=options.code, slug=options.slug, kind=kind.name, attribute=_attribute(kind))
    path.write_text(f"{text.rstrip()}\n{entry}", "utf-8")
    return [path]


def _module(options: argparse.Namespace, kind: Kind) -> list[Path]:
    name = options.slug.replace("-", "_")
    path = ROOT / "haanalyzer" / "rules" / f"{name}.py"
    path.write_text(_MODULE.format(code=options.code, name=name, kind=kind.name, attribute=_attribute(kind)), "utf-8")
    return [path]


def _attribute(kind: Kind) -> str:
    return next(iter(kind.attributes))


def _fixture(text: str, kind: Kind, ending: str, situation: str, code: str) -> str:
    dialect = "cloudformation" if ending == "yaml" else "terraform"
    types = [type_ for type_ in kind.types if dialect_of(type_) == dialect and "/" not in type_]
    marks = {"bad": f" # expect: {code}", "good": "", "undecided": f" # undecided: {code}"}
    return text.format(type=types[0] if types else "<type>", expect=marks[situation])


if __name__ == "__main__":
    sys.exit(main())

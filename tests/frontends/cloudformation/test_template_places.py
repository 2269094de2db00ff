"""Exact lines and columns in every way that a template may be written, in reports, SARIF and suppressions."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from haanalyzer.engine import analyze
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.policy import load_profile
from haanalyzer.report import FORMATS, RenderOptions
from haanalyzer.results import Report

MARKS = "«»‹›"
"""Around the key that the finding is at, and around the value that the diagnostic is at."""

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"
OTHER = "  Other:\n    Type: AWS::SQS::Queue\n    Properties: ‹[a]›\n"
BLOCK = f"{HEAD}  Db:\n    Type: AWS::RDS::DBInstance\n    #@\n    «DeletionPolicy»: Delete\n{OTHER}"
JSON = """\
{
  "Resources": {
    "Db": {
      "Type": "AWS::RDS::DBInstance",
      "Metadata": {"@": 1},
      «"DeletionPolicy"»: "Delete"
    },
    "Other": {"Type": "AWS::SQS::Queue", "Properties": ‹[1]›}
  }
}
"""
OWN = "Type: AWS::RDS::DBInstance"


def written(before: str, db: str) -> str:
    """A template with something before its sections, and a database so written."""
    return f"{before}{HEAD}{db}{OTHER}"


TEXTS = {
    "yaml": BLOCK,
    "json": JSON,
    "json in one line": re.sub(r"\n\s*", "", JSON),
    "json with tabs": JSON.replace("  ", "\t"),
    "json with surrogates": JSON.replace("«", r'"Note": "\ud83d\ude00😀", «'),
    "quoted keys": BLOCK.replace("DeletionPolicy", "'DeletionPolicy'").replace("Other:", '"Other":'),
    "flow": written("", f"  Db: {{{OWN}, «DeletionPolicy»: Delete}} #@\n"),
    "flow over lines": written("", f"  Db: {{\n    {OWN}, # of all\n #@\n  «DeletionPolicy»:\n   Delete }}\n"),
    "beyond the bmp": written("", f'  Db: {{Note: {{"😀": 𝒜}}, {OWN}, «DeletionPolicy»: Delete}} #@ 😀\n'),
    "beyond ascii": written("", f"  Db: {{Note: {{ä: 'é€'}}, {OWN}, «DeletionPolicy»: Delete}} #@\n"),
    "separators of lines that end none": BLOCK.replace("Resources:", "Description: 'a\u2028b\x85c'\nResources:"),
    "a key that is asked for": BLOCK.replace("«DeletionPolicy»:", "? «DeletionPolicy»\n    :"),
    "tabs behind colons": BLOCK.replace(": ", ":\t"),
    "folded": BLOCK.replace("Delete\n", ">-\n      Delete\n\n"),
    "behind a block scalar": BLOCK.replace("Db:\n", "Db:\n    Note: |\n      # b\n\n      DeletionPolicy: c\n"),
    "behind text over lines": BLOCK.replace(
        "Db:\n", "Db:\n    Note:\n      a: b\n        c\n      d: 'e\n\n        f'\n"
    ),
    "merged": written("Own: &own\n  «DeletionPolicy»: Delete #@\n", f"  Db:\n    <<: *own\n    {OWN}\n"),
    "merged and own": written(
        f"Own: &own {{DeletionPolicy: Snapshot, {OWN}}}\n", "  Db: #@\n    «DeletionPolicy»: Delete\n    <<: *own\n"
    ),
    "an alias": written(f"Own:\n  - &db\n    {OWN}\n    «DeletionPolicy»: Delete #@\n", "  Db: *db\n"),
    "anchors": BLOCK.replace("Delete\n", "&a Delete\n").replace("Db:\n", "&b Db: &c\n").replace("‹", "‹&d "),
    "tags": BLOCK.replace("Delete\n", "!!str Delete\n").replace("Db:\n", "!!str Db: !!map\n").replace("‹", "‹!!seq "),
    "an empty document before": f"# licence\n---\n# nothing\n---\n{BLOCK}...\n",
    "a directive": f"%YAML 1.1\n---\n{BLOCK}",
    "no line end at the end": BLOCK.rstrip("\n"),
    "a loop": written(
        "Transform: AWS::LanguageExtensions\n",
        f"  Fn::ForEach::L:\n  - N\n  - [a]\n  - Db${{N}}:\n      {OWN}\n      «DeletionPolicy»: Delete #@\n",
    ),
}
WAYS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16, big end first": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "carriage return and line feed": lambda text: text.replace("\n", "\r\n").encode(),
    "carriage return": lambda text: text.replace("\n", "\r").encode(),
}


class Stretch(NamedTuple):
    """Line, column and end column from 1, in characters; then both columns in UTF-16 units."""

    line: int
    start: int
    end: int
    units: tuple[int, int]


def marked(text: str, opening: str, closing: str) -> Stretch:
    """What stands between two marks, the other marks not counted."""
    text = text.translate({ord(each): "" for each in MARKS if each not in (opening, closing)})
    before = text[: text.index(opening)]
    line = before.rpartition("\n")[2]
    inside = text[len(before) + 1 : text.index(closing)]
    units = len(line.encode("utf-16-le")) // 2 + 1
    start = len(line) + 1
    return Stretch(before.count("\n") + 1, start, start + len(inside), (units, units + len(inside)))


def report_of(folder: Path, text: str, encoded: Callable[[str], bytes], *, silent: bool = False) -> Report:
    name = "t.json" if text.startswith("{") else "t.yaml"
    text = text.replace("#@", "# haanalyzer: ignore[HA408] x" if silent else "# x")
    text = text.replace('{"@": 1}', '{"haanalyzer": {"ignore": ["HA408"], "reason": "x"}}' if silent else '{"@": 1}')
    (folder / name).write_bytes(encoded(re.sub(f"[{MARKS}]", "", text)))
    return analyze(["."], folder, Inputs(), load_profile("default"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TEXTS)
def test_places_are_exact(tmp_path: Path, name: str, way: str) -> None:
    text = TEXTS[name]
    report = report_of(tmp_path, text, WAYS[way])
    (finding,) = report.findings()
    (diagnostic,) = report.diagnostics
    key, value = marked(text, "«", "»"), marked(text, "‹", "›")
    assert finding.rule.code == "HA408"
    assert finding.place[1:] == (key.line, key.start, key.line, key.end)
    assert diagnostic.code == "invalid-resource"
    assert diagnostic.place[1:] == (value.line, value.start, value.line, value.end)
    (run,) = json.loads(FORMATS["sarif"](report, RenderOptions()))["runs"]
    (result,) = [each for each in run["results"] if each["kind"] == "fail"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (key.line, *key.units)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TEXTS)
def test_suppressions_are_read_where_they_stand(tmp_path: Path, name: str, way: str) -> None:
    report = report_of(tmp_path, TEXTS[name], WAYS[way], silent=True)
    assert report.findings() == ()
    assert [found.rule.code for found in report.suppressed()] == ["HA408"]
    assert [found.code for found in report.diagnostics] == ["invalid-resource"]


def test_what_several_resources_merge_is_found_for_each_where_it_is_written(tmp_path: Path) -> None:
    text = written(f"Own: &own\n  {OWN}\n  DeletionPolicy: Delete\n", "  One:\n    <<: *own\n  Two: *own\n")
    found = report_of(tmp_path, text, WAYS["utf-8"]).findings()
    assert [each.place[1:3] for each in found] == [(3, 3), (3, 3)]
    assert [(each.verdict.subject, each.named[0][1:3]) for each in found] == [("One", (6, 3)), ("Two", (8, 3))]

from __future__ import annotations

import datetime
import logging
from textwrap import dedent

import pytest

from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode, plain
from haanalyzer.source.document import Document


def read(text: str) -> Node:
    node, diagnostics = load(Document("t.yaml", text))
    assert node is not None
    assert diagnostics == []
    return node


def at(node: Node, *path: str | int) -> Node:
    for step in path:
        if isinstance(step, int):
            assert isinstance(node, ListNode)
            node = node.items[step]
        else:
            assert isinstance(node, MapNode)
            node = node.entries[step].value
    return node


def written(node: Node) -> str:
    return node.document.text[node.start : node.end]


YAML = """\
Resources:   # all of them
  "Web Server":
    Type: 'AWS::EC2::Instance'
    Zone: !Select
      - 0
      - !GetAZs ''   # here

    Name: !Sub "${Env}-web"
    Subnet: !GetAtt Net.Outputs.Id
    Script: |
      echo ä
      true

    List:
    - a   # comment
    -   b: c

  Last: plain
    folded
"""


def test_values_have_the_place_they_are_written_at() -> None:
    server = at(read(YAML), "Resources", "Web Server")
    assert written(at(server, "Type")) == "'AWS::EC2::Instance'"
    assert written(at(server, "Name")) == '!Sub "${Env}-web"'
    assert written(at(server, "Name", "Fn::Sub")) == '"${Env}-web"'
    assert written(at(server, "Zone", "Fn::Select", 1)) == "!GetAZs ''"
    assert [written(item) for item in at(server, "Subnet", "Fn::GetAtt").items] == ["Net", "Outputs.Id"]
    assert written(at(server, "Script")) == "|\n      echo ä\n      true"
    assert written(at(server, "List")) == "- a   # comment\n    -   b: c"
    assert written(at(server, "List", 1)) == "b: c"
    assert written(at(read(YAML), "Resources", "Last")) == "plain\n    folded"


def test_a_block_ends_where_its_last_value_does() -> None:
    resources = at(read(YAML), "Resources")
    assert written(at(resources, "Web Server")).endswith("b: c")
    assert written(at(resources, "Web Server", "Zone")).endswith("!GetAZs ''")


def test_keys_have_a_place_on_one_line() -> None:
    root = read(YAML)
    assert isinstance(root, MapNode)
    resources = at(root, "Resources")
    assert isinstance(resources, MapNode)
    assert tuple(resources.key_span("Web Server") or ()) == ("t.yaml", 2, 3, 2, 15)
    name = at(resources, "Web Server", "Name")
    assert isinstance(name, MapNode)
    assert tuple(name.key_span("Fn::Sub") or ())[1:] == (8, 11, 8, 15)


def test_columns_count_code_points_and_line_ends_do_not_matter() -> None:
    node = read('a: "ä€😀"\r\nb: [x, "é"]\r\n')
    assert tuple(at(node, "a").place)[1:] == (1, 4, 1, 9)
    assert tuple(at(node, "b", 1).place)[1:] == (2, 8, 2, 11)


def test_json_goes_the_same_road() -> None:
    node = read('{"Resources": {"A": {"Type": "x", "N": [1, true, null, 1.5]}}}')
    assert plain(node) == {"Resources": {"A": {"Type": "x", "N": [1, True, None, 1.5]}}}
    assert tuple(at(node, "Resources", "A", "Type").place)[1:] == (1, 30, 1, 33)


def test_json_that_is_no_yaml() -> None:
    node = read('{\n\t"a": "\\ud83d\\ude00",\n\t"b": [1,\t2, {"c": {}}]}')
    assert plain(node) == {"a": "😀", "b": [1, 2, {"c": {}}]}
    assert tuple(at(node, "a").place)[1:] == (2, 7, 2, 21)
    assert written(at(node, "b")) == '[1,\t2, {"c": {}}]'


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("!Ref A", {"Ref": "A"}),
        ("!Condition A", {"Condition": "A"}),
        ("!GetAtt A.B", {"Fn::GetAtt": ["A", "B"]}),
        ("!GetAtt [A, B.C]", {"Fn::GetAtt": ["A", "B.C"]}),
        ("!If [A, !Ref B, 1]", {"Fn::If": ["A", {"Ref": "B"}, 1]}),
        ("!Sub 12", {"Fn::Sub": "12"}),
        ("!Transform {Name: N, Parameters: {A: 1}}", {"Fn::Transform": {"Name": "N", "Parameters": {"A": 1}}}),
        ("!Not\n  - !Equals [a, b]", {"Fn::Not": [{"Fn::Equals": ["a", "b"]}]}),
    ],
)
def test_short_tags_become_long(short: str, long: object) -> None:
    assert plain(read(f"x: {short}\n")) == {"x": long}


def test_aliases_and_merges_are_resolved() -> None:
    node = read("base: &b {x: 1, y: 2}\nmore: &m {y: 3}\nit: {<<: [*b, *m], x: 9}\nsame: *b\n")
    assert plain(at(node, "it")) == {"x": 9, "y": 2}
    assert plain(at(node, "same")) == {"x": 1, "y": 2}


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "words"),
    [
        ("a: [1, 2\nb: 3", "invalid-yaml", 2, 2, "expected ',' or ']'"),
        ('a: "x\nb: 1', "invalid-yaml", 1, 4, "closing quote"),
        ("a:\n\tb: 1", "invalid-yaml", 2, 1, "found a tab"),
        ("a: b: c", "invalid-yaml", 1, 5, "': '"),
        ("a: *x", "invalid-yaml", 1, 4, "&x"),
        ("a: &a [*a]", "invalid-yaml", 1, 8, "&a"),
        ("a: \x07", "invalid-yaml", 1, 4, "printable"),
        ("a: \ud800", "invalid-yaml", 1, 4, "printable"),
        ('{"a": 1,\n "b" 2}', "invalid-json", 2, 6, "':'"),
        ('{"a": [1 2}', "invalid-json", 1, 10, "',' or ']'"),
        ('{"a": "x}', "invalid-json", 1, 7, "closing quote"),
        ('{"a": 1} b', "invalid-json", 1, 10, "end of the file"),
        ("[" * 5000, "nested-too-deeply", 1, 101, "100 levels"),
        ('{\t"a":' * 5000, "nested-too-deeply", 1, 601, "100 levels"),
    ],
)
def test_what_cannot_be_read_gives_one_diagnostic(text: str, code: str, line: int, column: int, words: str) -> None:
    node, diagnostics = load(Document("t.yaml", text))
    assert node is None
    (found,) = diagnostics
    assert (found.code, found.place.line, found.place.column) == (code, line, column)
    assert words in found.message


@pytest.mark.parametrize(
    ("text", "code", "line", "data"),
    [
        ("a: 1\nb: 2\na: 3\na: 4\n", "duplicate-key", 4, {"a": 4, "b": 2}),
        ("a: 1\n---\nb: [", "several-documents", 2, {"a": 1}),
        ("---\n# empty\n---\na: 1\n---\nb: 2\n", "several-documents", 5, {"a": 1}),
        ("a:\n  b: 1\n  b: 2\n", "duplicate-key", 3, {"a": {"b": 2}}),
        ("? [a]\n: 1\nb: 2\n", "invalid-key", 1, {"b": 2}),
        ("<<: 3\nb: 2\n", "invalid-merge", 1, {"b": 2}),
        ('{\t"a": 1,\n"a": 2}', "duplicate-key", 2, {"a": 2}),
    ],
)
def test_what_can_be_read_in_spite_of_a_fault(text: str, code: str, line: int, data: object) -> None:
    node, diagnostics = load(Document("t.yaml", text))
    assert node is not None
    assert plain(node) == data
    (found,) = diagnostics
    assert (found.code, found.place.line) == (code, line)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\na: 2\n", "that on line 1 is not read"),
        ("a: 1\n\na: 2\na: 3\n", "those on lines 1 and 3 are not read"),
        ("a: 1\na: 2\nb: 1\na: 3\na: 4", "those on lines 1, 2 and 4 are not read"),
        ('{"a": 1, "a": 2}', "that on line 1 is not read"),
        ('{\t"a": 1, "a": 2,\n"a": 3}', "those on line 1 are not read"),
    ],
)
def test_what_the_last_of_several_keys_hides_is_told(text: str, words: str) -> None:
    _, diagnostics = load(Document("t.yaml", text))
    (found,) = diagnostics
    assert found.message.endswith(words)
    assert not found.hides


def test_of_two_merges_the_later_one_counts_and_of_a_list_of_maps_the_earlier() -> None:
    assert plain(read("<<: {b: 1}\n<<: {b: 2}\n")) == {"b": 2}
    assert plain(read("<<: [{b: 1}, {b: 2}]\n")) == {"b": 1}


def test_aliases_that_multiply_are_refused() -> None:
    levels = "".join(
        f"{here}: &{here} [{', '.join([f'*{before}'] * 10)}]\n"
        for before, here in zip("abcdefg", "bcdefgh", strict=True)
    )
    node, diagnostics = load(Document("t.yaml", f"a: &a [{', '.join('x' * 10)}]\n{levels}"))
    assert node is None
    assert [found.code for found in diagnostics] == ["too-many-aliases"]


def test_aliases_that_deepen_are_refused() -> None:
    deep = "[" * 60 + "{}" + "]" * 60
    text = f"a: &a {deep.format('x')}\nb: &b {deep.format('*a')}\n"
    node, diagnostics = load(Document("t.yaml", text))
    assert node is None
    assert [found.code for found in diagnostics] == ["nested-too-deeply"]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "---\n---\n# nothing\n"])
def test_nothing_in_a_file_is_no_fault_of_the_loader(text: str) -> None:
    assert load(Document("t.yaml", text)) == (None, [])


SAME_AS_CFN_LINT = [
    YAML,
    "a: 0x1F\nb: 012\nc: 089\nd: 1:30\ne: 1_000\nf: 0b11\ng: +1\nh: 1e5\ni: 1.0e+5\nj: .inf\nk: -.INF\nl: 1.\n",
    "a: yes\nb: No\nc: on\nd: TRUE\ne: y\nf: ~\ng: null\nh:\ni: ''\nj: 'yes'\nk: \"1\"\n",
    "a: 2010-09-09\nb: 2001-12-14t21:59:43.10-05:00\nc: 2010-9\n",
    "a: |-\n  x\n\n  y\nb: >+\n  x\n  y\n\nc: 'it''s'\nd: \"\\u00e9\\n\\\n   folded\"\n",
    "1: a\n012: b\n1.5: c\n",
    "a: !Sub\n  - '${x}'\n  - x: !Ref B\nb: !Join ['', [!GetAtt A.B, !ImportValue x]]\nc: !Cidr [A, !Ref B, 1]\n",
    "x: &x {a: 1}\ny:\n  <<: *x\n  b: 2\nz: [*x, *x]\n",
    '{"a": [1, 2.5, -3, "x", true, null], "b": {"c": {}}, "d": []}',
    '{\n\t"a": "tab",\n\t"b": 1\n}',
    "- a\n- b: c\n",
    "a: !!str 12\nb: !!int '3'\n",
]


@pytest.mark.parametrize("text", SAME_AS_CFN_LINT)
def test_values_are_those_of_cfn_lint(text: str) -> None:
    decode = pytest.importorskip("cfnlint.decode")
    logging.getLogger("cfnlint").setLevel(logging.CRITICAL)
    template, matches = decode.decode_str(dedent(text))
    assert matches == []
    assert plain(read(dedent(text))) == _as_text(template)


def _as_text(data: object) -> object:
    """cfn-lint's data as we have it: keys are texts as written, dates stay text."""
    if isinstance(data, dict):
        written_otherwise = {10: "012"}
        return {written_otherwise.get(key, str(key)): _as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_text(item) for item in data]
    if isinstance(data, datetime.datetime):
        return "2001-12-14t21:59:43.10-05:00"
    return data.isoformat() if isinstance(data, datetime.date) else data


def test_a_number_past_all_measure_stays_text() -> None:
    node = at(read(f"a: {'9' * 5000}\n"), "a")
    assert isinstance(node, ScalarNode)
    assert node.data == "9" * 5000

from __future__ import annotations

import time
from datetime import date

import pytest

from haanalyzer.source.comments import begins_inside_text
from haanalyzer.source.document import Document
from haanalyzer.source.suppression import misread_suppressions, read_suppressions, suppression_words


def lines_of(path: str, text: str) -> list[int | None]:
    return [comment.applies_to for comment in read_suppressions(Document(path, text))]


def test_a_trailing_comment_applies_to_its_own_line() -> None:
    text = 'resource "aws_db_instance" "main" { # haanalyzer: ignore[HA101] one zone is enough here\n}\n'
    (comment,) = read_suppressions(Document("main.tf", text))
    assert comment.applies_to == 1
    assert comment.patterns == ("HA101",)
    assert comment.reason == "one zone is enough here"
    assert (comment.place.line, comment.place.column) == (1, 37)


@pytest.mark.parametrize("name", ["main.tf.json", "main.tofu.json"])
def test_nothing_silences_in_terraforms_json(name: str) -> None:
    document = Document(name, '{"//": "haanalyzer: ignore[HA101] why",\n"resource": {}} # haanalyzer: ignore[HA1] why')
    assert read_suppressions(document) == []
    (misread,) = misread_suppressions(document)
    assert (misread.place.line, misread.place.column, misread.is_error) == (1, 9, False)
    assert "module call in HCL" in misread.message


@pytest.mark.parametrize(
    "mark", ["# haanalyzer: ignore[HA1]", "// haanalyzer: ignore[HA1]", "#haanalyzer:ignore [HA1]"]
)
def test_a_comment_alone_applies_to_the_next_code(mark: str) -> None:
    text = f'{mark}\n# another remark\n\n/* and\n   more */\nresource "a" "b" {{}}\n'
    assert lines_of("main.tf", text) == [6]


def test_stacked_comments_apply_to_the_same_line() -> None:
    text = (
        "Resources:\n  # haanalyzer: ignore[HA101]\n  # haanalyzer: ignore[HA102] because\n  Db:\n    Type: A::B::C\n"
    )
    assert lines_of("t.yaml", text) == [4, 4]


@pytest.mark.parametrize(
    ("patterns", "matched"),
    [
        ("HA101", True),
        ("ha101", True),
        ("single-zone-tier", True),
        ("HA2*, HA1*", True),
        ("single-*", True),
        ("HA10", False),
        ("HA2*", False),
        ("HA[0-9]01", False),
    ],
)
def test_codes_slugs_and_patterns(patterns: str, matched: bool) -> None:
    comments = read_suppressions(Document("main.tf", f"a = 1 # haanalyzer: ignore[{patterns}]"))
    assert any(comment.matches("HA101", "single-zone-tier") for comment in comments) is matched


@pytest.mark.parametrize(
    "text",
    [
        'a = "x # haanalyzer: ignore[HA1]"',
        'a = "${f("}")} # haanalyzer: ignore[HA1]"',
        'a = "${f({}, "# haanalyzer: ignore[HA1]")}"',
        'a = "\\" # haanalyzer: ignore[HA1]"',
        'a = "$${ # haanalyzer: ignore[HA1]"',
        "a = <<-EOT\n  # haanalyzer: ignore[HA1]\n  EOT\n",
        "a = <<EOT\r\n# haanalyzer: ignore[HA1]\r\nEOT\r\n",
        "/*\n# haanalyzer: ignore[HA1]\n*/",
    ],
)
def test_text_that_is_no_hcl_comment(text: str) -> None:
    assert lines_of("main.tf", text) == []
    assert misread_suppressions(Document("main.tf", text)) == []


@pytest.mark.parametrize("text", ["a = 1 /* haanalyzer: ignore[HA1] */", "/**\n * haanalyzer: ignore[HA1]\n */"])
def test_a_block_comment_says_that_it_silences_nothing(text: str) -> None:
    document = Document("main.tf", text)
    assert read_suppressions(document) == []
    (diagnostic,) = misread_suppressions(document)
    assert "a block comment silences nothing" in diagnostic.message


@pytest.mark.parametrize(
    "before",
    [
        'a = "b"',
        "a = <<EOT\n  x\nEOT",
        'a = "${f("{")}"',
        'broken = "no end',
        "a = 1 / 2",
        "a = <<EOT\r\n  x\r\nEOT\r",
        '/* " */ a = 1',
        "a { b = {} }",
    ],
)
def test_code_before_an_hcl_comment_does_not_hide_it(before: str) -> None:
    line = before.count("\n") + 2
    assert lines_of("main.tf", f"{before}\nc = 1 # haanalyzer: ignore[HA1]\n") == [line]


@pytest.mark.parametrize(
    "text",
    [
        'Description: "x # haanalyzer: ignore[HA1]"',
        "Description: 'it''s # haanalyzer: ignore[HA1]'",
        "UserData: |\n  # haanalyzer: ignore[HA1]\nOther: 1",
        "UserData:\n  Fn::Base64: !Sub |-\n    set -e\n\n    # haanalyzer: ignore[HA1]\n",
        "Run: > # a remark\n  # haanalyzer: ignore[HA1]\n",
        "Description: x# haanalyzer: ignore[HA1]",
        '{"Description": "# haanalyzer: ignore[HA1]"}',
        'Description: "begins\n  # haanalyzer: ignore[HA1]\n  and ends"\nOther: 1',
        "Description: 'begins\n\n  # haanalyzer: ignore[HA1]'",
        'Names: [a, "b\n# haanalyzer: ignore[HA1]\n"]',
        '"a\n  # haanalyzer: ignore[HA1]": 1',
    ],
)
def test_text_that_is_no_yaml_comment(text: str) -> None:
    assert lines_of("t.yaml", text) == []


@pytest.mark.parametrize(
    "before",
    [
        "A: rock 'n roll",
        "A: |\n  text\nB: 1",
        "A: |",
        "A: !Sub >-\r\n  text\r\nB: 1",
        "A:\n  - B: |\n      text\n    C: 1",
        'A: "q"',
        'A: "begins\n  and ends"',
        'A: "begins: |\n  and ends"\nB:\n  C: 1',
        "A: 'begins\n  it''s \" '",
        "A: don't",
        "A: a | b",
        "A: 1\n---\nB: 1",
    ],
)
def test_code_before_a_yaml_comment_does_not_hide_it(before: str) -> None:
    line = before.count("\n") + 1
    assert lines_of("t.yaml", f"{before} # haanalyzer: ignore[HA1]\n") == [line]


def test_a_comment_on_the_last_line_beside_a_block_scalar_that_holds_nothing() -> None:
    assert lines_of("t.yaml", "A: 1 # haanalyzer: ignore[HA1]\nB: | # haanalyzer: ignore[HA2]") == [1, 2]


def test_a_comment_below_a_block_scalar_applies_to_the_next_code() -> None:
    assert lines_of("t.yaml", "A:\n  B: |\n    text\n  # haanalyzer: ignore[HA1]\n  C: 1\n") == [5]


def test_a_whole_file_is_ignored_from_its_head_only() -> None:
    head = Document("t.yaml", "---\n# licence\n# haanalyzer: ignore-file[HA1*] generated\nResources: {}\n")
    below = Document("main.tf", 'a "b" {}\n# haanalyzer: ignore-file[HA1*]\n')
    (comment,) = read_suppressions(head)
    assert comment.applies_to is None
    assert read_suppressions(below) == []
    assert [diagnostic.place.line for diagnostic in misread_suppressions(below)] == [2]


@pytest.mark.parametrize("words", ["ignore HA101", "ignore[]", "ignore[HA101", "disable[HA101]", "ignore[HA 101]", ""])
def test_words_that_are_not_understood_are_reported(words: str) -> None:
    document = Document("main.tf", f"\na = 1 # haanalyzer: {words}\n")
    assert read_suppressions(document) == []
    (diagnostic,) = misread_suppressions(document)
    assert (diagnostic.code, diagnostic.place.line, diagnostic.place.column) == ("misread-suppression", 2, 7)


@pytest.mark.parametrize(
    ("words", "until", "reason"),
    [
        ("until 2027-01-31 we move in spring", date(2027, 1, 31), "we move in spring"),
        ("until 2027-01-31: we move in spring", date(2027, 1, 31), "we move in spring"),
        ("UNTIL 2028-02-29", date(2028, 2, 29), ""),
        ("we move until 2027-01-31", None, "we move until 2027-01-31"),
        ("untilted", None, "untilted"),
        ("", None, ""),
    ],
)
def test_an_end_stands_before_the_reason(words: str, until: date | None, reason: str) -> None:
    (comment,) = read_suppressions(Document("main.tf", f"a = 1 // haanalyzer: ignore[HA101] {words}\n"))
    assert (comment.until, comment.reason) == (until, reason)
    head = Document("t.yaml", f"# haanalyzer: ignore-file[HA101] {words}\nResources: {{}}\n")
    (comment,) = read_suppressions(head)
    assert (comment.until, comment.reason, comment.applies_to) == (until, reason, None)


@pytest.mark.parametrize("day", ["2027-02-29", "31.01.2027", "20270131", "2027-W04-7", "2027-1-31", "spring", ""])
def test_an_end_that_is_no_date_is_misread(day: str) -> None:
    document = Document("main.tf", f"a = 1 # haanalyzer: ignore[HA101] until {day}\n")
    assert read_suppressions(document) == []
    (diagnostic,) = misread_suppressions(document)
    assert diagnostic.message == f"expected a date such as 2027-01-31 after `until`, found `{day}`"


@pytest.mark.parametrize("until", [date(2027, 1, 31), None])
@pytest.mark.parametrize("reason", ["", "we move", "until it melts"])
def test_what_is_written_is_read_again(reason: str, until: date | None) -> None:
    if until is None and reason.startswith("until"):
        with pytest.raises(ValueError, match="would be read as a date"):
            suppression_words(["HA101"], reason, until)
        return
    words = suppression_words(["HA101", "single-zone-group"], reason, until)
    (comment,) = read_suppressions(Document("main.tf", f"a = 1 # {words}\n"))
    assert comment.patterns == ("HA101", "single-zone-group")
    assert (comment.reason, comment.until) == (reason, until)


def test_lines_that_begin_in_a_text_are_looked_up() -> None:
    count = 4_000
    document = Document("main.tf", 'a = <<EOT\n  "\nEOT\nb = "${[\n1]}"\n/*\n*/\n# "\n' * count)
    started = time.monotonic()
    inside = [line for line in range(1, 8 * count + 1) if begins_inside_text(document, line)]
    assert time.monotonic() - started < 5
    assert inside[:8] == [2, 3, 5, 7, 10, 11, 13, 15]
    assert len(inside) == 4 * count


@pytest.mark.parametrize(
    "text", ["/*" * 300_000, "/* haanalyzer: */" * 30_000, '"${' * 100_000, "a: '" * 100_000, "a = <<A\n" * 50_000]
)
@pytest.mark.parametrize("path", ["main.tf", "t.yaml"])
def test_hostile_text_takes_no_time(path: str, text: str) -> None:
    started = time.monotonic()
    read_suppressions(Document(path, text + "\n# haanalyzer: ignore[HA1]"))
    assert time.monotonic() - started < 5

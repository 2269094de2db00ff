"""What stays of an earlier analysis while a file is broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haanalyzer.engine import Workspace
from haanalyzer.frontends.deployment import Inputs
from haanalyzer.lsp.keeping import LastGood, moved
from haanalyzer.policy import load_profile
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from tests.lsp.samples import DATABASES

LINES = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8)


@pytest.mark.parametrize(
    ("now", "line"),
    [("a\nb\nc\nd", 3), ("a\nx\nb\nc\nd", 4), ("c\nd", 1), ("a\nb\nc\nd\ne", 3), ("a\nb\nx\nd", None), ("", None)],
)
def test_a_place_moves_with_its_line(now, line):
    found = moved(Span("f", 3, 1, 3, 2), Document("f", "a\nb\nc\nd"), Document("f", now))
    assert found == (None if line is None else Span("f", line, 1, line, 2))


@given(LINES, LINES)
def test_a_moved_place_is_on_the_same_line_of_text(before, now):
    old, new = Document("f", "\n".join(before)), Document("f", "\n".join(now))
    for number in range(1, len(old.line_starts) + 1):
        found = moved(Span("f", number, 1, number, 1), old, new)
        assert found is None or new.line(found.line) == old.line(number)


class Session:
    """Analyses of one root that follow each other."""

    def __init__(self, folder):
        (folder / "main.tf").write_text(DATABASES)
        self.workspace = Workspace(folder, Inputs())
        self.last_good = LastGood()

    def findings(self, **texts):
        overlay = {f"{name}.tf": text for name, text in texts.items()}
        report = self.workspace.analyze(PROFILE, overlay)
        completed = self.last_good.completed(
            report, lambda path: [graph.deployment.path for graph in self.workspace.graphs_of(path)]
        )
        return [(one.place.line, one.verdict.subject, one.fix is not None) for one in completed.findings()]


PROFILE = load_profile("default")
BOTH = [(5, "aws_db_instance.orders", True), (12, "aws_db_instance.stock", True)]
BROKEN = DATABASES.replace('resource "aws_db_instance" "stock" {', 'resource "aws_db_instance" "stock" {\n  a = [')


def test_a_finding_that_cannot_be_made_now_stays_without_its_fix(tmp_path):
    session = Session(tmp_path)
    assert session.findings() == BOTH
    assert session.findings(main=BROKEN) == [BOTH[0], (13, "aws_db_instance.stock", False)]
    assert session.findings() == BOTH


def test_what_was_broken_from_the_start_has_what_is_understood(tmp_path):
    session = Session(tmp_path)
    assert session.findings(main=BROKEN) == [BOTH[0]]


def test_what_was_mended_elsewhere_is_gone_all_the_same(tmp_path):
    session = Session(tmp_path)
    assert session.findings() == BOTH
    mended = DATABASES.replace("= true\n}\n\n", "= false\n}\n\n")
    assert session.findings(main=mended, other='resource "aws_vpc" {') == [BOTH[1]]


def test_what_was_deleted_is_gone_when_nothing_is_broken(tmp_path):
    session = Session(tmp_path)
    assert session.findings() == BOTH
    assert session.findings(main=BROKEN, other="")
    assert session.findings(main=DATABASES.partition("\n\n")[0]) == [BOTH[0]]

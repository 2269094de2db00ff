"""What is shown of files that several projects say something of."""

from lsprotocol.types import Diagnostic, Position, Range

from haanalyzer.lsp.board import Board


def _diagnostic(line):
    return Diagnostic(Range(Position(line, 0), Position(line, 1)), "a message")


def test_what_two_projects_say_alike_is_shown_once():
    board = Board()
    assert board.put("one", {"a": [_diagnostic(1)]}) == ["a"]
    assert board.put("two", {"a": [_diagnostic(1), _diagnostic(2)]}) == ["a"]
    assert board.items("a") == [_diagnostic(1), _diagnostic(2)]
    assert board.drop("two") == ["a"]
    assert board.items("a") == [_diagnostic(1)]


def test_only_what_differs_is_news_and_has_another_id():
    board = Board()
    board.put("one", {"a": [_diagnostic(1)], "b": [_diagnostic(1)]})
    first = board.result_id("a"), board.result_id("b")
    assert board.put("one", {"a": [_diagnostic(1)], "b": []}) == ["b"]
    assert board.result_id("a") == first[0]
    assert board.result_id("b") not in first
    assert board.uris() == ["a", "b"]


def test_files_of_which_nothing_was_ever_shown_are_alike():
    assert Board().result_id("a") == Board().result_id("b")

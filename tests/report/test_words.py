"""Prose around data."""

import pytest

from haanalyzer.report.words import harmless, link, one_line, plain, sentence, shortened


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\ud800b", "a\\ud800b"),
        ("a\x9bb", "a\\x9bb"),
        ("é 漢 🐘 …", "é 漢 🐘 …"),
    ],
)
def test_nothing_is_left_that_a_terminal_obeys(text, shown):
    assert harmless(text) == shown


def test_one_line_keeps_words_apart():
    assert one_line(" a\r\n\tb \x85 c ") == "a b c"


@pytest.mark.parametrize("text", ["[a](1)", "[a]\n(1)", "a](b](c"])
def test_plain_text_forms_no_link(text):
    assert "](" not in plain(text)


def test_brackets_in_the_text_of_a_link_are_escaped():
    assert link('a["x"]\\', 3) == '[a\\["x"\\]\\\\](3)'


def test_a_sentence_ends_once():
    assert (sentence("a"), sentence("a."), sentence("a?")) == ("a.", "a.", "a?")


def test_shortened_cuts_between_words():
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three four", 13) == "one two…."

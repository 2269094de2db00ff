"""The serializer of SARIF objects."""

import json
import math

import pytest
import sarif_om as om

from haanalyzer.report.sarif_json import to_text


def written(thing):
    return json.loads(to_text(thing))


def test_defaults_are_left_out_but_levels_and_kinds_are_not():
    assert written(om.Result(message=om.Message(text="t"))) == {
        "kind": "fail",
        "level": "warning",
        "message": {"text": "t"},
    }


def test_an_empty_list_is_not_absent():
    assert written(om.Run(tool=om.Tool(driver=om.ToolComponent(name="n")), results=[])) == {
        "results": [],
        "tool": {"driver": {"name": "n"}},
    }


def test_the_standards_word_for_the_state_of_a_suppression():
    assert written(om.Suppression(kind="inSource", state="accepted")) == {"kind": "inSource", "status": "accepted"}


def test_keys_are_sorted_and_the_text_ends_with_a_newline():
    text = to_text({"b": 1, "a": (1, None)})
    assert text == '{"a":[1,null],"b":1}\n'


@pytest.mark.parametrize("foreign", [object(), {1, 2}, b"bytes", {"a": object()}, {1: "a"}])
def test_foreign_objects_are_refused(foreign):
    with pytest.raises(TypeError):
        to_text(foreign)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_numbers_without_a_json_word_are_refused(number):
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_text({"rank": number})


def test_a_lone_surrogate_does_not_spoil_the_file():
    assert json.loads(to_text({"a": "x\ud800"}).encode("utf-8")) == {"a": "x?"}

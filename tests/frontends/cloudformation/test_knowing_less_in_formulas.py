"""Whatever parameters are left out, an answer allows for the one that all of them give."""

from __future__ import annotations

import json
from typing import Any

from formulas import LISTS, MAPPINGS, PARAMETERS, TEXTS, VALUES, RejectedError, apply, worth, written
from hypothesis import given
from hypothesis import strategies as st
from stack_templates import declared, deploy

from haanalyzer.values import (
    Absent,
    Call,
    Choice,
    Concat,
    ItemOf,
    Known,
    ListValue,
    MapValue,
    Symbol,
    Unknown,
    Value,
)


class MysteryError(Exception):
    """A term that stands for nothing which could be computed here."""


def evaluated(formula: Any, passed: dict[str, str]) -> Value:
    """What a formula is as a property of a resource, where these parameters are passed."""
    conditions: dict[str, Any] = {}
    expression = _with_names(formula, conditions)
    template = {
        "Parameters": PARAMETERS,
        "Mappings": MAPPINGS,
        "Conditions": conditions,
        "Resources": {"It": {"Type": "Some::Type", "Properties": {"P": expression}}},
    }
    return declared(deploy(json.dumps(template), parameters=passed))["It"].attributes["P"]


def _with_names(formula: Any, conditions: dict[str, Any]) -> Any:
    """The formula with conditions by name, as a template has them."""
    if isinstance(formula, list):
        return [_with_names(each, conditions) for each in formula]
    if not isinstance(formula, dict):
        return formula
    if "Fn::If" in formula:
        condition, *branches = _with_names(formula["Fn::If"], conditions)
        name = f"C{len(conditions)}"
        conditions[name] = condition
        return {"Fn::If": [name, *branches]}
    return {name: _with_names(each, conditions) for name, each in formula.items()}


def allows(found: Value, whole: Any, values: dict[str, str]) -> bool:
    """Whether a value may turn out to be this data where parameters have these values."""
    match found:
        case Choice():
            try:
                branches = [found.when_true if stands_for(found.condition, values) else found.when_false]
            except MysteryError:
                branches = [found.when_true, found.when_false]
            return any(allows(branch, whole, values) for branch in branches)
        case Unknown():
            return _within_bounds(found, whole) and _is_what_it_stands_for(found, whole, values)
        case ListValue(items=items, open=more):
            fits = isinstance(whole, list) and (len(items) <= len(whole) if more else len(items) == len(whole))
            return fits and all(allows(item, each, values) for item, each in zip(items, whole, strict=False))
        case MapValue(entries=entries):
            return isinstance(whole, dict) and entries.keys() == whole.keys()
        case Absent():
            return False
    return isinstance(whole, str | bool | int) and str(found) == written(whole)


def _within_bounds(found: Unknown, whole: Any) -> bool:
    if found.many and not isinstance(whole, list):
        return False
    return found.minimum is None or int(whole) >= found.minimum


def _is_what_it_stands_for(found: Unknown, whole: Any, values: dict[str, str]) -> bool:
    try:
        return _texts(stands_for(found.term, values)) == _texts(whole)
    except MysteryError:
        return True


def _texts(data: Any) -> Any:
    return [_texts(each) for each in data] if isinstance(data, list) else written(data)


def stands_for(term: Any, values: dict[str, str]) -> Any:
    """The data that a term says it is. Raises MysteryError."""
    match term:
        case Symbol(name=name) if name in values:
            return worth({"Ref": name}, values)
        case Concat(parts=parts):
            return "".join(written(stands_for(part, values)) for part in parts)
        case ItemOf(container=container, key=int(key)):
            items = stands_for(container, values)
            if isinstance(items, list) and key < len(items):
                return items[key]
        case Call(function="list", arguments=arguments):
            return [stands_for(each, values) for each in arguments]
        case Call(function=function, arguments=arguments) if function not in ("Fn::ToJsonString", "map"):
            if function == "Fn::FindInMap" and len(arguments) == 4:
                raise MysteryError  # its default is written otherwise
            try:
                return apply(function, [stands_for(each, values) for each in arguments])
            except RejectedError:
                raise MysteryError from None
        case str():
            return term
    raise MysteryError


@given(
    st.one_of(TEXTS, LISTS),
    st.fixed_dictionaries(VALUES),
    st.sets(st.sampled_from(sorted(VALUES)), min_size=1),
)
def test_an_answer_without_some_parameters_allows_for_the_one_with_all(
    formula: Any, values: dict[str, str], left_out: set[str]
) -> None:
    found = evaluated(formula, {name: value for name, value in values.items() if name not in left_out})
    try:
        whole = worth(formula, values)
    except RejectedError:
        return
    assert allows(found, whole, values), f"{found!r} is not {whole!r}"


@given(st.one_of(TEXTS, LISTS), st.fixed_dictionaries(VALUES))
def test_with_all_parameters_the_answer_is_known(formula: Any, values: dict[str, str]) -> None:
    try:
        whole = worth(formula, values)
    except RejectedError:
        return
    found = evaluated(formula, values)
    assert isinstance(found, Known | ListValue), found
    assert allows(found, whole, values)

"""The intrinsic functions of CloudFormation, over values that may be unknown."""

from __future__ import annotations

from collections.abc import Callable

from haanalyzer.frontends.cloudformation.evaluation.functions.lists import cidr, get_azs, length, select
from haanalyzer.frontends.cloudformation.evaluation.functions.lookups import find_in_map, if_
from haanalyzer.frontends.cloudformation.evaluation.functions.references import get_att, import_value, ref
from haanalyzer.frontends.cloudformation.evaluation.functions.texts import base64, join, split, sub, to_json_string
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.tree.nodes import Node
from haanalyzer.source.span import Span
from haanalyzer.values import Value

Function = Callable[[Node, Scope, Span], Value]
"""Takes the argument, the scope and the place of the call. Raises MalformedError for arguments it cannot have."""

FUNCTIONS: dict[str, Function] = {
    "Ref": ref,
    "Fn::Base64": base64,
    "Fn::Cidr": cidr,
    "Fn::FindInMap": find_in_map,
    "Fn::GetAZs": get_azs,
    "Fn::GetAtt": get_att,
    "Fn::If": if_,
    "Fn::ImportValue": import_value,
    "Fn::Join": join,
    "Fn::Length": length,
    "Fn::Select": select,
    "Fn::Split": split,
    "Fn::Sub": sub,
    "Fn::ToJsonString": to_json_string,
}

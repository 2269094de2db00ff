"""The types of parameters.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
"""

from __future__ import annotations

from haanalyzer.frontends.tree.nodes import MapNode, text_of

_LOOKED_UP = "AWS::SSM::Parameter::Value<"


def type_of(declaration: MapNode) -> str:
    """The type of a parameter, ``String`` where none is written."""
    return text_of(declaration.get("Type")) or "String"


def is_looked_up(type_: str) -> bool:
    """Whether what is passed, or the default, is only the name of what the Parameter Store has."""
    return type_.startswith(_LOOKED_UP)


def is_list(type_: str) -> bool:
    """Whether a parameter's type holds several values."""
    return type_.removeprefix(_LOOKED_UP).startswith(("List<", "CommaDelimitedList"))


def type_of_elements(type_: str) -> str:
    """The type of a list's elements; that of what is no list."""
    if not is_list(type_):
        return type_
    return type_[type_.rindex("<") + 1 :].rstrip(">") if type_.endswith(">") else "String"

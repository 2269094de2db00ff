"""Whether a plan was made of a configuration as it is now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from haanalyzer.frontends.terraform.evaluation.symbolic import shortest
from haanalyzer.frontends.terraform.modules.called import located
from haanalyzer.frontends.terraform.modules.location import Folder
from haanalyzer.frontends.terraform.modules.module import ModuleSyntax
from haanalyzer.frontends.terraform.parsing.expressions import children
from haanalyzer.frontends.terraform.parsing.notations import expression_of
from haanalyzer.frontends.terraform.parsing.syntax import (
    AttributeSyntax,
    BlockSyntax,
    BodySyntax,
    Expression,
    Literal,
    Variable,
)
from haanalyzer.frontends.terraform.plan.overlay import PlanOverlay
from haanalyzer.frontends.terraform.session import MOST_DEEP, Session

_Key = TypeVar("_Key", str, tuple[str, str])

_OF_CONFIGURATION = "provider"
"""An attribute of which the plan has no value, and a record in other words: quotes are gone, aliases resolved."""


def difference(overlay: PlanOverlay, session: Session, folder: str) -> str | None:
    """What tells a root, with its modules on disk, from what the plan was made of; None for nothing.

    Blocks are compared by name, arguments and those of nested blocks where one of the two gives a literal: of other
    expressions, the plan says only what they refer to.
    """
    pending: list[tuple[tuple[str, ...], str]] = [((), folder)]
    while pending:
        path, folder = pending.pop()
        recorded, declared = overlay.module(path), session.module(folder)
        if recorded is None:
            return f"module.{'.module.'.join(path)}" if path else "its configuration"
        prefix = "".join(f"module.{name}." for name in path)
        found = _between_modules(recorded, declared)
        if found is not None:
            return f"{prefix}{found}"
        for name, call in declared.calls.items():
            inner = located(call, (*path, name), folder, session)
            if isinstance(inner, Folder) and len(path) < MOST_DEEP:
                pending.append(((*path, name), inner.path))
    return None


def _between_modules(recorded: ModuleSyntax, declared: ModuleSyntax) -> str | None:
    return (
        _between_blocks(recorded.resources, declared.resources, "")
        or _between_blocks(recorded.data, declared.data, "data.")
        or _between_blocks(recorded.calls, declared.calls, "module.")
    )


def _between_blocks(
    recorded: Mapping[_Key, BlockSyntax], declared: Mapping[_Key, BlockSyntax], prefix: str
) -> str | None:
    for key in sorted(recorded.keys() | declared.keys()):
        name = prefix + (key if isinstance(key, str) else ".".join(key))
        if key not in recorded or key not in declared:
            return name
        found = _between_bodies(recorded[key].body, declared[key].body)
        if found is not None:
            return f"{name}.{found}"
    return None


def _between_bodies(recorded: BodySyntax, declared: BodySyntax) -> str | None:
    """The argument that differs. Of nested blocks the plan has no record of those that a ``dynamic`` block makes."""
    for attribute, then in recorded.attributes.items():
        now = declared.attributes.get(attribute)
        if now is not None and attribute != _OF_CONFIGURATION and not _may_be_same(then, now):
            return attribute
    made = {block.made_type for block in declared.blocks if block.type != block.made_type}
    for type_ in dict.fromkeys(block.type for block in recorded.blocks):
        if type_ in made or type_ in declared.attributes:
            continue
        before, after = recorded.blocks_of(type_), declared.blocks_of(type_)
        if len(before) != len(after):
            return type_
        for found in map(_between_bodies, (each.body for each in before), (each.body for each in after)):
            if found is not None:
                return f"{type_}.{found}"
    return None


def _may_be_same(then: AttributeSyntax, now: AttributeSyntax) -> bool:
    before, after = expression_of(then), expression_of(now)
    if isinstance(after, Literal):
        return isinstance(before, Literal) and _text(before) == _text(after)
    return not isinstance(before, Literal) or not _refers(after)


def _refers(expression: Expression) -> bool:
    """Whether an expression refers to anything; then it was no constant of the plan's record."""
    return isinstance(expression, Variable) or any(map(_refers, children(expression)))


def _text(literal: Literal) -> str:
    """The literal as text without its blanks: line ends may be others where the plan was made, numbers are shorter."""
    value = literal.value
    text = str(shortest(value) if isinstance(value, float) else value)
    return "".join((text.lower() if isinstance(value, bool) else text).split())

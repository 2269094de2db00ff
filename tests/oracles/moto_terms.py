"""What a term stands for in an account: the text that AWS would put in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from haanalyzer.values import Absent, AttributeOf, Call, Concat, ItemOf, Known, Symbol, Term, Unknown, Value, ZoneList


@dataclass(frozen=True)
class Account:
    """The region that a template is deployed in, the names of its zones in their order, and its parameters."""

    region: str
    zones: Sequence[str]
    parameters: Mapping[str, str]


def meaning_of(value: Value, account: Account) -> str | None:
    """The text of a value; None for what only AWS knows, or is no text."""
    match value:
        case Known():
            return str(value)
        case Absent():
            return ""
        case Unknown(term=term):
            return _text_of(term, account)
    return None


def _text_of(term: str | Term, account: Account) -> str | None:
    match term:
        case str():
            return term
        case Symbol(name="AWS::Region"):
            return account.region
        case Symbol(name=name):
            return account.parameters.get(name)
        case Concat(parts=parts):
            pieces = [_text_of(part, account) for part in parts]
            return None if None in pieces else "".join(map(str, pieces))
        case ItemOf(container=container, key=int(at)):
            items = _items_of(container, account)
            return items[at] if items is not None and at < len(items) else None
        case AttributeOf() | ZoneList() | ItemOf() | Call():
            return None


def _items_of(term: Term, account: Account) -> Sequence[str] | None:
    match term:
        case ZoneList(region=region):
            return account.zones if region is not None and _text_of(region, account) == account.region else None
        case Symbol():
            text = _text_of(term, account)
        case Call(function="Fn::Split", arguments=(str(mark), Symbol() | Concat() as joined)):
            text = _text_of(joined, account)
            return None if text is None else text.split(mark)
        case _:
            return None
    return None if text is None else text.split(",")

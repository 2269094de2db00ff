"""ARNs and patterns of ARNs: which kind of resource they name, and which declared one."""

from __future__ import annotations

from fnmatch import fnmatchcase

from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.graph.relations import IDENTIFIERS
from haanalyzer.values import (
    Absent,
    AttributeOf,
    Concat,
    Known,
    Term,
    Truth,
    Unknown,
    Value,
    concat,
    same,
)
from haanalyzer.values.questions import in_every_branch

Field = str | Term
"""A field of an ARN: a text, or a term where it is not all known."""

# Service and beginning of the last field, by kind.
_NAMESPACES = {
    "bucket": ("s3", ""),
    "db_cluster": ("rds", "cluster:"),
    "db_instance": ("rds", "db:"),
    "instance": ("ec2", "instance/"),
    "dynamodb_table": ("dynamodb", "table/"),
    "queue": ("sqs", ""),
    "volume": ("ec2", "volume/"),
}
_BEFORE_THE_NAME = 5


def fields_of(arn: Value) -> list[Field]:
    """An ARN's fields, between its colons; none of what is no text. Unknown parts are taken to hold no colon."""
    match arn:
        case Known():
            pieces: tuple[str | Term, ...] = (str(arn),)
        case Unknown(term=Concat(parts=parts)):
            pieces = parts
        case _:
            return []
    fields: list[list[str | Term]] = [[]]
    for piece in pieces:
        first, *rest = piece.split(":") if isinstance(piece, str) else (piece,)
        fields[-1].append(first)
        fields += [[field] for field in rest]
    return [concat(field) for field in fields]


def names_kind(arn: Value, kind: str) -> Truth:
    """Whether an ARN, or a pattern with ``*``, is of resources of a kind: any of them, whichever."""
    return in_every_branch(arn, lambda each: _names_kind(each, kind))


def _names_kind(arn: Value, kind: str) -> Truth:
    if isinstance(arn, Known) and arn.data == "*":
        return Truth.YES
    fields = fields_of(arn)
    if len(fields) <= _BEFORE_THE_NAME:
        return Truth.MAYBE
    service, start = _NAMESPACES[kind]
    return _may_be(fields[2], service) & _begins(_last(fields), start)


def names(arn: Value, resource: Resource, graph: ResourceGraph) -> Truth:
    """Whether an ARN, or a pattern with ``*``, is this resource's. A literal id is of nothing declared here."""
    return in_every_branch(arn, lambda each: _names(each, resource, graph))


def _names(arn: Value, resource: Resource, graph: ResourceGraph) -> Truth:
    match arn:
        case Known(data="*"):
            return Truth.YES
        case Unknown(term=AttributeOf() as term):
            return _identifies(term, resource, graph)
    of_kind = names_kind(arn, resource.kind)
    if of_kind is not Truth.YES:
        return of_kind
    last = _last(fields_of(arn))
    name = _after(last, _NAMESPACES[resource.kind][1])
    return Truth.YES if name == "*" or last == "*" else _is_named(name, resource, graph)


def _last(fields: list[Field]) -> Field:
    """What follows the account: the rest of the fields, as one."""
    pieces: list[Field] = []
    for field in fields[_BEFORE_THE_NAME:]:
        pieces += [":", field] if pieces else [field]
    return concat(pieces)


def _may_be(field: Field, text: str) -> Truth:
    if isinstance(field, str):
        return Truth.of(fnmatchcase(text, field))
    return Truth.MAYBE


def _begins(field: Field, start: str) -> Truth:
    """Whether a last field begins so; a pattern that is less exact may."""
    known = field if isinstance(field, str) else field.parts[0] if isinstance(field, Concat) else ""
    if not isinstance(known, str):
        return Truth.MAYBE
    if known.startswith(start) or field == "*":
        return Truth.YES
    until_wildcard, wildcard, _ = known.partition("*")
    unfinished = wildcard or not isinstance(field, str)
    return Truth.of(bool(unfinished) and start.startswith(until_wildcard)) & Truth.MAYBE


def _after(field: Field, start: str) -> Field:
    if isinstance(field, str):
        return field.removeprefix(start)
    if isinstance(field, Concat) and isinstance(field.parts[0], str):
        return concat([field.parts[0].removeprefix(start), *field.parts[1:]])
    return field


def _is_named(name: Field, resource: Resource, graph: ResourceGraph) -> Truth:
    """Whether a name, an id or a pattern of these is that of a resource."""
    own = resource["name"] if "name" in resource.words else Absent(place=resource.place)
    if isinstance(name, AttributeOf) and (found := _identifies(name, resource, graph)) is not Truth.MAYBE:
        return found
    if not isinstance(name, str):
        return same(Unknown(term=name, reason="", place=resource.place), own)
    if "*" not in name:
        return same(Known(data=name, place=resource.place), own)
    return Truth.of(fnmatchcase(str(own), name)) if isinstance(own, Known) else Truth.MAYBE


def _identifies(term: AttributeOf, resource: Resource, graph: ResourceGraph) -> Truth:
    """Whether an attribute is one that names this resource; NO for one that names another declared here."""
    if term.address == resource.address:
        return Truth.of(term.name.lower().endswith(("arn", "id", "ref", "name"))) | Truth.MAYBE
    return Truth.of(term.name not in IDENTIFIERS or term.address not in graph.declarations) & Truth.MAYBE

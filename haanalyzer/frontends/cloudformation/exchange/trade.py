"""What each stack of a run imports and exports, by names: all that joining them needs to know of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from haanalyzer.frontends.cloudformation.exchange.exports import exports_of
from haanalyzer.frontends.cloudformation.parameters.pseudo import REGION, SAME_IN_EVERY_STACK
from haanalyzer.frontends.cloudformation.stacks.imports import WORD, Text, Unresolved, unresolved
from haanalyzer.frontends.cloudformation.stacks.root import root_stack
from haanalyzer.frontends.cloudformation.stacks.session import Session
from haanalyzer.frontends.cloudformation.stacks.stack import Stack
from haanalyzer.frontends.deployment import Inputs, Target
from haanalyzer.source.assembly import outermost_assembly
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span
from haanalyzer.values import AttributeOf, Call, Concat, ItemOf, Symbol, Unknown, Value, walk

_SHARED = SAME_IN_EVERY_STACK | {REGION}
_TRADES = re.compile(rf"""{WORD}|\bExport\b|\bTemplateURL\b|AWS::Serverless::Application""")


@dataclass(frozen=True, slots=True)
class Trade:
    """What a stack exports, with the places, and imports, with the first place of each name.

    ``imports_of_others`` are what others of the template import, whatever is passed to them, where there may be any
    number of these, with the addresses of the resources that do so and of what these refer to; None where it is
    deployed once. ``nests`` are the templates that it nests, ``assembly`` is the folder of the cloud assembly that it
    is of, the outermost one.
    """

    exports: Mapping[Text, tuple[Span, ...]] = field(default_factory=dict)
    imports: Mapping[Text, Span] = field(default_factory=dict)
    imports_of_others: Mapping[Text, frozenset[str]] | None = None
    nests: tuple[str, ...] = ()
    assembly: str | None = None

    @property
    def is_several(self) -> bool:
        """Whether there may be any number of such stacks."""
        return self.imports_of_others is not None


NO_TRADE = Trade()


def trade_of(target: Target, files: Files) -> Trade:
    """What a stack and those nested in it import and export.

    A template that no stack is named for is deployed once if all the names are known that it imports by, given its
    defaults, or one that it exports by, which can be exported once in a region; else any number of times.
    """
    document = files.read(target.path)
    if not isinstance(document, Document) or _TRADES.search(document.text) is None:
        return NO_TRADE
    session, imports = Session(files), Unresolved()
    trade = _trade(document, target.inputs, session, imports)
    if target.inputs.stack is not None or all(map(is_settled, trade.imports)) or any(map(is_settled, trade.exports)):
        return trade
    return replace(trade, imports_of_others=_imports_of_others(document, target.inputs, files))


def _trade(document: Document, inputs: Inputs, session: Session, imports: Unresolved) -> Trade:
    session.imports = imports
    root = session.load(document)
    if root is None:
        return NO_TRADE
    stack = root_stack(root, session, inputs)
    for _ in _values(stack):  # evaluated for what they import
        pass
    exports = {name: tuple(each.output.place for each in found) for name, found in exports_of(stack).items()}
    assembly = outermost_assembly(document.path, session.files)
    return Trade(exports, imports.names, nests=session.paths[1:], assembly=assembly)


def _imports_of_others(document: Document, inputs: Inputs, files: Files) -> Mapping[Text, frozenset[str]]:
    """The names that any stack of a template may import by, and which of its resources do."""
    session, imports = Session(files), Unresolved()
    session.imports = imports
    root = session.load(document)
    importing: defaultdict[Text, set[str]] = defaultdict(set)
    refers: defaultdict[str, set[str]] = defaultdict(set)
    values = list(_values(root_stack(root, session, inputs, with_defaults=False))) if root is not None else []
    names = {unresolved(name, place).term: name for name, place in imports.names.items()}
    for address, value in values:
        for term in _terms_in(value):
            if isinstance(term, AttributeOf):
                refers[address].add(term.address)
            elif term in names:
                importing[names[term]].add(address)
    return {name: _with_what_they_refer_to(importing[name], refers) for name in imports.names}


def _with_what_they_refer_to(addresses: Iterable[str], refers: Mapping[str, set[str]]) -> frozenset[str]:
    found = set(addresses)
    ahead = list(found)
    while ahead:
        new = refers.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return frozenset(found)


def _values(stack: Stack) -> Iterator[tuple[str, Value]]:
    """What may import anything in a stack and those nested in it: attributes and outputs, with their addresses."""
    for each in stack.with_nested():
        if WORD not in each.document.text and each is stack:
            continue
        for logical_id, resource in each.resources.items():
            attributes = each.attributes(logical_id) if resource.existence is not None else None
            for value in attributes.values() if attributes is not None else ():
                yield each.prefix + logical_id, value
        for output in each.outputs.values():
            if not output.certainly_missing:
                yield each.prefix, each.output(output.name, output.place)


def _terms_in(value: Value) -> Iterator[Symbol | AttributeOf]:
    """What the terms that are in a value are made of."""
    ahead: list[object] = [each.term for each in walk(value) if isinstance(each, Unknown)]
    while ahead:
        match ahead.pop():
            case Symbol() | AttributeOf() as term:
                yield term
            case Concat(parts=inner) | Call(arguments=inner):
                ahead += inner
            case ItemOf(container=container):
                ahead.append(container)


def is_settled(name: Text) -> bool:
    """Whether a name is the same wherever it is used in one region of an account."""
    return isinstance(name, str) or all(
        isinstance(part, str) or (isinstance(part, Symbol) and part.name in _SHARED) for part in _parts(name)
    )


def may_be_equal(left: Text, right: Text) -> bool:
    """Whether names of two stacks may be one, where the unknown parts of each are its own."""
    return left == right if isinstance(left, str) and isinstance(right, str) else _may_match(_key(left), _key(right))


_Pattern = tuple[str | None, ...]
"""The parts of a name, None for those that are not known."""


def _parts(name: Text) -> Iterator[object]:
    yield from name.parts if isinstance(name, Concat) else (name,)


def _key(name: Text) -> _Pattern:
    return tuple(part if isinstance(part, str) else None for part in _parts(name))


@lru_cache(maxsize=100_000)
def _may_match(left: _Pattern, right: _Pattern) -> bool:
    for one, other in ((left, right), (right, left)):
        match other:
            case (str(text),):
                return _expression(one).fullmatch(text) is not None
    return _agree(left[0], right[0], at_end=False) and _agree(left[-1], right[-1], at_end=True)


@lru_cache(maxsize=10_000)
def _expression(pattern: _Pattern) -> re.Pattern[str]:
    return re.compile("".join(".*" if part is None else re.escape(part) for part in pattern), re.DOTALL)


def _agree(left: str | None, right: str | None, *, at_end: bool) -> bool:
    """Whether two texts may begin, or end, with these parts."""
    if left is None or right is None:
        return True
    shared = min(len(left), len(right))
    return left[len(left) - shared :] == right[len(right) - shared :] if at_end else left[:shared] == right[:shared]

"""What each stack of a run imports and exports, by names: all that joining them needs to know of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from haanalyzer.frontends.cloudformation.exchange.exports import exports_of
from haanalyzer.frontends.cloudformation.parameters.pseudo import REGION, SAME_IN_EVERY_STACK
from haanalyzer.frontends.cloudformation.stacks.imports import Text, Unresolved
from haanalyzer.frontends.cloudformation.stacks.root import root_stack
from haanalyzer.frontends.cloudformation.stacks.session import Session
from haanalyzer.frontends.cloudformation.stacks.stack import Stack
from haanalyzer.frontends.deployment import Target
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.source.span import Span
from haanalyzer.values import Concat, Symbol

_SHARED = SAME_IN_EVERY_STACK | {REGION}
_IMPORT = "ImportValue"
_TRADES = re.compile(rf"""{_IMPORT}|\bExport\b|\bTemplateURL\b|AWS::Serverless::Application""")


@dataclass(frozen=True, slots=True)
class Trade:
    """What a stack exports, with the places, and imports, with the first place of each name; what it nests."""

    exports: Mapping[Text, tuple[Span, ...]] = field(default_factory=dict)
    imports: Mapping[Text, Span] = field(default_factory=dict)
    nests: tuple[str, ...] = ()


NO_TRADE = Trade()


def imports_any(targets: Iterable[Target], files: Files) -> bool:
    """Whether any template has the word of an import."""
    documents = (files.read(path) for path in dict.fromkeys(target.path for target in targets))
    return any(isinstance(each, Document) and _IMPORT in each.text for each in documents)


def trade_of(target: Target, files: Files) -> Trade:
    """What a stack and those nested in it import and export."""
    document = files.read(target.path)
    if not isinstance(document, Document) or _TRADES.search(document.text) is None:
        return NO_TRADE
    session = Session(files)
    imports = session.imports = Unresolved()
    root = session.load(document)
    if root is None:
        return NO_TRADE
    stack = root_stack(root, session, target.inputs)
    for each in stack.with_nested():
        _evaluate_imports(each)
    exports = {name: tuple(each.output.place for each in found) for name, found in exports_of(stack).items()}
    return Trade(exports, imports.names, session.paths[1:])


def _evaluate_imports(stack: Stack) -> None:
    """Ask for all that may import anything."""
    if _IMPORT not in stack.document.text:
        return
    for logical_id, resource in stack.resources.items():
        attributes = stack.attributes(logical_id) if resource.existence is not None else None
        if attributes is not None:
            list(attributes.values())
    for output in stack.outputs.values():
        if not output.certainly_missing:
            stack.output(output.name, output.place)


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

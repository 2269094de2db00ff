"""What the ``Metadata`` of templates says to ignore, for JSON has no comments.

``Metadata: {haanalyzer: {ignore: [HA101], until: 2027-01-31, reason: …}}``, or a list of such maps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from haanalyzer.frontends.deployment import Declaration
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import MapNode, plain
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.source.suppression import NAME, SuppressionComment, date_of, misread, no_date
from haanalyzer.values import MapValue
from haanalyzer.values.data import data_of

_EXPECTED = "expected `haanalyzer: {ignore: [code-or-slug, ...], until: date, reason: ...}`, or a list of such"

Said = SuppressionComment | Diagnostic


def of_resource(declaration: Declaration) -> Iterator[Said]:
    """What the metadata of a resource say of it, and what of that is not understood."""
    metadata = declaration.attributes.get("@Metadata")
    if isinstance(metadata, MapValue) and NAME in metadata.entries:
        yield from _all_said(
            data_of(metadata.entries[NAME], lambda _: None), metadata.keys[NAME], declaration.place.line
        )


def of_template(document: Document) -> Iterator[Said]:
    """The same of a template, for all that is in it; nothing for a file that is no template."""
    root, _ = document.once(load)
    metadata = root.get("Metadata") if isinstance(root, MapNode) else None
    if not isinstance(metadata, MapNode):
        return
    said, place = metadata.get(NAME), metadata.key_span(NAME)
    if said is not None and place is not None:
        yield from _all_said(plain(said), place, None)


def _all_said(data: object, place: Span, line: int | None) -> Iterator[Said]:
    return (_said(each, place, line) for each in (data if isinstance(data, list) else [data]))


def _said(data: object, place: Span, line: int | None) -> Said:
    if not isinstance(data, dict) or not data.keys() <= {"ignore", "until", "reason"}:
        return misread(place, _EXPECTED)
    ignore, until, reason = data.get("ignore"), data.get("until"), data.get("reason", "")
    names = _texts(ignore if isinstance(ignore, list) else [ignore])
    if not names or not isinstance(reason, str):
        return misread(place, _EXPECTED)
    day = date_of(str(until))
    if "until" in data and day is None:
        return misread(place, no_date(until))
    return SuppressionComment(names, reason, place, line, day)


def _texts(names: Sequence[object]) -> tuple[str, ...]:
    """The codes, slugs or patterns of a list; none where one of them is no text."""
    texts = tuple(name for name in names if isinstance(name, str))
    return texts if len(texts) == len(names) else ()

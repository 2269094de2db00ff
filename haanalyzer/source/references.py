"""Which files of the project name which others, read from their text alone.

Good enough to tell roots from parts; the frontends resolve references properly.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from haanalyzer.source.recognition import may_be_template

_BLOCK = re.compile(r"^[ \t]*([a-z]+)(?:[ \t]+[\"\w-]+)*[ \t]*\{", re.MULTILINE)
_TOP_BLOCKS = frozenset(
    {"check", "data", "ephemeral", "import", "locals", "module", "moved", "output", "provider", "removed"}
    | {"resource", "terraform", "variable"}
)
_LOCAL = r'\.\.?(?:[/\\][^"$%\n]*)?|/[^"$%\n]*|(?:git::)?file://[^"$%\n]*'
_LOCAL_SOURCE = re.compile(rf'(?:^[ \t]*|[{{,][ \t]*)(?:source[ \t]*=|"source"\s*:)[ \t]*"({_LOCAL})"', re.MULTILINE)
_UNIT = re.compile(r"^[ \t]*(?:include\b[^{\n]*\{|terraform[ \t]*\{(?=[^{}]*\bsource[ \t]*=))", re.MULTILINE)
_INCLUDED = re.compile(r"\b(?:path_relative_(?:to|from)_include|get_parent_terragrunt_dir)\(")
_UNIT_SOURCE = re.compile(
    r'^[ \t]*source[ \t]*=[ \t]*"(?:\$\{get_terragrunt_dir\(\)\}/)?(\.\.?/[^"$%?\n]*)"', re.MULTILINE
)
_DOUBLE_SLASH = re.compile(r"(?<!:)//+")
_URL = re.compile(r"file://(?:localhost)?(/[^?]*)(?:\?.*)?|git::file://(?:localhost)?(/[^?]*)")
_OWN_STATE = re.compile(r'^[ \t]*(?:backend[ \t]+"[^"\n]*"|cloud)[ \t]*\{', re.MULTILINE)

_MOVED = re.compile(r"^[ \t]*moved[ \t]*\{([^{}]*)\}", re.MULTILINE)
_ADDRESS = re.compile(r"^[ \t]*(from|to)[ \t]*=[ \t]*([^\s#]+)", re.MULTILINE)

# How far a TemplateURL may reach: to the next sibling, or over the lines of a join.
_TEMPLATE_URL = re.compile(
    r"""["']?(?:TemplateURL|Location|aws:asset:path)["']?\s*:"""
    r"""((?:(?!["']?(?:Type|Properties|Parameters|Tags|DependsOn|Condition|TimeoutInMinutes)["']?\s*:)[\s\S]){1,600})"""
)
_PATH = re.compile(r"(?:\$\{[^}\s]*\}|[\w./:$-])+")
_PLACEHOLDER = re.compile(r"\$\{[^}]*\}")


def local_modules(text: str) -> Iterator[str]:
    """The sources, as written, by which the ``module`` blocks of a Terraform file call folders of this disk."""
    if _is_json(text):
        sources = (each.get("source") for call in _members(text, "module") for each in _objects(call))
        yield from (source for source in sources if isinstance(source, str) and local_folder(source) is not None)
        return
    blocks = [match for match in _BLOCK.finditer(text) if match[1] in _TOP_BLOCKS]
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        if block[1] == "module":
            end = following.start() if following else len(text)
            source = _LOCAL_SOURCE.search(text, block.end() - 1, end)
            if source:
                yield source[1]


def local_folder(source: str) -> str | None:
    """The folder that a module's source names on this disk, relative to the caller's or absolute; None for any other.

    Terraform itself copies what is named by an absolute path or URL when it is initialized. Where the
    revision of a git repository is named, what is checked out may be another one.
    Source: Terraform's documentation, "Module Sources".
    """
    if re.fullmatch(r"\.\.?(?:[/\\].*)?", source):
        return source.replace("\\", "/")
    url = _URL.fullmatch(source)
    return url[1] or url[2] if url else source if source.startswith("/") else None


def folders_named_by(text: str) -> Iterator[str]:
    """The folders, relative to its own or absolute, that anything in a Terraform file might call as modules."""
    return filter(None, (local_folder(match[1]) for match in _LOCAL_SOURCE.finditer(text)))


def without_sources(text: str) -> str:
    """A Terraform file without the local sources of its modules."""
    return _LOCAL_SOURCE.sub("", text)


def unit_modules(text: str) -> tuple[str, ...] | None:
    """The folders that a Terragrunt configuration names as its module's; None for one that is no unit's.

    That of a unit says where its module comes from, or includes another one, which may say so.
    What only Terragrunt can work out is left out.
    """
    if _UNIT.search(text) is None:
        return None
    return tuple(
        filter(None, (local_folder(_DOUBLE_SLASH.sub("/", match[1])) for match in _UNIT_SOURCE.finditer(text)))
    )


def is_only_included(text: str) -> bool:
    """Whether a Terragrunt configuration is no unit's, but one for units to include: it asks where that is done."""
    return _UNIT.search(text) is None and _INCLUDED.search(text) is not None


def keeps_own_state(text: str) -> bool:
    """Whether a Terraform file has a ``backend`` or ``cloud`` block: what only a root module may have."""
    if _is_json(text):
        return any(not {"backend", "cloud"}.isdisjoint(each) for each in _sections_of(text, "terraform"))
    return _OWN_STATE.search(text) is not None


def moves(text: str) -> Iterator[tuple[str, str]]:
    """The old and the new address, as written, of each ``moved`` block of a Terraform file."""
    if _is_json(text):
        both = ((each.get("from"), each.get("to")) for each in _sections_of(text, "moved"))
        yield from ((str(old), str(new)) for old, new in both if old and new)
        return
    for block in _MOVED.finditer(text):
        addresses = dict(_ADDRESS.findall(block[1]))
        if addresses.keys() == {"from", "to"}:
            yield addresses["from"], addresses["to"]


def _is_json(text: str) -> bool:
    """Whether a Terraform file is in the JSON syntax: in HCL, no file begins so."""
    return text.lstrip().startswith(("{", "["))


def _sections_of(text: str, type_: str) -> Iterator[Mapping[str, object]]:
    """What blocks of a type without labels hold, in a Terraform file in JSON."""
    try:
        top = json.loads(text)
    except (ValueError, RecursionError):
        return
    for each in _objects(top):
        yield from _objects(each.get(type_))


def _members(text: str, type_: str) -> Iterator[object]:
    """What is below the labels of blocks of a type, in a Terraform file in JSON."""
    for labelled in _sections_of(text, type_):
        yield from labelled.values()


def _objects(node: object) -> Iterator[Mapping[str, object]]:
    """The object, or the objects of a list."""
    for each in node if isinstance(node, list) else [node]:
        if isinstance(each, dict):
            yield each


def template_paths(text: str) -> Iterator[str]:
    """The paths and ends of URLs, as written, by which a template names others as its nested stacks."""
    for url in _TEMPLATE_URL.finditer(text):
        yield from filter(may_be_template, _PATH.findall(url[1]))


def may_nest(text: str, names: Collection[str]) -> bool:
    """Whether a template may take in a file of one of these names as a nested stack."""
    for url in _TEMPLATE_URL.finditer(text):
        endings = [_PLACEHOLDER.split(posixpath.basename(each))[-1] for each in template_paths(url[0])]
        if not endings or any(name.endswith(tuple(endings)) for name in names):
            return True
    return False


class Nesting:
    """Finds which of the known templates a template names as nested stacks."""

    def __init__(self, templates: Iterable[str]) -> None:
        self._templates = frozenset(templates)
        self._by_name: Mapping[str, list[str]] = defaultdict(list)
        for template in self._templates:
            self._by_name[posixpath.basename(template)].append(template)

    def named_by(self, path: str, written: Iterable[str]) -> Iterator[str]:
        """The templates that a template at ``path`` names by these local paths or ends of URLs."""
        for each in written:
            local = posixpath.normpath(posixpath.join(posixpath.dirname(path), each))
            found = local if local in self._templates else self._by_ending(each)
            if found is not None and found != path:
                yield found

    def _by_ending(self, url: str) -> str | None:
        """The one template whose path ends as the URL does, in as many parts as tell it from others."""
        parts = [part for part in _PLACEHOLDER.sub("/", url).split("/") if part]
        candidates = self._by_name.get(parts[-1], []) if parts else []
        for count in range(2, len(parts) + 1):
            if len(candidates) <= 1:
                break
            ending = "/" + "/".join(parts[-count:])
            candidates = [candidate for candidate in candidates if f"/{candidate}".endswith(ending)]
        return candidates[0] if len(candidates) == 1 else None

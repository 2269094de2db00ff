"""A module as written: the blocks of a folder's files, by what they declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from haanalyzer.frontends.terraform.modules.overrides import overridden, settings_overridden
from haanalyzer.frontends.terraform.parsing.notations import body_of, name_in
from haanalyzer.frontends.terraform.parsing.syntax import AttributeSyntax, BlockSyntax, BodySyntax
from haanalyzer.source.configuration_files import configuration_of
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, join
from haanalyzer.source.span import Span

_Key = TypeVar("_Key", str, tuple[str, str])

_LABELLED = frozenset({"check", "data", "locals", "module", "output", "provider", "resource", "terraform", "variable"})
_WITHOUT_RESOURCES = frozenset({"action", "ephemeral", "import", "language", "moved", "removed"})


@dataclass(slots=True)
class ModuleSyntax:
    """What the files of one folder declare. Resources and data sources are keyed by type and name.

    ``providers`` are keyed by name and alias (``aws.west``), ``settings`` is what all ``terraform`` blocks
    say. ``secrets`` says whether any file has the word that makes something a secret.
    """

    folder: str
    variables: dict[str, BlockSyntax] = field(default_factory=dict)
    locals: dict[str, AttributeSyntax] = field(default_factory=dict)
    outputs: dict[str, BlockSyntax] = field(default_factory=dict)
    resources: dict[tuple[str, str], BlockSyntax] = field(default_factory=dict)
    data: dict[tuple[str, str], BlockSyntax] = field(default_factory=dict)
    calls: dict[str, BlockSyntax] = field(default_factory=dict)
    providers: dict[str, BlockSyntax] = field(default_factory=dict)
    settings: BodySyntax = field(default_factory=BodySyntax)
    files: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    secrets: bool = False


def read_module(folder: str, files: Files, generated: Mapping[str, Document] | None = None) -> ModuleSyntax:
    """The configuration files of a folder in the order of names, its override files merged into what they override.

    ``generated`` are texts by the names of the files that they are or become there.
    """
    reader = _Reader(ModuleSyntax(folder))
    texts = generated or {}

    def read(name: str) -> None:
        if name in texts:
            reader.text(texts[name])
        else:
            reader.file(join(folder, name), files)

    reader.each({*files.file_names_in(folder), *texts}, read)
    return reader.module


def module_of(documents: Mapping[str, Document]) -> ModuleSyntax:
    """The module that these texts are, by the names of their files, in no folder."""
    reader = _Reader(ModuleSyntax(""))
    reader.each(documents, lambda name: reader.text(documents[name]))
    return reader.module


class _Reader:
    """Fills a module; ``overrides`` is true from the first override file on."""

    def __init__(self, module: ModuleSyntax) -> None:
        self.module = module
        self.overrides = False
        self._unknown: set[str] = set()

    def each(self, names: Iterable[str], read: Callable[[str], None]) -> None:
        """Read those of the named files that are a module's, in their order."""
        own, overriding = configuration_of(names)
        for name in own:
            read(name)
        self.overrides = True
        for name in overriding:
            read(name)

    def file(self, path: str, files: Files) -> None:
        document = files.read(path)
        if isinstance(document, Diagnostic):
            self.module.diagnostics.append(document)
            return
        self.module.files.append(path)
        self.text(document)

    def text(self, document: Document) -> None:
        self.module.secrets |= "sensitive" in document.text
        body, diagnostics = body_of(document)
        self.module.diagnostics += diagnostics
        for attribute in body.attributes.values():
            self._unexpected(attribute.name, f"argument `{attribute.name}` outside of any block", attribute)
        for block in body.blocks:
            self._declare(block)

    def _declare(self, block: BlockSyntax) -> None:
        module = self.module
        by_name = {"variable": module.variables, "output": module.outputs, "module": module.calls}
        by_type = {"resource": module.resources, "data": module.data}
        match block.type, block.labels:
            case "locals", ():
                self._locals(block.body.attributes.values())
            case "terraform", ():
                self._settings(block.body)
            case ("variable" | "output" | "module") as kind, (name,):
                self._add(by_name[kind], name, block)
            case ("resource" | "data") as kind, (type_, name):
                self._add(by_type[kind], (type_, name), block)
            case "provider", (name,):
                self._add(module.providers, _provider_key(name, block), block)
            case "check", (_,):
                for data in block.body.blocks_of("data"):
                    self._declare(data)
            case kind, _ if kind in _LABELLED:
                message = f"a {kind} block has another number of labels"
                module.diagnostics.append(Diagnostic(block.header_span.first_line(), "invalid-hcl", message))
            case type_, _ if type_ not in _WITHOUT_RESOURCES:
                self._unexpected(type_, f"block of type `{type_}`", block)

    def _unexpected(self, name: str, what: str, found: AttributeSyntax | BlockSyntax) -> None:
        """Say once of each name that Terraform knows it not."""
        if name not in self._unknown:
            self._unknown.add(name)
            place = found.key_span if isinstance(found, AttributeSyntax) else found.header_span.first_line()
            message = f"Terraform knows no {what}: it is not read"
            self.module.diagnostics.append(Diagnostic(place, "unknown-block", message, is_error=False))

    def _locals(self, attributes: Iterable[AttributeSyntax]) -> None:
        known = self.module.locals
        for attribute in attributes:
            first = known.get(attribute.name)
            if self.overrides or first is None:
                known[attribute.name] = attribute
            self._check_order(f"local {attribute.name}", attribute.key_span, first.key_span if first else None)

    def _settings(self, body: BodySyntax) -> None:
        settings = self.module.settings
        if self.overrides:
            self.module.settings = settings_overridden(settings, body)
        else:
            self.module.settings = BodySyntax({**body.attributes, **settings.attributes}, settings.blocks + body.blocks)

    def _add(self, table: dict[_Key, BlockSyntax], key: _Key, block: BlockSyntax) -> None:
        first = table.get(key)
        if first is None:
            table[key] = block
        elif self.overrides:
            table[key] = overridden(first, block)
        # An absent provider configuration is an empty one, which can be overridden, too.
        if first is not None or block.type != "provider" or "alias" in block.body.attributes:
            named = " ".join((block.type, *block.labels))
            self._check_order(named, block.header_span.first_line(), first.header_span if first else None)

    def _check_order(self, named: str, place: Span, first: Span | None) -> None:
        """A thing is declared once, before it is overridden."""
        if first is not None and not self.overrides:
            message = f"a second {named}: the first, {first}, is the one analyzed"
            self.module.diagnostics.append(Diagnostic(place, "duplicate-block", message))
        elif first is None and self.overrides:
            message = f"expected a {named} to override: no file but this one has it"
            self.module.diagnostics.append(Diagnostic(place, "nothing-to-override", message))


def _provider_key(name: str, block: BlockSyntax) -> str:
    """``aws`` or ``aws.west``, as references write it."""
    alias = name_in(block.body.attributes.get("alias"))
    return f"{name}.{alias}" if alias else name

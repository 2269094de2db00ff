"""A module as written: the blocks of a folder's files, by what they declare."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

from haanalyzer.frontends.terraform.structure import parse_body
from haanalyzer.frontends.terraform.syntax import AttributeSyntax, BlockSyntax, BodySyntax
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, join
from haanalyzer.source.span import start_of

_Key = TypeVar("_Key", str, tuple[str, str])


@dataclass(slots=True)
class ModuleSyntax:
    """What the files of one folder declare. Resources and data sources are keyed by type and name.

    ``secrets`` says whether any file has the word that makes something a secret.
    """

    folder: str
    variables: dict[str, BlockSyntax] = field(default_factory=dict)
    locals: dict[str, AttributeSyntax] = field(default_factory=dict)
    outputs: dict[str, BlockSyntax] = field(default_factory=dict)
    resources: dict[tuple[str, str], BlockSyntax] = field(default_factory=dict)
    data: dict[tuple[str, str], BlockSyntax] = field(default_factory=dict)
    calls: dict[str, BlockSyntax] = field(default_factory=dict)
    providers: dict[str, BlockSyntax] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    secrets: bool = False


def read_module(folder: str, files: Files) -> ModuleSyntax:
    """Every ``*.tf`` of a folder, in the order of names, then the override files merged into what they override."""
    module = ModuleSyntax(folder)
    names = [name for name in files.names_in(folder) if not name.startswith(".")]
    configuration = [name for name in names if name.endswith(".tf")]
    for name in sorted(configuration, key=_is_override):
        _read_file(module, join(folder, name), files, overrides=_is_override(name))
    for name in names:
        if name.endswith(".tf.json"):
            place = start_of(join(folder, name))
            message = "Terraform in JSON is not read: what it declares is missing from the analysis"
            module.diagnostics.append(Diagnostic(place, "terraform-json", message, is_error=False))
    return module


def module_of(document: Document) -> ModuleSyntax:
    """The module that one text is, in no folder."""
    module = ModuleSyntax("")
    _read_text(module, document, overrides=False)
    return module


def _is_override(name: str) -> bool:
    return name == "override.tf" or name.endswith("_override.tf")


def _read_file(module: ModuleSyntax, path: str, files: Files, *, overrides: bool) -> None:
    document = files.read(path)
    if isinstance(document, Diagnostic):
        module.diagnostics.append(document)
        return
    module.files.append(path)
    _read_text(module, document, overrides=overrides)


def _read_text(module: ModuleSyntax, document: Document, *, overrides: bool) -> None:
    module.secrets |= "sensitive" in document.text
    body, diagnostics = document.once(parse_body)
    module.diagnostics += diagnostics
    for block in body.blocks:
        _declare(module, block, overrides=overrides)


def _declare(module: ModuleSyntax, block: BlockSyntax, *, overrides: bool) -> None:
    match block.type, block.labels:
        case "locals", ():
            for name, attribute in block.body.attributes.items():
                if overrides or name not in module.locals:
                    module.locals[name] = attribute
        case "variable", (name,):
            _add(module, module.variables, name, block, overrides=overrides)
        case "output", (name,):
            _add(module, module.outputs, name, block, overrides=overrides)
        case "module", (name,):
            _add(module, module.calls, name, block, overrides=overrides)
        case "resource", (type_, name):
            _add(module, module.resources, (type_, name), block, overrides=overrides)
        case "data", (type_, name):
            _add(module, module.data, (type_, name), block, overrides=overrides)
        case "provider", (name,):
            _add(module, module.providers, _provider_key(name, block), block, overrides=overrides)
        case (("variable" | "output" | "module" | "resource" | "data" | "provider" | "locals"), _):
            message = f"a {block.type} block has another number of labels"
            module.diagnostics.append(Diagnostic(block.header_span.first_line(), "invalid-hcl", message))


def _provider_key(name: str, block: BlockSyntax) -> str:
    """``aws`` or ``aws.west``, as references write it."""
    alias = block.body.attributes.get("alias")
    return f"{name}.{alias.text.strip().strip(chr(34))}" if alias else name


def _add(
    module: ModuleSyntax, table: dict[_Key, BlockSyntax], key: _Key, block: BlockSyntax, *, overrides: bool
) -> None:
    first = table.get(key)
    if first is None:
        table[key] = block
    elif overrides:
        table[key] = _overridden(first, block)
    else:
        message = f"a second {block.type} {' '.join(block.labels)}: the first, {first.header_span}, is the one analyzed"
        module.diagnostics.append(Diagnostic(block.header_span.first_line(), "duplicate-block", message))


def _overridden(block: BlockSyntax, override: BlockSyntax) -> BlockSyntax:
    """A block with the attributes and nested blocks of an override file in the place of its own."""
    replaced = {nested.type for nested in override.body.blocks}
    body = BodySyntax(
        {**block.body.attributes, **override.body.attributes},
        [nested for nested in block.body.blocks if nested.type not in replaced] + override.body.blocks,
    )
    return replace(block, body=body)

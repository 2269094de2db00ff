"""What a module call leads to: the syntax of a module, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from haanalyzer.catalog.module_models import ModuleModel
from haanalyzer.frontends.terraform.modules.location import Call, Folder, Location, Missing
from haanalyzer.frontends.terraform.modules.module import ModuleSyntax
from haanalyzer.frontends.terraform.parsing import syntax
from haanalyzer.frontends.terraform.parsing.notations import expression_of
from haanalyzer.frontends.terraform.session import MOST_DEEP, Session
from haanalyzer.source.diagnostic import Diagnostic


class Entered(NamedTuple):
    """A module on the way to a call, and the name it was called by; None for the root."""

    declared: ModuleSyntax
    name: str | None


def called_module(block: syntax.BlockSyntax, session: Session, way: Sequence[Entered]) -> ModuleSyntax | Missing:
    """The module that a call names, as written on disk or in a model.

    ``way`` leads from the root to the module that calls.
    """
    if len(way) > MOST_DEEP:
        return Missing(f"modules are nested more than {MOST_DEEP} deep")
    folder = way[-1].declared.folder
    path = (*(module.name for module in way if module.name is not None), block.labels[0])
    found = located(block, path, folder, session)
    recorded = session.overlay.module(path) if session.overlay and not isinstance(found, Folder) else None
    if recorded is not None:
        return recorded
    if isinstance(found, Missing):
        return found
    if isinstance(found, ModuleModel):
        return _modelled(found, block, session, is_users=bool(folder))
    real = session.files.real
    if any(real(found.path) == real(above.declared.folder) for above in way):
        return Missing("the module calls itself")
    module = session.module(found.path)
    is_there = module.files or module.diagnostics
    return module if is_there else Missing(f"its folder, {found.path}, has no Terraform file")


def located(block: syntax.BlockSyntax, path: Sequence[str], folder: str, session: Session) -> Location:
    """Where the module is that a call in this folder names; ``path`` are the names of the calls that lead to it."""
    return session.locator.locate(Call(".".join(path), _text_of("source", block), _version_of(block), folder))


def _modelled(model: ModuleModel, block: syntax.BlockSyntax, session: Session, *, is_users: bool) -> ModuleSyntax:
    """A model's syntax; that it is one is said for a call that the user wrote."""
    place = block.header_span.first_line()
    if is_users:
        message = (
            f"module.{block.labels[0]} is not on disk: taken for what {model.module} {model.versions} is known to "
            "make; after `terraform init` the module itself is read"
        )
        session.report([Diagnostic(place, "module-modelled", message, is_error=False, hides=False)])
    return session.modelled(model, place)


def _text_of(name: str, block: syntax.BlockSyntax) -> str | None:
    """A plain text among a call's arguments."""
    attribute = block.body.attributes.get(name)
    literal = expression_of(attribute) if attribute else None
    return str(literal.value) if isinstance(literal, syntax.Literal) else None


def _version_of(block: syntax.BlockSyntax) -> str | None:
    """The constraint on a call's version; what is no plain text is given as written, and is no constraint."""
    attribute = block.body.attributes.get("version")
    return _text_of("version", block) or attribute.text if attribute else None

"""What the client may ask and tell: the protocol's methods, each answered in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from haanalyzer.lsp.actions import FIX_ALL, OPEN_PAGE, SUPPRESS, Actions
from haanalyzer.lsp.analysis import Analysis
from haanalyzer.lsp.client import Client
from haanalyzer.lsp.documents import path_of_document, relative
from haanalyzer.lsp.findings import SOURCE, alike
from haanalyzer.lsp.hover import facts_at, pages_of
from haanalyzer.lsp.lens import lenses_of
from haanalyzer.lsp.project import Project
from haanalyzer.lsp.server import Server
from haanalyzer.lsp.settings import SECTION
from haanalyzer.lsp.uris import path_of
from haanalyzer.results import Judgement
from haanalyzer.source.configuration_files import ENDINGS
from haanalyzer.source.document import Document
from haanalyzer.source.recognition import TEMPLATE_ENDINGS

_WATCHED = (
    *(f"**/*{ending}" for ending in (*ENDINGS, ".tfvars", *TEMPLATE_ENDINGS)),
    "**/*.hcl",
    "**/pyproject.toml",
    "**/samconfig*.toml",
    "**/.terraform/modules/modules.json",
)


def server() -> Server:
    """A server with all features, not started yet."""
    made = Server()
    features: dict[str, tuple[Callable[..., Any], Any]] = {
        types.INITIALIZE: (_initialize, None),
        types.INITIALIZED: (_initialized, None),
        types.SHUTDOWN: (_shut_down, None),
        types.TEXT_DOCUMENT_DID_OPEN: (_opened, None),
        types.TEXT_DOCUMENT_DID_CHANGE: (_edited, None),
        types.TEXT_DOCUMENT_DID_CLOSE: (_edited, None),
        types.TEXT_DOCUMENT_DID_SAVE: (_saved, None),
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (_changed_on_disk, None),
        types.WORKSPACE_DID_CHANGE_CONFIGURATION: (_configured, None),
        types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (_folders_changed, None),
        types.TEXT_DOCUMENT_HOVER: (_hover, None),
        types.TEXT_DOCUMENT_CODE_LENS: (_lenses, None),
        types.TEXT_DOCUMENT_CODE_ACTION: (
            _actions,
            types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
        ),
    }
    for method, (handler, options) in features.items():
        made.feature(method, options)(handler)
    made.command(SUPPRESS)(_suppress)
    made.command(OPEN_PAGE)(_open_page)
    return made


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    sent = params.initialization_options
    ignore_command = isinstance(sent, dict) and sent.get("ignoreCommand") is True
    ls.client = Client(params.capabilities, ignore_command)
    ls.take_initial(sent)
    if ls.client.pulls:
        options = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier=SOURCE)
        ls.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(_pulled)
        ls.feature(types.WORKSPACE_DIAGNOSTIC)(_workspace_pulled)


async def _initialized(ls: Server, _: types.InitializedParams) -> None:
    wanted: list[tuple[str, object]] = []
    if ls.client.watches_files:
        came_or_went = types.WatchKind.Create | types.WatchKind.Delete
        # of a folder that is renamed or removed, editors tell, and not of what is in it
        folders = types.FileSystemWatcher("**/*", came_or_went)
        watchers = [folders, *map(types.FileSystemWatcher, _WATCHED)]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wanted.append((types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if ls.client.registers_configuration:
        section = types.DidChangeConfigurationRegistrationOptions(section=SECTION)
        wanted.append((types.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
    if wanted:
        registrations = [types.Registration(f"haanalyzer {method}", method, options) for method, options in wanted]
        ls.client_register_capability(types.RegistrationParams(registrations))
    uris = [folder.uri for folder in ls.workspace.folders.values()] or [ls.workspace.root_uri or ""]
    await ls.begin([folder for uri in uris if (folder := path_of(uri)) is not None])


def _shut_down(ls: Server, _: None) -> None:
    ls.is_to_exit = True


def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    ls.opened(params.text_document)


def _edited(ls: Server, params: types.DidChangeTextDocumentParams | types.DidCloseTextDocumentParams) -> None:
    ls.edited(params.text_document.uri)


def _saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    ls.saved(params.text_document.uri)


def _changed_on_disk(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    ls.changed_on_disk([each.uri for each in params.changes])


async def _configured(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    await ls.configure(params.settings)


async def _folders_changed(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    for folder in params.event.removed:
        if path := path_of(folder.uri):
            ls.remove(path)
    await ls.add([path for folder in params.event.added if (path := path_of(folder.uri)) is not None])


async def _pulled(ls: Server, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    uri = params.text_document.uri
    project = await ls.owner(uri)
    if project is not None:
        await project.fresh()
    result_id = ls.board.result_id(uri)
    if params.previous_result_id == result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id)
    return types.RelatedFullDocumentDiagnosticReport(ls.board.items(uri), result_id=result_id)


async def _workspace_pulled(ls: Server, params: types.WorkspaceDiagnosticParams) -> types.WorkspaceDiagnosticReport:
    await ls.begun()
    for project in ls.projects:
        await project.fresh()
    known = {each.uri: each.value for each in params.previous_result_ids}
    return types.WorkspaceDiagnosticReport([_of_workspace(ls, uri, known.get(uri)) for uri in ls.board.uris()])


def _of_workspace(ls: Server, uri: str, known: str | None) -> types.WorkspaceDocumentDiagnosticReport:
    version = ls.workspace.get_text_document(uri).version
    result_id = ls.board.result_id(uri)
    if known == result_id:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(uri, result_id, version)
    return types.WorkspaceFullDocumentDiagnosticReport(uri, ls.board.items(uri), version, result_id=result_id)


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    asked = await _asked(ls, params.text_document.uri, wait=False)
    if asked is None:
        return None
    project, _, path, document = asked
    offset = ls.positions.offset(document, params.position)
    place = document.span(offset, offset)
    findings = _findings_at(ls, asked, types.Range(params.position, params.position))
    facts = await project.ask(lambda graphs: facts_at(place, document, graphs), path)
    texts = [*facts, *pages_of(findings)]
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(texts))) if texts else None


async def _lenses(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
    asked = await _asked(ls, params.text_document.uri)
    if asked is None or not asked.project.settings.code_lens:
        return []
    places = ls.places(asked.project, asked.analysis)
    return await asked.project.ask(lambda graphs: lenses_of(asked.path, graphs, places), asked.path)


async def _actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    asked = await _asked(ls, params.text_document.uri)
    if asked is None:
        return []
    named = {str(each.data.get("finding")) for each in params.context.diagnostics if isinstance(each.data, dict)}
    chosen = _findings_at(ls, asked, params.range, named)
    shown = {
        each.data["finding"]: each for each in ls.board.items(params.text_document.uri) if isinstance(each.data, dict)
    }
    actions = _actions_for(ls, asked)
    offered = [*actions.quick_fixes(asked.path, chosen, shown), *actions.fix_all(asked.path)]
    wanted = params.context.only
    return [each for each in offered if wanted is None or any(_is_of_kind(each, kind) for kind in wanted)]


def _is_of_kind(action: types.CodeAction, kind: str) -> bool:
    # added, not formatted: a kind that is an enum's member is formatted as its name
    return kind == "" or ((action.kind or "") + ".").startswith(kind + ".")


async def _suppress(ls: Server, finding: Any, reason: str, until: Any = None) -> bool:
    """Write the comment that ignores a finding, as an action named it; whether that was done."""
    try:
        day = date.fromisoformat(until) if until else None
        uri, digest = finding["uri"], finding["finding"]
    except (TypeError, KeyError, ValueError) as error:
        raise JsonRpcInvalidParams.of(ValueError("expected {uri, finding}, a reason, and a day or null")) from error
    asked = await _asked(ls, uri)
    found = (
        [] if asked is None else [each for each in asked.analysis.report.findings() if each.identity.digest == digest]
    )
    edit = _actions_for(ls, asked).suppression(found[0], reason, day) if asked and found else None
    if edit is None:
        ls.warn("the finding is no longer there, or no comment can stand at its place")
        return False
    answer = await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, label="Ignore a finding"))
    return answer.applied


def _open_page(ls: Server, page: str) -> None:
    ls.window_show_document(types.ShowDocumentParams(page, external=True))


class _Asked(NamedTuple):
    """What a question about a document is answered from: an analysis of the text that the client sees."""

    project: Project
    analysis: Analysis
    path: str
    document: Document


async def _asked(ls: Server, uri: str, *, wait: bool = True) -> _Asked | None:
    """The analysis that a document is in; None for one that is not analyzed, or, without ``wait``, not yet."""
    project = await ls.owner(uri)
    path = path_of_document(ls.workspace.get_text_document(uri))
    if project is None or path is None or (project.latest is None and not wait):
        return None
    analysis = await project.fresh()
    name = relative(path, project.base)
    document = analysis.report.documents.get(name) if analysis and name else None
    if analysis is None or name is None or document is None:
        return None
    return _Asked(project, analysis, name, document)


def _findings_at(ls: Server, asked: _Asked, selected: types.Range, named: Collection[str] = ()) -> list[Judgement]:
    """The findings whose place touches a range, and those that are named; of such that look the same, one."""
    places = ls.places(asked.project, asked.analysis)
    here = (one for one in asked.analysis.report.findings() if one.place.path == asked.path)
    return [
        one for one, _ in alike(here) if one.identity.digest in named or _touches(places.range(one.place), selected)
    ]


def _touches(one: types.Range, other: types.Range) -> bool:
    return one.start <= other.end and other.start <= one.end


def _actions_for(ls: Server, asked: _Asked) -> Actions:
    project, analysis = asked.project, asked.analysis

    def is_current(path: str) -> bool:
        buffer = analysis.buffers.get(path)
        return buffer is None or ls.workspace.get_text_document(buffer.uri).version == buffer.version

    return Actions(analysis, ls.places(project, analysis), ls.client, is_current)

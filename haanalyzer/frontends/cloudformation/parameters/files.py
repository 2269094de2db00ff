"""Files that say what a stack is given, in the shapes that AWS's own tools read."""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.frontends.cloudformation.parameters.samconfig import DEFAULT, is_samconfig, read_samconfig
from haanalyzer.frontends.cloudformation.parameters.stack_file import Passed, StackFile, UnexpectedError, value_of
from haanalyzer.frontends.tree.loader import load
from haanalyzer.frontends.tree.nodes import ListNode, MapNode, Node, ScalarNode, text_of
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import start_of
from haanalyzer.values import Known

TEMPLATE_PATH = "template-file-path"
"""The word by which a stack deployment file names its template."""


def read_stack_file(document: Document, environment: str | None = None) -> StackFile | Diagnostic:
    """What a file says of a stack, or what is wrong with it.

    Parameters alone: ``[{"ParameterKey": …, "ParameterValue": …}]``, ``{"Name": "value"}``, ``["Name=value"]``.
    With tags: CodePipeline's template configuration and rain's, ``{"Parameters": {…}, "Tags": {…}}``; Git sync's
    stack deployment file, ``template-file-path``, ``parameters``, ``tags``. An environment of a
    samconfig, the one that is called so or ``default``.
    What says ``UsePreviousValue`` is left out: it is not known here.

    Source: the AWS CLI's reference of ``cloudformation deploy``; CodePipeline's user guide, "Template configuration
    file"; CloudFormation's user guide, "How Git sync works"; rain's documentation of ``deploy``.
    """
    if environment is not None or is_samconfig(document):
        return read_samconfig(document, environment or DEFAULT)
    root, diagnostics = document.once(load)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.code != "several-documents"]
    if errors:
        return errors[0]
    try:
        return _stack_file(root, document)
    except UnexpectedError as error:
        return error.diagnostic


def _stack_file(root: Node | None, document: Document) -> StackFile:
    match root:
        case MapNode(entries=entries) if TEMPLATE_PATH in entries:
            path = text_of(root.get(TEMPLATE_PATH))
            if not path:
                raise UnexpectedError("the path of a template", root.entries[TEMPLATE_PATH].value.place)
            template = Known(data=path, place=root.entries[TEMPLATE_PATH].value.place)
            return StackFile(_section(root, "parameters"), _tags(root.get("tags")), (template,))
        case MapNode(entries=entries) if isinstance(root.get("Parameters") or root.get("Tags"), MapNode):
            return StackFile(_section(root, "Parameters"), _tags(root.get("Tags")))
        case MapNode():
            return StackFile(_values(root))
        case ListNode(items=items):
            return StackFile({name: value_of(node) for item in items for name, node in _listed(item)})
    raise UnexpectedError("a map or a list of parameters", root.place if root else start_of(document.path))


def _section(root: MapNode, name: str) -> Passed:
    """A map of the file's, in whatever case its name is written; nothing where it is missing or empty."""
    found = next((entry.value for key, entry in root.entries.items() if key.lower() == name.lower()), None)
    if found is None or (isinstance(found, ScalarNode) and found.data is None):
        return {}
    if not isinstance(found, MapNode):
        raise UnexpectedError(f"{name} to be a map", found.place)
    return _values(found)


def _tags(node: Node | None) -> Passed:
    """Tags as a map, or as CloudFormation's list of pairs."""
    if isinstance(node, ListNode):
        pairs = [(text_of(item.get("Key")), item.get("Value")) for item in node.items if isinstance(item, MapNode)]
        found = {key: value_of(value) for key, value in pairs if key is not None and value is not None}
        if len(found) < len(node.items):
            raise UnexpectedError('"Key" and "Value"', node.place)
        return found
    if node is None or (isinstance(node, ScalarNode) and node.data is None):
        return {}
    if not isinstance(node, MapNode):
        raise UnexpectedError("a map of tags", node.place)
    return _values(node)


def _values(node: MapNode) -> Passed:
    return {name: value_of(entry.value) for name, entry in node.entries.items()}


def _listed(item: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(item, MapNode):
        name, value = text_of(item.get("ParameterKey")), item.get("ParameterValue")
        if name is None or (value is None and item.get("UsePreviousValue") is None):
            raise UnexpectedError('"ParameterKey" and "ParameterValue"', item.place)
        if value is not None:
            yield name, value
        return
    name, equals, text = (text_of(item) or "").partition("=")
    if not equals:
        raise UnexpectedError('"Name=value"', item.place)
    yield name, ScalarNode(item.document, item.start, item.end, text)

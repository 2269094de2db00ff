"""Reads small templates for tests."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from haanalyzer.frontends.cloudformation.template import read_template
from haanalyzer.frontends.deployment import Declaration, Deployment, Inputs
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files
from haanalyzer.values import Value

NOWHERE = Path(__file__).parent / "no-such-folder"


def deploy(text: str, **inputs: object) -> Deployment:
    return read_template(Document("main.yaml", dedent(text)), Inputs(**inputs), Files(NOWHERE))


def deploy_files(folder: Path, files: dict[str, str], root: str = "main.yaml", **inputs: object) -> Deployment:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text))
    reader = Files(folder)
    document = reader.read(root)
    assert isinstance(document, Document)
    return read_template(document, Inputs(**inputs), reader)


def declared(deployment: Deployment) -> dict[str, Declaration]:
    return {declaration.address: declaration for declaration in deployment.declarations}


def value_of(expression: str, head: str = "", **inputs: object) -> Value:
    """The value of an expression in one line of YAML, where ``head`` has other sections and resources."""
    text = f"{dedent(head)}\n" if head else ""
    if "\nResources:" not in f"\n{text}":
        text += "Resources:\n"
    deployment = deploy(f"{text}  It: {{Type: Some::Type, Properties: {{P: {expression}}}}}\n", **inputs)
    return declared(deployment)["It"].attributes["P"]


def data_of(value: Value) -> object:
    """The plain data of a known value, terms where it is unknown."""
    match value:
        case _ if hasattr(value, "data"):
            return value.data
        case _ if hasattr(value, "items"):
            return [data_of(item) for item in value.items]
        case _ if hasattr(value, "entries"):
            return {key: data_of(entry) for key, entry in value.entries.items()}
        case _ if hasattr(value, "term"):
            return value.term
    return value

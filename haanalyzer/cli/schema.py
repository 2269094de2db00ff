"""`schema`: for editors, what the files that users write may say."""

from __future__ import annotations

import argparse

from haanalyzer.cli.options import Commands
from haanalyzer.cli.outcome import CLEAN, write

_FILES = ("configuration", "ruleset")


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    schema = commands.add_parser(
        "schema", help="print the JSON schema of haanalyzer.yaml, or of a ruleset, for editors"
    )
    schema.add_argument(
        "file", nargs="?", choices=_FILES, default="configuration", help="the one of haanalyzer.yaml by default"
    )
    schema.set_defaults(run=run_schema)


def run_schema(options: argparse.Namespace) -> int:
    """Print the schema of a kind of file."""
    import json

    from haanalyzer.policy.editor_schema import configuration_schema, ruleset_schema

    content = configuration_schema() if options.file == "configuration" else ruleset_schema()
    write(json.dumps(content, indent=1))
    return CLEAN

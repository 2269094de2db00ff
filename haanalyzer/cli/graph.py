"""`graph`: print the resources and what connects them."""

from __future__ import annotations

import argparse
import sys

from haanalyzer.cli.options import Commands, add_inputs, base_of, below, inputs_of, stacks_of
from haanalyzer.cli.outcome import CLEAN, ERROR, NOTHING, UsageError, write


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    graph = commands.add_parser("graph", help="print the resources and what connects them")
    add_inputs(graph)
    graph.add_argument("--format", default="json", choices=("json", "mermaid", "dot"))
    graph.set_defaults(run=run_graph)


def run_graph(options: argparse.Namespace) -> int:
    """Print the resources and what connects them."""
    from haanalyzer.engine import NoSuchStackError, read_project
    from haanalyzer.graph import ResourceGraph
    from haanalyzer.policy import SettingsError, settings_for
    from haanalyzer.report.graph_formats import GRAPH_FORMATS
    from haanalyzer.source.files import Files

    base = base_of(options.paths)
    try:
        stacks = stacks_of(options, settings_for(base), base)
        project = read_project(below(base, options.paths), Files(base), inputs_of(options, base), stacks)
    except SettingsError as error:
        raise UsageError(str(error)) from error
    except NoSuchStackError as error:
        raise UsageError(f"--stack: {error}") from error
    for diagnostic in project.diagnostics:
        print(diagnostic, file=sys.stderr)
    graphs = [ResourceGraph(deployment) for deployment in project.deployments]
    write(GRAPH_FORMATS[options.format](graphs))
    if any(diagnostic.is_error for diagnostic in project.diagnostics):
        return ERROR
    return CLEAN if graphs else NOTHING

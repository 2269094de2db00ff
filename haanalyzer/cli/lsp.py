"""`lsp`: serve an editor."""

from __future__ import annotations

import argparse

from haanalyzer.cli.options import Commands
from haanalyzer.cli.outcome import CLEAN

ABANDONED = 1  # the protocol's code of an exit before which the client did not ask for the shutdown


def add(commands: Commands) -> None:
    """Add the command and its arguments."""
    lsp = commands.add_parser("lsp", help="serve an editor: the Language Server Protocol on standard input and output")
    lsp.add_argument("--stdio", action="store_true", help="what it does in any case; editors like to say so")
    lsp.set_defaults(run=run_lsp)


def run_lsp(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes its options
    """Serve until the client says to exit, or hangs up; the exit code is the protocol's."""
    import logging
    import signal

    from haanalyzer.lsp.features import server

    # pygls warns of each request that is cancelled when it was just answered, which editors do
    logging.getLogger("pygls").setLevel(logging.ERROR)
    # else an interrupt would wait for the thread that waits for the client
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    serving = server()
    serving.start_io()
    return CLEAN if serving.is_to_exit else ABANDONED

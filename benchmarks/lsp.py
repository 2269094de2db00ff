"""How long an editor waits for the answer to a keystroke, beside a first analysis of the same root in the same run.

    python benchmarks/lsp.py [--lines 3000 | --root FOLDER] [--keystrokes 200] [--interval 0]

Types into a Terraform root of so many lines, or into the largest file of a copy of a given one,
waits for the diagnostics of each text, and prints the median and the 90th percentile of the time
from the change to its answer, and what share of a cold `haanalyzer check` the median is. Nothing
is asserted: a shared machine is no judge.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
WARM_UP = 5

UNIT = """
resource "aws_vpc" "v{n}" {{
  cidr_block = "10.{n}.0.0/16"
}}

resource "aws_subnet" "v{n}" {{
  for_each          = {{ "eu-west-1a" = 0, "eu-west-1b" = 1 }}
  vpc_id            = aws_vpc.v{n}.id
  cidr_block        = cidrsubnet(aws_vpc.v{n}.cidr_block, 8, each.value)
  availability_zone = each.key
}}

resource "aws_internet_gateway" "v{n}" {{
  vpc_id = aws_vpc.v{n}.id
}}

resource "aws_route_table" "v{n}" {{
  vpc_id = aws_vpc.v{n}.id
  route {{
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.v{n}.id
  }}
}}

resource "aws_route_table_association" "v{n}" {{
  for_each       = aws_subnet.v{n}
  subnet_id      = each.value.id
  route_table_id = aws_route_table.v{n}.id
}}

resource "aws_security_group" "v{n}" {{
  vpc_id = aws_vpc.v{n}.id
  ingress {{
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}

resource "aws_lb" "v{n}" {{
  subnets         = [for each in aws_subnet.v{n} : each.id]
  security_groups = [aws_security_group.v{n}.id]
}}

data "aws_iam_policy_document" "v{n}" {{
  statement {{
    sid       = "Read"
    effect    = "Allow"
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = ["arn:aws:s3:::things-{n}", "arn:aws:s3:::things-{n}/*"]
    principals {{
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }}
  }}
}}

resource "aws_iam_role" "v{n}" {{
  name               = "role-{n}"
  assume_role_policy = data.aws_iam_policy_document.v{n}.json
  tags = {{
    Name        = "role-{n}"
    Environment = "test"
  }}
}}

resource "aws_cloudwatch_log_group" "v{n}" {{
  name              = "/service/{n}"
  retention_in_days = 30
}}

variable "size_{n}" {{
  description = "The class of the instances of database {n}."
  type        = string
  default     = "db.m6g.large"
}}

output "address_{n}" {{
  description = "Where database {n} is reached."
  value       = aws_db_instance.v{n}.address
}}

resource "aws_db_subnet_group" "v{n}" {{
  subnet_ids = [for each in aws_subnet.v{n} : each.id]
}}

resource "aws_db_instance" "v{n}" {{
  engine                  = "postgres"
  instance_class          = var.size_{n}
  multi_az                = true
  db_subnet_group_name    = aws_db_subnet_group.v{n}.name
  backup_retention_period = 7
  skip_final_snapshot     = true
}}
"""


def root_of(lines: int) -> str:
    """A root of at least so many lines: VPCs with their subnets, a balancer and a database each."""
    text = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
    number = 0
    while text.count("\n") < lines:
        text += UNIT.format(n=number)
        number += 1
    return text


def texts_typed(text: str, keystrokes: int) -> list[str]:
    """The texts while someone types the same attribute of a database again and again, one character after the other."""
    typed = 'identifier = "orders"\n'
    place = '\n\nresource "aws_db_instance" "typed" {\n  '
    return [f"{text}{place}{typed[: number % len(typed) + 1]}}}\n" for number in range(keystrokes)]


async def answer_times(path: Path, keystrokes: int, interval: float) -> list[float]:
    """Seconds from each change of a file to the diagnostics of the text it made, without those that warm up."""
    client = LanguageClient("benchmark", "1")

    @client.feature(types.WORKSPACE_DIAGNOSTIC_REFRESH)
    def refresh(*_: object) -> None:
        """The client pulls after each change anyway."""

    await client.start_io(sys.executable, "-m", "haanalyzer", "lsp", env=ENVIRONMENT)
    capabilities = types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
        ),
        text_document=types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities()),
    )
    folders = [types.WorkspaceFolder(path.parent.as_uri(), "root")]
    await client.initialize_async(types.InitializeParams(capabilities=capabilities, workspace_folders=folders))
    client.initialized(types.InitializedParams())
    uri, text = path.as_uri(), path.read_text("utf-8")
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "terraform", 0, text)))
    pull = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
    await client.text_document_diagnostic_async(pull)
    times = []
    for version, changed in enumerate(texts_typed(text, keystrokes + WARM_UP), 1):
        document = types.VersionedTextDocumentIdentifier(version, uri)
        whole = types.TextDocumentContentChangeWholeDocument(changed)
        started = time.perf_counter()
        client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))
        await client.text_document_diagnostic_async(pull)
        times.append(time.perf_counter() - started)
        await asyncio.sleep(interval)
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return times[WARM_UP:]


def cold_seconds(folder: Path) -> float:
    """Wall time of one `haanalyzer check` of the root."""
    command = [sys.executable, "-m", "haanalyzer", "check", str(folder), "--fail-on", "never"]
    started = time.perf_counter()
    subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=3000)
    parser.add_argument("--root", type=Path, help="type into a copy of this root instead")
    parser.add_argument("--keystrokes", type=int, default=200)
    parser.add_argument("--interval", type=float, default=0, help="seconds between an answer and the next keystroke")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / ".git").mkdir()
        if options.root:
            for source in options.root.glob("*.tf"):
                shutil.copy(source, folder)
        else:
            (folder / "main.tf").write_text(root_of(options.lines), "utf-8")
        lines = sum(path.read_text("utf-8").count("\n") for path in folder.glob("*.tf"))
        largest = max(folder.glob("*.tf"), key=lambda path: path.stat().st_size)
        cold = statistics.median(cold_seconds(folder) for _ in range(3))
        times = sorted(asyncio.run(answer_times(largest, options.keystrokes, options.interval)))
        cold_after = statistics.median(cold_seconds(folder) for _ in range(3))
    median, ninth = statistics.median(times), statistics.quantiles(times, n=10)[-1]
    cold = (cold + cold_after) / 2
    print(f"{options.keystrokes} keystrokes in {lines} lines: median {median * 1000:.0f} ms,", end=" ")
    print(f"90th percentile {ninth * 1000:.0f} ms, most {times[-1] * 1000:.0f} ms")
    print(f"cold check: {cold * 1000:.0f} ms; the median is {median / cold:.0%} of it")


if __name__ == "__main__":
    main()

"""Start-up, one small input, and growth, each as CPU time beside a bare interpreter in the same run.

    python benchmarks/speed.py [--runs 7]

Prints the median of the user and system time of whole processes, and its ratio to
that of `python -c pass`; the runs of all commands take turns. Nothing is asserted: a
shared machine is no judge. The budgets stand in the last column.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHECK = [sys.executable, "-m", "haanalyzer", "check", "--fail-on", "never"]


def cpu_seconds(command: list[str], folder: Path) -> float:
    """User and system time of one process, its output thrown away."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def compare(commands: dict[str, tuple[list[str], str]], folder: Path, runs: int) -> None:
    """Run commands in turns, and print the median of each beside that of a bare interpreter, and its budget."""
    commands = {"python -c pass": ([sys.executable, "-c", "pass"], "")} | commands
    for command, _ in commands.values():
        cpu_seconds(command, folder)
    times: dict[str, list[float]] = {label: [] for label in commands}
    for _ in range(runs):
        for label, (command, _) in commands.items():
            times[label].append(cpu_seconds(command, folder))
    bare = statistics.median(times["python -c pass"])
    print(f"{'':28}{'CPU s':>8}{'ratio':>8}  budget")
    for label, (_, budget) in commands.items():
        median = statistics.median(times[label])
        print(f"{label:28}{median:8.3f}{median / bare:8.1f}  {budget}")


def template_of(subnets: int) -> str:
    """A template of one VPC with so many subnets, each with its association."""
    head = "Resources:\n  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/8}}\n"
    table = "  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}\n"
    return head + table + "".join(map(_subnet_in_a_template, range(subnets)))


def _subnet_in_a_template(number: int) -> str:
    return (
        f"  Subnet{number}:\n    Type: AWS::EC2::Subnet\n    Properties:\n      VpcId: !Ref Vpc\n"
        f"      CidrBlock: 10.{number // 250}.{number % 250}.0/24\n"
        f"      AvailabilityZone: !Select [{number % 3}, !GetAZs '']\n"
        f"  Routes{number}:\n    Type: AWS::EC2::SubnetRouteTableAssociation\n    Properties:\n"
        f"      SubnetId: !Ref Subnet{number}\n      RouteTableId: !Ref Table\n"
    )


def root_of(subnets: int) -> str:
    """The same as a Terraform root with count."""
    return (
        'data "aws_availability_zones" "all" {}\n'
        'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/8"\n}\n'
        'resource "aws_route_table" "main" {\n  vpc_id = aws_vpc.main.id\n}\n'
        f'resource "aws_subnet" "many" {{\n  count = {subnets}\n  vpc_id = aws_vpc.main.id\n'
        "  cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 16, count.index)\n"
        "  availability_zone = data.aws_availability_zones.all.names[count.index % 3]\n}\n"
        f'resource "aws_route_table_association" "many" {{\n  count = {subnets}\n'
        "  subnet_id = aws_subnet.many[count.index].id\n  route_table_id = aws_route_table.main.id\n}\n"
    )


def stores_of(number: int) -> str:
    """A template of as many resources that hold data: buckets with their blocks, queues, tables and their scaling."""
    return "Resources:\n" + "".join(map(_stores_in_a_template, range(number // 2)))


def _stores_in_a_template(number: int) -> str:
    return (
        f"  Bucket{number}:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: bucket-{number}\n"
        "      VersioningConfiguration: {Status: Enabled}\n"
        "      LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 30}]}\n"
        f"  Queue{number}: {{Type: AWS::SQS::Queue, Properties: {{QueueName: queue-{number}}}}}\n"
        f"  Table{number}: {{Type: AWS::DynamoDB::Table, Properties: {{TableName: table-{number}}}}}\n"
        f"  Scaled{number}:\n    Type: AWS::ApplicationAutoScaling::ScalableTarget\n    Properties:\n"
        f"      ResourceId: table/table-{number}\n      MinCapacity: 1\n      MaxCapacity: 5\n"
        "      ScalableDimension: dynamodb:table:ReadCapacityUnits\n      ServiceNamespace: dynamodb\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = {
            "--version": ([sys.executable, "-m", "haanalyzer", "--version"], "60 ms over a bare interpreter"),
            "small template": ([*CHECK, str(ROOT / "testdata/real/web-shop/network.yaml")], "0.3 s"),
            "small root": ([*CHECK, str(ROOT / "testdata/real/orders-platform")], "0.3 s"),
            "small root, every rule": (
                [*CHECK, "--profile", "all", str(ROOT / "testdata/real/orders-platform")],
                "0.3 s",
            ),
        }
        for number in (500, 1000, 2000, 5000):
            (folder / f"{number}.yaml").write_text(template_of(number))
            (folder / str(number)).mkdir()
            (folder / str(number) / "main.tf").write_text(root_of(number))
            commands[f"template, {2 * number} resources"] = ([*CHECK, f"{number}.yaml"], "linear")
            commands[f"root, {2 * number} resources"] = ([*CHECK, str(number)], "linear")
            (folder / f"stores{number}.yaml").write_text(stores_of(number))
            every_rule = [*CHECK, "--profile", "all", f"stores{number}.yaml"]
            commands[f"stores, {2 * number} resources"] = (every_rule, "linear")
        compare(commands, folder, runs)


if __name__ == "__main__":
    main()

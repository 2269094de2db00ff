"""How the analysis of CloudFormation grows: stacks nested and joined, conditions, serverless types, many templates.

    python benchmarks/cloudformation.py [--runs 5] [--sizes 25 50 100]

Prints for each of them, in every size, the CPU time of a whole process and its ratio to that of
`python -c pass`, as `speed.py` does. Nothing is asserted: a shared machine is no judge.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from speed import CHECK, compare, template_of

Project = dict[str, str]


def nested(number: int) -> Project:
    """A template that nests so many stacks of ten subnets, and passes each a name."""
    calls = (
        f"  Stack{each}:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
        f"      TemplateURL: ./child{each}.yaml\n      Parameters: {{Name: shop-{each}}}\n"
        for each in range(number)
    )
    child = "Parameters: {Name: {Type: String}}\n" + template_of(10)
    return {"main.yaml": "Resources:\n" + "".join(calls)} | {f"child{each}.yaml": child for each in range(number)}


def conditional(number: int) -> Project:
    """A template of so many databases, each of which turns on a condition and a parameter of its own."""
    parameters, conditions, resources = "Parameters:\n", "Conditions:\n", "Resources:\n"
    for each in range(number):
        parameters += f"  Stage{each}: {{Type: String, AllowedValues: [dev, test, prod]}}\n"
        conditions += f"  Live{each}: !Equals [!Ref Stage{each}, prod]\n"
        resources += (
            f"  Database{each}:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Snapshot\n    Properties:\n"
            f"      Engine: postgres\n      DBInstanceClass: db.t3.large\n      AllocatedStorage: '20'\n"
            f"      MultiAZ: !If [Live{each}, true, false]\n"
        )
    return {"main.yaml": parameters + conditions + resources}


def serverless(number: int) -> Project:
    """A template of so many functions, each with a queue that it takes from, a table and a path of an API."""
    resources = "".join(
        f"  Table{each}: {{Type: AWS::Serverless::SimpleTable}}\n  Queue{each}: {{Type: AWS::SQS::Queue}}\n"
        f"  Function{each}:\n    Type: AWS::Serverless::Function\n    Properties:\n"
        "      Handler: app.handler\n      Runtime: python3.12\n      CodeUri: src/\n      Events:\n"
        f"        Order: {{Type: SQS, Properties: {{Queue: !GetAtt Queue{each}.Arn}}}}\n"
        f"        Web: {{Type: Api, Properties: {{Path: /{each}, Method: get}}}}\n"
        for each in range(number)
    )
    return {"main.yaml": f"Transform: AWS::Serverless-2016-10-31\nResources:\n{resources}"}


def joined(number: int) -> Project:
    """So many stacks that import the subnets of one network."""
    network = "".join(
        f"  Subnet{each}: {{Value: !Ref Subnet{each}, Export: {{Name: network-Subnet{each}}}}}\n" for each in range(3)
    )
    group = (
        "Resources:\n  Group:\n    Type: AWS::AutoScaling::AutoScalingGroup\n    Properties:\n"
        "      MinSize: '2'\n      MaxSize: '4'\n      VPCZoneIdentifier:\n"
        "        [!ImportValue network-Subnet0, !ImportValue network-Subnet1]\n"
    )
    return {"network.yaml": f"{template_of(3)}Outputs:\n{network}"} | {
        f"group{each}.yaml": group for each in range(number)
    }


def apart(number: int) -> Project:
    """So many templates that have nothing to do with each other."""
    return {f"{each}.yaml": template_of(5) for each in range(number)}


KINDS: dict[str, Callable[[int], Project]] = {
    "nested stacks": nested,
    "conditions": conditional,
    "serverless functions": serverless,
    "importing stacks": joined,
    "templates": apart,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=[25, 50, 100])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        commands = {}
        for kind, files_of in KINDS.items():
            for size in given.sizes:
                folder = Path(name, f"{kind} {size}".replace(" ", "-"))
                folder.mkdir()
                for path, text in files_of(size).items():
                    (folder / path).write_text(text)
                commands[f"{kind}, {size}"] = ([*CHECK, "--profile", "all", folder.name], "linear")
        compare(commands, Path(name), given.runs)


if __name__ == "__main__":
    main()

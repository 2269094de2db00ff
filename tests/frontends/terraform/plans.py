"""Small plans written by hand, as ``terraform show -json`` writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from haanalyzer.frontends.deployment import Deployment, Inputs
from haanalyzer.frontends.terraform.plan.deployment import read_plan
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import Files
from haanalyzer.values import Known, Unknown, Value

Json = dict[str, Any]


def instance(address: str, values: Json, *, index: int | str | None = None, mode: str = "managed") -> Json:
    """One resource of ``planned_values``; the address is that of its block."""
    type_, name = address.split(".")[-2:]
    key = {} if index is None else {"index": index}
    full = address if index is None else f"{address}[{json.dumps(index)}]"
    return {"address": full, "mode": mode, "type": type_, "name": name, **key, "values": values, "sensitive_values": {}}


def change(of: Json, unknown: Json, actions: tuple[str, ...] = ("create",), sensitive: Json | None = None) -> Json:
    """Its entry in ``resource_changes``."""
    named = {key: each for key, each in of.items() if key not in ("values", "sensitive_values")}
    after = None if actions == ("delete",) else of["values"]
    details = {"actions": list(actions), "before": None, "after": after, "after_unknown": unknown}
    return {**named, "change": {**details, "before_sensitive": False, "after_sensitive": sensitive or {}}}


def block(address: str, expressions: Json, **more: Any) -> Json:
    """A resource of the configuration."""
    type_, name = address.split(".")[-2:]
    mode = "data" if address.startswith("data.") else "managed"
    found = {"address": address, "mode": mode, "type": type_, "name": name, "provider_config_key": type_.split("_")[0]}
    return {**found, "expressions": expressions, "schema_version": 0, **more}


def plan(root: Json, configuration: Json, *changes: Json, **more: Any) -> Json:
    """A plan of a root module of ``planned_values`` and one of ``configuration``."""
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.5",
        "planned_values": {"root_module": root},
        "resource_changes": list(changes),
        "configuration": {"root_module": configuration},
        **more,
    }


def read(
    base: Path, planned: Json | str, sources: dict[str, str] | None = None, *, source: str | None = None
) -> Deployment:
    """The deployment of a plan, beside these files."""
    found = attempt(base, planned, sources, source=source)
    assert isinstance(found, Deployment), found
    return found


def attempt(
    base: Path,
    planned: Json | str,
    sources: dict[str, str] | None = None,
    *,
    source: str | None = None,
    is_named: bool = True,
) -> Deployment | Diagnostic:
    (base / "plan.json").write_text(planned if isinstance(planned, str) else json.dumps(planned, indent=2))
    for name, text in (sources or {}).items():
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text(text)
    return read_plan("plan.json", source or ".", Files(base), Inputs(source=source), is_named=is_named, is_only=True)


def term(value: Value) -> object:
    assert isinstance(value, Unknown), value
    return value.term


def data(value: Value) -> object:
    assert isinstance(value, Known), value
    return value.data


VPC = instance("aws_vpc.main", {"cidr_block": "10.0.0.0/16"})
SUBNET = instance("aws_subnet.a", {"availability_zone": "eu-west-1a", "tags": None})
CONFIGURATION: Json = {
    "resources": [
        block("aws_vpc.main", {"cidr_block": {"constant_value": "10.0.0.0/16"}}),
        block(
            "aws_subnet.a",
            {
                "availability_zone": {"references": ["var.zone"]},
                "vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]},
            },
        ),
    ],
    "variables": {"zone": {}},
}
CHANGES = (change(VPC, {"id": True, "arn": True}), change(SUBNET, {"id": True, "vpc_id": True}))
PLAN = plan({"resources": [VPC, SUBNET]}, CONFIGURATION, *CHANGES, variables={"zone": {"value": "eu-west-1a"}})
SOURCE = """
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  availability_zone = var.zone
  vpc_id            = aws_vpc.main.id # the only one
}

variable "zone" {}
"""

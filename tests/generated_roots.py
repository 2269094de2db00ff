"""Root modules that nobody wrote: hypothesis draws them, most of them valid, many of them odd."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from haanalyzer.frontends.terraform.functions import implementations
from tests.drawing import Draw, Drawing

DEEPEST = 3
NAMES = ("a", "b", "c")
ZONES = "data.aws_availability_zones.it.names"
LITERALS = ("0", "1", "2", "-1", "0.5", "true", "false", "null", '""', '"us-east-1a"', '"10.0.0.0/16"', '"1"', '"b"')
TYPES = (
    "string",
    "number",
    "bool",
    "any",
    "list(string)",
    "set(any)",
    "map(list(number))",
    "tuple([string, bool])",
    "object({ a = string, b = optional(list(number), [1]), c = optional(object({ a = bool })) })",
    '"map"',
)
OPERATORS = ("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||")
RESOURCES = {
    "aws_vpc": ("cidr_block", "tags"),
    "aws_subnet": ("vpc_id", "availability_zone", "cidr_block", "map_public_ip_on_launch", "tags"),
    "aws_route_table": ("vpc_id", "route"),
    "aws_route_table_association": ("subnet_id", "route_table_id"),
    "aws_nat_gateway": ("subnet_id", "allocation_id", "connectivity_type"),
    "aws_lb": ("subnets", "internal", "load_balancer_type", "subnet_mapping"),
    "aws_db_instance": ("multi_az", "db_subnet_group_name", "backup_retention_period", "availability_zone"),
    "aws_db_subnet_group": ("name", "subnet_ids"),
    "aws_autoscaling_group": ("vpc_zone_identifier", "min_size", "max_size", "availability_zones", "tag"),
    "aws_security_group": ("vpc_id", "ingress", "egress"),
    "aws_ecs_service": ("desired_count", "network_configuration", "deployment_controller"),
}
BLOCKS = frozenset(
    {"route", "subnet_mapping", "tag", "ingress", "egress", "network_configuration", "deployment_controller"}
)
FUNCTIONS = (*sorted(implementations()), "try", "can", "templatestring", "provider::it::does", "nothing_known")


class _Writer(Drawing):
    """Writes one root. ``inner`` are the names that only the expression being written sees."""

    def __init__(self, draw: Draw[object]) -> None:
        super().__init__(draw)
        self._inner: list[str] = []

    def expression(self, depth: int = DEEPEST) -> str:
        if depth == 0 or self.number(3) == 0:
            return self.one_of((self.literal, self.reference))()
        forms = (
            self.conditional,
            self.operation,
            self.template,
            self.heredoc,
            self.call,
            self.call,
            self.list_of,
            self.map_of,
            self.loop,
            self.access,
        )
        return self.one_of(forms)(depth - 1)

    def literal(self) -> str:
        return self.one_of(LITERALS)

    def reference(self) -> str:
        types = tuple(RESOURCES)
        name = self.one_of(NAMES)
        forms = (
            *self._inner,
            f"var.{name}",
            f"local.{name}",
            f"{self.one_of(types)}.{name}.id",
            f"{self.one_of(types)}.{name}[*].id",
            f"{self.one_of(types)}.{name}",
            f"module.it.{name}",
            ZONES,
            f"{ZONES}[{self.number(3)}]",
            f"data.external.it.result.{name}",
            "data.aws_region.it.name",
            "terraform.workspace",
            "path.module",
        )
        return self.one_of(forms)

    def conditional(self, depth: int) -> str:
        return f"({self.expression(depth)} ? {self.expression(depth)} : {self.expression(depth)})"

    def operation(self, depth: int) -> str:
        if self.number(4) == 0:
            return f"{self.one_of('!-')}({self.expression(depth)})"
        return f"({self.expression(depth)} {self.one_of(OPERATORS)} {self.expression(depth)})"

    def template(self, depth: int) -> str:
        return f'"x-${{{self.expression(depth)}}}${{{self.expression(depth)}}}"'

    def heredoc(self, depth: int) -> str:
        if self.number(2):
            return self.template(depth)
        inner = self.expression(depth)
        loop = f"%{{ for x in {inner} }}${{x}}%{{ endfor }}"
        return f"<<-EOT\n  %{{ if {inner} ~}}\n  a\n  %{{ else }}\n  b {loop}\n  %{{ endif }}\n  EOT\n"

    def call(self, depth: int) -> str:
        arguments = [self.expression(depth) for _ in range(self.number(3))]
        rest = "..." if arguments and self.number(7) == 0 else ""
        return f"{self.one_of(FUNCTIONS)}({', '.join(arguments)}{rest})"

    def list_of(self, depth: int) -> str:
        return f"[{', '.join(self.expression(depth) for _ in range(self.number(3)))}]"

    def map_of(self, depth: int) -> str:
        keys = (*NAMES, '"a b"', "(var.a)", f"({self.expression(0)})")
        return f"{{{', '.join(f'{self.one_of(keys)} = {self.expression(depth)}' for _ in range(self.number(3)))}}}"

    def loop(self, depth: int) -> str:
        collection = self.expression(depth)
        self._inner += ["k", "v"]
        value, key = self.expression(depth), self.expression(0)
        condition = f" if {self.expression(0)}" if self.number(2) == 0 else ""
        del self._inner[-2:]
        if self.number(1):
            return f"[for k, v in {collection} : {value}{condition}]"
        return f"{{ for k, v in {collection} : {key} => {value}{'...' if self.number(2) == 0 else ''}{condition} }}"

    def access(self, depth: int) -> str:
        ends = (".a", '["a"]', "[0]", "[*]", "[*].a", ".*.a", ".0", f"[{self.expression(0)}]", "[*][0]")
        base = self.expression(depth)
        if base.startswith("<<"):
            return base
        return f"({base}){self.one_of(ends)}"

    def argument(self, name: str) -> str:
        if name not in BLOCKS:
            return f"  {name} = {self.expression()}\n"
        if self.number(1):
            return f"  {name} {{\n    a = {self.expression(1)}\n    subnets = {self.expression(1)}\n  }}\n"
        for_each = self.expression(2)
        self._inner += [f"{name}.value", f"{name}.key"]
        content = self.expression(1)
        del self._inner[-2:]
        return f'  dynamic "{name}" {{\n    for_each = {for_each}\n    content {{\n      a = {content}\n    }}\n  }}\n'

    def repetition(self) -> tuple[str, list[str]]:
        forms = (
            ("", []),
            ("", []),
            (f"  count = {self.expression(2)}\n", ["count.index"]),
            (f"  for_each = {self.expression(2)}\n", ["each.key", "each.value"]),
            (f"  count = length({ZONES})\n", ["count.index"]),
            (f"  for_each = toset({self.expression(1)})\n", ["each.key", "each.value"]),
        )
        return self.one_of(forms)

    def repeated(self, header: str, written: Sequence[str]) -> str:
        repetition, names = self.repetition()
        self._inner += names
        body = "".join(self.argument(name) for name in written if self.number(2))
        del self._inner[len(self._inner) - len(names) :]
        return f"{header} {{\n{repetition}{body}}}\n"

    def variable(self, name: str) -> str:
        default = f"  default = {self.one_of((*LITERALS, '[]', '{}', '[1, null]', '{ a = [] }'))}\n"
        parts = (f"  type = {self.one_of(TYPES)}\n", default, "  nullable = false\n", "  sensitive = true\n")
        return f'variable "{name}" {{\n{"".join(part for part in parts if self.number(1))}}}\n'

    def module(self) -> str:
        """What a module and the root have in common."""
        variables = "".join(map(self.variable, NAMES))
        locals_ = "".join(f"  {name} = {self.expression()}\n" for name in NAMES)
        types = [self.one_of(tuple(RESOURCES)) for _ in range(1 + self.number(4))]
        labels = dict.fromkeys((type_, self.one_of(NAMES)) for type_ in types)
        resources = (self.repeated(f'resource "{type_}" "{name}"', RESOURCES[type_]) for type_, name in labels)
        outputs = "".join(f'output "{name}" {{\n  value = {self.expression()}\n}}\n' for name in NAMES)
        data = "".join(
            f'data "{type_}" "it" {{\n}}\n' for type_ in ("aws_availability_zones", "aws_region", "external")
        )
        return f"{variables}locals {{\n{locals_}}}\n{''.join(resources)}{outputs}{data}"

    def root(self) -> dict[str, str]:
        call = self.repeated('module "it"', NAMES).replace("{\n", '{\n  source = "./it"\n', 1)
        provider = f'provider "aws" {{\n  region = {self.expression(1)}\n}}\n'
        files = {"main.tf": self.module() + call + provider, "it/main.tf": self.module()}
        if self.number(2) == 0:
            files["terraform.tfvars"] = "".join(f"{name} = {self.expression(1)}\n" for name in NAMES)
        return files


@st.composite
def roots(draw: Draw[object]) -> dict[str, str]:
    """The files of a root module by path: it calls one other, and nothing in it is sure to make sense."""
    return _Writer(draw).root()

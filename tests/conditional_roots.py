"""Root modules that turn on conditions, drawn by hypothesis, with combinations of what may be passed."""

from __future__ import annotations

from itertools import product

from hypothesis import strategies as st

from tests.conditional_templates import Combination, Conditional
from tests.drawing import Draw, Drawing

VARIABLES = ("tier", "size", "spare")
DOMAINS = (("bool", ("true", "false")), ("string", ('"prod"', '"dev"', '"other"')), ("number", ("1", "2", "7")))
MOST_COMBINATIONS = 12


class _Root(Drawing):
    """Writes a module whose variables have types and values that are known; ``locals_`` are conditions by name."""

    def __init__(self, draw: Draw[object], domains: dict[str, tuple[str, tuple[str, ...]]]) -> None:
        super().__init__(draw)
        self._domains = domains
        self._locals: list[str] = []

    def comparison(self) -> str:
        name = self.one_of(tuple(self._domains))
        type_, values = self._domains[name]
        if type_ == "bool" and self.number(1):
            return f"var.{name}"
        alike = [f"var.{other}" for other, (its, _) in self._domains.items() if its == type_]
        return f"var.{name} {self.one_of(('==', '!='))} {self.one_of((*values, *values, *alike))}"

    def condition(self, depth: int = 2) -> str:
        if depth == 0 or self.number(2) == 0:
            return f"local.{self.one_of(self._locals)}" if self._locals and self.number(1) else f"({self.comparison()})"
        form = self.one_of(("({} && {})", "({} || {})", "!{}"))
        return form.format(*(self.condition(depth - 1) for _ in range(form.count("{}"))))

    def value(self, *literals: str, depth: int = 2) -> str:
        if depth == 0 or self.number(1) == 0:
            return self.one_of(literals)
        branches = [self.value(*literals, depth=depth - 1) for _ in range(2)]
        return f"({self.condition(1)} ? {branches[0]} : {branches[1]})"

    def truth(self) -> str:
        return self.condition() if self.number(2) == 0 else self.value("true", "false")

    def block(self, type_: str, name: str, *, may_repeat: bool = True, **arguments: str) -> str:
        forms = ["", "", "", f"  count = {self.condition(1)} ? 1 : 0\n"]
        forms.append(f'  for_each = {self.condition(1)} ? toset(["a"]) : toset([])\n')
        body = "".join(f"  {each} = {value}\n" for each, value in arguments.items() if value != "null")
        return f'resource "{type_}" "{name}" {{\n{self.one_of(forms) if may_repeat else ""}{body}}}\n'

    def databases(self) -> str:
        fixed = {"engine": '"mysql"', "instance_class": '"db.m5.large"', "allocated_storage": "10"}
        days = self.value("0", "1", "7")
        protected = self.truth()
        return self.block(
            "aws_db_instance",
            "db",
            **fixed,
            multi_az=self.truth(),
            backup_retention_period=days,
            deletion_protection=protected,
        )

    def queues(self) -> str:
        policy = "jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 })"
        seconds = self.value("60", "1209600")
        dead = self.block("aws_sqs_queue", "dead", may_repeat=False, message_retention_seconds=seconds)
        return dead + self.block("aws_sqs_queue", "work", redrive_policy=self.value(policy, "null"))

    def network(self) -> str:
        vpc = self.block("aws_vpc", "it", may_repeat=False, cidr_block='"10.0.0.0/16"')
        zones = ('"us-east-1a"', '"us-east-1b"')
        subnets = [
            self.block(
                "aws_subnet", name, may_repeat=False, vpc_id="aws_vpc.it.id", availability_zone=self.value(*zones)
            )
            for name in ("a", "b")
        ]
        listed = self.value("[aws_subnet.a.id, aws_subnet.b.id]", "[aws_subnet.a.id]")
        balancer = self.block("aws_lb", "it", load_balancer_type='"application"', subnets=listed)
        group = self.block(
            "aws_autoscaling_group", "it", vpc_zone_identifier=listed, min_size=self.value("1", "2"), max_size="4"
        )
        return vpc + "".join(subnets) + balancer + group

    def module(self) -> str:
        variables = "".join(
            f'variable "{name}" {{\n  type = {type_}\n}}\n' for name, (type_, _) in self._domains.items()
        )
        found = ""
        for number in range(self.number(3)):
            found += f"  c{number} = {self.condition()}\n"
            self._locals.append(f"c{number}")
        makers = (self.databases, self.queues, self.network)
        return f"{variables}locals {{\n{found}}}\n{self.one_of(makers)()}"


@st.composite
def conditional_roots(draw: Draw[object]) -> Conditional:
    """A root module without defaults, and maybe a module that it calls with what it was passed."""
    drawing = Drawing(draw)
    domains: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name in VARIABLES[: 1 + drawing.number(2)]:
        type_, values = drawing.one_of(DOMAINS)
        domains[name] = type_, values
    root = _Root(draw, domains)
    files = {"main.tf": 'provider "aws" {\n  region = "us-east-1"\n}\n' + root.module()}
    if drawing.number(2) == 0:
        passed = "".join(
            f"  {name} = {root.value(f'var.{name}', f'var.{name}', values[0])}\n"
            for name, (_, values) in domains.items()
        )
        count = f"  count = {root.condition(1)} ? 1 : 0\n" if drawing.number(1) else ""
        files["main.tf"] += f'module "it" {{\n  source = "./it"\n{count}{passed}}}\n'
        files["it/main.tf"] = _Root(draw, domains).module()
    combinations = []
    for texts in list(product(*(values for _, values in domains.values())))[: 3 * MOST_COMBINATIONS]:
        given = dict(zip(domains, texts, strict=True))
        variables = "".join(f"{name} = {text}\n" for name, text in given.items())
        passed_ = {name: text.strip('"') for name, text in given.items()}
        combinations.append(Combination(passed_, {**files, "terraform.tfvars": variables}))
    return Conditional(files, tuple(combinations), {}, frozenset())

"""Outcomes written by hand: the awkward addresses, places and texts that reports must survive."""

from haanalyzer.finding import RuleInfo, Severity, Step, Verdict
from haanalyzer.results import Judgement, Report, Suppression
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span, start_of
from haanalyzer.values import Assumption, Blocker

TERRAFORM = """\
variable "subnet_ids" {}

/* 🚀🚀 */ resource "aws_db_subnet_group" "main" {
  subnet_ids = [aws_subnet.a["x"].id, aws_subnet.a["y"].id]
}

resource "aws_subnet" "a" {
  for_each          = { x = 1, y = 2 }
  availability_zone = "us-east-1a"
}

module "vpc" {
  source = "vendor/vpc"
}
"""
VENDORED = 'resource "aws_nat_gateway" "one" {\n\tsubnet_id = "s"\n}\n'
TEMPLATE = """\
Parameters:
  MultiAZ: {Type: String, Default: 'false'}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Description: "a 🐘 database"
      MultiAZ: !Ref MultiAZ
"""

ZONE = RuleInfo(
    code="HA101",
    slug="single-zone-tier",
    title="All instances of a tier lie in one Availability Zone",
    why="The loss of that zone takes the whole tier away",
    mend="Spread the subnets over at least two Availability Zones, each with a route of its own",
    references=("https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/welcome.html",),
    severity=Severity.ERROR,
    kinds=("subnet", "db_instance"),
)
STANDBY = RuleInfo(
    code="HA401",
    slug="no-standby",
    title="A database has no standby",
    why="Its instance, or its zone, is gone for as long as a restore takes",
    mend="Set MultiAZ to true",
    references=(),
    severity=Severity.WARNING,
    kinds=("db_instance",),
)
EGRESS = RuleInfo(
    code="HA201",
    slug="single-zone-egress",
    title="One NAT gateway serves several zones",
    why="The loss of its zone cuts the others off",
    mend="Give each zone a NAT gateway",
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",),
    severity=Severity.NOTE,
    kinds=("nat_gateway",),
)

MAIN = "infra ünit#1/main.tf"
STACK = "stacks/db.yaml"
MODULE = "infra ünit#1/.terraform/modules/vpc/main.tf"
SHARED = "../shared/net.tf"

DOCUMENTS = {
    MAIN: Document(MAIN, TERRAFORM),
    STACK: Document(STACK, TEMPLATE),
    MODULE: Document(MODULE, VENDORED),
    SHARED: Document(SHARED, VENDORED),
}


def place(path: str, text: str, nth: int = 0) -> Span:
    """The span of the n-th occurrence of a text in one of the documents."""
    document = DOCUMENTS[path]
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(text, start + 1)
    return document.span(start, start + len(text))


ONE_ZONE = Judgement(
    rule=ZONE,
    verdict=Verdict(
        outcome="fail",
        subject="aws_db_subnet_group.main",
        part="private tier",
        at=place(MAIN, '[aws_subnet.a["x"].id, aws_subnet.a["y"].id]'),
        message='aws_subnet.a["x"] and aws_subnet.a["y"] lie in one zone, see [docs](1) and \x1b[31mred',
        evidence=(
            Step(place(MAIN, 'aws_subnet.a["x"]'), 'aws_subnet.a["x"] is a subnet [0](evil)'),
            Step(place(MAIN, '"us-east-1a"'), "zone us-east-1a \\ for both"),
            Step(place(SHARED, "subnet_id"), "the shared network says nothing else"),
        ),
    ),
    severity=Severity.ERROR,
    deployment="infra ünit#1",
)
SAME_LINE = Judgement(
    rule=ZONE,
    verdict=Verdict(
        outcome="fail",
        subject="aws_db_subnet_group.main[1]",
        at=place(MAIN, 'aws_subnet.a["y"]'),
        message="aws_db_subnet_group.main[1] lies in one zone",
    ),
    severity=Severity.ERROR,
    deployment="infra ünit#1",
)
ASSUMED = Judgement(
    rule=STANDBY,
    verdict=Verdict(
        outcome="fail",
        subject="Database",
        at=place(STACK, "!Ref MultiAZ"),
        message="Database has no standby",
        assuming=frozenset({Assumption("MultiAZ", "false", place(STACK, "'false'"))}),
    ),
    severity=Severity.WARNING,
    deployment=STACK,
)
MULTILINE = Judgement(
    rule=STANDBY,
    verdict=Verdict(
        outcome="fail",
        subject="Database",
        part="description",
        at=DOCUMENTS[STACK].span(TEMPLATE.index('"a 🐘'), len(TEMPLATE) - 1),
        message="Database is described over two lines",
    ),
    severity=Severity.WARNING,
    deployment=STACK,
)
VENDOR = Judgement(
    rule=EGRESS,
    verdict=Verdict(
        outcome="fail",
        subject="module.vpc.aws_nat_gateway.one[0]",
        at=place(MODULE, "aws_nat_gateway"),
        message="module.vpc.aws_nat_gateway.one[0] serves three zones",
        calls=(place(MAIN, 'module "vpc"'), place(MODULE, "resource")),
    ),
    severity=Severity.NOTE,
    deployment="infra ünit#1",
)
ABOVE = Judgement(
    rule=EGRESS,
    verdict=Verdict(
        outcome="fail",
        subject="aws_nat_gateway.one",
        at=place(SHARED, "aws_nat_gateway"),
        message="aws_nat_gateway.one serves two zones",
    ),
    severity=Severity.NOTE,
    deployment="../shared",
)
IGNORED = Judgement(
    rule=STANDBY,
    verdict=Verdict(
        outcome="fail",
        subject="Cache",
        at=place(STACK, "Database"),
        message="Cache has no standby",
    ),
    severity=Severity.WARNING,
    deployment=STACK,
    suppressed=Suppression("rebuilt in a minute", place(STACK, "Type: AWS::RDS")),
)
UNDECIDED = Judgement(
    rule=ZONE,
    verdict=Verdict(
        outcome="undecided",
        subject="aws_lb.front",
        at=place(MAIN, "resource"),
        blockers=(Blocker("var.subnet_ids", place(MAIN, '"subnet_ids"'), "a variable without a default"),),
    ),
    severity=Severity.ERROR,
    deployment="infra ünit#1",
)
PASSED = Judgement(
    rule=EGRESS,
    verdict=Verdict(outcome="pass", subject='aws_subnet.a["x"]', at=place(MAIN, '"aws_subnet"')),
    severity=Severity.NOTE,
    deployment="infra ünit#1",
)
UNREAD = Diagnostic(start_of("infra ünit#1/broken 100%.tf"), "unreadable-file", "cannot read this file: no UTF-8")
LEFT_OUT = Diagnostic(place(MAIN, '"vendor/vpc"'), "module-not-found", "vendor/vpc is not on disk", is_error=False)

EVERYTHING = (ONE_ZONE, SAME_LINE, ASSUMED, MULTILINE, VENDOR, ABOVE, IGNORED, UNDECIDED, PASSED)


def report(*judgements: Judgement, diagnostics: tuple[Diagnostic, ...] = ()) -> Report:
    """An outcome with these judgements by three rules."""
    rules = (ZONE, EGRESS, STANDBY)
    return Report(
        rules=rules,
        severities={rule.code: rule.severity for rule in rules},
        judgements=judgements,
        diagnostics=diagnostics,
        documents=DOCUMENTS,
        deployments=("infra ünit#1", STACK),
        files=(MAIN, STACK),
        profile="default",
    )


def full_report() -> Report:
    return report(*EVERYTHING, diagnostics=(UNREAD, LEFT_OUT))

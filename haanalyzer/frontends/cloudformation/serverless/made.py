"""What the transform made of a template so far, and the sites where it makes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from haanalyzer.frontends.cloudformation.evaluation.foreach import Unrolled
from haanalyzer.frontends.cloudformation.evaluation.scope import Scope
from haanalyzer.frontends.cloudformation.serverless.outcome import Report
from haanalyzer.frontends.cloudformation.serverless.reading import WithProperties
from haanalyzer.frontends.cloudformation.serverless.writing import Origin, Written, hashed
from haanalyzer.frontends.tree.nodes import Entry, MapNode, name_of, text_of
from haanalyzer.source.span import Span

INVALID = "invalid-serverless-resource"
_PASSED_ON = ("Condition", "DeletionPolicy", "UpdateReplacePolicy")
_BESIDE_PROPERTIES = (*_PASSED_ON, "DependsOn", "Metadata", "UpdatePolicy")

_BEAR_TAGS = frozenset(
    {
        "AWS::ApiGateway::RestApi",
        "AWS::ApiGateway::Stage",
        "AWS::IAM::Role",
        "AWS::IoT::TopicRule",
        "AWS::Lambda::CapacityProvider",
        "AWS::Lambda::Function",
        "AWS::SNS::Topic",
        "AWS::SQS::Queue",
        "AWS::StepFunctions::StateMachine",
    }
)
"""Of what the transform makes, the types that tags can be passed on to."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where something is made: by which key, in which scope; its attributes beside properties; the tags passed on."""

    origin: Origin
    scope: Scope
    attributes: Mapping[str, Written] = field(default_factory=dict)
    tags: Written = None

    def at(self, entry: Entry, scope: Scope) -> Site:
        """The site of what an inner key makes, such as an event's."""
        return replace(self, origin=Origin.of(entry), scope=scope)

    def under(self, condition: str | None) -> Site:
        """The site of what is made under a condition of its own."""
        return replace(self, attributes={**self.attributes, "Condition": condition})

    @property
    def condition(self) -> str | None:
        """The name of the condition that what is made here is under."""
        written = self.attributes.get("Condition")
        return name_of(written.value) if isinstance(written, Entry) else written if isinstance(written, str) else None

    @property
    def place(self) -> Span:
        return self.origin.document.span(self.origin.start, self.origin.end).first_line()


@dataclass(frozen=True, slots=True)
class Source(WithProperties):
    """A serverless resource as it is written, with what Globals give it."""

    id: str
    entry: Entry
    body: MapNode
    properties: MapNode
    scope: Scope

    @property
    def own_site(self) -> Site:
        """The site of the resource that bears its name."""
        return self._site(_BESIDE_PROPERTIES)

    @property
    def site(self) -> Site:
        """The site of what is made besides."""
        return self._site(_PASSED_ON)

    def _site(self, names: Sequence[str]) -> Site:
        passed = {name: self.body.entries[name] for name in names if name in self.body.entries}
        passed_on = tags(self.given("Tags")) if self.given("PropagateTags") is not None else None
        return Site(Origin.of(self.entry), self.scope, passed, passed_on)


@dataclass(slots=True)
class Made:
    """The resources and conditions that the transform made, and how derived names are meant.

    ``written`` are the bodies of the template's own resources. ``referable`` gives the logical id that
    ``MyFunction.Alias`` stands for. By logical id, ``notifications`` are what events add to a bucket,
    ``implicit`` the events that an API is made for, ``records`` those of a group of record sets.
    ``unread`` is what only the deployment makes anything of.
    """

    report: Report
    written: Mapping[str, MapNode]
    resources: dict[str, Unrolled] = field(default_factory=dict)
    conditions: dict[str, Unrolled] = field(default_factory=dict)
    referable: dict[str, str] = field(default_factory=dict)
    notifications: dict[str, list[tuple[Origin, Written]]] = field(default_factory=dict)
    implicit: dict[str, list[Site]] = field(default_factory=dict)
    records: dict[str, list[Written]] = field(default_factory=dict)
    unread: list[Unrolled] = field(default_factory=list)

    def add(self, site: Site, logical_id: str, type_: str, properties: Mapping[str, Written]) -> str:
        """Make a resource; its logical id."""
        own = {**properties, "Tags": site.tags} if site.tags is not None and type_ in _BEAR_TAGS else properties
        body = site.origin.write({"Type": type_, **site.attributes, "Properties": own})
        entry = Entry(site.origin.start, site.origin.end, body)
        self.resources[logical_id] = Unrolled(logical_id, entry, site.scope)
        return logical_id

    def reject(self, place: Span, expected: str) -> None:
        """Say what the transform expects instead of what is written."""
        self.report(place, INVALID, f"expected {expected}")

    def negated(self, condition: str, site: Site) -> str:
        """The name of the condition that holds where another one does not."""
        name = f"NOT{condition}"
        self.conditions[name] = _condition(name, {"Fn::Not": [{"Condition": condition}]}, site)
        return name

    def both(self, first: str | None, second: str | None, site: Site) -> str | None:
        """The name of the condition that holds where both hold; None where there is none."""
        if first is None or second is None:
            return first or second
        name = f"{first}AND{second}"
        self.conditions[name] = _condition(name, {"Fn::And": [{"Condition": first}, {"Condition": second}]}, site)
        return name

    def any_of(self, name: str, conditions: Sequence[str], site: Site) -> str:
        """The name of the condition that holds where any of these does."""
        if len(conditions) == 1:
            return conditions[0]
        self.conditions[name] = _condition(name, {"Fn::Or": [{"Condition": each} for each in conditions]}, site)
        return name


def _condition(name: str, written: Written, site: Site) -> Unrolled:
    return Unrolled(name, site.origin.entry(written), site.scope)


def staged(prefix: str, name: Entry | None, suffix: str = "Stage") -> str:
    """The logical id of a stage, by its name: an expression gives none, and what is no word its hash."""
    text = text_of(name.value) if name is not None else None
    if name is None or not text:
        return prefix + suffix
    return f"{prefix}{text}{suffix}" if text.isalnum() else hashed(prefix + suffix, name.value)


def tags(named: Entry | None, created_by: str | None = None) -> Written:
    """Tags as a list of pairs, of SAM's map; ``created_by`` is the key of the tag that the transform adds itself."""
    own = named.value if named is not None else None
    added: list[Written] = [{"Key": created_by, "Value": "SAM"}] if created_by else []
    if not isinstance(own, MapNode):
        return added or None
    if own.intrinsic() or any(name.startswith("Fn::") for name in own.entries):
        return own
    return [*added, *({"Key": name, "Value": entry} for name, entry in own.entries.items())] or None

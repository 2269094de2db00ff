"""Serverless types that make little that a rule asks for: layers, applications, GraphQL APIs, capacity providers."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.globals import PREFIX
from haanalyzer.frontends.cloudformation.serverless.made import Made, Site, Source, tags
from haanalyzer.frontends.cloudformation.serverless.reading import known_text
from haanalyzer.frontends.cloudformation.serverless.writing import Written, get_att
from haanalyzer.frontends.tree.nodes import text_of

_OF_LAYERS = ("CompatibleArchitectures", "CompatibleRuntimes", "Description", "LayerName", "LicenseInfo")
_OF_STACKS = ("NotificationARNs", "Parameters", "TimeoutInMinutes")


def make_layer(source: Source, made: Made) -> None:
    """Make the version of a layer. Its logical id lacks the hash that the transform appends."""
    site, wanted = source.own_site, known_text(source.given("RetentionPolicy"), source.scope)
    kept = {"DeletionPolicy": wanted.capitalize()} if wanted is not None else {}
    attributes = {"DeletionPolicy": "Retain", **site.attributes, **kept}
    properties = {"LayerName": source.id, **source.only(*_OF_LAYERS)}
    made.add(Site(site.origin, site.scope, attributes), source.id, "AWS::Lambda::LayerVersion", properties)


def make_application(source: Source, made: Made) -> None:
    """Make the nested stack of an application."""
    location = source.properties.entries.get("Location")
    properties: dict[str, Written] = {**source.only(*_OF_STACKS), "TemplateURL": location}
    made.add(source.own_site, source.id, "AWS::CloudFormation::Stack", properties)


def make_graphql_api(source: Source, made: Made) -> None:
    """Make the API, but for its schema, resolvers and sources of data."""
    properties: dict[str, Written] = {"Name": source.given("Name") or source.id, "Tags": tags(source.given("Tags"))}
    made.add(source.own_site, source.id, "AWS::AppSync::GraphQLApi", properties)


def make_capacity_provider(source: Source, made: Made) -> None:
    """Make the provider, and the role of its operator where none is written."""
    own = source.given("OperatorRole")
    if own is None:
        made.add(source.site, f"{source.id}OperatorRole", "AWS::IAM::Role", {})
    properties = {
        **source.without("OperatorRole", "PropagateTags", "Tags", "VpcConfig"),
        "PermissionsConfig": {"CapacityProviderOperatorRoleArn": own or get_att(f"{source.id}OperatorRole", "Arn")},
        "Tags": tags(source.given("Tags"), "lambda:createdBy"),
    }
    made.add(source.own_site, source.id, "AWS::Lambda::CapacityProvider", properties)


def make_namesake(source: Source, made: Made) -> None:
    """Make what Lambda calls by the same name, but for its role, revision and endpoint, which no rule asks for."""
    type_ = (text_of(source.body.get("Type")) or "").removeprefix(PREFIX)
    made.add(source.own_site, source.id, f"AWS::Lambda::{type_}", source.without("Tags", "PropagateTags"))


def make_nothing(source: Source, made: Made) -> None:
    """A connector makes policies only, which no rule asks for."""

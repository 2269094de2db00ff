"""``AWS::Serverless::StateMachine``: the state machine, its role, version and alias."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.events.consumers import Consumer
from haanalyzer.frontends.cloudformation.serverless.functions import make_role
from haanalyzer.frontends.cloudformation.serverless.made import Made, Site, Source, tags
from haanalyzer.frontends.cloudformation.serverless.reading import known_text
from haanalyzer.frontends.cloudformation.serverless.writing import Written, get_att, ref

_RENAMED = {
    "DefinitionSubstitutions": "DefinitionSubstitutions",
    "Logging": "LoggingConfiguration",
    "Name": "StateMachineName",
    "Tracing": "TracingConfiguration",
    "Type": "StateMachineType",
}


def make_state_machine(source: Source, made: Made) -> Consumer:
    """Make a state machine and what belongs to it, but for its events; whom the events are handed to."""
    properties: dict[str, Written] = {theirs: source.given(name) for name, theirs in _RENAMED.items()}
    properties["RoleArn"] = source.given("Role") or make_role(source, made)
    properties["Tags"] = tags(source.given("Tags"), "stateMachine:createdBy")
    made.add(source.own_site, source.id, "AWS::StepFunctions::StateMachine", properties)
    alias = _make_alias(source, made)
    target = alias if alias is not None and source.given("UseAliasAsEventTarget") is not None else source.id
    return Consumer(source, arn=ref(target), name=ref(target), principal_type="state machine")


def _make_alias(source: Source, made: Made) -> str | None:
    """The version and the alias that are published with every deployment; the alias' logical id."""
    wanted = source.given("AutoPublishAlias")
    if wanted is None:
        return None
    site = source.site
    kept = {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain", **site.attributes}
    version = f"{source.id}Version"
    of_version: dict[str, Written] = {"StateMachineArn": ref(source.id)}
    made.add(Site(site.origin, site.scope, kept), version, "AWS::StepFunctions::StateMachineVersion", of_version)
    own = source.inside("DeploymentPreference")
    properties: dict[str, Written] = {
        "Name": wanted,
        "DeploymentPreference": {"Type": "ALL_AT_ONCE", **own, "StateMachineVersionArn": get_att(version, "Arn")},
    }
    logical_id = f"{source.id}Alias{known_text(wanted, source.scope) or ''}"
    return made.add(site.at(wanted, source.scope), logical_id, "AWS::StepFunctions::StateMachineAlias", properties)

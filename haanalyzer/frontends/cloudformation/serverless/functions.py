"""``AWS::Serverless::Function``: the function, its role, version and alias, its address, where its failures go."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.events.consumers import Consumer
from haanalyzer.frontends.cloudformation.serverless.made import Made, Site, Source, tags
from haanalyzer.frontends.cloudformation.serverless.reading import entries_in, known_text, optional, text_in
from haanalyzer.frontends.cloudformation.serverless.writing import Written, get_att, ref
from haanalyzer.frontends.tree.nodes import Entry, ListNode

_OF_THE_TRANSFORM = (
    "AssumeRolePolicyDocument",
    "AutoPublishAlias",
    "AutoPublishAliasAllProperties",
    "AutoPublishCodeSha256",
    "CodeUri",
    "DeadLetterQueue",
    "DeploymentPreference",
    "EventInvokeConfig",
    "Events",
    "FunctionUrlConfig",
    "ImageUri",
    "InlineCode",
    "PermissionsBoundary",
    "Policies",
    "PropagateTags",
    "ProvisionedConcurrencyConfig",
    "RolePath",
    "Role",
    "Tags",
    "Tracing",
    "VersionDeletionPolicy",
    "VersionDescription",
)
"""Properties that the function itself is not given under these names."""
_MADE_FOR_FAILURES = {"SQS": ("Queue", "AWS::SQS::Queue"), "SNS": ("Topic", "AWS::SNS::Topic")}


def make_function(source: Source, made: Made) -> Consumer:
    """Make a function and what belongs to it, but for its events; whom the events are handed to."""
    made.add(source.own_site, source.id, "AWS::Lambda::Function", _properties(source, made))
    alias = _make_alias(source, made)
    _make_url(source, alias, made)
    _make_invoke_config(source, alias, made)
    _make_deployment(source, made)
    return Consumer(
        source,
        arn=ref(alias) if alias else get_att(source.id, "Arn"),
        name=ref(alias or source.id),
        principal_type="function",
    )


def _properties(source: Source, made: Made) -> dict[str, Written]:
    properties: dict[str, Written] = {**source.without(*_OF_THE_TRANSFORM)}
    properties["Role"] = make_role(source, made)
    properties["Tags"] = tags(source.given("Tags"), "lambda:createdBy")
    tracing = source.given("Tracing")
    if tracing is not None:
        properties["TracingConfig"] = tracing._replace(value=source.site.origin.write({"Mode": tracing}))
    letters = source.given("DeadLetterQueue")
    if letters is not None:
        properties["DeadLetterConfig"] = _dead_letters(source, letters, made)
    return properties


def _dead_letters(source: Source, letters: Entry, made: Made) -> Written:
    target = entries_in(letters).get("TargetArn")
    if target is None:
        made.reject(letters.value.place, f"the DeadLetterQueue of {source.id} to have a Type and a TargetArn")
        return letters
    return letters._replace(value=source.site.origin.write({"TargetArn": target}))


def make_role(source: Source, made: Made) -> Written:
    """The role that a function or state machine is given; one is made where none is written, or none in one branch."""
    own = source.given("Role")
    branch = optional(own)
    if own is not None and branch is None:
        return own
    site, role = source.site, f"{source.id}Role"
    arn = get_att(role, "Arn")
    if branch is not None:
        condition, when_true, other = branch
        arn = {"Fn::If": [condition, arn, other] if when_true else [condition, other, arn]}
        site = site.under(condition if when_true else made.negated(condition, site))
    properties: dict[str, Written] = {"Tags": tags(source.given("Tags"))}
    made.add(site, role, "AWS::IAM::Role", properties)
    return arn


def _make_alias(source: Source, made: Made) -> str | None:
    """The version and the alias that are published with every deployment; the alias' logical id."""
    wanted = source.given("AutoPublishAlias")
    if wanted is None:
        return None
    site = source.site
    kept = source.given("VersionDeletionPolicy") or ("Delete" if source.given("CapacityProviderConfig") else "Retain")
    version_site = Site(site.origin, site.scope, {"DeletionPolicy": kept, **site.attributes})
    version = made.add(
        version_site,
        f"{source.id}Version",
        "AWS::Lambda::Version",
        {"FunctionName": ref(source.id), "Description": source.given("VersionDescription")},
    )
    letters = (known_text(wanted, source.scope) or "").replace("-", "D").replace("_", "U")
    alias = made.add(
        site.at(wanted, source.scope),
        f"{source.id}Alias{letters}",
        "AWS::Lambda::Alias",
        {
            "Name": wanted,
            "FunctionName": ref(source.id),
            "FunctionVersion": get_att(version, "Version"),
            "ProvisionedConcurrencyConfig": source.given("ProvisionedConcurrencyConfig"),
        },
    )
    made.referable |= {f"{source.id}.Alias": alias, f"{source.id}.Version": version}
    return alias


def _make_url(source: Source, alias: str | None, made: Made) -> None:
    wanted = source.given("FunctionUrlConfig")
    if wanted is None:
        return
    own = entries_in(wanted)
    site = source.site.at(wanted, source.scope)
    invoked = ref(alias or source.id)
    made.add(site, f"{source.id}Url", "AWS::Lambda::Url", {**own, "TargetFunctionArn": invoked})
    if text_in(own, "AuthType") == "NONE":
        for suffix, action in (
            ("UrlPublicPermissions", "lambda:InvokeFunctionUrl"),
            ("URLInvokeAllowPublicAccess", "lambda:InvokeFunction"),
        ):
            permission: dict[str, Written] = {"Action": action, "FunctionName": invoked, "Principal": "*"}
            made.add(site, source.id + suffix, "AWS::Lambda::Permission", permission)


def _make_invoke_config(source: Source, alias: str | None, made: Made) -> None:
    wanted = source.given("EventInvokeConfig")
    if wanted is None:
        return
    own = entries_in(wanted)
    if not own:
        made.reject(wanted.value.place, f"the EventInvokeConfig of {source.id} to be a map")
        return
    site = source.site.at(wanted, source.scope)
    config = f"{source.id}EventInvokeConfig"
    name = source.given("AutoPublishAlias")
    properties: dict[str, Written] = {
        **own,
        "FunctionName": ref(source.id),
        "Qualifier": name if alias and name else "$LATEST",
    }
    destinations = own.get("DestinationConfig")
    if destinations is not None:
        named = entries_in(destinations).items()
        outcomes = {name: _destination(entry, name, config, site, made) for name, entry in named}
        properties["DestinationConfig"] = destinations._replace(value=site.origin.write(outcomes))
    made.add(site, config, "AWS::Lambda::EventInvokeConfig", properties)


def _destination(outcome: Entry, name: str, config: str, site: Site, made: Made) -> Written:
    """Where an outcome of invocations is sent; a queue or topic is made where none is named."""
    own = entries_in(outcome)
    type_ = text_in(own, "Type")
    if type_ is None:
        made.reject(outcome.value.place, f"{name} to be a map with a Type")
        return outcome
    target = own.get("Destination")
    arn: Written = target
    if type_ in _MADE_FOR_FAILURES and (target is None or optional(target) is not None):
        arn = _made_for(target, type_, f"{config}{name}", site.at(outcome, site.scope), made)
        if target is not None:
            arn = target._replace(value=site.origin.write(arn))
    return outcome._replace(value=site.origin.write({"Destination": arn}))


def _made_for(target: Entry | None, type_: str, prefix: str, site: Site, made: Made) -> Written:
    """The ARN of the queue or topic that is made where no destination is named, or none in one branch."""
    suffix, made_type = _MADE_FOR_FAILURES[type_]
    logical_id = prefix + suffix
    arn = get_att(logical_id, "Arn") if type_ == "SQS" else ref(logical_id)
    made.referable[f"{prefix.partition('EventInvokeConfig')[0]}.Destination{suffix}"] = logical_id
    branch = optional(target)
    if branch is None:
        made.add(site, logical_id, made_type, {})
        return arn
    condition, when_true, other = branch
    only_then = condition if when_true else made.negated(condition, site)
    made.add(site.under(made.both(site.condition, only_then, site)), logical_id, made_type, {})
    return {"Fn::If": [condition, arn, other] if when_true else [condition, other, arn]}


def _make_deployment(source: Source, made: Made) -> None:
    """The group of CodeDeploy that shifts calls to a new version by and by."""
    wanted = source.given("DeploymentPreference")
    if wanted is None or _is_off(wanted, source):
        return
    site = source.site.at(wanted, source.scope)
    shared = Site(site.origin, site.scope)
    made.add(shared, "ServerlessDeploymentApplication", "AWS::CodeDeploy::Application", {"ComputePlatform": "Lambda"})
    if "Role" not in entries_in(wanted):
        made.add(shared, "CodeDeployServiceRole", "AWS::IAM::Role", {})
    group: dict[str, Written] = {
        "ApplicationName": ref("ServerlessDeploymentApplication"),
        "AlarmConfiguration": _watched(entries_in(wanted).get("Alarms")),
        "TriggerConfigurations": entries_in(wanted).get("TriggerConfigurations"),
    }
    made.add(shared, f"{source.id}DeploymentGroup", "AWS::CodeDeploy::DeploymentGroup", group)


def _watched(alarms: Entry | None) -> Written:
    """The alarms at which a deployment is stopped. What a function gives for them is left to it."""
    match alarms:
        case None:
            return None
        case Entry(value=ListNode(items=items)):
            return {"Enabled": True, "Alarms": [{"Name": alarm} for alarm in items]}
    return {"Enabled": True, "Alarms": alarms}


def _is_off(preference: Entry, source: Source) -> bool:
    return (known_text(entries_in(preference).get("Enabled"), source.scope) or "").lower() == "false"

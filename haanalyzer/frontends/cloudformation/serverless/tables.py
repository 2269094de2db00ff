"""``AWS::Serverless::SimpleTable``: a table with one key."""

from __future__ import annotations

from haanalyzer.frontends.cloudformation.serverless.made import Made, Source, tags
from haanalyzer.frontends.cloudformation.serverless.own_properties import PASSED_ON_BY_TABLES
from haanalyzer.frontends.cloudformation.serverless.reading import text_in
from haanalyzer.frontends.cloudformation.serverless.writing import Written

_TYPES = {"String": "S", "Number": "N", "Binary": "B"}


def make_table(source: Source, made: Made) -> None:
    """Make the table: on demand, unless capacity is given."""
    key = source.inside("PrimaryKey")
    name: Written = "id"
    type_: Written = "S"
    if key:
        name, type_ = key.get("Name"), _TYPES.get(text_in(key, "Type") or "", key.get("Type"))
    capacity = source.given("ProvisionedThroughput")
    properties: dict[str, Written] = {
        **source.only(*PASSED_ON_BY_TABLES),
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": type_}],
        "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
        "ProvisionedThroughput": capacity,
        "BillingMode": None if capacity is not None else "PAY_PER_REQUEST",
        "Tags": tags(source.given("Tags")),
    }
    made.add(source.own_site, source.id, "AWS::DynamoDB::Table", properties)

"""Pseudo parameters: ``AWS::Region`` and its kin."""

from __future__ import annotations

from haanalyzer.catalog.regions import regions
from haanalyzer.source.span import Span
from haanalyzer.values import Absent, Known, Symbol, Unknown, Value

REGION = "AWS::Region"
ACCOUNT_ID = "AWS::AccountId"
SAME_IN_EVERY_STACK = frozenset({ACCOUNT_ID, "AWS::Partition", "AWS::URLSuffix"})
"""Those that are the same throughout a region of an account, besides the region."""
_DIGITS_OF_ACCOUNT = 12


def region_value(region: str | None, place: Span) -> Known | Unknown:
    """The region of a deployment, as ``AWS::Region`` gives it."""
    if region:
        return Known(data=region, place=place)
    return Unknown(term=Symbol(REGION), reason="no region given", place=place)


def named_values(stack: str | None, account: str | None, place: Span) -> dict[str, Known]:
    """What is known of a stack by its name, and by its account where that is a number and not an alias."""
    found = {} if stack is None else {"AWS::StackName": Known(data=stack, place=place)}
    if account is not None and account.isdecimal() and len(account) == _DIGITS_OF_ACCOUNT:
        found[ACCOUNT_ID] = Known(data=account, place=place)
    return found


def pseudo_parameter(name: str, where: Known | Unknown, prefix: str, place: Span) -> Value:
    """What ``Ref`` gives for a pseudo parameter of the stack with this prefix, in this region."""
    if name == "AWS::NoValue":
        return Absent(place=place)
    if name == REGION:
        return where
    region = regions().get(str(where)) if isinstance(where, Known) else None
    if region and name == "AWS::Partition":
        return Known(data=region.partition, place=place)
    if region and name == "AWS::URLSuffix" and region.partition in _SUFFIXES:
        return Known(data=_SUFFIXES[region.partition], place=place)
    within = "" if name in SAME_IN_EVERY_STACK else prefix
    many = name == "AWS::NotificationARNs"
    return Unknown(term=Symbol(within + name), reason="known after deployment", place=place, many=many)


_SUFFIXES = {"aws": "amazonaws.com", "aws-us-gov": "amazonaws.com", "aws-cn": "amazonaws.com.cn"}

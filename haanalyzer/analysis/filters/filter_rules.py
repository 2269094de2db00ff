"""What rules of packet filters write alike: protocols, by number or name, and ranges of ports."""

from __future__ import annotations

from haanalyzer.graph import Resource
from haanalyzer.values import Known, Value

# IANA's numbers, under the names that EC2 and Terraform take.
_PROTOCOLS = {"all": -1, "icmp": 1, "tcp": 6, "udp": 17, "icmpv6": 58, "ipv6-icmp": 58}


def protocol_of(rule: Resource) -> int | None:
    """The number of the protocol a rule matches, -1 for every one; None when it is not known."""
    written = rule["protocol"]
    if not isinstance(written, Known):
        return None
    named = _PROTOCOLS.get(str(written).lower())
    return number_in(written) if named is None else named


def ports_of(rule: Resource) -> tuple[int, int] | None:
    """The first and last port a rule matches, None when either is not known."""
    first, last = number_in(rule["from_port"]), number_in(rule["to_port"])
    return None if first is None or last is None else (first, last)


def number_in(value: Value) -> int | None:
    """The whole number that a value is, or spells; None for anything else."""
    try:
        return int(str(value)) if isinstance(value, Known) else None
    except ValueError:
        return None

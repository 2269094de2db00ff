"""Functions of IP address ranges."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_network

from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError
from haanalyzer.frontends.terraform.functions.request import Implementation, Request, on_data, text, whole
from haanalyzer.values import Unknown, Value

_Network = IPv4Network | IPv6Network

# Terraform's own limit for cidrsubnets.
_MOST_BITS = 32

# Terraform reads 010.0.0.0 as 10.0.0.0.
_LEADING_ZEROS = re.compile(r"(?<![\da-fA-F:])0+(?=\d+[./])")


def _network(prefix: str) -> _Network:
    if "/" not in prefix:
        raise EvaluationError(f"invalid CIDR expression: {prefix!r}")
    try:
        return ip_network(_LEADING_ZEROS.sub("", prefix), strict=False)
    except ValueError as error:
        raise EvaluationError(f"invalid CIDR expression: {error}") from None


def _host(prefix: str, number: int) -> str:
    network = _network(prefix)
    if not -network.num_addresses <= number < network.num_addresses:
        raise EvaluationError(f"prefix {prefix} has no host number {number}")
    return str(network[number])


def _netmask(prefix: str) -> str:
    network = _network(prefix)
    if network.version == 6:
        raise EvaluationError("IPv6 has no netmasks")
    return str(network.netmask)


def _subnet(prefix: str, new_bits: int, number: int) -> str:
    network = _network(prefix)
    length = network.prefixlen + new_bits
    if new_bits < 0 or length > network.max_prefixlen:
        raise EvaluationError(f"not enough remaining address space for a subnet of {new_bits} additional bits")
    if not 0 <= number < 2**new_bits:
        raise EvaluationError(f"prefix extension of {new_bits} bits has no subnet number {number}")
    return _at(network, number << (network.max_prefixlen - length), length)


def _at(network: _Network, offset: int, length: int) -> str:
    return str(type(network)((int(network.network_address) + offset, length)))


def _subnets(prefix: str, *new_bits: int) -> list[str]:
    """Consecutive ranges, each aligned to its own size."""
    network = _network(prefix)
    found: list[str] = []
    offset = 0
    for bits in new_bits:
        length = network.prefixlen + bits
        if not 1 <= bits <= _MOST_BITS or length > network.max_prefixlen:
            raise EvaluationError(f"not enough remaining address space for a subnet of {bits} additional bits")
        size = 1 << (network.max_prefixlen - length)
        offset = -(-offset // size) * size
        if offset + size > network.num_addresses:
            raise EvaluationError(f"not enough remaining address space in {prefix}")
        found.append(_at(network, offset, length))
        offset += size
    return found


def _contains(prefix: str, part: str) -> bool:
    """Whether a range holds an address or another range. Raises where one is of IPv4 and the other of IPv6."""
    containing = _network(prefix)
    contained = _network(part if "/" in part else f"{part}/{'128' if ':' in part else '32'}")
    if isinstance(containing, IPv4Network) and isinstance(contained, IPv4Network):
        return contained.subnet_of(containing)
    if isinstance(containing, IPv6Network) and isinstance(contained, IPv6Network):
        return contained.subnet_of(containing)
    raise EvaluationError(f"address family mismatch: {prefix} and {part}")


def _ranges(request: Request) -> Value:
    """So many ranges as there are sizes, even where the range they are cut from is not known."""
    found = _SUBNETS(request)
    return request.unknown_list(len(request.arguments) - 1, maybe_absent=False) if isinstance(found, Unknown) else found


_SUBNETS = on_data(_subnets, text, rest=whole)

NETWORK: dict[str, Implementation] = {
    "cidrcontains": on_data(_contains, text, text),
    "cidrhost": on_data(_host, text, whole),
    "cidrnetmask": on_data(_netmask, text),
    "cidrsubnet": on_data(_subnet, text, whole, whole),
    "cidrsubnets": _ranges,
}

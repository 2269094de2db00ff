"""The addresses of VPCs and subnets, as far as they are known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from haanalyzer.analysis.filters.packets import PacketSet, packets
from haanalyzer.graph import Links, Resource, ResourceGraph
from haanalyzer.values import Absent, Known, Value

EVERYWHERE = packets()
NOWHERE = PacketSet()
IPV4, IPV6 = packets(cidrs=["0.0.0.0/0"]), packets(cidrs=["::/0"])

# Source: RFC 1918 and RFC 6598. A VPC whose network is not known is taken to lie in these.
_PRIVATE = packets(cidrs=["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"])


@dataclass(frozen=True, slots=True)
class Addresses:
    """Packets from or to some addresses: those that surely count, and all that may."""

    surely: PacketSet
    possibly: PacketSet

    def __and__(self, other: Addresses) -> Addresses:
        return Addresses(self.surely & other.surely, self.possibly & other.possibly)

    def __sub__(self, other: Addresses) -> Addresses:
        """What is left without the others."""
        return Addresses(self.surely - other.possibly, self.possibly - other.surely)


def addresses_of(vpc: Resource | None, graph: ResourceGraph) -> Addresses:
    """The addresses in a VPC, None being one that is not declared here. Its IPv6 networks are left out."""
    if vpc is None:
        return Addresses(NOWHERE, _PRIVATE)
    more = graph.sources(vpc, "vpc_cidr", "vpc")
    written = [each["cidr"] for each in (vpc, *more.may) if not isinstance(each["cidr"], Absent)]
    networks = [network(value) for value in written]
    surely = NOWHERE
    for each in networks:
        surely |= each or NOWHERE
    whole = not more.open and networks and None not in networks
    return Addresses(surely, surely if whole else surely | _PRIVATE)


def network(value: Value) -> PacketSet | None:
    """The packets of a written network; None for one that is not known, or is no network."""
    return _packets_of(str(value)) if isinstance(value, Known) else None


@lru_cache(maxsize=10_000)
def _packets_of(cidr: str) -> PacketSet | None:
    try:
        return packets(cidrs=[cidr])
    except ValueError:
        return None


def own_addresses(subnets: Links) -> Addresses:
    """Those among which no network ACL filters: of the only subnet there is, none where there may be several."""
    alone = len(subnets.may) == 1 and not subnets.open and not subnets.outside
    if not alone:
        return Addresses(NOWHERE, NOWHERE)
    mine = network(subnets.may[0]["cidr"])
    return Addresses(mine, mine) if mine else Addresses(NOWHERE, EVERYWHERE)

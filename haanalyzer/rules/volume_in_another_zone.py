"""An EBS volume is attached to an instance in another Availability Zone.

A volume lives in one zone, and only an instance in the same zone can attach it.
The attachment fails, when it is deployed or, where instance or volume
are replaced into another zone, later. The zone of an instance is its own, or that of the
subnet that it, or its network interface, stands in.

Where a zone is a parameter or chosen by AWS, and not surely that of the other
side, nothing is said.

How to mend
    Give the volume the zone of the instance:
    `AvailabilityZone: !GetAtt Server.AvailabilityZone`, in Terraform
    `availability_zone = aws_instance.server.availability_zone`.

See also
    https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html
    https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes.html
"""

from __future__ import annotations

from collections.abc import Iterator

from haanalyzer.analysis.placement import zone_of, zones_of
from haanalyzer.analysis.zones import Zones, ZoneUse, describe, same_zone
from haanalyzer.graph import Resource, ResourceGraph
from haanalyzer.rules.kit import Severity, Step, Verdict, failed, passed, rule, undecided
from haanalyzer.values import AttributeOf, Blocker, Truth, Unknown, Value, agreed, assumptions, blockers


@rule(
    "HA112",
    kinds=("volume_attachment",),
    severity=Severity.ERROR,
    systems=("EBS volume",),
    like=("ebs-zonal",),
)
def volume_in_another_zone(attachment: Resource, graph: ResourceGraph) -> Iterator[Verdict]:
    volumes, instances = graph.targets(attachment, "volume"), graph.targets(attachment, "instance")
    if volumes.must and instances.must:
        yield _judged(attachment, volumes.must[0], instances.must[0], graph)
    else:
        elsewhere = Blocker(attachment.address, attachment.place, "attaches what is not declared here")
        yield undecided(attachment, (*volumes.blockers, *instances.blockers) or (elsewhere,))


def _judged(attachment: Resource, volume: Resource, instance: Resource, graph: ResourceGraph) -> Verdict:
    zone, zones = zone_of(volume, graph), zones_of(instance, graph)
    together = Truth.YES if _is_zone_of(zone, instance) else _among(zones, zone)
    assuming = assumptions(zone) | zones.assuming
    if together is Truth.YES:
        return passed(attachment, assuming=assuming)
    if together is Truth.MAYBE:
        nowhere = Blocker(instance.address, instance.place, "names no subnet or zone of its own")
        unknown = (*blockers(zone), *zones.blockers, *(each for use in zones.sure for each in blockers(use.zone)))
        return undecided(attachment, unknown or (nowhere,))
    there = " or ".join(dict.fromkeys(describe(use.zone) for use in _uses(zones)))
    return failed(
        attachment,
        f"{volume.address} is in {describe(zone)} and cannot be attached to {instance.address} in {there}",
        evidence=(Step(volume.place_of("zone"), f"{volume.address} is in {describe(zone)}"), *zones.steps),
        assuming=assuming,
    )


def _is_zone_of(zone: Value, instance: Resource) -> bool:
    """Whether a zone is given as that of the instance itself."""
    match zone:
        case Unknown(term=AttributeOf(address=address, name="zone" | "availability_zone" | "AvailabilityZone")):
            return address == instance.address
    return False


def _uses(zones: Zones) -> tuple[ZoneUse, ...]:
    return zones.sure + zones.possible + zones.local


def _among(zones: Zones, zone: Value) -> Truth:
    """Whether a zone is the one an instance stands in, Local Zones included."""
    return Truth.MAYBE if zones.open else agreed(same_zone(use.zone, zone) for use in _uses(zones))

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haanalyzer.analysis.filters.packets import EVERY_PORT, ICMP, TCP, UDP, Interval, PacketSet, packets, size

Packet = tuple[int, int, int]

# A small universe: four protocols, the eight addresses of 10.0.0.0/29, eight ports.
PROTOCOLS = (ICMP, TCP, UDP, 47)
ATOMS: dict[Packet, PacketSet] = {
    (protocol, address, port): packets([protocol], [f"10.0.0.{address}"], [(port, port)])
    for protocol in PROTOCOLS
    for address in range(8)
    for port in range(8)
}
patient = settings(deadline=None)  # slow machines are no failure

boxes = st.tuples(
    st.sets(st.sampled_from(PROTOCOLS), min_size=1),
    st.tuples(st.integers(0, 7), st.integers(29, 32)),
    st.tuples(st.integers(0, 7), st.integers(0, 7)).map(lambda ends: (min(ends), max(ends))),
)
unions = st.lists(boxes, max_size=6)


def members(union) -> set[Packet]:
    """What a union of boxes holds, packet by packet, worked out without a PacketSet."""
    return {
        (protocol, address, port)
        for protocols, (host, length), (first, last) in union
        for protocol, address, port in ATOMS
        if protocol in protocols
        and address >> (32 - length) == host >> (32 - length)
        and (first <= port <= last or protocol not in (TCP, UDP))
    }


def built(union) -> PacketSet:
    found = PacketSet()
    for protocols, (host, length), ports in union:
        found |= packets(protocols, [f"10.0.0.{host}/{length}"], [ports])
    return found


def numbers(intervals) -> set[int]:
    return {number for first, last in intervals for number in range(first, last + 1)}


def in_universe(found: PacketSet) -> set[Packet]:
    """The packets of the universe that are in the set, asked one by one."""
    return {packet for packet, atom in ATOMS.items() if found & atom}


@patient
@given(unions, unions)
def test_operations_are_those_of_sets_of_packets(left, right):
    mine, other = members(left), members(right)
    assert in_universe(built(left) & built(right)) == mine & other
    assert in_universe(built(left) | built(right)) == mine | other
    assert in_universe(built(left) - built(right)) == mine - other


@patient
@given(unions, unions)
def test_equal_sets_are_equal_values(left, right):
    assert (built(left) == built(right)) == (members(left) == members(right))
    assert bool(built(left)) == bool(members(left))


@patient
@given(unions, unions, unions)
def test_the_form_does_not_depend_on_the_way_there(first, second, third):
    a, b, c = built(first), built(second), built(third)
    assert a - b - c == a - (b | c)
    assert a & (b | c) == (a & b) | (a & c)
    assert a - (a - b) == a & b
    assert (packets() - (packets() - a)) == a
    assert hash((a - b) | (a & b)) == hash(a)


@patient
@given(unions)
def test_projections(union):
    held, found = members(union), built(union)
    assert numbers(found.protocols()) == {protocol for protocol, _, _ in held}
    assert numbers(found.ports()) == {port for protocol, _, port in held if protocol in (TCP, UDP)}
    addresses = [str(address) for network in found.addresses() for address in network]
    assert sorted(addresses) == sorted({f"10.0.0.{address}" for _, address, _ in held})


def test_no_ipv4_network_matches_ipv6():
    assert not packets(cidrs=["0.0.0.0/0"]) & packets(cidrs=["::/0"])
    everything = packets()
    assert [str(network) for network in (everything - packets(cidrs=["0.0.0.0/0"])).addresses()] == ["::/0"]
    assert [str(network) for network in everything.addresses()] == ["0.0.0.0/0", "::/0"]


def test_two_halves_are_the_whole():
    halves = packets([TCP], ["0.0.0.0/1", "128.0.0.0/1"])
    assert halves == packets([TCP], ["0.0.0.0/0"])
    assert halves == packets([TCP], ["0.0.0.0/1"]) | packets([TCP], ["128.0.0.0/1"])
    assert packets(cidrs=["::/1", "8000::/1"]) == packets(cidrs=["::/0"])


def test_addresses_are_the_fewest_networks():
    rest = packets([TCP], ["10.0.0.0/8"]) - packets([TCP], ["10.128.0.0/9"]) - packets([TCP], ["10.0.0.0/10"])
    assert [str(network) for network in rest.addresses()] == ["10.64.0.0/10"]
    joined = packets(cidrs=["10.0.1.0/24", "10.0.0.0/24", "10.0.0.128/25"])
    assert [str(network) for network in joined.addresses()] == ["10.0.0.0/23"]


def test_a_network_may_have_host_bits_set():
    assert packets(cidrs=["100.68.0.18/18"]) == packets(cidrs=["100.68.0.0/18"])


def test_every_port_of_a_protocol_without_ports():
    assert packets([ICMP], ports=[(80, 80)]) == packets([ICMP])
    assert packets([ICMP, TCP]).ports() == (Interval(0, 65535),)
    assert packets([ICMP]).ports() == ()


def test_intervals_print_as_people_write_them():
    assert [str(interval) for interval in packets([TCP], ports=[(1024, 32767), (443, 443)]).ports()] == [
        "443",
        "1024–32767",
    ]


def test_touching_and_overlapping_ranges_join():
    found = packets([TCP], ports=[(10, 20), (21, 30), (5, 12), (40, 41)]).ports()
    assert found == ((5, 30), (40, 41))
    assert size(found) == 28


def test_a_set_says_what_it_holds():
    assert str(packets([TCP], ["10.0.0.0/8"], [(80, 80), (443, 444)])) == "tcp 10.0.0.0/8 ports 80, 443–444"
    assert str(PacketSet()) == "no packets"


def test_nothing_in_one_dimension_is_nothing():
    for empty in (packets(protocols=[]), packets(cidrs=[]), packets([TCP], ports=[])):
        assert not empty
        assert empty == PacketSet()


@pytest.mark.parametrize(
    "arguments",
    [
        {"cidrs": ["10.0.0.0/33"]},
        {"cidrs": ["${vpc}"]},
        {"ports": [(443, 80)]},
        {"ports": [(-1, 80)]},
        {"ports": [(0, 65536)]},
        {"protocols": [256]},
        {"protocols": [-1]},
    ],
)
def test_what_is_no_packet_is_an_error(arguments):
    with pytest.raises(ValueError, match=r"range|appear"):
        packets(**arguments)


def test_the_range_of_a_nat_gateway_against_the_range_of_the_sample():
    needed = packets([TCP], ["0.0.0.0/0"], [(1024, 65535)])
    lost = needed - packets([TCP], ["0.0.0.0/0"], [(32768, 65535)])
    assert lost.ports() == (Interval(1024, 32767),)
    assert (size(lost.ports()), size(needed.ports())) == (31_744, 64_512)
    assert round(100 * size(lost.ports()) / size(needed.ports())) == 49


def test_a_port_range_written_from_zero_is_every_port():
    assert packets([TCP], ports=[(0, 65535)]) == packets([TCP], ports=EVERY_PORT)

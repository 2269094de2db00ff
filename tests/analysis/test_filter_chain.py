from itertools import pairwise, permutations, product
from statistics import median
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from haanalyzer.analysis.filters.filter_chain import EVERY_PACKET, NO_PACKET, UNSEEN, FilterChain, FilterEntry, bounds
from haanalyzer.analysis.filters.packets import ICMP, ICMPV6, TCP, UDP, PacketSet, packets, size
from haanalyzer.values import Truth

ALLOW, DENY, EITHER = Truth.YES, Truth.NO, Truth.MAYBE

# The small world of the brute force: TCP and UDP, four addresses, three ports, six networks, six ranges.
CIDRS = ("10.0.0.0/30", "10.0.0.0/31", "10.0.0.2/31", "10.0.0.1/32", "10.0.0.2/32", "10.0.1.0/24")
RANGES = ((0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (0, 2))
PROTOCOLS = (-1, TCP, UDP)
ATOMS = {
    (protocol, address, port): packets([protocol], [f"10.0.0.{address}"], [(port, port)])
    for protocol in (TCP, UDP)
    for address in range(4)
    for port in range(3)
}
WORLD = packets([TCP, UDP], ["10.0.0.0/30"], [(0, 2)])

patient = settings(deadline=None)  # slow machines are no failure

Rule = tuple[int, Truth, int, str, tuple[int, int]]


def rule(number, allows, protocol=TCP, cidr="0.0.0.0/0", ports=(0, 65535), origin=None) -> FilterEntry:
    least, most = bounds(protocol, cidr, ports)
    return FilterEntry(number=number, allows=allows, least=least, most=most, origin=origin)


def matches(known: Rule, packet: tuple[int, int, int]) -> bool:
    _, _, protocol, cidr, (first, last) = known
    host, length = cidr.rsplit("/", 1)
    third, fourth = map(int, host.split(".")[2:])
    address = packet[1]
    return (
        protocol in (-1, packet[0])
        and third == 0
        and address >> (32 - int(length)) == fourth >> (32 - int(length))
        and (protocol == -1 or first <= packet[2] <= last)
    )


def fate(rules: list[Rule], packet: tuple[int, int, int]) -> tuple[int | None, bool]:
    """The number that decides, and whether it lets the packet through: the definition, one packet at a time."""
    for known in sorted(rules, key=lambda known: known[0]):
        if matches(known, packet):
            return known[0], known[1] is ALLOW
    return None, False


known_rules = st.tuples(
    st.sampled_from((ALLOW, DENY)), st.sampled_from(PROTOCOLS), st.sampled_from(CIDRS), st.sampled_from(RANGES)
)


@patient
@given(st.lists(known_rules, max_size=6), st.randoms(use_true_random=False))
def test_a_known_chain_is_answered_exactly(parts, random):
    rules = [(10 * number, *part) for number, part in enumerate(parts, 1)]
    shuffled = random.sample(rules, len(rules))
    chain = FilterChain(rule(*known) for known in shuffled)
    deciding = chain.deciding(WORLD)
    assert not any(left.packets & right.packets for left, right in permutations(deciding, 2))
    for packet, atom in ATOMS.items():
        number, allowed = fate(rules, packet)
        assert bool(atom & chain.surely_allowed(WORLD)) is allowed
        assert bool(atom & chain.surely_denied(WORLD)) is not allowed
        deciders = [part.entry.number if part.entry else None for part in deciding if part.packets & atom]
        assert deciders == [number]
    assert chain.blocking(WORLD) == []


maybe = st.sampled_from((False, False, True))
WORDS = ("number", "allows", "protocol", "cidr", "ports", "exists")
hidden = st.fixed_dictionaries(dict.fromkeys(WORDS, maybe))


def seen(known: Rule, hide: dict[str, bool]) -> FilterEntry:
    """The same rule, with some of it hidden."""
    number, allows, protocol, cidr, ports = known
    least, most = bounds(
        None if hide["protocol"] else protocol,
        None if hide["cidr"] else cidr,
        None if hide["ports"] else ports,
        within=["10.0.0.0/30"],
    )
    return FilterEntry(
        number=None if hide["number"] else number,
        allows=EITHER if hide["allows"] else allows,
        least=NO_PACKET if hide["exists"] else least,
        most=most,
    )


def completions(known: Rule, hide: dict[str, bool], places: range) -> list[Rule | None]:
    """Everything a partly hidden rule may turn out to be; None where it may not exist."""
    number, allows, protocol, cidr, ports = known
    found: list[Rule | None] = list(
        product(
            places if hide["number"] else [number],
            (ALLOW, DENY) if hide["allows"] else [allows],
            PROTOCOLS if hide["protocol"] else [protocol],
            CIDRS[:-1] if hide["cidr"] else [cidr],
            RANGES if hide["ports"] else [ports],
        )
    )
    return [*found, None] if hide["exists"] else found


@patient
@given(st.lists(st.tuples(known_rules, hidden), min_size=1, max_size=4), st.data())
def test_nothing_sure_is_ever_wrong(parts, data):
    """Whatever the hidden parts turn out to be, and the rule numbers among them: sure is sure."""
    rules = [((10 * number, *part), hide) for number, (part, hide) in enumerate(parts, 1)]
    chain = FilterChain(seen(known, hide) for known, hide in rules)
    denied, allowed = chain.surely_denied(WORLD), chain.surely_allowed(WORLD)
    places = range(5, 10 * len(rules) + 6, 10)
    choices = [completions(known, hide, places) for known, hide in rules]
    for _ in range(8):
        drawn = [data.draw(st.sampled_from(options)) for options in choices]
        completion = data.draw(st.permutations([known for known in drawn if known is not None]))
        for packet, atom in ATOMS.items():
            _, passes = fate(completion, packet)
            assert not (atom & denied and passes)
            assert not (atom & allowed and not passes)


def few_ways_to_complete():
    """Chains of two rules with one or two hidden parts, small enough to try every completion of each."""
    texts = ((ALLOW, TCP, CIDRS[1], RANGES[1]), (DENY, -1, CIDRS[0], RANGES[5]), (ALLOW, UDP, CIDRS[2], RANGES[3]))
    for first, second in product(texts, repeat=2):
        for mine, other in product(WORDS, repeat=2):
            yield [
                ((10, *first), {word: word == mine for word in WORDS}),
                ((20, *second), {word: word == other for word in WORDS}),
            ]


def test_every_completion_of_small_chains_agrees():
    undecided = needless = 0
    for rules in few_ways_to_complete():
        chain = FilterChain(seen(known, hide) for known, hide in rules)
        denied, allowed = chain.surely_denied(WORLD), chain.surely_allowed(WORLD)
        worlds = [
            [known for known in drawn if known is not None]
            for drawn in product(*(completions(known, hide, range(5, 26, 10)) for known, hide in rules))
        ]
        orders = [order for world in worlds for order in permutations(world)]
        for packet, atom in ATOMS.items():
            fates = {fate(order, packet)[1] for order in orders}
            assert not atom & denied or fates == {False}
            assert not atom & allowed or fates == {True}
            undecided += not atom & (denied | allowed)
            needless += not atom & (denied | allowed) and len(fates) == 1
    assert undecided > 1000
    assert needless <= undecided // 50


def test_hiding_a_part_never_turns_an_answer_round():
    shown = dict.fromkeys(WORDS, False)
    for rules in few_ways_to_complete():
        hiding = FilterChain(seen(known, hide) for known, hide in rules)
        knowing = FilterChain(seen(known, shown) for known, _ in rules)
        assert not hiding.surely_denied(WORLD) - knowing.surely_denied(WORLD)
        assert not hiding.surely_allowed(WORLD) - knowing.surely_allowed(WORLD)


def test_an_empty_chain_denies_everything():
    chain = FilterChain([])
    assert chain.surely_denied(EVERY_PACKET) == EVERY_PACKET
    assert chain.deciding(EVERY_PACKET) == [(None, EVERY_PACKET)]


def test_a_lower_deny_shadows_an_allow():
    allow, deny = rule(100, ALLOW, ports=(22, 22)), rule(90, DENY, ports=(0, 1023))
    chain = FilterChain([allow, deny])
    ssh = packets([TCP], ["0.0.0.0/0"], [(22, 22)])
    assert chain.surely_denied(ssh) == ssh
    assert chain.deciding(ssh) == [(deny, ssh)]
    assert FilterChain([allow, rule(110, DENY)]).surely_allowed(ssh) == ssh


def test_the_sample_range_drops_half_of_a_nat_gateways_replies():
    sample = rule(140, ALLOW, ports=(32768, 65535))
    needed = packets([TCP], ["0.0.0.0/0"], [(1024, 65535)])
    (kept, by_default) = FilterChain([sample]).deciding(needed)
    assert kept.entry is sample
    assert by_default.entry is None
    assert [str(interval) for interval in by_default.packets.ports()] == ["1024–32767"]
    assert (size(by_default.packets.ports()), size(needed.ports())) == (31_744, 64_512)
    assert FilterChain([sample]).surely_denied(needed) == by_default.packets


def test_two_halves_allow_the_whole():
    chain = FilterChain([rule(1, ALLOW, cidr="0.0.0.0/1"), rule(2, ALLOW, cidr="128.0.0.0/1")])
    whole = packets([TCP], ["0.0.0.0/0"])
    assert chain.surely_allowed(whole) == whole


def test_an_ipv4_rule_says_nothing_of_ipv6():
    chain = FilterChain([rule(1, ALLOW, protocol=-1, cidr="0.0.0.0/0", ports=None)])
    assert chain.surely_denied(EVERY_PACKET) == packets(cidrs=["::/0"])


def test_an_unseen_rule_may_come_first():
    chain = FilterChain([rule(100, ALLOW), rule(200, DENY, protocol=-1)], complete=False)
    assert not chain.surely_allowed(EVERY_PACKET)
    assert not chain.surely_denied(EVERY_PACKET)
    assert chain.blocking(EVERY_PACKET) == [UNSEEN]


def test_rules_of_one_number_may_stand_either_way():
    ssh = packets([TCP], ["0.0.0.0/0"], [(22, 22)])
    both = [rule(100, ALLOW, ports=(22, 22)), rule(100, DENY)]
    for entries in (both, both[::-1]):
        chain = FilterChain(entries)
        assert not chain.surely_allowed(ssh)
        assert not chain.surely_denied(ssh)
        assert chain.surely_denied(packets([TCP])) == packets([TCP]) - ssh
        assert chain.blocking(packets([TCP])) == entries


def test_rules_of_one_number_both_stand_before_the_next():
    first, second = rule(100, DENY, ports=(22, 22)), rule(100, DENY, ports=(23, 23))
    chain = FilterChain([first, second, rule(110, ALLOW)])
    assert [str(interval) for interval in chain.surely_denied(packets([TCP], ["0.0.0.0/0"])).ports()] == ["22–23"]


def test_a_rule_that_matches_for_certain_keeps_the_final_deny_away():
    """Its number is not known, but alone it decides wherever it stands."""
    chain = FilterChain([rule(None, ALLOW)])
    whole = packets([TCP], ["0.0.0.0/0"])
    assert chain.surely_allowed(whole) == whole


def test_an_unknown_number_blocks_where_it_matters():
    somewhere = rule(None, DENY, ports=(22, 22))
    chain = FilterChain([rule(100, ALLOW), somewhere])
    assert chain.blocking(packets([TCP], ["0.0.0.0/0"])) == [somewhere]


def test_what_blocks_is_named_and_nothing_else():
    certain, unsure = rule(100, ALLOW, ports=(443, 443)), rule(200, ALLOW, cidr=None, origin="var.cidr")
    chain = FilterChain([certain, unsure])
    assert chain.surely_allowed(packets([TCP], ["0.0.0.0/0"], [(443, 443)]))
    assert [entry.origin for entry in chain.blocking(EVERY_PACKET)] == ["var.cidr"]
    assert chain.blocking(packets([TCP], ["0.0.0.0/0"], [(443, 443)])) == []


def test_every_protocol_covers_tcp_and_ignores_ports():
    least, most = bounds(-1, "0.0.0.0/0", (0, 0))
    assert least == most == packets(cidrs=["0.0.0.0/0"])
    assert not packets([TCP], ["0.0.0.0/0"]) - least


def test_an_unknown_protocol_may_be_every_protocol_with_every_port():
    assert bounds(None, "10.0.0.0/8", (80, 80)) == (NO_PACKET, packets(cidrs=["10.0.0.0/8"]))


def test_an_icmp_rule_of_one_type_matches_a_part():
    whole = packets([ICMP], ["10.0.0.0/8"])
    assert bounds(ICMP, "10.0.0.0/8", None) == (whole, whole)
    assert bounds(ICMP, "10.0.0.0/8", None, every_icmp_type=False) == (NO_PACKET, whole)
    assert bounds(ICMPV6, "::/0", None, every_icmp_type=False)[0] == NO_PACKET
    assert bounds(TCP, "10.0.0.0/8", (1, 2), every_icmp_type=False)[0]


def test_what_is_not_known_widens_most_and_empties_least():
    assert bounds(TCP, None, (80, 80), within=["::/0"]) == (NO_PACKET, packets([TCP], ["::/0"], [(80, 80)]))
    assert bounds(TCP, "10.0.0.0/8", None) == (NO_PACKET, packets([TCP], ["10.0.0.0/8"]))
    assert bounds(47, "10.0.0.0/8", None)[0] == packets([47], ["10.0.0.0/8"])


def test_what_ec2_rejects_is_not_known():
    for protocol, cidr, ports in ((TCP, "10.0.0.0/33", (1, 2)), (TCP, "10.0.0.0/8", (2, 1)), (300, "10.0.0.0/8", None)):
        assert bounds(protocol, cidr, ports) == (NO_PACKET, EVERY_PACKET)


def test_forty_rules_take_milliseconds():
    edges = range(0, 65536, 65536 // 41)
    entries = [
        rule(number, (ALLOW, DENY)[number % 2], (TCP, -1, UDP)[number % 3], f"{6 * number}.0.0.0/{number % 9}", ports)
        for number, ports in enumerate(list(pairwise(edges))[:40], 1)
    ]
    everything: PacketSet = packets(cidrs=["0.0.0.0/0"])
    times = []
    for _ in range(5):
        started = perf_counter()
        chain = FilterChain(entries)
        answered = chain.surely_denied(everything) | chain.surely_allowed(everything)
        times.append(perf_counter() - started)
    assert answered == everything
    assert median(times) < 0.1

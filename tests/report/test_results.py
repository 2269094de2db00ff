"""The questions that every report asks of an outcome."""

import dataclasses

from report_samples import IGNORED, MODULE, ONE_ZONE, PASSED, SHARED, UNDECIDED, VENDOR, place, report

from haanalyzer.values import Blocker


def undecided_for(deployment, *terms):
    blockers = tuple(Blocker(term, at, "not given") for term, at in terms)
    verdict = dataclasses.replace(UNDECIDED.verdict, blockers=blockers)
    return dataclasses.replace(UNDECIDED, verdict=verdict, deployment=deployment)


def test_outcomes_are_kept_apart():
    outcome = report(ONE_ZONE, IGNORED, UNDECIDED, PASSED)
    assert outcome.findings() == (ONE_ZONE,)
    assert outcome.suppressed() == (IGNORED,)
    assert outcome.undecided() == (UNDECIDED,)
    assert outcome.passes() == {"HA101": 0, "HA201": 1, "HA401": 0}
    assert (outcome.coverage().decided, outcome.coverage().total, outcome.coverage().undecided) == (3, 4, 1)


def test_blockers_are_ranked_by_the_checks_they_block():
    early, late = place(MODULE, "resource"), place(MODULE, "subnet_id")
    outcome = report(
        undecided_for("a", ("var.x", late), ("var.x", early)),
        undecided_for("a", ("var.y", late), ("var.x", late)),
        undecided_for("b", ("var.x", late)),
    )
    assert outcome.blockers() == (
        (Blocker("var.x", early, "not given"), 2),
        (Blocker("var.y", late, "not given"), 1),
        (Blocker("var.x", late, "not given"), 1),
    )


def test_place_is_in_the_users_own_file():
    call = VENDOR.verdict.calls[0]
    assert VENDOR.place == call
    assert ONE_ZONE.place == ONE_ZONE.verdict.at
    outermost_is_fetched = dataclasses.replace(VENDOR.verdict, calls=(place(SHARED, "resource"), call))
    assert dataclasses.replace(VENDOR, verdict=outermost_is_fetched).place == call
    unreachable = dataclasses.replace(VENDOR.verdict, calls=())
    assert dataclasses.replace(VENDOR, verdict=unreachable).place == VENDOR.verdict.at

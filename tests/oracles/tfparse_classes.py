"""How each class of differences of ``tfparse.yaml`` is recognised."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax, BodySyntax
from haanalyzer.values import Known
from tests.oracles.causes import CHANCE
from tests.oracles.tfparse_roots import Difference, Root, module_of, without_keys

_REPEATS = frozenset({"count", "for_each"})


def _perhaps_there(root: Root, difference: Difference) -> bool:
    """We say that the instance may be there, or that there may be more of its kind, and not for want of a function."""
    if difference.kind == "only ours":
        found = [root.ours[difference.address].existence]
    else:
        found = root.perhaps_more.get(without_keys(difference.address), [])
    blockers = [blocker for existence in found if not existence.certain for blocker in existence.unless]
    given_up = any(blocker.reason.endswith(_GIVEN_UP) for blocker in blockers)
    return blockers != [] and (not given_up or CHANCE in root.causes_of(difference))


_GIVEN_UP = ("is decided when it is deployed", "(budget)")
"""How a reason of ours ends where we evaluate no further; it is nothing that only the deployment knows."""


def _before_a_module(root: Root, difference: Difference) -> bool:
    """The block is over a local in which tfparse itself has the instance's key."""
    found = root.block(difference.address)
    over = found[1].body.attributes.get("for_each") if found else None
    local = re.fullmatch(r"(?:toset\()?\s*local\.(\w+)\s*\)?", over.text) if over else None
    key = re.search(r'\["([^"\\]*)"\]$', difference.address)
    if difference.kind != "only ours" or local is None or key is None:
        return False
    value = root.locals_of(module_of(root.ours[difference.address]).address).get(local[1])
    return isinstance(value, list | dict) and key[1] in value


def _of_a_model(root: Root, difference: Difference) -> bool:
    """We read a module that is not on disk as its model says."""
    return difference.kind == "only ours" and not module_of(root.ours[difference.address]).declared.folder


def _left_unexpanded(root: Root, difference: Difference) -> bool:
    """tfparse has the block once and without a key, where it has ``count`` or ``for_each``."""
    if difference.attribute:
        return False
    bare = without_keys(difference.address)
    found = root.block(bare)
    repeats = found is not None and not _REPEATS.isdisjoint(found[1].body.attributes)
    return repeats and bare in root.theirs


def _of_null(root: Root, difference: Difference) -> bool:
    """We have the block once and without a key, although it has ``count`` or ``for_each``: that is null."""
    found = root.block(difference.address)
    is_single = difference.kind == "only ours" and not difference.address.endswith("]")
    return is_single and found is not None and not _REPEATS.isdisjoint(found[1].body.attributes)


def _of_a_module_left_out(root: Root, difference: Difference) -> bool:
    if difference.kind != "only ours" or root.causes_of(difference):
        return False
    module = module_of(root.ours[difference.address])
    calls = [each.origin.call for each in module.lineage() if each.origin.call is not None]
    is_repeated = any(not _REPEATS.isdisjoint(call.body.attributes) for call in calls)
    is_left_out = not any(address.startswith(f"{module.address}.") for address in root.theirs)
    return calls != [] and not is_repeated and is_left_out


def _in_json(root: Root, difference: Difference) -> bool:
    found = root.block(difference.address)
    return difference.kind == "value" and found is not None and found[1].document.path.endswith(".json")


def _bodies(root: Root, difference: Difference) -> Iterator[tuple[BodySyntax, str, bool]]:
    """The bodies that lead to a value, each with the name taken from it, and whether it is of a ``dynamic``."""
    found = root.block(difference.address)
    names = re.findall(r"(\w+)(?:\[\d*\])?", difference.attribute)
    if found is None or not names:
        return
    body, is_dynamic = found[1].body, True
    for name in names:
        yield body, name, is_dynamic
        inner = next((block for block in body.blocks if _type(block) == name), None)
        if inner is None:
            return
        is_dynamic = inner.type == "dynamic"
        body = inner.body.blocks_of("content")[0].body if is_dynamic else inner.body


def _before_another_block(root: Root, difference: Difference) -> bool:
    """What ``dynamic`` made, where a block stands behind it."""
    firsts = ((body, _places(body, name)) for body, name, _ in _bodies(root, difference))
    return any(places and places[0] < len(body.blocks) - 1 for body, places in firsts)


def _in_a_nested_block(root: Root, difference: Difference) -> bool:
    """What ``dynamic`` should make in a block that is none of a resource itself or of another ``dynamic``."""
    return any(_places(body, name) and not is_dynamic for body, name, is_dynamic in _bodies(root, difference))


def _both_attribute_and_block(root: Root, difference: Difference) -> bool:
    return any(
        name in body.attributes and name in map(_type, body.blocks) for body, name, _ in _bodies(root, difference)
    )


def _places(body: BodySyntax, name: str) -> list[int]:
    """At which places of a body's blocks there is a ``dynamic`` of a type."""
    return [index for index, block in enumerate(body.blocks) if block.type == "dynamic" and _type(block) == name]


def _type(block: BlockSyntax) -> str:
    return block.labels[0] if block.type == "dynamic" else block.type


def _region_of_provider(_: Root, difference: Difference) -> bool:
    ours, theirs = _texts(difference)
    parts = re.split(r"current-region|\$\{data\.aws_region\.\w+\.\w+\}", theirs)
    return len(parts) > 1 and re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d".join(map(re.escape, parts)), ours) is not None


def _null_in_json(_: Root, difference: Difference) -> bool:
    try:
        ours, theirs = map(json.loads, _texts(difference))
    except ValueError:
        return False
    return _same_but_for_null(ours, theirs)


def _same_but_for_null(ours: object, theirs: object) -> bool:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(_same_but_for_null(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        return all(map(_same_but_for_null, ours, theirs))
    return theirs is None or ours == theirs


def _of_merged_maps(root: Root, difference: Difference) -> bool:
    """The value of an earlier map, or of another module's, where one of the maps is unknown to tfparse."""
    found = root.block(difference.address)
    attribute, _, key = difference.attribute.rpartition(".")
    if found is None or not attribute or not difference.is_of_known_values or not root.causes_of(difference):
        return False
    ours, theirs = _texts(difference)
    module, block = found
    written = block.body.attributes.get(attribute)
    is_overridden = written is not None and "merge(" in written.text and json.dumps(theirs) in written.text
    maps = root.locals_of(module.address).values()
    return is_overridden or any(isinstance(value, dict) and value.get(key) == ours for value in maps)


def _of_a_set(_: Root, difference: Difference) -> bool:
    return difference.kind == "order"


def _texts(difference: Difference) -> tuple[str, str]:
    known = isinstance(difference.ours, Known) and isinstance(difference.theirs, str)
    return (str(difference.ours), str(difference.theirs)) if known else ("", "")


CLASSES = {
    "perhaps there": _perhaps_there,
    "expanded before a module is evaluated": _before_a_module,
    "of a module's model": _of_a_model,
    "of a module that is left out": _of_a_module_left_out,
    "left unexpanded": _left_unexpanded,
    "over null": _of_null,
    "dynamic before another block": _before_another_block,
    "dynamic in a nested block": _in_a_nested_block,
    "both an attribute and a block": _both_attribute_and_block,
    "the order of a set of objects": _of_a_set,
    "the region is that of the provider": _region_of_provider,
    "null in place of the unknown, in JSON": _null_in_json,
    "merged with the unknown": _of_merged_maps,
    "in Terraform's JSON syntax": _in_json,
}
"""How each class of the table that is no cause is recognised, in order."""

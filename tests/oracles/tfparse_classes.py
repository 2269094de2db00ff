"""How each class of differences of ``tfparse.yaml`` is recognised."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from haanalyzer.frontends.terraform.syntax import BlockSyntax, BodySyntax
from haanalyzer.values import Known
from tests.oracles.tfparse_roots import Difference, Root, module_of, without_keys


def _perhaps_there(root: Root, difference: Difference) -> bool:
    """We say that the instance may be there, or that there may be more of its kind."""
    if difference.kind == "only ours":
        return not root.ours[difference.address].existence.certain
    return difference.kind == "only tfparse's" and without_keys(difference.address) in root.perhaps_more


def _of_a_model(root: Root, difference: Difference) -> bool:
    """We read a module that is not on disk as its model says."""
    return difference.kind == "only ours" and not module_of(root.ours[difference.address]).declared.folder


def _left_unexpanded(root: Root, difference: Difference) -> bool:
    """tfparse has the block once and without a key, where it has ``count`` or ``for_each``."""
    if difference.attribute:
        return False
    bare = without_keys(difference.address)
    found = root.block(bare)
    repeats = found is not None and not {"count", "for_each"}.isdisjoint(found[1].body.attributes)
    return repeats and bare in root.theirs


def _of_null(root: Root, difference: Difference) -> bool:
    """We have the block once and without a key, although it has ``count`` or ``for_each``: that is null."""
    found = root.block(difference.address)
    is_single = difference.kind == "only ours" and not difference.address.endswith("]")
    return is_single and found is not None and not {"count", "for_each"}.isdisjoint(found[1].body.attributes)


def _of_a_module_left_out(root: Root, difference: Difference) -> bool:
    if difference.kind != "only ours" or root.causes_of(difference):
        return False
    module = module_of(root.ours[difference.address]).address
    return module != "" and not any(address.startswith(f"{module}.") for address in root.theirs)


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


def _of_a_set(_: Root, difference: Difference) -> bool:
    return difference.kind == "order"


def _texts(difference: Difference) -> tuple[str, str]:
    known = isinstance(difference.ours, Known) and isinstance(difference.theirs, str)
    return (str(difference.ours), str(difference.theirs)) if known else ("", "")


CLASSES = {
    "perhaps there": _perhaps_there,
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
    "in Terraform's JSON syntax": _in_json,
}
"""How each class of the table that is no cause is recognised, in order."""

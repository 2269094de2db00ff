"""How a block of an override file changes the one it overrides.

Source: Terraform's documentation, "Override Files", and ``module_merge.go`` of its code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from haanalyzer.frontends.terraform.parsing.syntax import BlockSyntax, BodySyntax

_KEEPS_STATE = frozenset({"backend", "cloud"})


def overridden(block: BlockSyntax, override: BlockSyntax) -> BlockSyntax:
    """A block with the arguments of another, and with its nested blocks in the place of all of their types.

    Of ``lifecycle`` the single arguments are overridden.
    """
    return replace(block, body=_merged(block.body, override.body, {"lifecycle": overridden}))


def settings_overridden(settings: BodySyntax, override: BodySyntax) -> BodySyntax:
    """What ``terraform`` blocks say, with what an override file says: of the required providers, one by one.

    A ``backend`` takes the place of a ``cloud`` block, and the other way round.
    """
    merged = _merged(settings, override, {"required_providers": overridden})
    if not _KEEPS_STATE.isdisjoint(_types(override)):
        own = [block for block in merged.blocks if block.type not in _KEEPS_STATE or block in override.blocks]
        return BodySyntax(merged.attributes, own)
    return merged


def _merged(
    body: BodySyntax, override: BodySyntax, deep: Mapping[str, Callable[[BlockSyntax, BlockSyntax], BlockSyntax]]
) -> BodySyntax:
    """``deep`` merges the blocks of some types with the one that overrides them, where there is just one."""
    replaced = _types(override)
    blocks: list[BlockSyntax] = []
    for nested in body.blocks:
        overriding = override.blocks_of(nested.type)
        if nested.type in deep and len(overriding) == 1:
            blocks.append(deep[nested.type](nested, overriding[0]))
        elif nested.made_type not in replaced:
            blocks.append(nested)
    there = {block.type for block in blocks if block.type in deep}
    blocks += [block for block in override.blocks if block.type not in there]
    return BodySyntax({**body.attributes, **override.attributes}, blocks)


def _types(body: BodySyntax) -> set[str]:
    return {block.made_type for block in body.blocks}

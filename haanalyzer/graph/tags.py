"""Tags, which every taggable resource has in one of a few shapes."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.values import Absent, Blocker, Choice, Known, ListValue, MapValue, Unknown, Value, assume, blockers


def as_tags(written: Value) -> Value:
    """Tags as one map from key to value, whether written as a map or as a list of pairs.

    An unknown key, or an open list, makes the map open: it may hold any tag. What is
    unknown as a whole stays so.
    """
    match written:
        case Choice(when_true=when_true, when_false=when_false):
            return replace(written, when_true=as_tags(when_true), when_false=as_tags(when_false))
        case ListValue():
            return _from_pairs(written)
        case Absent(place=place):
            return MapValue(entries={}, keys={}, place=place, assuming=written.assuming)
        case _:
            return written


def with_defaults(own: Value, defaults: Value) -> Value:
    """Tags over the default ones, of which each own tag takes the place of that with its key.

    Where own tags are not all known, any default may have been replaced.
    """
    match own, defaults:
        case MapValue(open=Blocker()), _:
            return own
        case MapValue(), MapValue():
            return MapValue(
                entries={**defaults.entries, **own.entries},
                keys={**defaults.keys, **own.keys},
                open=defaults.open,
                place=own.place,
                assuming=own.assuming | defaults.assuming,
            )
        case Choice(), _:
            when_true, when_false = (with_defaults(branch, defaults) for branch in (own.when_true, own.when_false))
            return replace(own, when_true=when_true, when_false=when_false)
        case MapValue(), _:
            unknown = next(iter(blockers(defaults)), Blocker(str(defaults), defaults.place, "no map of tags"))
            return replace(own, open=unknown)
        case _:
            return own


def _from_pairs(pairs: ListValue) -> Value:
    tags: dict[str, Value] = {}
    keys = {}
    more = pairs.open
    for pair in pairs.items:
        key = _entry(pair, "key")
        if isinstance(key, Known):
            tags[str(key)] = assume(_entry(pair, "value"), pair.assuming)
            keys[str(key)] = pair.place
        else:
            reason = pair.reason if isinstance(pair, Unknown | Choice) else "its key is not known"
            more = more or Blocker(str(pair), pair.place, reason)
    return MapValue(entries=tags, keys=keys, open=more, place=pairs.place, assuming=pairs.assuming)


def _entry(pair: Value, name: str) -> Value:
    """``Key`` of CloudFormation's pairs, ``key`` of Terraform's blocks; Absent where neither is written."""
    if not isinstance(pair, MapValue):
        return Absent(place=pair.place)
    found = pair.get(name)
    return pair.get(name.capitalize()) if isinstance(found, Absent) else found

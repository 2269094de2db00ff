"""What is wrong with the shape of a ruleset, by the schema, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from haanalyzer.policy.declared.entry import Path
from haanalyzer.policy.declared.words import suggestion

if TYPE_CHECKING:
    from jsonschema import ValidationError

_NAMES = {"object": "a map", "array": "a list", "string": "a text", "number": "a number", "boolean": "true or false"}


def wrong_in_shape(data: object, schema: Mapping[str, Any], definition: str = "ruleset") -> list[tuple[Path, str]]:
    """Each fault with the path that leads to it, in the order written."""
    import jsonschema

    wanted = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
    errors = jsonschema.Draft202012Validator(wanted).iter_errors(data)
    return list(dict.fromkeys(fault for error in errors for fault in _faults(error)))


def _faults(error: ValidationError) -> Iterator[tuple[Path, str]]:
    path: Path = tuple(error.absolute_path)
    instance: Any = error.instance
    wanted: Any = error.validator_value
    schema = error.schema if isinstance(error.schema, dict) else {}
    match error.validator:
        case "additionalProperties":
            known = list(schema["properties"])
            for key in instance:
                if key not in known:
                    yield (*path, key), f"unknown word {key!r}; {suggestion(str(key), known)}"
        case "required":
            missing = [name for name in wanted if name not in instance]
            yield path, f"expected {', '.join(missing)}, too"
        case "oneOf" | "anyOf" if isinstance(instance, dict):
            words = [branch["required"][0] for branch in wanted]
            found = [word for word in words if word in instance]
            number = "exactly one" if error.validator == "oneOf" else "at least one"
            besides = f"; found {' and '.join(found)}" if found else ""
            yield path, f"expected {number} of {', '.join(words)}{besides}"
        case "type":
            names = [wanted] if isinstance(wanted, str) else wanted
            yield path, f"expected {' or '.join(_NAMES[name] for name in names)}, found {_shown(instance)}"
        case "enum":
            yield path, f"expected one of {', '.join(wanted)}; found {_shown(instance)}"
        case "pattern":
            yield path, f"found {_shown(instance)}; expected: {schema.get('description', wanted)}"
        case "minItems" | "minProperties":
            yield path, f"expected at least {wanted} {'entry' if wanted == 1 else 'entries'}"
        case "maxProperties":
            _, *others = schema.get("properties", (None,))
            found = [str(key) for key in instance if key in others or not others]
            expected = f"one of {', '.join(others)}" if others else f"no more than {wanted}"
            yield path, f"expected {expected}; found {' and '.join(found)}"
        case "oneOf" | "anyOf":  # that it is no map is said by its type
            return
        case _:
            yield path, error.message.split("\n", 1)[0][:200]


def _shown(instance: object) -> str:
    match instance:
        case dict():
            return "a map"
        case list():
            return "a list"
        case None:
            return "nothing"
        case bool():
            return str(instance).lower()
        case _:
            text = str(instance)
            return repr(text if len(text) <= 40 else f"{text[:40]}…")

"""Functions that encode, decode and hash."""

from __future__ import annotations

import base64
import binascii
import csv
import hashlib
import io
import json
import re
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus, unquote_plus

import yaml

from haanalyzer.frontends.terraform.functions.request import Implementation, anything, on_data, text
from haanalyzer.frontends.terraform.symbolic import EvaluationError, NotPlainError
from haanalyzer.frontends.terraform.types import number_text

_HTML = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}


def _json_encode(data: Any) -> str:
    encoded = json.dumps(data, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return re.sub("[<>&\u2028\u2029]", lambda match: _HTML[match.group()], encoded)


def _json_decode(encoded: str) -> Any:
    return json.loads(encoded)


def _base64_encode(data: str) -> str:
    return base64.b64encode(data.encode()).decode()


def _base64_decode(encoded: str) -> str:
    try:
        return base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise EvaluationError(f"failed to decode base64 data: {error}") from None


def _encode_in(data: str, encoding: str) -> str:
    try:
        return base64.b64encode(data.encode(_codec(encoding))).decode()
    except UnicodeEncodeError as error:
        raise EvaluationError(str(error)) from None


def _decode_in(encoded: str, encoding: str) -> str:
    try:
        return base64.b64decode(encoded, validate=True).decode(_codec(encoding))
    except (binascii.Error, UnicodeDecodeError) as error:
        raise EvaluationError(str(error)) from None


def _codec(name: str) -> str:
    try:
        return ("".encode(name) and name) or name
    except LookupError:
        raise EvaluationError(f"{name!r} is not a supported encoding") from None


def _csv_decode(data: str) -> list[dict[str, str]]:
    rows = [row for row in csv.reader(io.StringIO(data), strict=True) if row]
    if not rows:
        raise EvaluationError("missing header line")
    header, *lines = rows
    if len(set(header)) < len(header):
        raise EvaluationError("duplicate column name")
    if any(len(line) != len(header) for line in lines):
        raise EvaluationError("wrong number of fields")
    return [dict(zip(header, line, strict=True)) for line in lines]


def _yaml_decode(encoded: str) -> Any:
    try:
        return _plain_yaml(yaml.load(encoded, Loader=_Loader))  # noqa: S506  a safe loader of our own
    except yaml.YAMLError as error:
        raise EvaluationError(f"invalid YAML: {error}") from None


class _Loader(yaml.CSafeLoader):
    """Scalars as Terraform resolves them; dates stay texts."""

    yaml_implicit_resolvers = {  # noqa: RUF012  PyYAML's own way to say it
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def _plain_yaml(data: Any) -> Any:
    match data:
        case dict():
            if not all(isinstance(key, str | int | float | bool) for key in data):
                raise EvaluationError("map keys must be strings")
            return {_yaml_key(key): _plain_yaml(entry) for key, entry in data.items()}
        case list():
            return [_plain_yaml(item) for item in data]
        case None | bool() | int() | float() | str():
            return data
    raise NotPlainError


def _yaml_key(key: str | bool | float) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    return key if isinstance(key, str) else number_text(key)


def _yaml_encode(data: Any) -> str:
    return "\n".join(_yaml_lines(data)) + "\n"


def _yaml_lines(data: Any) -> list[str]:
    match data:
        case dict() if data:
            lines = []
            for key in sorted(data):
                first, *rest = _yaml_lines(data[key])
                nested = isinstance(data[key], dict | list) and data[key]
                name = json.dumps(key, ensure_ascii=False) + ":"
                if not nested:
                    lines += [f"{name} {first}", *rest]
                elif isinstance(data[key], list):
                    lines += [name, first, *rest]
                else:
                    lines += [name, *("  " + line for line in (first, *rest))]
            return lines
        case list() if data:
            lines = []
            for item in data:
                first, *rest = _yaml_lines(item)
                lines += [f"- {first}", *("  " + line for line in rest)]
            return lines
        case str() if "\n" in data:
            body = data.split("\n")
            marker = "|" if data.endswith("\n") else "|-"
            return [marker, *("  " + line for line in (body[:-1] if data.endswith("\n") else body))]
    return [json.dumps(data, ensure_ascii=False)]


def _hash(name: str) -> Callable[[str], str]:
    return lambda data: hashlib.new(name, data.encode(), usedforsecurity=False).hexdigest()


def _base64_hash(name: str) -> Callable[[str], str]:
    return lambda data: base64.b64encode(hashlib.new(name, data.encode(), usedforsecurity=False).digest()).decode()


_NAMESPACES = {
    "dns": uuid.NAMESPACE_DNS,
    "url": uuid.NAMESPACE_URL,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}


def _uuid5(namespace: str, name: str) -> str:
    return str(uuid.uuid5(_NAMESPACES.get(namespace) or uuid.UUID(namespace), name))


ENCODING: dict[str, Implementation] = {
    "base64decode": on_data(_base64_decode, text),
    "base64encode": on_data(_base64_encode, text),
    "base64sha256": on_data(_base64_hash("sha256"), text),
    "base64sha512": on_data(_base64_hash("sha512"), text),
    "csvdecode": on_data(_csv_decode, text),
    "jsondecode": on_data(_json_decode, text),
    "jsonencode": on_data(_json_encode, anything),
    "md5": on_data(_hash("md5"), text),
    "sha1": on_data(_hash("sha1"), text),
    "sha256": on_data(_hash("sha256"), text),
    "sha512": on_data(_hash("sha512"), text),
    "textdecodebase64": on_data(_decode_in, text, text),
    "textencodebase64": on_data(_encode_in, text, text),
    "urldecode": on_data(unquote_plus, text),
    "urlencode": on_data(quote_plus, text),
    "uuidv5": on_data(_uuid5, text, text),
    "yamldecode": on_data(_yaml_decode, text),
    "yamlencode": on_data(_yaml_encode, anything),
}

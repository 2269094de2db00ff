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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from haanalyzer.frontends.terraform.functions import yaml_text
from haanalyzer.frontends.terraform.functions.request import (
    Implementation,
    Request,
    anything,
    in_branches,
    on_data,
    text,
)
from haanalyzer.frontends.terraform.symbolic import EvaluationError, NotPlainError, plain
from haanalyzer.values import Call, ListValue, MapValue, Term, Unknown, Value, concat

_HTML = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026", "\u2028": r"\u2028", "\u2029": r"\u2029"}


def _json_encode(data: Any) -> str:
    encoded = json.dumps(data, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return re.sub("[<>&\u2028\u2029]", lambda match: _HTML[match.group()], encoded)


_whole_json = on_data(_json_encode, anything)


def _json_text(request: Request) -> Value:
    """The text as far as it is known, with ``jsonencode`` of each unknown part in that part's place."""
    whole = _whole_json(request)
    if not isinstance(whole, Unknown) or isinstance(request.arguments[0], Unknown):
        return whole
    try:
        encoded = concat(list(_json_parts(request.arguments[0])))
    except NotPlainError:
        return whole
    return whole if isinstance(encoded, str) else replace(whole, term=encoded)


def _json_parts(value: Value) -> Iterator[str | Term]:
    """The pieces of a text in JSON. Raises `NotPlainError` where its shape is not known."""
    match value:
        case Unknown(term=term):
            yield Call("jsonencode", (term,))
        case MapValue(entries=entries, open=None):
            named = ((f"{_json_encode(key)}:", *_json_parts(entries[key])) for key in sorted(entries))
            yield from _enclosed("{", named, "}")
        case ListValue(items=items, open=None, is_set=False):
            yield from _enclosed("[", map(_json_parts, items), "]")
        case _:
            yield _json_encode(plain(value))


def _enclosed(start: str, items: Iterable[Iterable[str | Term]], end: str) -> Iterator[str | Term]:
    yield start
    for index, item in enumerate(items):
        yield "," if index else ""
        yield from item
    yield end


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
    "jsonencode": in_branches(_json_text),
    "md5": on_data(_hash("md5"), text),
    "sha1": on_data(_hash("sha1"), text),
    "sha256": on_data(_hash("sha256"), text),
    "sha512": on_data(_hash("sha512"), text),
    "textdecodebase64": on_data(_decode_in, text, text),
    "textencodebase64": on_data(_encode_in, text, text),
    "urldecode": on_data(unquote_plus, text),
    "urlencode": on_data(quote_plus, text),
    "uuidv5": on_data(_uuid5, text, text),
    "yamldecode": on_data(yaml_text.decode, text),
    "yamlencode": on_data(yaml_text.encode, anything),
}

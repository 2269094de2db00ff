"""Functions that encode, decode and hash."""

from __future__ import annotations

import base64
import binascii
import codecs
import csv
import hashlib
import io
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote_plus, unquote_plus

from haanalyzer.frontends.terraform.evaluation.bounds import LONGEST_TEXT
from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError, NotPlainError, plain
from haanalyzer.frontends.terraform.functions import json_text, yaml_text
from haanalyzer.frontends.terraform.functions.request import (
    Implementation,
    Request,
    anything,
    in_branches,
    on_data,
    text,
)
from haanalyzer.values import Call, ListValue, MapValue, Term, Unknown, Value, concat

_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_BARE_QUOTE = re.compile(r'^(?:"(?:[^"]|"")*"(?:[,\n]|$)|[^",\n]*(?:[,\n]|$))*?[^",\n]+"')

_whole_json = on_data(json_text.encode, anything)


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
            named = ((f"{json_text.encode(key)}:", *_json_parts(entries[key])) for key in sorted(entries))
            yield from _enclosed("{", named, "}")
        case ListValue(items=items, open=None, is_set=False, unordered=False):
            yield from _enclosed("[", map(_json_parts, items), "]")
        case _:
            yield json_text.encode(plain(value))


def _enclosed(start: str, items: Iterable[Iterable[str | Term]], end: str) -> Iterator[str | Term]:
    yield start
    for index, item in enumerate(items):
        yield "," if index else ""
        yield from item
    yield end


def _base64_encode(data: str) -> str:
    return base64.b64encode(data.encode()).decode()


def _bytes_of(encoded: str) -> bytes:
    """What base64 stands for; line ends in it mean nothing."""
    try:
        return base64.b64decode(encoded.replace("\r", "").replace("\n", ""), validate=True)
    except binascii.Error as error:
        raise EvaluationError(f"failed to decode base64 data: {error}") from None


def _base64_decode(encoded: str) -> str:
    return _decoded(_bytes_of(encoded), "utf-8")


def _decoded(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise EvaluationError(str(error)) from None


def _base64_gunzip(encoded: str) -> str:
    import gzip

    try:
        with gzip.open(io.BytesIO(_bytes_of(encoded))) as unpacked:
            data = unpacked.read(LONGEST_TEXT + 1)
    except (OSError, EOFError) as error:
        raise EvaluationError(f"failed to gunzip: {error}") from None
    if len(data) > LONGEST_TEXT:
        raise NotPlainError
    return _decoded(data, "utf-8")


def _encode_in(data: str, encoding: str) -> str:
    codec = _codec(encoding)
    try:
        start = codecs.BOM_UTF16_BE if codec == "utf-16" else b""
        return base64.b64encode(start + data.encode("utf-16-be" if start else codec)).decode()
    except UnicodeEncodeError as error:
        raise EvaluationError(str(error)) from None


def _decode_in(encoded: str, encoding: str) -> str:
    data, codec = _bytes_of(encoded), _codec(encoding)
    if codec == "utf-16" and not data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        codec = "utf-16-be"
    return _decoded(data, codec)


def _codec(name: str) -> str:
    """Python's name of an encoding; of those that Go knows, US-ASCII is none."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = "ascii"
    if codec == "ascii":
        raise EvaluationError(f"{name!r} is not a supported IANA encoding name")
    return codec


def _url_decode(encoded: str) -> str:
    if _BROKEN_ESCAPE.search(encoded):
        raise EvaluationError(f"failed to decode the URL {encoded!r}")
    return unquote_plus(encoded)


def _csv_decode(data: str) -> list[dict[str, str]]:
    if _BARE_QUOTE.search(data):
        raise EvaluationError("a quote in a field that does not begin with one")
    rows = [row for row in csv.reader(io.StringIO(data.replace("\r\n", "\n"), newline=""), strict=True) if row]
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
    "base64gunzip": on_data(_base64_gunzip, text),
    "base64sha256": on_data(_base64_hash("sha256"), text),
    "base64sha512": on_data(_base64_hash("sha512"), text),
    "csvdecode": on_data(_csv_decode, text),
    "jsondecode": on_data(json_text.decode, text),
    "jsonencode": in_branches(_json_text),
    "md5": on_data(_hash("md5"), text),
    "sha1": on_data(_hash("sha1"), text),
    "sha256": on_data(_hash("sha256"), text),
    "sha512": on_data(_hash("sha512"), text),
    "textdecodebase64": on_data(_decode_in, text, text),
    "textencodebase64": on_data(_encode_in, text, text),
    "urldecode": on_data(_url_decode, text),
    "urlencode": on_data(quote_plus, text),
    "uuidv5": on_data(_uuid5, text, text),
    "yamldecode": on_data(yaml_text.decode, text),
    "yamlencode": on_data(yaml_text.encode, anything),
}

"""Functions of timestamps."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from haanalyzer.frontends.terraform.evaluation.symbolic import EvaluationError
from haanalyzer.frontends.terraform.functions.request import Implementation, on_data, text

_TIMESTAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))")
_DURATION = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}
_VERB = re.compile(r"'((?:[^']|'')*)'|([a-zA-Z])\2*|[^a-zA-Z']+")


def _instant(timestamp: str) -> datetime:
    match = _TIMESTAMP.fullmatch(timestamp)
    if match is None:
        raise EvaluationError(f"not a valid RFC 3339 timestamp: {timestamp!r}")
    zone = UTC
    if match[8]:
        offset = timedelta(hours=int(match[9]), minutes=int(match[10]))
        zone = timezone(offset if match[8] == "+" else -offset)
    microsecond = int((match[7] or "")[:6].ljust(6, "0"))
    year, month, day, hour, minute, second = (int(match[part]) for part in range(1, 7))
    return datetime(year, month, day, hour, minute, second, microsecond, tzinfo=zone)


def _written(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _duration(written: str) -> timedelta:
    sign, body = (-1, written[1:]) if written.startswith("-") else (1, written.removeprefix("+"))
    if body == "0":
        return timedelta()
    parts = _DURATION.findall(body)
    if not parts or "".join(map("".join, parts)) != body:
        raise EvaluationError(f"invalid duration: {written!r}")
    return sign * timedelta(seconds=sum(float(amount) * _SECONDS[unit] for amount, unit in parts))


def _add(timestamp: str, duration: str) -> str:
    return _written((_instant(timestamp) + _duration(duration)).replace(microsecond=0))


def _compare(left: str, right: str) -> int:
    mine, other = _instant(left), _instant(right)
    return (mine > other) - (mine < other)


def _format(pattern: str, timestamp: str) -> str:
    instant = _instant(timestamp)
    result: list[str] = []
    at = 0
    for match in _VERB.finditer(pattern):
        if match.start() != at:
            break
        at = match.end()
        if match[2]:
            result.append(_rendered(match.group(), instant))
        else:
            quoted = match[1]
            result.append(match.group() if quoted is None else quoted.replace("''", "'") or "'")
    if at != len(pattern):
        raise EvaluationError("unterminated literal in the date format")
    return "".join(result)


def _rendered(verb: str, instant: datetime) -> str:
    hour = instant.hour % 12 or 12
    offset = instant.strftime("%z")
    verbs = {
        "YYYY": f"{instant.year:04}",
        "YY": f"{instant.year % 100:02}",
        "MMMM": _MONTHS[instant.month - 1],
        "MMM": _MONTHS[instant.month - 1][:3],
        "MM": f"{instant.month:02}",
        "M": str(instant.month),
        "DD": f"{instant.day:02}",
        "D": str(instant.day),
        "EEEE": _DAYS[instant.weekday()],
        "EEE": _DAYS[instant.weekday()][:3],
        "hh": f"{instant.hour:02}",
        "h": str(instant.hour),
        "HH": f"{hour:02}",
        "H": str(hour),
        "AA": "AM" if instant.hour < 12 else "PM",
        "aa": "am" if instant.hour < 12 else "pm",
        "mm": f"{instant.minute:02}",
        "m": str(instant.minute),
        "ss": f"{instant.second:02}",
        "s": str(instant.second),
        "ZZZZZ": f"{offset[:3]}:{offset[3:]}",
        "ZZZZ": offset,
        "ZZZ": "UTC" if offset == "+0000" else offset,
        "Z": "Z" if offset == "+0000" else f"{offset[:3]}:{offset[3:]}",
    }
    if verb not in verbs:
        raise EvaluationError(f"invalid date format verb {verb!r}")
    return verbs[verb]


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

DATES: dict[str, Implementation] = {
    "formatdate": on_data(_format, text, text),
    "timeadd": on_data(_add, text, text),
    "timecmp": on_data(_compare, text, text),
}

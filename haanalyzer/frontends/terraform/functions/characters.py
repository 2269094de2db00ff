"""Texts by their characters: what people see as one, however many code points it is made of."""

from __future__ import annotations


def characters(text: str) -> list[str]:
    """The text cut into grapheme clusters, as Terraform counts, cuts and reverses it."""
    if text.isascii() and "\r" not in text:
        return list(text)
    import regex  # slow to load, and few texts need it

    return regex.findall(r"\X", text)

"""Files of a cloud assembly that its templates name by the hash of their content."""

from __future__ import annotations

import posixpath

from haanalyzer.source.assembly import content_of, member
from haanalyzer.source.document import Document
from haanalyzer.source.files import Files, join

_LISTS = ".assets.json"


def asset_of(url: str, folder: str, files: Files) -> str | None:
    """The file that an URL, or its end, means by the lists of assets in a template's folder; None for any other."""
    name = posixpath.splitext(posixpath.basename(url))[0]
    for each in files.file_names_in(folder) if name else ():
        document = files.read(join(folder, each)) if each.endswith(_LISTS) else None
        if not isinstance(document, Document):
            continue
        source = member(member(member(document.once(content_of), "files"), name), "source").get("path")
        if isinstance(source, str) and files.is_file(join(folder, source)):
            return join(folder, source)
    return None

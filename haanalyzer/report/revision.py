"""Which commit was analyzed: from GitHub's environment, else from the files of the repository. No program is run."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from haanalyzer.report.options import Revision

_SCP_LIKE = re.compile(r"(?:[^@/]+@)?([^:/]+):(?!//)(.+)")
_ORIGIN = re.compile(r'^\[remote "origin"\][^\[]*?^\s*url\s*=\s*(.+?)\s*$', re.MULTILINE | re.DOTALL)


def revision_of(folder: Path, environment: Mapping[str, str] = os.environ) -> Revision | None:
    """The commit that is checked out around a folder; None without a repository.

    A repository without an origin is named by its commit, as Software Heritage names it (``swh:1:rev:…``): its
    address would be a path of this machine. None where it has no commit either.
    """
    if "GITHUB_REPOSITORY" in environment:
        server = environment.get("GITHUB_SERVER_URL", "https://github.com")
        return Revision(
            f"{server}/{environment['GITHUB_REPOSITORY']}",
            environment.get("GITHUB_SHA"),
            environment.get("GITHUB_REF_NAME"),
        )
    git = next((each / ".git" for each in (folder, *folder.parents) if (each / ".git").is_dir()), None)
    if git is None:
        return None
    origin = _ORIGIN.search(_text(git / "config"))
    commit, branch = _head(git)
    if origin is not None:
        return Revision(_as_uri(origin[1]), commit, branch)
    return Revision(f"swh:1:rev:{commit}", commit, branch) if commit else None


def _head(git: Path) -> tuple[str | None, str | None]:
    head = _text(git / "HEAD").strip()
    if not head.startswith("ref: "):
        return head or None, None
    name = head.removeprefix("ref: ")
    packed = re.search(rf"^([0-9a-f]+) {re.escape(name)}$", _text(git / "packed-refs"), re.MULTILINE)
    commit = _text(git / name).strip() or (packed[1] if packed else None)
    return commit, name.removeprefix("refs/heads/")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _as_uri(url: str) -> str:
    """A remote's URL as an absolute URI, without the user or token that may stand in it."""
    if "://" in url:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(("https" if parts.scheme in ("ssh", "git") else parts.scheme, host, parts.path, "", ""))
    scp_like = _SCP_LIKE.fullmatch(url)
    if scp_like and not Path(url).exists():
        return f"https://{scp_like[1]}/{scp_like[2]}"
    return Path(url).absolute().as_uri()

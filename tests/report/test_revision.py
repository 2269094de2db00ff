"""The commit that a log names."""

from __future__ import annotations

from pathlib import Path

import pytest

from haanalyzer.report.options import Revision
from haanalyzer.report.revision import revision_of

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def repository(folder: Path, url: str | None, *, packed: bool = False) -> Path:
    git = folder / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    (git / "config").write_text(f'[core]\n\tbare = false\n[remote "origin"]\n\turl = {url}\n' if url else "[core]\n")
    if packed:
        (git / "packed-refs").write_text(f"# pack-refs with: peeled\n{COMMIT} refs/heads/main\n")
    else:
        (git / "refs" / "heads" / "main").write_text(f"{COMMIT}\n")
    return folder


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("https://example.com/team/infra.git", "https://example.com/team/infra.git"),
        ("https://user:token@example.com/team/infra.git", "https://example.com/team/infra.git"),
        ("git@example.com:team/infra.git", "https://example.com/team/infra.git"),
        ("ssh://git@example.com/team/infra.git", "https://example.com/team/infra.git"),
        ("/srv/infra.git", "file:///srv/infra.git"),
    ],
)
def test_the_origin_is_a_uri_without_secrets(tmp_path: Path, url: str, uri: str, packed: bool) -> None:
    folder = repository(tmp_path, url, packed=packed) / "stacks"
    assert revision_of(folder, {}) == Revision(uri, COMMIT, "main")


def test_without_an_origin_the_commit_names_the_repository_and_no_path_does(tmp_path: Path) -> None:
    assert revision_of(repository(tmp_path, None), {}) == Revision(f"swh:1:rev:{COMMIT}", COMMIT, "main")


def test_without_repository_or_any_commit_there_is_none(tmp_path: Path) -> None:
    assert revision_of(tmp_path, {}) is None
    (repository(tmp_path, None) / ".git" / "refs" / "heads" / "main").unlink()
    assert revision_of(tmp_path, {}) is None


def test_in_a_workflow_the_environment_says_it(tmp_path: Path) -> None:
    environment = {"GITHUB_REPOSITORY": "team/infra", "GITHUB_SHA": COMMIT, "GITHUB_REF_NAME": "main"}
    assert revision_of(tmp_path, environment) == Revision("https://github.com/team/infra", COMMIT, "main")

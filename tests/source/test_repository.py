"""Commits as folders: exactly what is stored in them, whatever the repository would have git do besides."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.files import MAX_BYTES, Files
from haanalyzer.source.repository import Change, GitError, Repository
from haanalyzer.source.sides import side
from tests.repositories import Repo, repo

__all__ = ["repo"]


def written_out(repo: Repo, folder: Path) -> set[str]:
    """The files of the last commit, written below a folder."""
    repository = Repository(repo.folder)
    repository.write_out(repository.commit("HEAD"), folder)
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file()}


def test_files_are_written_as_they_are_stored(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    (repo.folder / "bytes").write_bytes(b"\xff\r\n\0")
    (repo.folder / "link.tf").symlink_to("main.tf")
    repo.commit({"main.tf": "one\r\n", "a folder/größe.yaml": "x: 1\n", "run.sh": "#!/bin/sh\n"})
    folder = tmp_path_factory.mktemp("out")
    assert written_out(repo, folder) == {"bytes", "link.tf", "main.tf", "a folder/größe.yaml", "run.sh"}
    assert (folder / "bytes").read_bytes() == b"\xff\r\n\0"
    assert (folder / "main.tf").read_bytes() == b"one\r\n"
    assert (folder / "link.tf").readlink() == Path("main.tf")


def test_nothing_that_a_repository_names_is_run(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    repo.commit({"main.tf": "one\n", ".gitattributes": "*.tf filter=loud diff=loud export-ignore\n"})
    loud = repo.folder / ".git" / "loud"
    loud.write_text(f"#!/bin/sh\ntouch {repo.folder}/heard\ncat\n")
    loud.chmod(0o755)
    for key in ("filter.loud.smudge", "diff.loud.textconv", "diff.loud.command", "diff.external", "core.fsmonitor"):
        repo.git("config", key, str(loud))
    first = repo.git("rev-parse", "HEAD")
    assert "main.tf" in written_out(repo, tmp_path_factory.mktemp("out"))
    repo.write({"main.tf": "two\n"})
    repository = Repository(repo.folder)
    (change,) = repository.changes(first, None)
    assert repository.touched_lines(change, first, None) == [range(1, 2)]
    assert not (repo.folder / "heard").exists()


def test_a_folder_that_a_commit_made_look_like_a_repository_is_none(repo: Repo) -> None:
    repo.commit({"main.tf": ""})
    repo.git("init", "--quiet", "--bare", "teams/web")
    repo.git("-C", "teams/web", "config", "core.bare", "false")
    repo.git("-C", "teams/web", "config", "core.worktree", str(repo.folder / "teams" / "web"))
    with pytest.raises(GitError, match="cannot use bare repository"):
        Repository(repo.folder / "teams" / "web")


def test_submodules_are_left_out_and_what_is_too_large_is_so_again(
    repo: Repo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    commit = repo.commit({"large.json": " " * (MAX_BYTES + 1)})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},vendor")
    repo.git("commit", "--quiet", "--message", "A submodule")
    folder = tmp_path_factory.mktemp("out")
    assert written_out(repo, folder) == {"large.json"}
    found = Files(folder).read("large.json")
    assert isinstance(found, Diagnostic)
    assert found.code == "file-too-large"


def test_a_commit_that_leads_out_of_its_folder_does_not(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    blob = repo.git("hash-object", "-w", "--stdin")
    tree = repo.mktree(f"100644 blob {blob}\tescaped")
    commit = repo.git("commit-tree", "-m", "Hostile", repo.mktree(f"040000 tree {tree}\t.."))
    folder = tmp_path_factory.mktemp("out") / "below"
    Repository(repo.folder).write_out(commit, folder)
    assert not (folder.parent / "escaped").exists()


def test_nothing_is_written_through_a_link_of_a_commit(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    link = repo.git("hash-object", "-w", "--stdin", stdin=str(outside))
    inner = repo.mktree(f"120000 blob {link}\tinner")
    tree = repo.mktree(f"120000 blob {link}\tlive\n040000 tree {inner}\tlive")
    hostile = repo.git("commit-tree", "-m", "Hostile", tree)
    Repository(repo.folder).write_out(hostile, tmp_path_factory.mktemp("out"))
    assert list(outside.iterdir()) == []

    repo.commit({".gitignore": "*.tfvars\n", "live/main.tf": ""})
    repo.write({"live/terraform.tfvars": "a = 1\n"})
    linked = repo.git("commit-tree", "-m", "Linked", repo.mktree(f"120000 blob {link}\tlive"))
    with side(Repository(repo.folder), linked, repo.folder) as other:
        assert (other.base / "live").is_symlink()
    assert list(outside.iterdir()) == []


def test_lines_are_told_of_texts_that_git_is_told_to_show_no_differences_of(repo: Repo) -> None:
    first = repo.commit({"main.tf": "1\n2\n", ".gitattributes": "*.tf -diff\n"})
    second = repo.commit({"main.tf": "1\n2b\n"})
    change = Change("main.tf", "main.tf")
    assert Repository(repo.folder).touched_lines(change, first, second) == [range(2, 3)]


def test_changes_name_files_before_and_after(repo: Repo) -> None:
    text = "".join(f"line {number}\n" for number in range(9))
    first = repo.commit({"kept.tf": text, "old.tf": text + "old\n", "gone.tf": "gone\n", ".gitignore": "*.log\n"})
    repo.git("mv", "old.tf", 'a folder\'s "new".tf')
    repo.git("rm", "--quiet", "gone.tf")
    repo.write({"kept.tf": text.replace("line 4\n", "line 4\nline 4b\nline 4c\n"), "new.tf": "", "x.log": ""})
    repository = Repository(repo.folder)
    changes = repository.changes(first, None)
    assert sorted(changes, key=str) == sorted(
        [
            Change("kept.tf", "kept.tf"),
            Change("old.tf", 'a folder\'s "new".tf'),
            Change("gone.tf", None),
            Change(None, "new.tf"),
        ],
        key=str,
    )
    assert repository.touched_lines(Change("kept.tf", "kept.tf"), first, None) == [range(6, 8)]


def test_what_was_deleted_touches_the_line_that_follows(repo: Repo) -> None:
    first = repo.commit({"main.tf": "1\n2\n3\n4\n"})
    second = repo.commit({"main.tf": "1\n3\n4\n"})
    change = Change("main.tf", "main.tf")
    assert Repository(repo.folder).touched_lines(change, first, second) == [range(2, 3)]


def test_settings_of_the_user_do_not_change_what_git_says(repo: Repo) -> None:
    first = repo.commit({"sub/main.tf": "1\n2\n3\n4\n5\n"})
    for key, value in {"color.ui": "always", "diff.noprefix": "true", "diff.relative": "true"}.items():
        repo.git("config", key, value)
    repo.git("config", "diff.interHunkContext", "9")
    repo.git("mv", "sub/main.tf", "sub/other.tf")
    repo.write({"sub/other.tf": "1b\n2\n3\n4\n5b\n"})
    repository = Repository(repo.folder / "sub")
    assert repository.top == repo.folder.resolve()
    (change,) = repository.changes(first, None)
    assert change == Change("sub/main.tf", "sub/other.tf")
    assert repository.touched_lines(change, first, None) == [range(1, 2), range(5, 6)]


def test_what_git_ignores_is_on_every_side(repo: Repo) -> None:
    first = repo.commit({".gitignore": ".terraform/\n*.tfvars\n", "live/main.tf": "", "live/kept.tf": "old\n"})
    repo.write(
        {"live/.terraform/modules/modules.json": "{}", "live/terraform.tfvars": "a = 1\n", "live/kept.tf": "new\n"}
    )
    with side(Repository(repo.folder), first, repo.folder / "live") as before:
        files = before.files()
        names = ("kept.tf", "terraform.tfvars", ".terraform/modules/modules.json")
        texts = [getattr(files.read(name), "text", None) for name in names]
        assert before.counterpart(repo.folder / "live" / "kept.tf") == before.base / "kept.tf"
        assert before.counterpart(Path("/no/such/file")) == Path("/no/such/file")
    assert texts == ["old\n", "a = 1\n", "{}"]
    assert not before.base.exists()


def test_what_git_cannot_tell_is_said(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    repo.commit({"main.tf": ""})
    repository = Repository(repo.folder)
    with pytest.raises(GitError, match=r"no commit is named 'no-such'$"):
        repository.commit("no-such")
    with pytest.raises(GitError, match="is no name of a commit"):
        repository.commit("--all")
    repo.git("checkout", "--quiet", "--orphan", "other")
    repo.commit({"main.tf": "other\n"})
    with pytest.raises(GitError, match="main and other have no commit in common"):
        repository.merge_base("main", "other")
    with pytest.raises(GitError, match="not a git repository"):
        Repository(tmp_path_factory.mktemp("bare"))


def test_a_shallow_clone_says_what_to_fetch(repo: Repo) -> None:
    repo.commit({"main.tf": "1\n"})
    head = repo.commit({"main.tf": "2\n"})
    (repo.folder / ".git" / "shallow").write_text(f"{head}\n")
    with pytest.raises(GitError, match=r"fetch-depth: 2.*fetch-depth: 0"):
        Repository(repo.folder).commit("HEAD~1")


def test_where_there_is_no_git_it_is_said(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(GitError, match="git cannot be run"):
        Repository(repo.folder)

from __future__ import annotations

import codecs
import os
import socket
from pathlib import Path

import pytest

from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.disk import Entry
from haanalyzer.source.document import Document
from haanalyzer.source.files import MAX_BYTES, Files


def refused(files: Files, path: str) -> Diagnostic:
    result = files.read(path)
    assert isinstance(result, Diagnostic)
    assert result.place.path == path
    assert "\n" not in result.message
    return result


def text_of(files: Files, path: str) -> str:
    result = files.read(path)
    assert isinstance(result, Document), result
    assert result.path == path
    return result.text


def test_a_path_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text("a")
    files = Files(tmp_path)
    first = files.read("main.tf")
    (tmp_path / "main.tf").write_text("b")
    assert files.read("./main.tf") is first


@pytest.mark.parametrize(
    "data",
    [
        "é\r\n".encode(),
        codecs.BOM_UTF8 + "é\r\n".encode(),
        codecs.BOM_UTF16_LE + "é\r\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "é\r\n".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "é\r\n".encode("utf-32-le"),
    ],
)
def test_byte_order_marks(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "t.yaml").write_bytes(data)
    assert text_of(Files(tmp_path), "t.yaml") == "é\r\n"
    assert Files(tmp_path).opening("t.yaml") == "é\r\n"


def test_an_empty_file_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").touch()
    assert text_of(Files(tmp_path), "t.yaml") == ""


@pytest.mark.parametrize(
    ("data", "column"),
    [
        (b"a\nb\xe9\n", 2),
        ("a\nb: é\0".encode(), 5),
        (b"a\n\x89PNG\r\n", 1),
        ("a\r\nb: \u0a00".encode("utf-16") + b"\x00\xd8", 5),
        (b"a\rb\xe9\r", 2),
    ],
)
def test_what_is_not_text_is_refused_where_it_stands(tmp_path: Path, data: bytes, column: int) -> None:
    (tmp_path / "t.yaml").write_bytes(data)
    diagnostic = refused(Files(tmp_path), "t.yaml")
    assert (diagnostic.code, *diagnostic.place[1:3]) == ("not-text", 2, column)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "t.yaml").open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    diagnostic = refused(Files(tmp_path), "t.yaml")
    assert diagnostic.code == "file-too-large"
    assert "10 MiB" in diagnostic.message
    assert "100.0 MiB" in diagnostic.message


def test_the_largest_allowed_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("x" * MAX_BYTES)
    assert len(text_of(Files(tmp_path), "t.yaml")) == MAX_BYTES


def test_a_file_longer_than_it_says_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haanalyzer.source.files.MAX_BYTES", 3)
    (tmp_path / "t.yaml").write_text("four")
    status = os.stat_result((0o100644, 0, 0, 1, 0, 0, 0, 0, 0, 0))
    monkeypatch.setattr(Path, "stat", lambda *_, **__: status)
    assert refused(Files(tmp_path), "t.yaml").code == "file-too-large"


def test_only_regular_files_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.tf")
    (tmp_path / "folder.tf").mkdir()
    monkeypatch.chdir(tmp_path)  # a socket's address is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.tf")
        files = Files(tmp_path)
        assert {refused(files, f"{kind}.tf").code for kind in ("pipe", "folder", "socket")} == {"not-a-file"}
        assert not any(files.is_file(f"{kind}.tf") for kind in ("pipe", "folder", "socket"))


def test_missing_files_and_dangling_symlinks(tmp_path: Path) -> None:
    (tmp_path / "dangling.tf").symlink_to("nowhere.tf")
    (tmp_path / "file.tf").touch()
    files = Files(tmp_path)
    assert refused(files, "missing.tf").code == "no-such-file"
    assert refused(files, "file.tf/x.tf").code == "no-such-file"
    dangling = refused(files, "dangling.tf")
    assert dangling.code == "no-such-file"
    assert "symlink" in dangling.message


def test_symlink_loops(tmp_path: Path) -> None:
    (tmp_path / "a.tf").symlink_to("b.tf")
    (tmp_path / "b.tf").symlink_to("a.tf")
    files = Files(tmp_path)
    assert refused(files, "a.tf").code == "symlink-loop"
    assert isinstance(files.entries("a.tf"), Diagnostic)
    assert not files.is_file("a.tf")


@pytest.mark.parametrize("path", ["a\0b.tf", "x" * 300 + ".tf", "/".join("x" * 2500)])
def test_impossible_names(tmp_path: Path, path: str) -> None:
    files = Files(tmp_path)
    assert refused(files, path).code in {"unreadable", "no-such-file"}
    assert not files.is_file(path)
    assert not files.is_folder(path)
    assert files.names_in(path) == []


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.yaml").touch()

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    files = Files(tmp_path)
    monkeypatch.setattr(Path, "open", denied)
    monkeypatch.setattr(os, "scandir", denied)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert refused(files, "t.yaml").message == "cannot be read: Permission denied"
    assert isinstance(files.entries("."), Diagnostic)
    assert not files.is_folder(".")


def test_a_folder_s_names(tmp_path: Path) -> None:
    (tmp_path / "b.tf").touch()
    (tmp_path / "a").mkdir()
    (tmp_path / "c").symlink_to("a")
    os.mkfifo(tmp_path / "d")
    (Path(os.fsdecode(bytes(tmp_path) + b"/\xff.tf"))).touch()
    files = Files(tmp_path)
    assert files.names_in(".") == ["a", "b.tf", "c", "d"]
    entries = files.entries(".")
    assert not isinstance(entries, Diagnostic)
    assert entries[:4] == [Entry("a", "folder"), Entry("b.tf", "file"), Entry("c", "link"), Entry("d", "other")]


class TestConfinement:
    @pytest.fixture
    def project(self, tmp_path: Path) -> Path:
        """``project/root`` beside ``project/shared``, and ``secret`` outside, each with a file ``x.tf``."""
        for folder in ("project/root", "project/shared", "secret"):
            (tmp_path / folder).mkdir(parents=True)
            (tmp_path / folder / "x.tf").write_text(folder)
        (tmp_path / "project/root/common.tf").symlink_to("../shared/x.tf")
        (tmp_path / "project/root/stolen.tf").symlink_to("../../secret/x.tf")
        (tmp_path / "project/root/stolen").symlink_to("../../secret")
        return tmp_path / "project"

    def test_symlinks_may_lead_anywhere_in_the_base(self, project: Path) -> None:
        assert text_of(Files(project), "root/common.tf") == "project/shared"

    def test_symlinks_may_lead_anywhere_in_the_repository(self, project: Path) -> None:
        assert refused(Files(project / "root"), "common.tf").code == "outside-project"
        (project / ".git").mkdir()
        assert text_of(Files(project / "root"), "common.tf") == "project/shared"

    def test_the_repository_may_be_the_symlink_s_own(self, project: Path) -> None:
        (project / ".git").touch()
        base = project.parent / "base"
        base.mkdir()
        assert text_of(Files(base), "../project/root/common.tf") == "project/shared"
        assert refused(Files(base), "../project/root/stolen.tf").code == "outside-project"

    @pytest.mark.parametrize("git", [True, False])
    def test_symlinks_may_not_lead_elsewhere(self, project: Path, git: bool) -> None:
        if git:
            (project / ".git").mkdir()
        (project.parent / "secret/.git").mkdir()
        files = Files(project)
        for path in ("root/stolen.tf", "root/stolen/x.tf"):
            assert refused(files, path).code == "outside-project"
            assert isinstance(files.opening(path), Diagnostic)
            assert not files.is_file(path)
        assert not files.is_folder("root/stolen")
        assert files.names_in("root/stolen") == []

    def test_text_may_name_neighbours_but_no_absolute_path(self, project: Path) -> None:
        files = Files(project / "root")
        assert text_of(files, "../shared/x.tf") == "project/shared"
        assert refused(files, str(project.parent / "secret/x.tf")).code == "outside-project"
        assert text_of(files, str(project / "root/x.tf")) == "project/root"

    def test_what_the_user_named_may_be_read(self, project: Path) -> None:
        files = Files(project)
        files.admit(str(project.parent / "secret"))
        assert text_of(files, "root/stolen.tf") == "secret"


class TestOverlay:
    def test_buffers_stand_in_for_files_by_any_name(self, tmp_path: Path) -> None:
        (tmp_path / "shared.tf").write_text("saved")
        (tmp_path / "root").mkdir()
        (tmp_path / "root/link.tf").symlink_to("../shared.tf")
        files = Files(tmp_path, {"shared.tf": "\ufeffedited"})
        assert text_of(files, "shared.tf") == text_of(files, "root/link.tf") == "edited"

    def test_buffers_need_not_be_saved(self, tmp_path: Path) -> None:
        files = Files(tmp_path, {"new/main.tf": "edited"})
        assert text_of(files, "new/main.tf") == files.opening("new/main.tf") == "edited"
        assert files.is_file("new/main.tf")
        assert files.is_folder("new")
        assert files.names_in("new") == ["main.tf"]

"""URIs of files."""

from pathlib import Path

import pytest

from haanalyzer.lsp.uris import path_of, unsaved_name, uri_of


@pytest.mark.parametrize(
    "name", ["a b.tf", "100%.tf", "100%25.tf", "ü.yaml", "😀.tf", "a#b?c.tf", "a;b.tf", "[x]+(y)@z.tf"]
)
def test_a_path_is_found_again(name):
    assert path_of(uri_of(Path("/work space", name))) == Path("/work space", name)
    assert path_of(Path("/work space", name).as_uri()) == Path("/work space", name)


def test_a_semicolon_ends_no_path():
    assert path_of("file:///a/b;c=1.tf") == Path("/a/b;c=1.tf")


def test_a_path_is_normalized():
    assert path_of("file:///a/./b/../c.tf") == Path("/a/c.tf")


def test_a_drive_is_the_same_however_it_is_encoded():
    assert path_of("file:///c%3A/stacks/main.tf") == path_of("file:///C:/stacks/main.tf")


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "git:/a/main.tf?HEAD", "vscode-vfs://github/a/main.tf", "file:///%00.tf", ""]
)
def test_what_is_no_file_has_no_path(uri):
    assert path_of(uri) is None


def test_an_unsaved_document_is_called_by_its_language():
    assert unsaved_name("untitled:Untitled-1", "terraform") == "Untitled-1.tf"
    assert unsaved_name("untitled:Untitled-1", "yaml") == "Untitled-1.yaml"
    assert unsaved_name("untitled:/home/me/new.template.json", "plaintext") == "new.template.json"
    assert unsaved_name("untitled:Untitled-1", "python") is None

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from haanalyzer.source.discovery import Discovery, discover
from haanalyzer.source.files import Files

TEMPLATE = "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n"


def project(base: Path, texts: dict[str, str]) -> Path:
    for path, text in texts.items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_text(text)
    return base


def found(base: Path, *paths: str) -> Discovery:
    return discover(paths or ["."], Files(base))


def codes(discovery: Discovery) -> list[tuple[str, str]]:
    return [(diagnostic.place.path, diagnostic.code) for diagnostic in discovery.diagnostics]


def calls(*sources: str) -> str:
    return "".join(f'module "m{n}" {{\n  source = "{source}"\n}}\n' for n, source in enumerate(sources))


class TestRoots:
    def test_called_modules_are_no_roots(self, tmp_path: Path) -> None:
        texts = {"env/prod/main.tf": calls("../../modules/vpc"), "modules/vpc/main.tf": calls("./nat/")}
        project(tmp_path, texts | {"modules/vpc/nat/main.tf": "", "modules/lonely/main.tf": ""})
        discovery = found(tmp_path)
        assert discovery.roots == ("env/prod", "modules/lonely")
        assert discovery.called == ("modules/vpc", "modules/vpc/nat")

    def test_a_library_is_reached_through_its_examples(self, tmp_path: Path) -> None:
        project(
            tmp_path,
            {"main.tf": "", "examples/complete/main.tf": calls("../../"), "examples/bare/main.tf": calls("../..")},
        )
        assert found(tmp_path).roots == ("examples/bare", "examples/complete")
        assert found(tmp_path).called == (".",)

    @pytest.mark.parametrize(
        "own",
        [
            {"app/backend.tf": 'terraform {\n  backend "s3" {}\n}'},
            {"app/cloud.tf": "terraform {\n  cloud {\n  }\n}"},
            {"app/terraform.tfvars": ""},
            {"app/prod.auto.tfvars": ""},
        ],
    )
    def test_a_called_module_with_its_own_state_or_values_is_a_root(self, tmp_path: Path, own: dict[str, str]) -> None:
        project(tmp_path, {"main.tf": calls("./app"), "app/main.tf": ""} | own)
        assert found(tmp_path).roots == (".", "app")

    def test_of_a_circle_that_nobody_enters_the_first_is_a_root(self, tmp_path: Path) -> None:
        project(tmp_path, {"b/x.tf": calls("../c"), "c/x.tf": calls("../b"), "itself/x.tf": calls("../itself", "../a")})
        project(tmp_path, {"a/x.tf": ""})
        discovery = found(tmp_path)
        assert discovery.roots == ("b", "itself")
        assert discovery.called == ("a", "c")

    @pytest.mark.parametrize(
        "text",
        [
            '# module "a" {\n#   source = "./app"\n# }',
            'module "a" {\n  source = "app/aws"\n}',
            'module "a" {\n  # source = "./app"\n  source = "x/y/aws"\n}',
            'resource "aws_s3_object" "o" {\n  source = "./app"\n}',
            'module "a" {\n  source = "x/y/aws"\n}\nresource "aws_s3_object" "o" {\n  source = "./app"\n}',
        ],
    )
    def test_what_is_no_call(self, tmp_path: Path, text: str) -> None:
        project(tmp_path, {"main.tf": text, "app/main.tf": ""})
        assert found(tmp_path).roots == (".", "app")

    @pytest.mark.parametrize(
        "text", ['module "a" { source = "./app" }', 'module a {\n  count = 2\n  source= "./app"\n}']
    )
    def test_what_is_a_call(self, tmp_path: Path, text: str) -> None:
        project(tmp_path, {"main.tf": text, "app/main.tf": ""})
        assert found(tmp_path).roots == (".",)

    def test_a_file_given_by_name_stands_for_its_folder(self, tmp_path: Path) -> None:
        project(tmp_path, {"main.tf": calls("./app"), "app/main.tf": "", "app/vpc.tf": ""})
        assert found(tmp_path, "main.tf", "app/main.tf", "app/vpc.tf").roots == (".", "app")

    def test_absolute_and_relative_names_are_one(self, tmp_path: Path) -> None:
        project(tmp_path, {"app/main.tf": "", "t.yaml": TEMPLATE})
        discovery = found(tmp_path, str(tmp_path), "./app", "app/../t.yaml")
        assert discovery == Discovery(templates=("t.yaml",), roots=("app",))


class TestTemplates:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("t.yaml", TEMPLATE),
            ("t.template", TEMPLATE),
            ("t.cfn.yml", "---\n# licence\nResources:\n  Vpc:\n    Type: AWS::EC2::VPC\n"),
            ("t.yaml", "Resources:\n  Vpc: {Type: 'AWS::EC2::VPC'}\n"),
            ("t.yaml", "Transform: [AWS::Serverless-2016-10-31]\nResources:\n  Fn::Transform: {}\n"),
            ("t.yaml", "Resources: # one - two\n  Vpc:\n    Type: AWS::EC2::VPC\n"),
            ("t.YAML", "Resources:\r\n  Thing:\r\n    Type: Custom::Thing\r\n"),
            ("t.json", '{"Resources": {"Skill": {"Type": "Alexa::ASK::Skill"}}}'),
            ("t.yaml", '{"AWSTemplateFormatVersion": "2010-09-09"'),
            ("t.yaml", "AWSTemplateFormatVersion: '2010-09-09'\nResources: [\n\t}"),
            ("t.yaml", "{% if x %}\nAWSTemplateFormatVersion: '2010-09-09'\n{% endif %}\n"),
            ("t.yaml", "# broken\n  AWSTemplateFormatVersion: '2010-09-09'\nResources:\n"),
        ],
    )
    def test_templates(self, tmp_path: Path, name: str, text: str) -> None:
        project(tmp_path, {name: text})
        assert found(tmp_path).templates == (name,)
        assert found(tmp_path, name).templates == (name,)

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("guard_tests.yml", f"- name: one\n  input:\n    {TEMPLATE}"),
            ("parameters.json", '[{"ParameterKey": "AWSTemplateFormatVersion", "ParameterValue": "1"}]'),
            ("appspec.yml", "version: 0.0\nResources:\n  # one - two\n  - Service:\n      Type: AWS::ECS::Service\n"),
            ("workflow.yaml", "on: push\njobs:\n  a:\n    steps:\n      - run: echo AWSTemplateFormatVersion\n"),
            ("serverless.yml", "service: x\nresources:\n  Resources:\n    T:\n      Type: AWS::SQS::Queue\n"),
            ("configmap.yaml", f"kind: ConfigMap\ndata:\n  t.yaml: |\n    {TEMPLATE}"),
            ("event.json", '{"fragment": {"AWSTemplateFormatVersion": "1", "Resources": {"Type": "AWS::A::B"}}}'),
            ("text.json", '{"a": "{\\"Resources\\": ", "b": "AWSTemplateFormatVersion: x"}'),
            ("package.json", '{"Transform": "AWS::Serverless-2016-10-31", "dependencies": {}}'),
            ("openapi.yaml", "openapi: 3.0.0\nResources:\n  Type: object\n"),
            ("empty.yaml", ""),
            ("blank.json", "{}"),
        ],
    )
    def test_look_alikes(self, tmp_path: Path, name: str, text: str) -> None:
        project(tmp_path, {name: text})
        assert found(tmp_path) == Discovery()
        assert codes(found(tmp_path, name)) == [(name, "not-a-template")]

    @pytest.mark.parametrize("before", ["\n" * 500, "# licence\n\n" * 500, "---\n  \n" * 500])
    def test_blank_lines_take_no_time(self, tmp_path: Path, before: str) -> None:
        project(tmp_path, {"t.yaml": before + TEMPLATE, "other.yaml": f"{before}a: b\n{TEMPLATE}"})
        started = time.process_time()
        assert found(tmp_path).templates == ("other.yaml", "t.yaml")
        assert time.process_time() - started < 1

    def test_a_carriage_return_alone_ends_a_line(self, tmp_path: Path) -> None:
        texts = {"a.yaml": f"# licence\n{TEMPLATE}", "b.yaml": "Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n"}
        project(tmp_path, {path: text.replace("\n", "\r") for path, text in texts.items()})
        assert found(tmp_path).templates == ("a.yaml", "b.yaml")

    def test_a_long_template_is_known_by_its_end(self, tmp_path: Path) -> None:
        mappings = '"Mappings": {"M": {"K": {"V": "' + "x" * 70_000 + '"}}}'
        project(tmp_path, {"t.json": f'{{{mappings}, "Resources": {{"V": {{"Type": "AWS::EC2::VPC"}}}}}}'})
        assert found(tmp_path).templates == ("t.json",)

    def test_copies_and_assets_are_left_out(self, tmp_path: Path) -> None:
        left_out = (".terraform/modules/x", "node_modules/x", ".git/x", ".aws-sam/build", "out/asset.1234")
        project(tmp_path, {f"{folder}/t.yaml": TEMPLATE for folder in left_out} | {"out/cdk.out": "{}"})
        project(tmp_path, {f"{folder}/main.tf": "" for folder in left_out} | {"out/S.template.json": TEMPLATE})
        assert found(tmp_path) == Discovery(templates=("out/S.template.json",))
        assert found(tmp_path, "node_modules").templates == ("node_modules/x/t.yaml",)

    def test_nested_templates_by_path_and_by_url(self, tmp_path: Path) -> None:
        master = (
            "Resources:\n"
            "  A:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./parts/vpc.yaml\n"
            "  B:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
            "      TemplateURL: !Sub https://${Bucket}.s3.amazonaws.com/${Prefix}one/db.yaml\n"
            "  C:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL:\n        Fn::Join:\n"
            "          - ''\n          - - https://s3.amazonaws.com/\n"
            "            - !Ref Bucket\n            - /web.yaml\n"
            "  D:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: master.yaml\n"
            "      Parameters:\n        Other: lonely.yaml\n"
            "  E:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: ./flow.yaml}\n"
        )
        parts = ("parts/vpc.yaml", "one/db.yaml", "two/db.yaml", "web.yaml", "lonely.yaml", "flow.yaml")
        project(tmp_path, {"master.yaml": master} | dict.fromkeys(parts, TEMPLATE))
        discovery = found(tmp_path)
        assert discovery.nested == {"parts/vpc.yaml", "one/db.yaml", "web.yaml", "flow.yaml"}
        assert set(discovery.templates) == {"master.yaml", *parts}

    def test_hostile_text_takes_no_time(self, tmp_path: Path) -> None:
        texts = ("TemplateURL: " + "a." * 290 + "\n", "TemplateURL: ", "${", '{"a\\', "#\n", 'module "a" {')
        project(tmp_path, {f"{number}.yaml": TEMPLATE + text * 2000 for number, text in enumerate(texts)})
        project(tmp_path, {f"{number}.tf": text * 2000 for number, text in enumerate(texts)})
        started = time.monotonic()
        found(tmp_path)
        assert time.monotonic() - started < 5


class TestWhatIsNotRead:
    def test_given_files_that_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "binary.yaml").write_bytes(b"\0\1")
        os.mkfifo(tmp_path / "pipe.yaml")
        os.mkfifo(tmp_path / "pipe.tf")
        assert codes(found(tmp_path, "binary.yaml", "missing.tf", "pipe.tf", "pipe.yaml", "missing")) == [
            ("binary.yaml", "not-text"),
            ("missing", "no-such-file"),
            ("missing.tf", "no-such-file"),
            ("pipe.tf", "not-a-file"),
            ("pipe.yaml", "not-a-file"),
        ]

    def test_files_met_on_the_way_are_mentioned_only_if_they_may_be_templates(self, tmp_path: Path) -> None:
        (tmp_path / "asset.json").write_bytes(b'{"a": "\xe9\0"}')
        (tmp_path / "broken.yaml").write_bytes(TEMPLATE.encode() + b"\xe9")
        (tmp_path / "gone.yaml").symlink_to("nowhere")
        (tmp_path / "gone.txt").symlink_to("nowhere")
        os.mkfifo(tmp_path / "pipe.yaml")
        for name, text in {"large.json": '{"x": 1, ', "large.yaml": TEMPLATE}.items():
            with (tmp_path / name).open("w") as stream:
                stream.write(text)
                stream.truncate(100 * 1024 * 1024)
        started = time.monotonic()
        discovery = found(tmp_path)
        assert time.monotonic() - started < 2
        assert discovery.templates == ()
        assert codes(discovery) == [
            ("broken.yaml", "not-text"),
            ("gone.yaml", "no-such-file"),
            ("large.yaml", "file-too-large"),
            ("pipe.yaml", "not-a-file"),
        ]

    def test_symlink_loops_end_and_twins_count_once(self, tmp_path: Path) -> None:
        project(tmp_path, {"real/t.yaml": TEMPLATE, "real/main.tf": ""})
        (tmp_path / "real/loop").symlink_to("..")
        (tmp_path / "alias").symlink_to("real")
        (tmp_path / "a.yaml").symlink_to("real/t.yaml")
        (tmp_path / "self.yaml").symlink_to("self.yaml")
        discovery = found(tmp_path)
        assert discovery.templates == ("real/t.yaml",)
        assert discovery.roots == ("real",)
        assert codes(discovery) == [("self.yaml", "symlink-loop")]

    def test_symlinks_out_of_the_project_are_not_followed(self, tmp_path: Path) -> None:
        project(tmp_path, {"secret/t.yaml": TEMPLATE, "project/main.tf": ""})
        (tmp_path / "project/t.yaml").symlink_to("../secret/t.yaml")
        (tmp_path / "project/folder").symlink_to("../secret")
        discovery = found(tmp_path / "project")
        assert discovery.templates == ()
        assert codes(discovery) == [("folder", "outside-project"), ("t.yaml", "outside-project")]
        assert found(tmp_path / "project", "t.yaml").templates == ("t.yaml",)

    def test_folders_that_cannot_be_listed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        project(tmp_path, {"a/main.tf": "", "locked/main.tf": ""})
        scandir = os.scandir

        def guarded(path: Path) -> object:
            if path.name == "locked":
                raise PermissionError(13, "Permission denied")
            return scandir(path)

        monkeypatch.setattr(os, "scandir", guarded)
        discovery = found(tmp_path)
        assert discovery.roots == ("a",)
        assert codes(discovery) == codes(found(tmp_path, "locked")) == [("locked", "unreadable")]

    def test_names_that_cannot_be_printed(self, tmp_path: Path) -> None:
        Path(os.fsdecode(bytes(tmp_path) + b"/\xff.yaml")).write_text(TEMPLATE)
        assert codes(found(tmp_path)) == [("\\udcff.yaml", "name-not-text")]


class TestBrokenFiles:
    """The files of testdata/broken: each is handed on or has its one diagnostic, given by name or met on the way."""

    BROKEN = Path(__file__).parents[2] / "testdata" / "broken"

    def test_met_on_the_way(self) -> None:
        discovery = found(self.BROKEN)
        assert discovery.templates == ("jinja.yaml", "tabs.yaml", "truncated.json", "unclosed.yaml")
        assert discovery.roots == ("terraform",)
        assert codes(discovery) == [("latin-1.yaml", "not-text"), ("nul.template", "not-text")]

    def test_given_by_name(self) -> None:
        names = sorted(path.name for path in self.BROKEN.iterdir() if path.is_file())
        discovery = found(self.BROKEN, *names)
        reported = [name for name, _ in codes(discovery)]
        assert sorted([*discovery.templates, *reported]) == names

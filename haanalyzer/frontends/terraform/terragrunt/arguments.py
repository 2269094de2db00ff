"""What a unit gives to Terraform besides its inputs: the variables that its ``extra_arguments`` set.

Source: Terragrunt's documentation, "Keeping CLI flags DRY" and "terraform block".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from haanalyzer.frontends.deployment import VariableFile, VariableText
from haanalyzer.frontends.terraform.terragrunt.configuration import Configuration
from haanalyzer.values import Absent, Known, ListValue, MapValue, Value

_APPLYING = frozenset({"apply", "plan"})
_ENVIRONMENT = "TF_VAR_"
_FILE, _VARIABLE = "-var-file", "-var"


@dataclass(slots=True)
class ExtraArguments:
    """What a command line sets: ``variables`` in its order, ``environment`` the names of those set there.

    ``unknown`` is why it may set any other variable, too; None where it does not.
    """

    variables: list[VariableFile | VariableText] = field(default_factory=list)
    environment: set[str] = field(default_factory=set)
    unknown: str | None = None


def extra_arguments(configurations: Sequence[Configuration]) -> ExtraArguments:
    """The extra arguments of a unit whose configurations these are, the first of which wins."""
    written = {
        block.labels: (each, each.settings(block))
        for each in reversed(configurations)
        for terraform in each.blocks("terraform")
        for block in terraform.body.blocks_of("extra_arguments")
    }
    found = ExtraArguments()
    for configuration, settings in written.values():
        if _applies(settings.get("commands")):
            _Reader(configuration, found).read(settings)
    return found


def _applies(commands: Value | None) -> bool:
    """Whether arguments may be those of a command that deploys."""
    match commands:
        case ListValue(items=items, open=None) if all(isinstance(item, Known) for item in items):
            return not _APPLYING.isdisjoint(map(str, items))
    return True


class _Reader:
    """Adds what one block says."""

    def __init__(self, configuration: Configuration, found: ExtraArguments) -> None:
        self._configuration = configuration
        self._found = found

    def read(self, settings: Mapping[str, Value]) -> None:
        for path in self._texts(settings, "required_var_files"):
            self._add_file(path)
        for path in self._texts(settings, "optional_var_files"):
            self._add_file(path, is_optional=True)
        self._add_arguments(self._texts(settings, "arguments"))
        match settings.get("env_vars"):
            case None | Absent():
                pass
            case MapValue(entries=entries, open=more):
                names = (name.removeprefix(_ENVIRONMENT) for name in entries if name.startswith(_ENVIRONMENT))
                self._found.environment.update(names)
                if more is not None:
                    self._found.unknown = "env_vars of extra_arguments is not known"
            case _:
                self._found.unknown = "env_vars of extra_arguments is not known"

    def _texts(self, settings: Mapping[str, Value], name: str) -> Iterator[str]:
        """The texts of a list; what of it is not known may set anything."""
        match settings.get(name):
            case None | Absent():
                return
            case ListValue(items=items, open=more):
                known = [str(item) for item in items if isinstance(item, Known)]
                is_known = more is None and len(known) == len(items)
            case _:
                known, is_known = [], False
        if not is_known:
            self._found.unknown = f"{name} of extra_arguments is not known"
        yield from known

    def _add_file(self, written: str, *, is_optional: bool = False) -> None:
        path = self._configuration.place.path(written)
        if self._configuration.context.files.is_file(path):
            self._found.variables.append(VariableFile(path))
        elif not is_optional or path.startswith(".."):
            self._found.unknown = f"the variables of {path} are not read"

    def _add_arguments(self, arguments: Iterator[str]) -> None:
        """Those that set variables, be their values arguments of their own or not."""
        for argument in arguments:
            flag, equals, value = argument.lstrip("-").partition("=")
            if f"-{flag}" in (_FILE, _VARIABLE):
                self._add(f"-{flag}", value if equals else next(arguments, ""))
            elif argument.lstrip("-").startswith("var"):
                self._add(*argument.split(maxsplit=1))

    def _add(self, flag: str, value: str = "") -> None:
        if flag.endswith(_FILE):
            self._add_file(value)
        else:
            name, _, text = value.partition("=")
            self._found.variables.append(VariableText(name.strip(), text))

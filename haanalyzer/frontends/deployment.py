"""What a frontend hands on: the declarations of one deployment, in the provider's own words."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from haanalyzer.frontends.origin import OriginOf, written_by_hand
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.document import Document
from haanalyzer.source.span import Span
from haanalyzer.values import Assumption, Blocker, Scalar, Term, Value

Dialect = Literal["cloudformation", "terraform"]

NOT_INSTALLED = "not installed"
"""How the reason ends of what is unknown until ``terraform init`` has fetched a module."""


@dataclass(frozen=True, slots=True)
class Existence:
    """Whether an instance is there. ``unless`` holds what keeps that from being certain.

    A certain instance may still rest on assumptions (a condition over a
    parameter's default). What certainly does not exist is not declared at all.
    ``several`` is true for an instance that stands for an unknown number of them,
    none included. ``conditions`` hold wherever the instance is there; it is there
    wherever they hold if there is one for each of ``unless``.
    """

    unless: tuple[Blocker, ...] = ()
    assuming: frozenset[Assumption] = frozenset()
    several: bool = False
    conditions: tuple[Term, ...] = ()

    @property
    def certain(self) -> bool:
        return not self.unless

    @property
    def explained(self) -> bool:
        """Whether it is there wherever its conditions hold."""
        return not self.several and len(self.conditions) == len(self.unless)

    def follows_from(self, other: Existence) -> bool:
        """Whether this instance is there wherever the other one is."""
        return self.certain or (self.explained and set(self.conditions) <= set(other.conditions))


CERTAIN = Existence()


class Attributes(Mapping[str, Value]):
    """Attributes by the provider's names, each evaluated when asked for.

    A value's place is where its literal stands, which may be in another file;
    `key_span` is the line that gives the attribute its value.
    """

    @abstractmethod
    def key_span(self, name: str) -> Span | None:
        """The place of an attribute's name or of its first block's header; None when it is not written."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One instance of a resource, after count, for_each, modules, conditions and nested stacks.

    ``address`` is what its own tool would call it (``module.vpc.aws_subnet.private[0]``,
    ``NetworkStack/PublicSubnet1``; ``[*]`` where the number of instances is unknown).
    ``place`` is the one-line span that names it. ``attributes`` maps the provider's
    attribute names to values, evaluated when asked for; what was not written is not
    in it. Terraform's nested blocks appear as a ListValue of MapValue under the
    block's type. ``region`` is where it is deployed. ``calls`` are the module calls or
    stack resources it was reached through, outermost first. ``default_tags`` gives the
    tags it bears besides its own, as a map, None when there are none. ``shown`` gives the
    attributes as they may be shown to people: what rests on something declared to be secret
    (``sensitive``, ``NoEcho``) is unknown there. None where the resource itself rests on it.
    One that is ``borrowed`` is another deployment's, whose outputs this one reads: what is wrong
    with it is said there.
    """

    dialect: Dialect
    address: str
    type: str
    place: Span
    attributes: Attributes
    region: Value
    existence: Existence = CERTAIN
    calls: tuple[Span, ...] = ()
    default_tags: Callable[[], Value | None] = lambda: None
    shown: Callable[[], Attributes | None] = lambda: None
    borrowed: bool = False


@dataclass(frozen=True, slots=True)
class OpaqueModule:
    """A module or nested stack whose content cannot be read: it may hold anything that its arguments reach.

    A macro ``reaches_everything``: it may add to any resource.
    """

    address: str
    place: Span
    reason: str
    arguments: Mapping[str, Value]
    reaches_everything: bool = False

    @property
    def blocker(self) -> Blocker:
        return Blocker(self.address, self.place, self.reason)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A resource type of which something would be there, were it not for defaults that were taken."""

    type: str
    assuming: frozenset[Assumption]


class Named(NamedTuple):
    """What a name, reference or function is, as ``text`` writes it.

    ``address`` is that of the module or stack instance it is so in, or of the one thing in it; empty for the root.
    """

    text: str
    address: str
    value: Value


ValuesAt = Callable[[Span, Document], tuple[Named, ...]]
"""What stands at a place (of no width) of a document is, once for each instance of its module or template."""


def nothing_at(_place: Span, _document: Document) -> tuple[Named, ...]:
    """The answer of what could not be read."""
    return ()


class Case(NamedTuple):
    """A deployment where something is settled that its conditions leave open.

    ``words`` say all that is settled (``Environment is not "prod"``), ``settled`` is the same for the
    same case however it was come by. ``deployment`` reads it.
    """

    words: str
    settled: Hashable
    deployment: Callable[[], Deployment]


Cases = Callable[[Sequence[Blocker]], tuple[Case, ...]]
"""What blocks a check, as the cases that it leaves open: one of them is deployed, whatever is passed."""


def no_cases(_blockers: Sequence[Blocker]) -> tuple[Case, ...]:
    """The answer where nothing can be settled."""
    return ()


@dataclass(frozen=True, slots=True)
class Deployment:
    """One thing that is deployed as a whole: a CloudFormation template or a Terraform root module.

    ``path`` is the template's path or the root module's folder; that of a plan where it is read without a
    configuration, or several of one folder are. ``stands_for`` is the folder of the root module that a plan
    is analyzed in the place of. ``files`` are the
    paths that were read for it, ``borrowed_files`` those of what it borrows. ``found_later``
    gives the diagnostics of what was evaluated since, for attributes are evaluated when
    asked for. ``values_at`` answers for what is no resource; it never raises, and gives
    nothing that is secret. ``origin_of`` tells what made a resource that a program has written.
    ``outline`` is this deployment once more, with less of it evaluated,
    where what was asked of this one takes more than one analysis may: what it answered is to
    be forgotten then.
    ``cases`` divides what its conditions leave open, nothing where that cannot be told. ``without_defaults``
    is the same where no default of a parameter settles one; None where defaults are no matter of conditions.
    """

    dialect: Dialect
    path: str
    declarations: tuple[Declaration, ...]
    opaque: tuple[OpaqueModule, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    files: tuple[str, ...] = ()
    borrowed_files: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    found_later: Callable[[], tuple[Diagnostic, ...]] = tuple
    values_at: ValuesAt = nothing_at
    outline: Callable[[], Deployment | None] = lambda: None
    origin_of: OriginOf = written_by_hand
    stands_for: str | None = None
    stack: str | None = None
    cases: Cases = no_cases
    without_defaults: Callable[[], Deployment] | None = None

    @property
    def name(self) -> str:
        """What tells it from the others of a project: ``network.yaml``, or ``network.yaml (production)``."""
        return self.path if self.stack is None else f"{self.path} ({self.stack})"


class VariableFile(NamedTuple):
    """A file of Terraform variables, by its path."""

    path: str


class VariableText(NamedTuple):
    """A Terraform variable as it is written on the command line: raw text, or an expression, by the variable's type."""

    name: str
    text: str


class VariableData(NamedTuple):
    """A Terraform variable whose value is plain data (of JSON's kinds), with the place where that is written."""

    name: str
    data: object
    place: Span


Variable = VariableFile | VariableText | VariableData

Parameters = Mapping[str, Value | Scalar | list[Scalar]]
"""What is passed for parameters of a template, by their names. A value is placed where it is written."""


@dataclass(frozen=True, slots=True)
class ModulePaths:
    """Where modules are that ``terraform init`` has not installed.

    ``named`` gives the folder of a module by its source without version (``terraform-aws-modules/vpc/aws``),
    or by the path of its call (``network.vpc``). ``folders`` hold modules by the registry's name or their repository's.
    """

    named: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the user passes, and is therefore known.

    ``region`` is where a template is deployed, and what Terraform's provider falls
    back to when its configuration names none. ``parameters`` are CloudFormation's, of ``parameter_files``
    and else; ``tags`` are the stack's, which it gives to all that is in it. ``variables`` are Terraform's
    ``-var-file`` and ``-var`` in the order given, in which a later one wins. ``modules`` are paths of Terraform's
    modules, ``workspace`` is its workspace.
    ``source`` is the folder of the configuration that the plans in JSON were made of; None for their own folders.
    ``stack`` is the name of the stack that is deployed so, ``account`` the account's number or what the project
    calls it; both are None where nothing is said of them. With ``every_case`` no default of a parameter
    settles a condition.
    """

    region: str | None = None
    parameters: Parameters = field(default_factory=dict)
    parameter_files: tuple[str, ...] = ()
    tags: Parameters = field(default_factory=dict)
    variables: tuple[Variable, ...] = ()
    modules: ModulePaths = field(default_factory=ModulePaths)
    workspace: str | None = None
    source: str | None = None
    stack: str | None = None
    account: str | None = None
    every_case: bool = False

    @property
    def files(self) -> tuple[str, ...]:
        """The files of parameters and variables."""
        return (*self.parameter_files, *(each.path for each in self.variables if isinstance(each, VariableFile)))


@dataclass(frozen=True, slots=True)
class Target:
    """What is deployed with which inputs: a template or plan by its path, or a root module by its folder.

    ``profile`` is the one that it is held to; None for that of the project. ``stack`` tells it from the
    others of this path; None where the configuration does not name it, which may be deployed any number of times.
    """

    path: str
    inputs: Inputs
    profile: str | None = None
    stack: str | None = None

"""From what was found to deployments: each is read by its frontend, and a fault of ours costs only one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from haanalyzer.engine.faults import internal_error
from haanalyzer.engine.targets import Deployed
from haanalyzer.frontends.deployment import Deployment, Inputs, Target
from haanalyzer.source.diagnostic import Diagnostic
from haanalyzer.source.discovery import Discovery
from haanalyzer.source.files import Files, join

if TYPE_CHECKING:
    from haanalyzer.frontends.cloudformation.exchange.neighbours import Neighbours
    from haanalyzer.frontends.terraform.states.stores import Store, Stores


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing to deploy, as it was read: None where it could not be, and what is wrong with it."""

    deployment: Deployment | None
    diagnostics: tuple[Diagnostic, ...] = ()


def admit_inputs(inputs: Inputs, files: Files) -> None:
    """Let the files that the user passed be read, wherever they are."""
    for path in inputs.files:
        files.admit(path)
    for folder in (*inputs.modules.named.values(), *inputs.modules.folders):
        files.admit(folder)
    if inputs.source is not None:
        files.admit(inputs.source)


@dataclass(frozen=True, slots=True)
class Given:
    """What every frontend's reader is given besides a path.

    ``stores`` tells where the Terraform roots of the run keep their states, ``neighbours`` whom one of its
    stacks exports to and imports from.
    """

    files: Files
    stores: Stores
    neighbours: Callable[[Target], Neighbours]


Reader = Callable[[Target, Given], Reading]
"""A frontend's reader of what is deployed."""


def stores_of(found: Discovery, files: Files) -> Mapping[str, Store | None]:
    """Where the Terraform roots that were found keep their states, by their folders."""
    from haanalyzer.frontends.terraform.states.kept import stores_of

    return stores_of(found.roots, files)


def readings(
    found: Discovery, deployed: Deployed, inputs: Inputs, read: Callable[[Reader, Target], Reading]
) -> Iterator[Reading]:
    """What was found, read one by one as it is deployed: ``read`` is given a frontend's reader and what it reads.

    A template that another one takes in as a nested stack is read as part of that, and
    on its own only when it is named by the user. A root that there is a plan of is read with
    that plan, which knows what the configuration leaves open; with several plans (of its stages,
    say) it is as many deployments. What is deployed as a stack is always read.
    """
    planned: set[str | None] = set()
    sources = {path: inputs.source or join(path, "..") for path in found.plans}
    plans_of = Counter(sources.values())
    for path, source in sources.items():
        reader = PlanReader(source, is_named=path in found.given, is_only=plans_of[source] == 1)
        reading = read(reader, Target(path, inputs))
        planned.update([reading.deployment.stands_for] if reading.deployment else ())
        yield reading
    for root in deployed.roots:
        if root.stack is not None or root.path not in planned:
            yield read(read_root, root)
    taken_in: set[str] = set()
    for target in sorted(deployed.templates, key=lambda target: (target.path in found.nested, target.path)):
        is_only_nested = target.path in found.nested and target.path not in found.given and target.stack is None
        if is_only_nested and target.path in taken_in:
            continue
        reading = read(read_template, target)
        taken_in.update(reading.deployment.files if reading.deployment else ())
        yield reading


def read_root(root: Target, given: Given) -> Reading:
    """A Terraform root module, by its folder."""
    from haanalyzer.frontends.terraform.root import read_root

    try:
        return reading_of(read_root(root.path, given.files, root.inputs, given.stores), root)
    except Exception as error:  # noqa: BLE001 - a fault of ours costs one root, and is said
        return Reading(None, (internal_error(root.path, error),))


@dataclass(frozen=True, slots=True)
class PlanReader:
    """Reads a Terraform plan in JSON, by its path.

    ``source`` is the folder that it was made of. ``is_named`` where the user named the plan and did not only
    lead to it, ``is_only`` where no other one is of the same folder.
    """

    source: str
    is_named: bool
    is_only: bool

    def __call__(self, plan: Target, given: Given) -> Reading:
        from haanalyzer.frontends.terraform.plan.deployment import read_plan

        try:
            found = read_plan(
                plan.path, self.source, given.files, plan.inputs, is_named=self.is_named, is_only=self.is_only
            )
        except Exception as error:  # noqa: BLE001 - a fault of ours costs one plan, and is said
            return Reading(None, (internal_error(plan.path, error),))
        return Reading(None, (found,)) if isinstance(found, Diagnostic) else reading_of(found, plan)


def read_template(template: Target, given: Given) -> Reading:
    """A CloudFormation template, by its path."""
    from haanalyzer.frontends.cloudformation.template import read_template

    document = given.files.read(template.path)
    if isinstance(document, Diagnostic):
        return Reading(None, (document,))
    try:
        return reading_of(read_template(document, template.inputs, given.files, given.neighbours(template)), template)
    except Exception as error:  # noqa: BLE001 - a fault of ours costs one template, and is said
        return Reading(None, (internal_error(template.path, error),))


def reading_of(deployment: Deployment, target: Target) -> Reading:
    """A deployment that could be read, as what it is deployed."""
    return Reading(replace(deployment, stack=target.stack), deployment.diagnostics)

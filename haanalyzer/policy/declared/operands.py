"""What values are compared with: literals, parameters, other attributes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from haanalyzer.policy.declared.scene import Scene
from haanalyzer.values import Call, Known, Scalar, Unknown, Value


@dataclass(frozen=True, slots=True)
class Literal:
    data: Scalar

    def values(self, scene: Scene) -> tuple[Value, ...]:
        return (Known(data=self.data, place=scene.subject.place),)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the rule; one that is a list gives each of its elements."""

    name: str

    def values(self, scene: Scene) -> tuple[Value, ...]:
        given = scene.parameters[self.name]
        each = given if isinstance(given, list | tuple) else [given]
        return tuple(Known(data=data, place=scene.subject.place) for data in each)


@dataclass(frozen=True, slots=True)
class Attribute:
    """Another attribute of what is looked at, or of the resource judged where ``of_subject``."""

    name: str
    of_subject: bool = False

    def values(self, scene: Scene) -> tuple[Value, ...]:
        return ((scene.at(scene.subject) if self.of_subject else scene).read(self.name),)


@dataclass(frozen=True, slots=True)
class Times:
    """So many times another operand."""

    operand: Operand
    factor: int | float

    def values(self, scene: Scene) -> tuple[Value, ...]:
        return tuple(_times(value, self.factor) for value in self.operand.values(scene))


Operand = Literal | Parameter | Attribute | Times


def _times(value: Value, factor: int | float) -> Value:
    match value:
        case Known(data=int() | float() as number) if not isinstance(number, bool):
            return replace(value, data=number * factor)
        case Known(data=str(text)):
            try:
                return replace(value, data=float(text) * factor)
            except ValueError:
                return value
        case Unknown(term=term, minimum=least):
            return replace(value, term=Call("times", (term, factor)), minimum=least and int(least * factor))
        case _:
            return value

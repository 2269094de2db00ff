"""What a cloud assembly says of how a stack is deployed."""

from __future__ import annotations

from dataclasses import replace

from haanalyzer.frontends.deployment import Inputs
from haanalyzer.source.assembly import StackArtifact


def inputs_of(artifact: StackArtifact, inputs: Inputs) -> Inputs:
    """What a stack is deployed with: its assembly knows where, the user may pass other parameters for it."""
    return replace(
        inputs,
        region=artifact.region or inputs.region,
        account=artifact.account or inputs.account,
        stack=artifact.name,
        parameters={**dict(artifact.parameters), **inputs.parameters},
    )

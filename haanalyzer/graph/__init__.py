"""Declarations times catalogue: resources in our words, and one facade to ask about them."""

from haanalyzer.graph.bounds import few, listed
from haanalyzer.graph.links import Links
from haanalyzer.graph.resource import Resource
from haanalyzer.graph.resource_graph import Edge, ResourceGraph

__all__ = ["Edge", "Links", "Resource", "ResourceGraph", "few", "listed"]

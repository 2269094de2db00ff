"""haanalyzer: does this architecture survive the loss of an instance, a zone, a region?"""

__version__ = "0.1.0"

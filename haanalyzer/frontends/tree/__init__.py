"""YAML and JSON texts as trees of nodes that know their places, for every frontend."""

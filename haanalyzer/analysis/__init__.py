"""Facts that two rules or more need, each a pure function of the graph."""

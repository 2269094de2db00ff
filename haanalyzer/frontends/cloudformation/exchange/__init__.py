"""What the stacks of a run export to each other and import from each other."""

"""Changes to the text of a template."""

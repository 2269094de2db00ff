"""The language server: diagnostics while typing, hover, code lenses and code actions in any editor."""

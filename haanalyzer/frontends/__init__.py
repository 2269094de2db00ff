"""Text to declarations, in the provider's own words."""

"""Text and places. Knows no dialect and no cloud."""

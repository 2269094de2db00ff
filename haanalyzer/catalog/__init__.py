"""AWS as data: kinds and their words in both dialects, regions and zones, service facts."""

"""Where a called module is found: on disk, where it was installed, or as a model of it."""

"""Which rules run, and how much their findings weigh."""

from haanalyzer.policy.profiles import Profile, ProfileError, load_profile, profile_names

__all__ = ["Profile", "ProfileError", "load_profile", "profile_names"]

"""What ``terraform show -json`` writes of a plan: the values of a configuration before it is applied."""

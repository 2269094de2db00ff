"""CloudFormation: loader, intrinsics, conditions, nested stacks."""

"""Cloud assemblies of the AWS CDK: how their stacks are deployed, and what of a program made which resource."""

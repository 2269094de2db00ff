"""CloudFormation: template text to declarations, in CloudFormation's own words."""

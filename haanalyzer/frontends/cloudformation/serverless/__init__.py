"""``AWS::Serverless``: what the transform makes of its types."""

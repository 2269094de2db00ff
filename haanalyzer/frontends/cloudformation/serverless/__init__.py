"""``AWS::Serverless``: what the transform makes of its types, on the tree, with the places of what the user wrote.

The names, and what is made of what, are those of AWS's own transform (aws-sam-translator), which the tests hold
this package to. What no rule asks for is left out: policies, permissions' details, code, the bodies of APIs.
"""

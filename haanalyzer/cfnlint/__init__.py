"""The rules for cfn-lint, which finds them here: ``cfn-lint -a haanalyzer.cfnlint template.yaml``.

Every rule is here under three ids, for cfn-lint tells by an id how much a finding weighs: HA101 is
``E9101`` for an error, ``W9101`` for a warning, ``I9101`` for a note, which cfn-lint shows when
asked to. Which of them can find anything is for the template's configuration to say.
"""

from haanalyzer.cfnlint.registration import rule_classes

globals().update(rule_classes())

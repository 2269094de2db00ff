#!/usr/bin/env bash
# Refuses inputs that are no values of theirs, and says where pip's downloads are kept and what they depend on.
set -euo pipefail

refuse() {
  echo "::error title=haanalyzer::$1"
  exit 2
}

[[ -z "$HA_VERSION" || "$HA_VERSION" =~ ^[0-9]+(\.[0-9]+)*((a|b|rc)[0-9]+)?(\.post[0-9]+)?$ ]] ||
  refuse "the input 'version' is not a version, such as 1.2.3"
[[ "$HA_UPLOAD" =~ ^(auto|always|never)$ ]] || refuse "the input 'upload' is not auto, always or never"
[[ "$HA_CHANGED_ONLY" =~ ^(true|false)$ ]] || refuse "the input 'changed-only' is not true or false"

{
  echo "pip-cache=$RUNNER_TEMP/haanalyzer-pip"
  echo "dependencies=${HA_VERSION:-$(git hash-object --no-filters "$ACTION_PATH/pyproject.toml")}"
} >>"$GITHUB_OUTPUT"

#!/usr/bin/env bash
# Installs haanalyzer into an environment of its own: this checkout, or a released version.
set -euo pipefail

# Isolated (-I), for it runs in a checkout whose files must not stand in for modules.
environment=$RUNNER_TEMP/haanalyzer
"$PYTHON" -I -m venv --clear "$environment"
bin=$environment/bin
[[ -d "$bin" ]] || bin=$environment/Scripts # on Windows

"$bin/python" -I -m pip install --quiet --disable-pip-version-check "${HA_VERSION:+haanalyzer==}${HA_VERSION:-$ACTION_PATH}"
"$bin/haanalyzer" --version
echo "bin=$bin" >>"$GITHUB_OUTPUT"

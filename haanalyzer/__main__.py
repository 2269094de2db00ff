"""``python -m haanalyzer``."""

import sys

from haanalyzer.cli import main

sys.exit(main())

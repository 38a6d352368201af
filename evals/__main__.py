"""`python -m evals`: run, gate, baseline, report, compare, score. `python -m evals COMMAND --help` tells the rest."""

import sys

from evals.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`python -m deploy FILE [NAME=VALUE ...]`: a file of `deploy/cloudrun/`, filled in, on stdout.

Values come from `terraform output -json` on stdin, unless it is a terminal, and from the arguments over it. What has
no value ends the command.
"""

import json
import string
import sys
from collections.abc import Mapping
from pathlib import Path


def filled(text: str, values: Mapping[str, str]) -> str:
    """Every `${name}` replaced. Raises `KeyError` for one without a value, ValueError for a value with a line break."""
    if broken := sorted(name for name, value in values.items() if "\n" in value or '"' in value):
        raise ValueError(f"no value may hold a quote or a line break: {', '.join(broken)}")
    return string.Template(text).substitute(values)


def outputs(text: str) -> dict[str, str]:
    """The plain values of `terraform output -json`."""
    found: Mapping[str, Mapping[str, object]] = json.loads(text or "{}")
    return {name: str(output["value"]) for name, output in found.items() if isinstance(output["value"], str | int)}


def main() -> int:
    """0, or 1 with a line that says why."""
    try:
        file, *told = sys.argv[1:]
        values = outputs("" if sys.stdin.isatty() else sys.stdin.read())
        values |= dict(pair.split("=", 1) for pair in told)
        sys.stdout.write(filled(Path(file).read_text(encoding="utf-8"), values))
    except KeyError as missing:
        sys.stderr.write(f"{sys.argv[1]} needs a value for {missing}: add {missing.args[0]}=...\n")
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())

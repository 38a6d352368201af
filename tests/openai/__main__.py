"""The stub by hand: `python -m tests.openai [PORT]`, then the product with

MANGA_TEXT_MODEL=openai:gpt-5 OPENAI_API_KEY=any OPENAI_BASE_URL=http://127.0.0.1:PORT/v1. Ends with Ctrl-C.
"""

import signal
import sys
from collections import Counter

from tests.openai.server import serve


def main(arguments: list[str]) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    with serve(int((arguments or ["0"])[0])) as stub:
        sys.stdout.write(f"{stub.url}\n")
        sys.stdout.flush()
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
        told = Counter((call.model, call.prompt_id or "-", call.fault or "good") for call in stub.calls)
        sys.stdout.writelines(f"{count:4d} {' '.join(kind)}\n" for kind, count in sorted(told.items()))


if __name__ == "__main__":
    main(sys.argv[1:])

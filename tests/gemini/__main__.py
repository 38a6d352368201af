"""The stub by hand: `python -m tests.gemini [PORT [SHARE FAULT...]]`, then the product with

MANGA_GOOGLE_API_KEY=any MANGA_GOOGLE_BASE_URL=http://127.0.0.1:PORT. Ends with Ctrl-C and tells what was called.
"""

import signal
import sys
from collections import Counter

from tests.gemini.server import serve


def main(arguments: list[str]) -> None:
    port, share, faults = int((arguments or ["0"])[0]), float((arguments[1:] or ["0"])[0]), arguments[2:]
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    with serve(port) as gemini:
        if faults:
            gemini.fail_some(*faults, share=share)
        sys.stdout.write(f"{gemini.url}\n")
        sys.stdout.flush()
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
        told = Counter((call.model, call.prompt_id or "-", call.fault or "good") for call in gemini.calls)
        sys.stdout.writelines(f"{count:4d} {' '.join(kind)}\n" for kind, count in sorted(told.items()))


if __name__ == "__main__":
    main(sys.argv[1:])

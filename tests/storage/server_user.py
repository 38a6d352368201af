"""A process that uses the embedded servers: `python -m tests.storage.server_user HOME LINGER_S SERVER...`.

It prints one line of JSON (the servers, or the error), and leaves when its standard input ends.
"""

import json
import sys
import time
from pathlib import Path
from typing import cast

from manga.errors import MangaError
from storage.embedded_home import ServerName
from storage.embedded_servers_lease import Hold


def say(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main(home: str, linger_s: str, *names: str) -> None:
    started = time.perf_counter()
    hold = Hold(Path(home), cast("tuple[ServerName, ...]", names), linger_s=float(linger_s))
    try:
        hold.begin()
        found = hold.wait()
        answer = {name: {"url": ready.url, "socket": ready.socket, "data": ready.data} for name, ready in found.items()}
        say({"servers": answer, "seconds": time.perf_counter() - started})
        sys.stdin.read()
    except MangaError as error:
        say({"error": error.code, "message": error.message, "remedy": error.remedy})
    finally:
        hold.release()


if __name__ == "__main__":
    main(*sys.argv[1:])

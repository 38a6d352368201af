"""The product on a disk that is slow or has errors: `BAD_DISK` is a program like `tests.program.PROGRAM`, and the
environment says what is wrong with it.

MANGA_TEST_FSYNC_S: every write-through takes so long. MANGA_TEST_FSYNC_FAILS: each of this share fails (0..1).
"""

import errno
import os
import random
import time
from typing import Final

BAD_DISK: Final = (
    "import sys; sys.argv[0] = 'mangaka';"
    " from tests.end_to_end.bad_disk import go_bad; go_bad(); from cli.main import run; run()"
)
SLOW: Final = "MANGA_TEST_FSYNC_S"
FAILS: Final = "MANGA_TEST_FSYNC_FAILS"


def go_bad() -> None:
    """From now on `os.fsync` behaves as the environment says."""
    seconds, share = float(os.environ.get(SLOW, "0")), float(os.environ.get(FAILS, "0"))
    fsync, dice = os.fsync, random.Random(3)

    def bad(handle: int) -> None:
        time.sleep(seconds)
        if dice.random() < share:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        fsync(handle)

    os.fsync = bad  # type: ignore[assignment]

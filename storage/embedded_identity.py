"""As which user the embedded PostgreSQL runs: it refuses uid 0, and it looks its uid up in the password database.

An ordinary user runs it as it is. Root runs it in a user namespace in which root looks like `nobody`: no user is made
and no file mode is changed. Where namespaces are forbidden (most containers), root runs it as the real `nobody`.
"""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manga.errors import EmbeddedFailed


@dataclass(frozen=True, slots=True)
class Identity:
    """`prefix` goes before the command; `uid` and `gid` are the other user to become, None to stay oneself."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    @property
    def other_user(self) -> bool:
        """The process runs as another user, who reaches only what is open to everybody."""
        return self.uid is not None

    def popen_options(self) -> dict[str, Any]:
        """Keyword arguments for `subprocess.Popen` and `run`."""
        if self.uid is None:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Makes a file or folder, with all in it, the process's own. Does nothing when it is already."""
        uid, gid = (self.uid, self.gid) if self.uid is not None else (os.geteuid(), os.getegid())
        if path.stat().st_uid == uid or os.geteuid() != 0:
            return
        for folder, _, names in os.walk(path):
            for name in names:
                os.chown(os.path.join(folder, name), uid, gid or 0, follow_symlinks=False)
            os.chown(folder, uid, gid or 0, follow_symlinks=False)


def find_identity() -> Identity:
    """The identity for this process's user. Raises `EmbeddedFailed` when root has no other user to turn into."""
    euid = os.geteuid()
    if euid != 0 and _named(euid):
        return Identity()
    other = _other_user()
    prefix = ("unshare", "-U", f"--map-user={other.pw_uid}", f"--map-group={other.pw_gid}", "--")
    if _works(prefix):
        return Identity(prefix)
    if euid == 0:
        return Identity((), other.pw_uid, other.pw_gid)
    return Identity()  # an unnamed user without namespaces: initdb says what is wrong


def _named(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _other_user() -> pwd.struct_passwd:
    others = [entry for entry in pwd.getpwall() if entry.pw_uid != 0]
    if not others:
        raise EmbeddedFailed("PostgreSQL does not run as root, and this system has no other user.")
    return next((entry for entry in others if entry.pw_name == "nobody"), others[0])


def _works(prefix: tuple[str, ...]) -> bool:
    if shutil.which(prefix[0]) is None:
        return False
    return subprocess.run([*prefix, "true"], capture_output=True, check=False, cwd="/").returncode == 0


def open_to_all(folder: Path) -> bool:
    """Every user may pass through this folder and all above it."""
    resolved = folder.resolve()
    return all(step.stat().st_mode & stat.S_IXOTH for step in (resolved, *resolved.parents))


def private_folder(path: Path, mode: int) -> Path:
    """Makes a folder of this mode in a place where others may write too, and refuses one that somebody else put there
    first. Raises `EmbeddedFailed`."""
    path.mkdir(mode=mode, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise EmbeddedFailed(f"{path} belongs to somebody else.", remedy=f"Remove {path}, or set TMPDIR.")
    path.chmod(mode)
    return path

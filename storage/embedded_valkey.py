"""How the embedded Valkey is started and known to be ready."""

import signal
import time
from dataclasses import dataclass
from urllib.parse import quote

from storage.embedded_binaries import valkey_binary
from storage.embedded_home import VALKEY, Ready, ServerHome, ServerName
from storage.embedded_identity import Identity, find_identity
from storage.embedded_process import ServerProcess, start_process
from storage.embedded_sockets import answers, socket_folder

DATABASES = 64


@dataclass(frozen=True, slots=True)
class ValkeyServer:
    """The Valkey of one home. It runs as its user: it has nothing against root."""

    home: ServerHome
    name: ServerName = VALKEY
    stop_signal: signal.Signals = signal.SIGTERM

    def start(self) -> tuple[ServerProcess, Ready]:
        """Starts the server. Raises `EmbeddedFailed`."""
        data = self.home.root / "valkey"
        data.mkdir(mode=0o700, exist_ok=True)
        path = socket_folder(self.home, find_identity()) / "valkey"
        options = {
            "port": "0",
            "unixsocket": str(path),
            "unixsocketperm": "700",
            "dir": str(data),
            "databases": str(DATABASES),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        command = [str(valkey_binary()), *(part for name, value in options.items() for part in (f"--{name}", value))]
        process = start_process(self.home, VALKEY, command, Identity(), self.stop_signal)
        return process, Ready(f"unix://{quote(str(path))}", str(path), str(data))

    def is_ready(self, process: ServerProcess, ready: Ready) -> bool:
        """It answers a PING, which it refuses while it loads its file."""
        return answers(ready.socket, ping=True)

    def mend(self, said: str) -> bool:
        """Redis holds nothing that a work needs: data that cannot be read is put aside. True when it was that."""
        damaged = any(word in said for word in ("Bad file format", "Unexpected end of file", "AOF file", "RDB"))
        if damaged:
            (self.home.root / "valkey").rename(self.home.root / f"valkey.damaged-{time.time_ns()}")
        return damaged

"""Translates pip's settings (files and PIP_* variables) for uv and npm."""

import configparser
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

Settings = dict[str, str]


def pip_files(environ: Mapping[str, str], home: Path, prefix: Path) -> list[Path]:
    """Where pip looks for its settings, weakest first."""
    named = environ.get("PIP_CONFIG_FILE", "")
    if named == os.devnull:
        return []
    shared = environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
    user = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    files = [Path(folder) / "pip/pip.conf" for folder in reversed(shared.split(":"))]
    files += [Path("/etc/pip.conf"), home / ".pip/pip.conf", user / "pip/pip.conf"]
    if sys.platform == "darwin":
        files += [home / "Library/Application Support/pip/pip.conf"]
    return [*files, prefix / "pip.conf", *([Path(named)] if named else [])]


def read_pip(environ: Mapping[str, str], files: Iterable[Path]) -> Settings:
    """pip's effective settings: files, then [install] over [global], then the PIP_* variables."""
    found: Settings = {}
    parser = configparser.RawConfigParser()
    for file in files:
        try:
            parser.read(file, encoding="utf-8")
        except (OSError, UnicodeDecodeError, configparser.Error):
            continue
    for section in ("global", "install"):
        if parser.has_section(section):
            found.update({key.replace("_", "-"): value for key, value in parser.items(section)})
    for key, value in environ.items():
        if key.startswith("PIP_") and value:
            found[key[4:].lower().replace("_", "-")] = value
    return found


def _reachable(links: str) -> str:
    """uv refuses a folder that is not there, where pip only warns; uv separates by commas."""
    return ",".join(link for link in links.split() if "://" in link or Path(link).expanduser().exists())


def _yes(value: str) -> str:
    return "1" if value.strip().lower() in {"1", "true", "yes", "on"} else ""


def for_uv(pip: Mapping[str, str], environ: Mapping[str, str]) -> Settings:
    """The variables that make uv look where pip looks. What the user says to uv itself stays."""
    indexes = " ".join(pip.get("extra-index-url", "").split())
    wanted = {
        "UV_DEFAULT_INDEX": "" if environ.get("UV_INDEX_URL") else pip.get("index-url", ""),
        "UV_INDEX": "" if environ.get("UV_EXTRA_INDEX_URL") else indexes,
        # pip takes the best version of all indexes; the hashes of the lock keep that safe.
        "UV_INDEX_STRATEGY": "unsafe-best-match" if indexes else "",
        "UV_FIND_LINKS": _reachable(pip.get("find-links", "")),
        "UV_NO_INDEX": _yes(pip.get("no-index", "")),
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": pip.get("timeout", pip.get("default-timeout", "")),
        "SSL_CERT_FILE": pip.get("cert", ""),
        "SSL_CLIENT_CERT": pip.get("client-cert", ""),
        "HTTP_PROXY": pip.get("proxy", ""),
        "HTTPS_PROXY": pip.get("proxy", ""),
    }
    return _unsaid(wanted, environ)


def for_npm(pip: Mapping[str, str], environ: Mapping[str, str]) -> Settings:
    """npm keeps its own registry; it gets the certificates in addition to its own, and the proxy."""
    wanted = {
        "NODE_EXTRA_CA_CERTS": pip.get("cert", environ.get("SSL_CERT_FILE", "")),
        "HTTP_PROXY": pip.get("proxy", ""),
        "HTTPS_PROXY": pip.get("proxy", ""),
    }
    return _unsaid(wanted, environ)


def _unsaid(wanted: Mapping[str, str], environ: Mapping[str, str]) -> Settings:
    said = {key.upper() for key, value in environ.items() if value}
    return {key: value for key, value in wanted.items() if value and key not in said}


def machine_settings() -> Settings:
    """pip's settings on this machine."""
    return read_pip(os.environ, pip_files(os.environ, Path.home(), Path(sys.prefix)))

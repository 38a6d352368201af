"""Set-up from nothing, without a network: whose settings count, what it says when it has to stop, what is done once."""

import fcntl
import importlib.util
import os
from pathlib import Path

import pytest

import bootstrap.check_studio_types
import bootstrap.uv
from bootstrap.__main__ import alone, letter, parse, stamped
from bootstrap.assets import (
    FACES,
    LICENCES,
    MODULES,
    OUTLINES,
    SCOPE,
    SCREEN_FACE,
    browser_folder,
    copy_faces,
    copy_modules,
    copy_screen_face,
    faces_state,
    fetch_fonts,
)
from bootstrap.check_studio_types import main as check_types
from bootstrap.make_environment import make_environment
from bootstrap.pip_settings import for_npm, for_uv, pip_files, read_pip
from bootstrap.run_programs import SetUpFailed, count_packages, host_name, last_words, musl_line, run
from bootstrap.uv import find_uv
from drawing.lettering.fonts import FILES

ROOT = Path(__file__).resolve().parent.parent


def program(file: Path, script: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


# --- pip's settings, as uv and npm spell them


def test_pip_settings_come_from_files_then_the_install_section_then_variables(tmp_path: Path) -> None:
    weak, strong = tmp_path / "weak.conf", tmp_path / "strong.conf"
    weak.write_text("[global]\nindex-url = one\ncert = /weak.pem\ntimeout = 5\n[install]\nfind_links = /wheels\n")
    strong.write_text("[global]\nindex-url = two\n")
    pip = read_pip({"PIP_CERT": "/env.pem", "PIP_TIMEOUT": ""}, [weak, strong, tmp_path / "absent.conf"])
    assert pip == {"index-url": "two", "cert": "/env.pem", "timeout": "5", "find-links": "/wheels"}


def test_a_broken_pip_file_is_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "pip.conf"
    broken.write_text("no section here")
    assert read_pip({}, [broken]) == {}


def test_pip_files_are_looked_for_where_pip_looks(tmp_path: Path) -> None:
    files = pip_files({"PIP_CONFIG_FILE": "/mine.conf"}, tmp_path, Path("/prefix"))
    assert files[0] == Path("/etc/xdg/pip/pip.conf")
    assert files[-2:] == [Path("/prefix/pip.conf"), Path("/mine.conf")]
    assert tmp_path / ".config/pip/pip.conf" in files
    assert pip_files({"PIP_CONFIG_FILE": os.devnull}, tmp_path, Path("/prefix")) == []


def test_uv_is_told_the_index_and_the_certificate_of_pip(tmp_path: Path) -> None:
    pip = {
        "index-url": "https://index.example/simple",
        "extra-index-url": "https://a.example\nhttps://b.example",
        "find-links": f"{tmp_path} /not/there https://links.example",
        "cert": "/ca.pem",
        "trusted-host": "index.example",
        "timeout": "99",
        "no-index": "false",
    }
    assert for_uv(pip, {}) == {
        "UV_DEFAULT_INDEX": "https://index.example/simple",
        "UV_INDEX": "https://a.example https://b.example",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": f"{tmp_path},https://links.example",
        "SSL_CERT_FILE": "/ca.pem",
        "UV_INSECURE_HOST": "index.example",
        "UV_HTTP_TIMEOUT": "99",
    }


def test_what_the_user_says_to_uv_itself_stays() -> None:
    pip = {"index-url": "https://pip.example", "cert": "/pip.pem", "proxy": "proxy.example:3128"}
    said = {"UV_INDEX_URL": "https://uv.example", "SSL_CERT_FILE": "/uv.pem", "https_proxy": "mine:1"}
    assert for_uv(pip, said) == {"HTTP_PROXY": "proxy.example:3128"}


def test_npm_gets_the_certificate_and_keeps_its_registry() -> None:
    assert for_npm({"cert": "/ca.pem", "index-url": "https://pip.example"}, {}) == {"NODE_EXTRA_CA_CERTS": "/ca.pem"}
    assert for_npm({}, {"SSL_CERT_FILE": "/ssl.pem"}) == {"NODE_EXTRA_CA_CERTS": "/ssl.pem"}
    assert for_npm({"cert": "/ca.pem"}, {"NODE_EXTRA_CA_CERTS": "/mine.pem"}) == {}


# --- one line, with the cause and the remedy


def test_musl_is_named_with_a_remedy_and_glibc_is_not() -> None:
    assert "python:3.12-slim" in musl_line("x86_64-alpine-linux-musl")
    assert musl_line("x86_64-pc-linux-gnu cpython-311-x86_64-linux-gnu") == ""
    assert musl_line(host_name()) == ""


def test_the_last_words_of_a_program_are_one_telling_line() -> None:
    output = "Resolved 3 packages\nerror: Failed to fetch\n  Caused by: dns error\nhint: try again\n"
    assert last_words(output) == "error: Failed to fetch Caused by: dns error"
    assert last_words("just\n\nthis line\n") == "just this line"
    assert last_words("") == "no message"


def test_a_program_that_fails_raises_its_last_words() -> None:
    with pytest.raises(SetUpFailed, match="error: no disk"):
        run(["sh", "-c", "echo error: no disk >&2; exit 3"], env=dict(os.environ))


def test_a_python_with_neither_venv_nor_pip_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bootstrap.uv.sys, "executable", "/bin/false")  # type: ignore[attr-defined]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SetUpFailed, match="apt-get install python3-venv"):
        find_uv(tmp_path, {})


def test_an_index_that_does_not_answer_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uv = program(tmp_path / "bin/uv", '[ "$1" = --version ] && { echo uv 9.9.9; exit; }; echo error: no route; exit 2')
    monkeypatch.setenv("PATH", f"{uv.parent}:{os.environ['PATH']}")
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1\n")
    with pytest.raises(SetUpFailed, match="packages cannot be installed: error: no route; check the network"):
        make_environment(lock, tmp_path / "env", tmp_path, pip={}, megabytes=1)


# --- fonts


def npm_packages(folder: Path) -> Path:
    for source in (*FACES.values(), *OUTLINES.values()):
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        (folder / source).write_bytes(b"face")
        (folder / source.split("/")[0] / "LICENSE_FONT").write_text("licence")
    return folder


def test_faces_are_copied_under_the_names_that_the_code_asks_for(tmp_path: Path) -> None:
    copy_faces(npm_packages(tmp_path / "packages"), tmp_path / "fonts")
    found = {file.name for file in (tmp_path / "fonts").iterdir()}
    assert {"shippori-mincho-800.ttf", "reggae-one.ttf", "bangers.ttf", "bangers.LICENSE.txt"} <= found
    assert {"noto-emoji-300.ttf", "noto-emoji-400.ttf", "noto-emoji.LICENSE.txt"} <= found
    assert len(found) == len(FACES) + 7 + len(OUTLINES) + 1


def test_the_faces_fetched_are_the_ones_that_pages_use() -> None:
    assert {f"{name}.ttf" for name in FACES} == set(FILES.values())


def test_fonts_that_cannot_be_had_are_a_reason_and_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = program(tmp_path / "bin/npm", '[ "$1" = --version ] && { echo 11; exit; }; echo "npm error offline"; exit 1')
    monkeypatch.setenv("PATH", f"{npm.parent}:{os.environ['PATH']}")
    reason = fetch_fonts(ROOT, tmp_path / "fonts", tmp_path, pip={}, uv=Path("uv"), uv_env={})
    assert reason == "npm error offline"
    assert not (tmp_path / "fonts").exists()


def test_faces_once_had_are_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / ".stamp").write_text(faces_state(ROOT) + "\n")
    places = {"root": ROOT, "env": tmp_path, "fonts": tmp_path, "work": tmp_path / "absent", "stamp": "x"}
    letter(parse([*(word for name, place in places.items() for word in (f"--{name}", str(place))), "--again"]), pip={})
    assert not (tmp_path / "absent").exists()


def test_the_lock_of_the_fonts_has_hashes_and_no_addresses() -> None:
    lock = (ROOT / "assets/package-lock.json").read_text()
    assert lock.count('"integrity": "sha512-') == 15
    assert "resolved" not in lock
    assert {source.split("/")[0] for source in (*FACES.values(), *OUTLINES.values())} == {
        line.split('"')[1].removeprefix(f"{SCOPE}/") for line in lock.splitlines() if f'"{SCOPE}/' in line
    }


def test_modules_of_the_studio_are_copied_with_their_licences_and_without_maps_that_nobody_serves(
    tmp_path: Path,
) -> None:
    for source in {**MODULES, **LICENCES}.values():
        (tmp_path / "packages" / source).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "packages" / source).write_text("export const a = 1;\n//# sourceMappingURL=a.map\n")
    place = browser_folder(tmp_path / "fonts")
    copy_modules(tmp_path / "packages", place)
    assert {file.name for file in place.iterdir()} == {*MODULES, *LICENCES}
    assert {file.read_text() for file in place.iterdir()} == {"export const a = 1;\n"}


def test_the_face_of_the_screen_lies_beside_the_modules_and_its_sheet_names_its_slices_there(tmp_path: Path) -> None:
    package = tmp_path / SCREEN_FACE
    (package / "files").mkdir(parents=True)
    for part in ("0", "latin"):
        (package / f"files/noto-sans-jp-{part}.woff2").write_bytes(b"slice")
    (package / "LICENSE").write_text("licence")
    rules = [f"@font-face {{ src: url(./files/noto-sans-jp-{part}.woff2) }}" for part in ("0", "latin")]
    (package / "wght.css").write_text("\n".join(rules))
    copy_screen_face(tmp_path, tmp_path / "browser")
    found = {file.name: file.read_text() for file in (tmp_path / "browser").iterdir()}
    assert found.pop("noto-sans-jp.css") == "@font-face { src: url(noto-sans-jp-0.woff2) }"
    assert found == {"noto-sans-jp-0.woff2": "slice", "noto-sans-jp.LICENSE.txt": "licence"}


# --- the types of the studio's scripts


@pytest.mark.slow
def test_a_script_that_breaks_a_named_type_fails_the_check_and_a_right_one_passes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.js").write_text(
        'import { signal } from "@preact/signals";\n/** @type {number} */\nsignal(1).value;\n'
    )
    assert check_types(tmp_path) == 0
    (tmp_path / "b.js").write_text(
        'import { signal } from "@preact/signals";\n/** @type {string} */\nexport const b = signal(1).value;\n'
    )
    assert check_types(tmp_path) != 0
    assert "b.js(3,14)" in capfd.readouterr().out


def test_types_that_cannot_be_checked_are_said_and_fail_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def offline() -> list[str]:
        raise SetUpFailed("npm error offline")

    monkeypatch.setattr(bootstrap.check_studio_types, "fetch", offline)
    assert check_types() == 0
    assert "not checked: npm error offline" in capsys.readouterr().err


# --- the environment


def test_packages_are_counted_without_their_hashes_and_origins() -> None:
    assert count_packages("a==1 \\\n    --hash=sha256:0\n    # via b==2\nb==2 ; sys_platform == 'linux'\n") == 2


def test_every_package_of_the_locks_has_a_hash() -> None:
    for name in (
        "requirements.lock",
        *(f"bootstrap/{one}.lock" for one in ("studio", "playwright", "uv", "node", "java")),
    ):
        lines = [line for line in (ROOT / name).read_text().splitlines() if not line.lstrip().startswith("#")]
        after = zip(lines, [*lines[1:], ""], strict=True)
        assert all(follower.lstrip().startswith("--hash=sha256:") for line, follower in after if "==" in line), name


def test_one_set_up_works_at_a_time(tmp_path: Path) -> None:
    with alone(tmp_path), (tmp_path / "lock").open() as second, pytest.raises(BlockingIOError):
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_stamp_counts_for_the_locks_that_it_names(tmp_path: Path) -> None:
    stamp = tmp_path / ".stamp"
    assert not stamped(stamp, "12")
    stamp.write_text("12\n")
    assert stamped(stamp, "12")
    assert not stamped(stamp, "13")

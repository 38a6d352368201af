"""`mangaka token`: for trying, and never one that the service would refuse."""

import jwt
import pytest

from cli.main import run

SECRET = "a-secret-for-trying-of-32-bytes!"


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANGA_JWT_SECRET", SECRET)


def told(args: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["mangaka", "token", *args])
    with pytest.raises(SystemExit) as end:
        run()
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out.strip(), err


def test_a_token_is_the_one_thing_on_stdout(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = told(["--tenant", "studio-1", "--role", "admin", "--hours", "1"], capsys, monkeypatch)
    claims = jwt.decode(out, SECRET, algorithms=["HS256"], audience="mangaka", issuer="mangaka")
    assert code == 0
    assert (claims["tenant"], claims["role"], claims["exp"] - claims["iat"]) == ("studio-1", "admin", 3600)


@pytest.mark.parametrize("args", [["--role", "owner"], ["--tenant", "../x"], ["--subject", ""]])
def test_a_token_that_nobody_would_take_is_not_made(
    args: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = told(args, capsys, monkeypatch)
    assert (code, out) == (2, "")
    assert SECRET not in err


def test_without_a_secret_it_says_what_to_set(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MANGA_JWT_SECRET")
    code, out, err = told([], capsys, monkeypatch)
    assert (code, out) == (1, "")
    assert "MANGA_JWT_SECRET" in err

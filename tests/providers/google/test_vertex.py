"""Gemini by a project of Google Cloud: which path is called, and with whose credentials."""

import json
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.oauth2.credentials import Credentials
from pydantic import SecretStr

from graph.open_services import open_text
from manga.concept import Concept
from manga.errors import ProviderFault, ProviderRefused
from prompts.library import load_prompts
from providers.base import Ask
from providers.google.text import GoogleEdge, GoogleText
from providers.process_pool import InlineOffload
from providers.settings import ModelSettings
from tests.cli.test_doctor import KEY
from tests.gemini.line import Line
from tests.gemini.server import Gemini
from tests.providers.google.conftest import OpenText

pytestmark = pytest.mark.anyio


def token() -> Credentials:
    """Of somebody who has signed in already."""
    return Credentials(token="ya29.fake")  # type: ignore[no-untyped-call]


@contextmanager
def sign_in(status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """Where a service account gets its token: the address, and the bodies that came."""
    came: list[str] = []

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(self.rfile.read(int(self.headers["content-length"])).decode())
            data = json.dumps({"access_token": "ya29.fake", "expires_in": 3600, "token_type": "Bearer"}).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *told: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Desk) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/token", came
        server.shutdown()
        thread.join()


def account_file(folder: Path, token_uri: str) -> Path:
    """A service account as the console hands it out."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    told = {
        "type": "service_account",
        "project_id": "someones",
        "private_key": pem,
        "private_key_id": "1",
        "client_email": "drawer@someones.iam.gserviceaccount.com",
        "token_uri": token_uri,
    }
    file = folder / "account.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return file


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
    """Path and headers of every request to the stub."""
    found: list[tuple[str, dict[str, str]]] = []
    cycles: list[object] = []
    read = Line.handle_events

    def seen(self: Any) -> None:
        read(self)
        if self.cycle is None or self.cycle in cycles:
            return
        cycles.append(self.cycle)  # noted before the answer is made, which the test does not wait for otherwise
        headers = {name.decode().lower(): value.decode() for name, value in self.scope["headers"]}
        found.append((self.scope["path"], headers))

    monkeypatch.setattr(Line, "handle_events", seen)
    return found


async def test_a_project_is_called_by_its_path_with_its_credentials_and_not_the_key(
    open_text: OpenText,
    ask: Ask[Concept],
    asked: list[tuple[str, dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    text = open_text(project="my-project", location="europe-west4", credentials=token())
    assert isinstance(await text.answer(ask), Concept)
    ((path, headers),) = asked
    assert "/projects/my-project/locations/europe-west4/publishers/google/models/gemini-3.8-flash" in path
    assert headers["authorization"] == "Bearer ya29.fake"
    assert KEY not in repr(headers)


async def test_a_key_alone_is_never_taken_to_vertex(
    open_text: OpenText,
    ask: Ask[Concept],
    asked: list[tuple[str, dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "another")
    monkeypatch.setenv("GOOGLE_CLOUD_LOCATION", "europe-west4")
    await open_text().answer(ask)
    ((path, headers),) = asked
    assert path == "/v1beta/models/gemini-3.8-flash:generateContent"
    assert headers["x-goog-api-key"] == KEY


async def test_the_machines_own_credentials_are_found_and_renewed(
    gemini: Gemini,
    ask: Ask[Concept],
    tmp_path: Path,
    asked: list[tuple[str, dict[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = ModelSettings.model_validate(
        {"google_project": "mine", "google_base_url": gemini.url, "google_api_key": SecretStr(KEY)}
    )
    with sign_in() as (address, came):
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(account_file(tmp_path, address)))
        async with AsyncExitStack() as stack:
            text = open_text_of(chosen, stack)
            await text.answer(ask)
    assert len(came) == 1
    ((path, headers),) = asked
    assert "/projects/mine/locations/global/" in path
    assert headers["authorization"] == "Bearer ya29.fake"
    assert "x-goog-api-key" not in headers


def open_text_of(chosen: ModelSettings, stack: AsyncExitStack) -> GoogleText:
    text = open_text(chosen, load_prompts(), InlineOffload(), stack)
    assert isinstance(text, GoogleText)
    return text


async def test_a_machine_without_credentials_is_told_how_to_get_them(
    open_text: OpenText, ask: Ask[Concept], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "none.json"))
    with pytest.raises(ProviderRefused, match="no credentials") as caught:
        await open_text(project="mine").answer(ask)
    assert "gcloud auth application-default login" in caught.value.remedy
    assert str(tmp_path) not in caught.value.message


async def test_credentials_that_are_not_accepted_are_no_fault_to_try_again(
    open_text: OpenText, ask: Ask[Concept], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sign_in(400) as (address, _):
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(account_file(tmp_path, address)))
        with pytest.raises(ProviderRefused, match="credentials"):
            await open_text(project="mine").answer(ask)


async def test_a_sign_in_that_cannot_be_reached_is_tried_again(
    open_text: OpenText, ask: Ask[Concept], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(account_file(tmp_path, "http://127.0.0.1:9/token")))
    with pytest.raises(ProviderFault, match="sign-in"):
        await open_text(project="mine").answer(ask)


def test_credentials_are_in_no_repr() -> None:
    edge = GoogleEdge("m", SecretStr(KEY), 1.0, project="p", credentials=token())
    assert KEY not in repr(edge)
    assert "Credentials" not in repr(edge)

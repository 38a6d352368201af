"""Files of a book and refusals hold the book alone: no token, no key, no address of a store, no path of the machine,
and no word of another tenant."""

import io
import re
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.security.conftest import LINK_SECRET
from tests.security.sending import Shop
from tests.server.stories import drawn, told

pytestmark = pytest.mark.slow

OTHERS = "Vellichor of Ombersley"
STORY = '{who} came to the village. "Who are you?" asked the boy. "A friend," said {who}. They walked home together.'
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def unpacked(content: bytes) -> bytes:
    """A file with everything in it that can be unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return content + b"".join(name.encode() + unpacked(packed.read(name)) for name in packed.namelist())
    found = [content]
    for packed_stream in _STREAM.findall(content):
        try:
            found.append(zlib.decompress(packed_stream))
        except zlib.error:
            continue
    return b"".join(found)


def test_no_file_and_no_refusal_holds_what_is_not_the_books(shop: Shop) -> None:
    token = shop.issuer.token(shop.issuer.claims(tenant="canary-tenant", role="admin", sub="canary-subject"))
    with shop.person("others") as other, shop.bearing(token) as client:
        theirs = drawn(other, STORY.format(who=OTHERS))["id"]
        told(other, theirs)
        work = drawn(client, STORY.format(who="Quillon"))["id"]
        told(client, work)
        path = f"/v1/works/{work}"
        names = [f"pages/{number:03}.{kind}" for number in (0, 1) for kind in ("png", "json")]
        answers = [client.get(f"{path}/files/{name}") for name in ("book.pdf", "book.cbz", *names)]
        assert [answer.status_code for answer in answers] == [200] * len(answers)
        answers += [client.get(f"/v1/works/{theirs}"), client.get(f"{path}/files/{theirs}/x")]
        answers += [client.post(f"{path}/feedback", json={"edits": [{"x": 1}]}), client.get("/v1/works?cursor=x")]
    house = shop.service.rooms.house
    secrets = {
        "token": token,
        "subject": "canary-subject",
        "tenant": "canary-tenant",
        "secret": LINK_SECRET,
        "database": house.database_url,
        "home": str(Path.home()),
        "another's story": OTHERS.split(maxsplit=1)[0],
    }
    for answer in answers:
        content = unpacked(answer.content)
        for name, secret in secrets.items():
            assert secret.encode() not in content, (answer.request.url.path, name)

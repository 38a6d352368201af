"""An object that is not what its name tells is never whole for whoever reads it, however it is asked for."""

from pathlib import Path
from uuid import UUID

import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from manga.errors import StorageFailed
from server.file_ranges import sent_part
from storage.object_store import CHUNK_BYTES, FolderBlobs
from storage.objects import put_content

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("asked", [{}, {"range": "bytes=0-"}, {"range": "bytes=0-99999999"}], ids=str)
@pytest.mark.parametrize("size", [1000, 3 * CHUNK_BYTES])
async def test_an_answer_breaks_off_where_half_of_an_object_is_lost(
    tmp_path: Path, size: int, asked: dict[str, str]
) -> None:
    blobs = FolderBlobs(tmp_path)
    name = await put_content(blobs, "tenant", UUID(int=1), b"x" * size)
    (tmp_path / name).write_bytes(b"x" * (size // 2))
    headers = [(key.encode(), value.encode()) for key, value in asked.items()]
    request = Request({"type": "http", "method": "GET", "path": "/", "headers": headers})
    answer = await sent_part(blobs, name, "image/png", request, {})
    sent = bytearray()
    with pytest.raises(StorageFailed):
        await read(answer, sent)
    assert len(sent) < int(answer.headers["content-length"]) == size // 2


async def read(answer: Response, sent: bytearray) -> None:
    """Adds each piece as it comes."""
    assert isinstance(answer, StreamingResponse)
    async for piece in answer.body_iterator:
        sent.extend(piece)

"""`PATCH /v1/works/{id}/versions/{version}`: what people call a version."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from manga.values import Value
from server.composition import Open
from server.security.identity import Editor
from works.base import Json
from works.versions.tree import LONGEST_NAME, name_version_of, version_json

router = APIRouter(tags=["versions"])


class Called(Value):
    """Empty takes the name off."""

    name: Annotated[str, Field(max_length=LONGEST_NAME)]


@router.patch("/works/{work_id}/versions/{version}", summary="Name a version")
async def call(work_id: UUID, version: str, sent: Called, who: Editor, rooms: Open) -> Json:
    """Its state stays as it is: only what it is called is another."""
    return version_json(await name_version_of(rooms.house.pool, work_id, version, sent.name, tenant=who.tenant))

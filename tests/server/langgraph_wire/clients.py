"""What every test of the wire sends."""

from typing import Any
from uuid import uuid4

from langgraph_sdk.schema import Command

from tests.server.stories import FOX
from tests.service import ROLE, WHO

GRAPH = "mangaka"
STORY: dict[str, Any] = {"brief": {"text": FOX}}
REVIEWED: dict[str, Any] = {"brief": {"text": FOX, "feedback_mode": {"enabled": True, "timeout_seconds": 3600}}}
APPROVED: Command = {"resume": {"action": "approve"}}


def headers_of(tenant: str | None = None, role: str = "admin") -> dict[str, str]:
    """Of somebody of a new tenant, or of the one named."""
    return {WHO: tenant or f"t-{uuid4().hex[:12]}", ROLE: role}

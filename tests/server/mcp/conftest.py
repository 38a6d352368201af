"""Agents of tenants of their own, at the service that all tests of this folder share."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any
from uuid import uuid4

import pytest

from tests.mcp_client import Agent, agent
from tests.service import ROLE, WHO, Service

Opens = Callable[..., AbstractAsyncContextManager[Agent]]


@pytest.fixture
def opens(service: Service) -> Opens:
    """Another tenant each time, or the one that is named."""

    def new(tenant: str = "", role: str = "admin", **how: Any) -> AbstractAsyncContextManager[Agent]:
        return agent(service.url, {WHO: tenant or f"t-{uuid4().hex[:12]}", ROLE: role}, **how)

    return new

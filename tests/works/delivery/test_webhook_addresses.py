"""No webhook reaches an inner network, however its address is written."""

import asyncio
import socket
from typing import Any

import pytest

from tests.security.webhook_urls import FINE, HOSTILE, RESOLVED
from works.delivery.webhook_addresses import AddressRefused, is_public, public_addresses, target_of

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("url", HOSTILE.values(), ids=HOSTILE.keys())
async def test_such_an_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        target_of(url)


@pytest.mark.parametrize("url", FINE)
async def test_a_plain_public_address_is_taken(url: str) -> None:
    assert target_of(url).host.isascii()


async def test_an_address_is_taken_apart() -> None:
    target = target_of("https://HOOKS.example.com:8443/a%2Fb?c=d")
    assert (target.host, target.port, target.path) == ("hooks.example.com", 8443, "/a%2Fb?c=d")
    assert target.authority == "hooks.example.com:8443"
    assert target_of("https://hooks.example.com").path == "/"


@pytest.mark.parametrize("found", RESOLVED.values(), ids=RESOLVED.keys())
async def test_a_name_that_means_an_inner_address_is_refused(found: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    async def looked_up(host: str, port: int, **more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", looked_up)
    with pytest.raises(AddressRefused):
        await public_addresses("hooks.example.com", 443)


async def test_a_name_of_this_machine_is_refused_by_the_real_resolver() -> None:
    with pytest.raises(AddressRefused):
        await public_addresses("localhost", 443)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
async def test_a_public_address_may_be_called(address: str) -> None:
    assert is_public(address)

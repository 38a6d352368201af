"""What is looked at while a service is under load."""

import asyncio
import os

import pytest
from aiohttp import ClientSession, web

from benchmarks.loading import Gauge, Probe

pytestmark = pytest.mark.anyio


async def answered(request: web.Request) -> web.Response:
    good = request.path == "/good" and request.headers.get("who") == "me"
    return web.Response(status=200 if good else 503)


async def test_gets_that_fail_are_counted_and_do_not_end_the_looking() -> None:
    server = web.Server(answered)
    runner = web.ServerRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with ClientSession(f"http://127.0.0.1:{runner.addresses[0][1]}") as client:
        probe = Probe(client, "/bad", ["/good", "/bad"], headers={"/good": {"who": "me"}})
        async with probe.running():
            while len(probe.ms) < 6:  # noqa: ASYNC110 - nobody tells of it
                await asyncio.sleep(0.01)
    await runner.cleanup()
    assert 0 < probe.failed < len(probe.ms)


async def test_a_gauge_weighs_this_process_and_its_children_apart() -> None:
    gauge = Gauge((os.getpid(),), looked_below=True)
    sleeper = await asyncio.create_subprocess_exec("sleep", "5")
    async with gauge.running():
        while not gauge.below_bytes:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.05)
    sleeper.kill()
    await sleeper.wait()
    assert gauge.peak_bytes > gauge.below_bytes > 0

"""HTTP as httpx asks, but with a busy machine's patience: its own five seconds would fail a test, and no service."""

from functools import partial

import httpx

LIMIT_S = 60.0

get = partial(httpx.get, timeout=LIMIT_S)
post = partial(httpx.post, timeout=LIMIT_S)
Client = partial(httpx.Client, timeout=LIMIT_S)
AsyncClient = partial(httpx.AsyncClient, timeout=LIMIT_S)

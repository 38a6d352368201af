"""Two warnings of Google's library about itself, over aiohttp. Nobody who draws a book can do anything about them."""

import warnings


def hush() -> None:
    """For this process. Every other warning is shown as before."""
    warnings.filterwarnings("ignore", r"Inheritance class AiohttpClientSession", DeprecationWarning)
    warnings.filterwarnings("ignore", r"coroutine 'ClientResponse\.json' was never awaited", RuntimeWarning)

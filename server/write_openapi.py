"""`python -m server.write_openapi FILE`: the OpenAPI document of the service, written anew from its routes."""

import sys
from pathlib import Path

from server.app import create_app
from server.openapi import written

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written(create_app().openapi()), encoding="utf-8")

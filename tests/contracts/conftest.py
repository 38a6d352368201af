"""What every adapter of a port is tried on."""

from tests.gcs import gcs, gcs_server  # noqa: F401  fixtures

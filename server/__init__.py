"""The service: HTTP, streams and sockets in front of `works`."""

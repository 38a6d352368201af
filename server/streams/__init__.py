"""Events of works as server-sent events and over WebSockets."""

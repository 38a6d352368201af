"""The lettering's agent: wishes about letters, proposals of voices and sounds."""

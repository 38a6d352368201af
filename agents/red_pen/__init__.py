"""The red pen (赤入れ): a storyboard read as an editor reads it, before any picture is paid for."""

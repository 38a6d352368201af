"""The editor's remarks on a storyboard (the red pen, 赤入れ), made by rules before any picture is paid for."""

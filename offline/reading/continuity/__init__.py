"""What a story tells of changed looks and things in hands, found by rules."""

"""The words of the field as data: an entry a thing, read by everybody who names or draws it."""

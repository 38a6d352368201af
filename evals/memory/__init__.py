"""Whether the offline reader reads or remembers: in how many texts each of its words and patterns is found.

Counting wants a folder of texts that are not in the repository; what was counted is kept here, so that every entry that
comes later is held to it without them.
"""

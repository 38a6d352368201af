"""Stories retold by readers, people or models, who see a book's pages with all words covered.

A study is a folder. `read/ID` holds one set of sheets and its question: a book's pages in order, or shuffled; a reader
gets one such folder and writes `retelling.txt` into it. `judge` holds a sheet for each retelling: events of the story
and as many of another one, mixed. `key.json` says what is what and is shown to nobody who reads or judges.
"""

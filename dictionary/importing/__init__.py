"""Tables in and out: what authors keep in a spreadsheet comes into the CMS, and goes out again.

`sheets` reads and writes the files, `plans` says what a table would do, `runs` does it and takes it back. What a row
means is said by a `tables.Table`: words and phrases here, exercises in the room above. Decision 0024 says why so.
"""

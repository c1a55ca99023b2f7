"""The course as plain files: loading, updating without touching what authors changed, and writing back.

`kinds` says what is in the files, `sync` how files and database are brought together, `codec` and
`markup` how blocks and rich text look in a file. The format is documented in content/README.md.
"""

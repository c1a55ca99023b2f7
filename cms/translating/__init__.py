"""The same page in a second explanation language: what its source has changed since, and how it is brought level.

`shape` says what of a page is explanation, `pairing` finds the same block in two languages, `compare` says what
changed, `merging` takes over what is not explanation; `services` keep the record `TranslationState`, `views` show it.
The source is the page in the default language. Decision 0026 says why it is so.
"""

"""The made-up part of the directory: pure and deterministic; delete it and it is gone.

Nobody here exists. Identifiers begin with 99, which is never assigned; telephone
numbers end in 555-0100 to 555-0199; names of people, streets, schools, group practices
and health systems are invented. Hospitals and cities are real, and nothing is claimed
about them: a made-up system has made-up group practices only.
"""

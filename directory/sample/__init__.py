"""Made-up files in the format that CMS publishes, for demonstrations and tests.

Nobody in them exists. NPIs begin with 99, which is never assigned; telephone numbers
end in 555-0100 to 555-0199; names of people, streets, schools and group practices are
invented. Hospitals and cities are real, and nothing is claimed about them.

Pure: no database, and every row follows from a hospital list and from (practitioners,
seed, release) alone.
"""

"""One value of a public file at a time: checked, compared, put in words. Pure."""

"""Links to other sites: stored with a text, asked one by one, told to editors."""

"""Writes a run down for people and for other programs: a page to read, tables, a build server's format."""

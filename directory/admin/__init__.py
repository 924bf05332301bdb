"""The directory in the admin; a module a kind of page, each registers its models."""

from directory.admin import clinicians, corrections, facts, imports, mapping, reports

__all__ = ["clinicians", "corrections", "facts", "imports", "mapping", "reports"]

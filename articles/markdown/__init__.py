"""Markdown to sanitized HTML with placeholders where cross-links stand; pure.

``render(source)`` is the one way in. One parse serves everything: HTML, contents list,
plain text for search, link rows, and problems with line and column. Which module does
what: ``parser`` sets up markdown-it, ``blocks`` reads ``:::`` blocks, ``links`` decides
where a link may lead, ``rendering`` turns tokens into ours, ``writer`` writes them,
``sanitizer`` has the last word.
"""

from articles.markdown.rendered import (
    ExternalLink,
    Heading,
    Problem,
    Reference,
    Rendered,
    SourceTooLong,
)
from articles.markdown.rendering import (
    MAX_SOURCE_BYTES,
    RENDERER_VERSION,
    refuse_too_long,
    render,
)

__all__ = [
    "MAX_SOURCE_BYTES",
    "RENDERER_VERSION",
    "ExternalLink",
    "Heading",
    "Problem",
    "Reference",
    "Rendered",
    "SourceTooLong",
    "refuse_too_long",
    "render",
]

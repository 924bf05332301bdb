"""Static files whose names change with their content, inside modules too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Write hashed names into the imports of ES modules, so that all may be cached."""

    support_js_module_import_aggregation = True

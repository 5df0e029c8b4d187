"""Where collected static files lie: under the hash of what they say, compressed beforehand."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Also the modules that a script imports are asked for under their hash."""

    support_js_module_import_aggregation = True

"""Static files with their content's hash in the name."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """As whitenoise's, without following `sourceMappingURL`: the packages name maps that they do not ship."""

    patterns = tuple(
        (
            glob,
            tuple(rule for rule in rules if "sourceMappingURL" not in (rule[0] if isinstance(rule, tuple) else rule)),
        )
        for glob, rules in CompressedManifestStaticFilesStorage.patterns
    )

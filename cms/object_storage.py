"""S3-compatible storage from one address, for more than one machine."""

from urllib.parse import unquote, urlsplit


def storages_from(address: str) -> dict[str, dict[str, object]]:
    """Read `s3://KEY:SECRET@host[:port]/bucket` and return the public and the private storage.

    Raises ValueError when a part is missing.
    """
    parts = urlsplit(address)
    bucket = parts.path.strip("/")
    if parts.scheme != "s3" or not (parts.hostname and parts.username and parts.password and bucket):
        raise ValueError("MEDIA_URL_BACKEND doit avoir la forme s3://CLÉ:SECRET@hôte/compartiment")
    host = parts.hostname + (f":{parts.port}" if parts.port else "")
    shared = {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "bucket_name": bucket,
        "endpoint_url": f"https://{host}",
        "file_overwrite": False,
        "default_acl": "private",
    }
    backend = "storages.backends.s3.S3Storage"
    return {
        "default": {"BACKEND": backend, "OPTIONS": {**shared, "location": "media"}},
        "private": {"BACKEND": backend, "OPTIONS": {**shared, "location": "private", "querystring_expire": 60}},
    }

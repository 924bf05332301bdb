"""Pictures of guides: verified, made anew without camera data, stored by content.

An uploaded file is never stored as it came. ``/media/images/<hash>/1600x1200.jpg`` is
the picture in its own format; beside it lie ``480w.webp``, ``480w.avif`` and so on. The
hash is that of the upload: the same file twice is one picture.
"""

import hashlib
import io
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError, features

from articles.markdown.pictures import UPLOADED, variant_widths

MAX_BYTES = 12 * 1024 * 1024
TOO_LARGE = f"The file is larger than {MAX_BYTES // 1024**2} MB: save it smaller."
MAX_PIXELS = 40_000_000
# What a JPEG can have. Of a thinner one, 40,000,000 x 1, the resizing takes gigabytes.
MAX_SIDE = 65_535
MAX_EDGE = 2400  # no page shows more, on the densest screen
# What Pillow finds -> what is stored. MPO is a phone's JPEG with a second view behind.
FORMATS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP"}
EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
ORIENTATION = 0x0112  # the EXIF tag
TURNED = range(5, 9)  # its values that swap width and height
QUALITY = {"JPEG": 85, "WEBP": 80, "AVIF": 60}
FOLDER = "images"


class ImageRefusedError(ValueError):
    """A file cannot be taken; the message says why, in a sentence for its editor."""


class ImageNotStoredError(Exception):
    """The machine took no picture, as with a full disk; the message says so."""


def store_image(upload: "UploadedFile[bytes]") -> str:
    """Store a picture with its variants and return its address.

    Raises ImageRefusedError, ImageNotStoredError. A picture that is there already is
    not made again.
    """
    content = _read(upload)
    picture = _open(content)
    width, height = _final_size(picture)
    folder = f"{FOLDER}/{hashlib.sha256(content).hexdigest()[:16]}"
    format_name = FORMATS[str(picture.format)]
    name = f"{folder}/{width}x{height}.{EXTENSIONS[format_name]}"
    if not default_storage.exists(name):
        clean = _clean(picture).resize((width, height), Image.Resampling.LANCZOS)
        for variant, data in _variants(clean):
            _write(f"{folder}/{variant}", data)
        # last: while it is missing, the set is not complete
        _write(name, _encode(clean, format_name))
    return f"/media/{name}"


def is_stored(address: str) -> bool:
    """Say whether readers get a picture at this address."""
    is_served = UPLOADED.fullmatch(address) is not None
    return is_served and default_storage.exists(address.removeprefix("/media/"))


def _read(upload: "UploadedFile[bytes]") -> bytes:
    if (upload.size or 0) > MAX_BYTES:
        raise ImageRefusedError(TOO_LARGE)
    content: bytes = upload.read()
    if not content:
        raise ImageRefusedError("The file is empty.")
    return content


def _open(content: bytes) -> Image.Image:
    """Read the header only; refuse what is no still picture of the three formats."""
    try:
        picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageRefusedError(_too_many_pixels()) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ImageRefusedError(
            "This is no JPEG, PNG or WebP picture, whatever its name says, or it is "
            "damaged."
        ) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise ImageRefusedError(_too_many_pixels())
    if max(picture.size) > MAX_SIDE:
        raise ImageRefusedError(
            f"A side of the picture has more than {MAX_SIDE:,} pixels: save it smaller."
        )
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise ImageRefusedError("The picture moves: only still pictures are taken.")
    return picture


def _too_many_pixels() -> str:
    return (
        f"The picture has more than {MAX_PIXELS // 1_000_000} million pixels: "
        "save it smaller."
    )


def _final_size(picture: Image.Image) -> tuple[int, int]:
    """Return width and height as shown: turned upright, not above the largest edge."""
    width, height = picture.size
    try:
        turned = picture.getexif().get(ORIENTATION) in TURNED
    except (OSError, ValueError, SyntaxError, KeyError):
        turned = False
    if turned:
        width, height = height, width
    scale = min(1.0, MAX_EDGE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _clean(picture: Image.Image) -> Image.Image:
    """Return only the pixels: decoded whole, upright, in the colours of the web."""
    profile = picture.info.get("icc_profile")
    try:
        picture.draft(None, (MAX_EDGE, MAX_EDGE))  # a large JPEG is decoded smaller
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ImageRefusedError(
            "The file is damaged: the picture in it breaks off."
        ) from error
    plain = _in_web_colours(upright, profile)
    plain.info.clear()
    return plain


def _in_web_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return RGB, with transparency where there is some, converted to sRGB."""
    has_transparency = picture.has_transparency_data
    mode = "RGBA" if has_transparency else "RGB"
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            web = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(picture, source, web, outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            changed = None  # an unreadable profile is as good as none
        if changed is not None:
            return changed
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture.convert(mode)


def _variants(picture: Image.Image) -> Iterator[tuple[str, bytes]]:
    """Make the picture in the formats and widths that pages offer: name, content."""
    formats = ["WEBP", *(["AVIF"] if features.check("avif") else [])]
    for width in variant_widths(picture.width):
        height = max(1, round(picture.height * width / picture.width))
        smaller = picture.resize((width, height), Image.Resampling.LANCZOS)
        for name in formats:
            yield f"{width}w.{name.lower()}", _encode(smaller, name)


def _encode(picture: Image.Image, format_name: str) -> bytes:
    options: dict[str, int | bool] = {"optimize": True}
    if format_name in QUALITY:
        options["quality"] = QUALITY[format_name]
    if format_name == "AVIF":
        options["speed"] = 8
    if format_name == "JPEG":
        options["progressive"] = True
        picture = picture.convert("RGB")
    made = io.BytesIO()
    picture.save(made, format_name, **options)
    return made.getvalue()


def _write(name: str, content: bytes) -> None:
    """Store a file under exactly this name, whole; one that is there is the same."""
    if default_storage.exists(name):
        return
    try:
        default_storage.save(name, ContentFile(content))
    except OSError as error:
        raise ImageNotStoredError(
            f"The server cannot store pictures at the moment ({error.strerror}): tell "
            "whoever looks after it. Your text is still in the form."
        ) from error

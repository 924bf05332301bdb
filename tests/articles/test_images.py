"""What may be uploaded, what is made of it, and how it is served."""

import errno
import hashlib
import io
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseNotModified
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import ExifTags, Image, ImageCms

from articles import images
from articles.markdown import render
from config.compression import TextGZipMiddleware
from tests.articles.factories import make_user

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(
    format_name: str = "JPEG",
    size: tuple[int, int] = (1000, 500),
    mode: str = "RGB",
    **options: object,
) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, options.pop("color", "teal")).save(
        made, format_name, **options
    )
    return made.getvalue()


def upload(client: Client, content: bytes, name: str = "a.jpg", kind="image/jpeg"):
    file = SimpleUploadedFile(name, content, content_type=kind)
    return client.post(reverse("admin:articles_article_images"), {"image": file})


def stored(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def test_a_picture_is_stored_with_its_variants_beside_it(
    editor: Client, media: Path
) -> None:
    content = picture()

    response = upload(editor, content)

    folder = hashlib.sha256(content).hexdigest()[:16]
    assert response.json() == {"address": f"/media/images/{folder}/1000x500.jpg"}
    assert stored(media) == [
        "1000w.avif",
        "1000w.webp",
        "1000x500.jpg",
        "480w.avif",
        "480w.webp",
        "960w.avif",
        "960w.webp",
    ]
    for name in stored(media):
        with Image.open(media / "images" / folder / name) as made:
            assert made.size == (int(name.split("w")[0].split("x")[0]), made.height)
            assert made.width == 2 * made.height


@pytest.mark.parametrize("address", ["1000x500.jpg", "480w.webp", "480w.avif"])
def test_a_picture_is_served_to_everyone_for_good(editor: Client, address: str) -> None:
    stored_at = upload(editor, picture()).json()["address"]

    response = Client().get(stored_at.replace("1000x500.jpg", address))

    assert response.status_code == 200
    assert (
        response["Content-Type"]
        == {
            "jpg": "image/jpeg",
            "ebp": "image/webp",
            "vif": "image/avif",
        }[address[-3:]]
    )
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies
    Image.open(io.BytesIO(b"".join(response.streaming_content))).verify()


def test_a_picture_is_sent_as_it_is_with_its_size(editor: Client) -> None:
    stored_at = upload(editor, picture()).json()["address"]

    response = Client().get(stored_at, headers={"accept-encoding": "gzip"})

    content = b"".join(response.streaming_content)
    assert "Content-Encoding" not in response
    assert response["Content-Length"] == str(len(content))
    Image.open(io.BytesIO(content)).verify()


def test_an_answer_without_a_type_is_no_error(rf: RequestFactory) -> None:
    answer = TextGZipMiddleware(lambda _request: HttpResponseNotModified())

    assert answer(rf.get("/")).status_code == 304


@pytest.mark.parametrize(
    ("width", "variants"), [(1, 1), (480, 1), (900, 2), (1440, 3), (1500, 3)]
)
def test_every_size_that_a_text_offers_is_there(
    editor: Client, media: Path, width: int, variants: int
) -> None:
    address = upload(editor, picture(size=(width, 500))).json()["address"]

    html = render(f"![A knee]({address})").html

    offered = re.findall(r"(/media/\S+) (\d+)w", html)
    assert len(offered) == 2 * variants == len(stored(media)) - 1
    for variant, wide in offered:
        content = b"".join(editor.get(variant).streaming_content)
        assert Image.open(io.BytesIO(content)).width == int(wide)


def test_where_one_format_could_not_be_made_the_other_is_sent(
    editor: Client, media: Path
) -> None:
    address = upload(editor, picture()).json()["address"]
    for path in media.rglob("*.avif"):
        path.unlink()

    response = editor.get(address.replace("1000x500.jpg", "480w.avif"))

    assert response["Content-Type"] == "image/webp"
    content = io.BytesIO(b"".join(response.streaming_content))
    assert Image.open(content).format == "WEBP"


@pytest.mark.parametrize(
    "address",
    [
        "/media/images/0123456789abcdef/480w.avif",
        "/media/images/0123456789abcdef/1x1.jpg",
        "/media/images/0123456789abcdef/../../secret-key",
        "/media/images/0123456789abcdef/1x1.svg",
        "/media/images/0123456789abcdef/1x1.jpg%0a",
        "/media/images/0123456789abcdeg/1x1.jpg",
        "/media/",
        "/media/images/",
    ],
)
def test_nothing_else_is_served(client: Client, media: Path, address: str) -> None:
    (media / "secret-key").write_text("secret")

    assert client.get(address).status_code == 404


def test_the_same_file_twice_is_one_picture(editor: Client, media: Path) -> None:
    first = upload(editor, picture())
    before = {path: path.stat().st_mtime_ns for path in media.rglob("*.*")}

    second = upload(editor, picture(), name="other name.jpeg")

    assert second.json() == first.json()
    assert {path: path.stat().st_mtime_ns for path in media.rglob("*.*")} == before


def test_on_a_full_disk_an_editor_is_told_and_half_a_picture_is_written_again(
    editor: Client,
    media: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def write_half(storage: FileSystemStorage, name: str, content: File) -> str:
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read()[:9])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(FileSystemStorage, "_save", write_half)
        refused = upload(editor, picture())

    assert refused.status_code == 500
    assert refused.json()["error"] == (
        "The server cannot store pictures at the moment (No space left on device): "
        "tell whoever looks after it. Your text is still in the form."
    )
    assert "OSError: [Errno 28] No space left on device" in caplog.text  # for them

    upload(editor, picture())

    for path in filter(Path.is_file, media.rglob("*")):
        Image.open(path).load()
    assert len(stored(media)) == 7


def test_a_process_that_ends_while_it_writes_leaves_no_half_picture(
    editor: Client, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_half(content: File) -> Iterator[bytes]:
        yield content.read(9)
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(File, "chunks", write_half)
        with pytest.raises(KeyboardInterrupt):
            images.store_image(SimpleUploadedFile("a.jpg", picture()))
    upload(editor, picture())

    for path in filter(Path.is_file, media.rglob("*")):
        Image.open(path).load()
    assert len(stored(media)) == 7


def test_the_extension_comes_from_what_is_in_the_file(editor: Client) -> None:
    response = upload(editor, picture("PNG"), name="a.html", kind="text/html")

    assert response.json()["address"].endswith("/1000x500.png")


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP"])
def test_a_turned_picture_stands_upright_and_nothing_else_of_it_stays(
    editor: Client, media: Path, format_name: str
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "Somebody Nosy"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)

    address = upload(editor, picture(format_name, exif=exif)).json()["address"]

    assert "/500x1000." in address
    for path in media.rglob("*.*"):
        with Image.open(path) as made:
            assert made.width * 2 == made.height
            assert dict(made.getexif()) == {}
            assert "icc_profile" not in made.info
        assert b"Nosy" not in path.read_bytes()


def red_called_green() -> bytes:
    """Return a colour profile in which red and green have changed places."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ")
    return swapped.replace(b"----", b"gXYZ")


@pytest.mark.parametrize(
    ("profile", "seen"),
    [(red_called_green(), (0, 255, 0)), (b"no profile", (255, 0, 0))],
)
def test_a_picture_keeps_the_colours_that_its_profile_gives_it(
    editor: Client, media: Path, profile: bytes, seen: tuple[int, int, int]
) -> None:
    content = picture("PNG", color="red", icc_profile=profile)

    address = upload(editor, content).json()["address"]

    with Image.open(media / address.removeprefix("/media/")) as made:
        colour = made.convert("RGB").getpixel((0, 0))
    assert [round(part / 255) * 255 for part in colour] == list(seen)


def test_a_large_picture_is_made_smaller(editor: Client, media: Path) -> None:
    address = upload(editor, picture(size=(4000, 3000))).json()["address"]

    assert address.endswith("/2400x1800.jpg")
    assert {"480w.webp", "960w.webp", "1440w.webp"} <= set(stored(media))


def test_a_tiny_picture_is_stored_as_tiny(editor: Client, media: Path) -> None:
    upload(editor, picture("PNG", size=(1, 1)))

    assert stored(media) == ["1w.avif", "1w.webp", "1x1.png"]


@pytest.mark.parametrize(
    ("format_name", "mode", "kept"),
    [
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "P", "RGB"),
        ("PNG", "L", "RGB"),
        ("PNG", "1", "RGB"),
        ("PNG", "I;16", "RGB"),
        ("JPEG", "CMYK", "RGB"),
        ("JPEG", "L", "RGB"),
        ("WEBP", "RGBA", "RGBA"),
    ],
)
def test_colours_of_every_kind_become_those_of_the_web(
    editor: Client, media: Path, format_name: str, mode: str, kept: str
) -> None:
    content = picture(format_name, mode=mode, size=(20, 10), color=0)

    response = upload(editor, content)

    assert response.status_code == 200
    with Image.open(media / response.json()["address"].removeprefix("/media/")) as made:
        assert made.mode == kept


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that only claims to be large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = name + data
        size, check = struct.pack(">I", len(data)), zlib.crc32(checked)
        return size + checked + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def moving(format_name: str) -> bytes:
    made = io.BytesIO()
    frames = [Image.new("RGB", (20, 10), color) for color in ("red", "blue")]
    frames[0].save(made, format_name, save_all=True, append_images=frames[1:])
    return made.getvalue()


REFUSED = {
    "empty": (b"", "empty"),
    "SVG": (SVG, "no JPEG, PNG or WebP"),
    "HTML": (b"<!doctype html><script>alert(1)</script>", "no JPEG, PNG or WebP"),
    "GIF": (picture("GIF"), "no JPEG, PNG or WebP"),
    "BMP": (picture("BMP", size=(9, 9)), "no JPEG, PNG or WebP"),
    "TIFF": (picture("TIFF", size=(9, 9)), "no JPEG, PNG or WebP"),
    "noise": (bytes(range(256)) * 8, "no JPEG, PNG or WebP"),
    "half a JPEG": (picture()[:900], "damaged"),
    "half a PNG": (picture("PNG")[:120], "damaged"),
    "half a WebP": (picture("WEBP", quality=100)[:60], "damaged"),
    "too many pixels": (png_header(8000, 8000), "more than 40 million pixels"),
    "many pixels that Pillow warns of": (png_header(12000, 12000), "million pixels"),
    "a bomb": (png_header(60000, 60000), "million pixels"),
    "a thread": (picture("PNG", size=(65_536, 1)), "more than 65,535 pixels"),
    "a picture that is not there": (png_header(3000, 3000), "damaged"),
    "moving PNG": (moving("PNG"), "moves"),
    "moving WebP": (moving("WEBP"), "moves"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_good_picture_is_refused_in_a_sentence(
    editor: Client, media: Path, name: str
) -> None:
    content, why = REFUSED[name]

    response = upload(editor, content, name="a.png", kind="image/png")

    assert response.status_code == 400
    assert why in response.json()["error"]
    assert response.json()["error"].endswith(".")
    assert stored(media) == []


def test_a_file_that_is_too_large_is_refused_unread(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = picture()
    monkeypatch.setattr(images, "MAX_BYTES", len(content) - 1)

    response = upload(editor, content)

    assert response.status_code == 400
    assert "larger than" in response.json()["error"]


def test_what_is_larger_than_any_picture_is_not_even_kept(
    editor: Client, settings
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = len(content := picture())

    response = upload(editor, content)

    assert response.status_code == 400
    assert "larger than 12 MB" in response.json()["error"]


def test_a_large_picture_needs_no_temporary_folder(
    editor: Client, media: Path, settings
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = media / "missing"
    largest = picture() + bytes(images.MAX_BYTES)

    assert upload(editor, largest[: images.MAX_BYTES]).status_code == 200


def test_an_upload_without_a_file_is_refused(editor: Client) -> None:
    response = editor.post(reverse("admin:articles_article_images"))

    assert response.status_code == 400
    assert response.json() == {"error": "No image came with this."}


def test_the_upload_is_closed_to_those_who_may_not_write(
    client: Client, media: Path
) -> None:
    assert upload(client, picture()).status_code == 302
    client.force_login(make_user())

    assert upload(client, picture()).status_code == 403
    assert stored(media) == []

"""Files as they are downloaded: plain, packed, cut off, or not there."""

import gzip
import zipfile

import pytest

from directory.imports.report import ImportRefusedError
from directory.imports.source_file import opened, sha256_of

TEXT = b"NPI\n" + b"9900000016\n" * 5000


def read(path):
    with opened(path) as (file, position):
        content = file.read()
        assert 0 < position() <= 1
    return content


def zipped(path, **files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return path


def test_a_plain_and_a_gz_and_a_zip_file_are_the_same_table(tmp_path):
    plain, packed = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    plain.write_bytes(TEXT)
    packed.write_bytes(gzip.compress(TEXT))

    assert read(plain) == read(packed) == TEXT
    assert read(zipped(tmp_path / "a.zip", a_csv=TEXT)) == TEXT


def test_the_largest_table_of_a_zip_counts(tmp_path):
    path = zipped(tmp_path / "a.ZIP", head_csv=b"NPI\n", a_CSV=TEXT, b_pdf=TEXT * 2)

    assert read(path) == TEXT


def test_a_zip_without_a_table_says_so(tmp_path):
    with pytest.raises(ImportRefusedError, match=r"it holds no \.csv file"):
        read(zipped(tmp_path / "a.zip", b_pdf=b"x"))


@pytest.mark.parametrize(
    ("local", "central", "value", "reason"),
    [(8, 10, 9, "compression method"), (6, 8, 1, "password required")],
    ids=["deflate64", "password"],
)
def test_a_zip_that_cannot_be_unpacked_here_says_so(
    tmp_path, local, central, value, reason
):
    path = zipped(tmp_path / "a.zip", a_csv=TEXT)
    packed = bytearray(path.read_bytes())
    packed[packed.find(b"PK\3\4") + local] = value
    packed[packed.find(b"PK\1\2") + central] = value
    path.write_bytes(packed)

    with pytest.raises(ImportRefusedError) as refused:
        read(path)

    assert reason in str(refused.value)
    assert str(refused.value).startswith("a.zip cannot be unpacked here (")
    assert str(refused.value).endswith("unpack it yourself and name the .csv.")


@pytest.mark.parametrize("suffix", [".gz", ".zip"])
def test_half_a_download_says_so(tmp_path, suffix):
    whole = zipped(tmp_path / "whole.zip", a_csv=TEXT).read_bytes()
    packed = gzip.compress(TEXT) if suffix == ".gz" else whole
    path = tmp_path / f"half{suffix}"
    path.write_bytes(packed[: len(packed) // 2])

    with pytest.raises(ImportRefusedError, match=f"half{suffix} is damaged or only"):
        read(path)


def test_a_page_saved_as_a_packed_file_says_so(tmp_path):
    path = tmp_path / "page.gz"
    path.write_text("<html>")

    with pytest.raises(ImportRefusedError, match="download it again"):
        read(path)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(ImportRefusedError, match="No such file"):
        read(tmp_path / "none.csv")
    with pytest.raises(ImportRefusedError, match="No such file"):
        sha256_of(tmp_path / "none.csv")


def test_the_digest_is_of_the_bytes(tmp_path):
    path = tmp_path / "a"
    path.write_text("a")

    assert sha256_of(path).startswith("ca978112")

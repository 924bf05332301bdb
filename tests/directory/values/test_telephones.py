"""A number that was typed reads as those of the files, or is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.values.telephones import NOT_A_TELEPHONE, telephone


@pytest.mark.parametrize(
    "typed",
    [
        "6175550123",
        "(617) 555-0123",
        "617-555-0123",
        "617.555.0123",
        " 617 555 0123 ",
        "617/555-0123",
        "617\u2013555\u20110123",
        "617\u00a0555\u00a00123",
        "+1 617 555 0123",
        "1-617-555-0123",
        "16175550123",
    ],
)
def test_ten_digits_are_written_in_one_way(typed):
    assert telephone(typed) == "(617) 555-0123"


@pytest.mark.parametrize(
    "typed",
    [
        "6175550123x12",
        "617-555-0123 ext. 12",
        "(617) 555-0123, extension 12",
        "617.555.0123 #12",
        "617 555 0123 EXT: 12",
        "(617) 555-0123 x12",
    ],
)
def test_an_extension_stays(typed):
    assert telephone(typed) == "(617) 555-0123 x12"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "5550123",
        "617555012",
        "61755501234",
        "617-555-0123 / 0124",
        "617-555-0123 or 617-555-0124",
        "617-555-CARE",
        "617-555-0123 x12345",
        "617-555-0123 x",
        "+44 20 7946 0000",
        "٦١٧٥٥٥٠١٢٣",
        "ask",
    ],
)
def test_what_is_no_number_of_ten_digits_is_refused(typed):
    with pytest.raises(ValueError, match=r"^A telephone number has 10 digits"):
        telephone(typed)

    assert len(NOT_A_TELEPHONE) < 150


@given(st.from_regex(r"[0-9]{10}( x[0-9]{1,4})?", fullmatch=True))
def test_what_is_written_so_stays_so_and_fits_its_field(typed):
    written = telephone(typed)

    assert telephone(written) == written
    assert len(written) <= 20
    assert [one for one in written if one.isdigit()] == [
        one for one in typed if one.isdigit()
    ]

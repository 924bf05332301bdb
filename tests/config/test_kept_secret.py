"""A secret is made once, whoever comes first."""

from config.kept_secret import kept_secret


def test_a_secret_is_made_once(tmp_path):
    path = tmp_path / "var" / "secret"

    first = kept_secret(path, lambda: "first")
    second = kept_secret(path, lambda: "second")

    assert (first, second) == ("first", "first")
    assert path.stat().st_mode & 0o777 == 0o600


def test_of_two_at_once_both_get_the_one_that_was_kept(tmp_path):
    path = tmp_path / "secret"

    def make_while_another_is_quicker() -> str:
        path.write_text("theirs")
        return "ours"

    secret = kept_secret(path, make_while_another_is_quicker)

    assert secret == "theirs"
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret"]

"""What a developer copies from the terminal."""

from io import StringIO

from django.core.mail import EmailMessage

from config.printed_mail import PrintedMail


def test_a_long_link_stands_on_one_line_beside_words_that_are_not_ascii() -> None:
    terminal = StringIO()
    link = f"http://127.0.0.1:8000/review/{'x' * 90}/"
    body = f"Please review “Knees”:\n{link}\nThe link is yours alone."
    mail = EmailMessage("A text", body, "desk@example.org", ["rae@example.org"])

    PrintedMail(stream=terminal).send_messages([mail])

    printed = terminal.getvalue().splitlines()
    assert link in printed
    assert "Subject: A text" in printed
    assert all(line.isascii() for line in printed)

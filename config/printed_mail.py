"""Mail as development prints it: a long link stays on one line, to be copied."""

import email.policy

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend

# ASCII alone, so that a terminal of any encoding can show it
WHOLE_LINES = email.policy.default.clone(max_line_length=998, cte_type="7bit")


class PrintedMail(EmailBackend):
    """Prints each mail without folding its lines."""

    def write_message(self, message: EmailMessage) -> None:
        """Print one; the parent's policy folds at 78 characters."""
        whole = message.message(policy=WHOLE_LINES).as_string()
        self.stream.write(f"{whole}\n{'-' * 79}\n")

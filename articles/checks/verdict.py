"""What findings mean for publishing, given what an editor has looked at; pure."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from articles.checks import RULES, Finding, Report, Rule, Severity

HEADINGS = {
    Severity.BLOCKS: "These keep the text from being published",
    Severity.WARNS: "Look at these before publishing",
    Severity.INFORMS: "Good to know",
}
COUNTED = {
    Severity.BLOCKS: "that block publishing",
    Severity.WARNS: "to look at",
    Severity.INFORMS: "good to know",
}


@dataclass(frozen=True)
class Look:
    """That somebody looked at what a rule says, and why it may stay."""

    reason: str = ""
    by: str = ""
    at: datetime.datetime | None = None


@dataclass(frozen=True)
class Group:
    """What one rule says about a text, at one severity."""

    rule: Rule
    severity: Severity
    findings: list[Finding]
    look: Look | None

    @property
    def takes_a_tick(self) -> bool:
        """Whether an editor can settle it by having looked."""
        return self.severity == Severity.WARNS

    @property
    def takes_a_reason(self) -> bool:
        """Whether an editor can settle it by saying why."""
        return self.severity == Severity.BLOCKS and self.rule.takes_a_reason

    @property
    def is_open(self) -> bool:
        """Whether it stands between the text and its readers."""
        if self.takes_a_tick:
            return self.look is None
        return self.severity == Severity.BLOCKS

    @property
    def in_short(self) -> str:
        """The first finding, and how many more there are."""
        more = len(self.findings) - 1
        return f"{self.findings[0]}{f' And {more} more like this.' if more else ''}"

    @property
    def key(self) -> str:
        """What stays the same as long as the rule finds the same passages."""
        said = "\0".join(f"{each.passage}\0{each.message}" for each in self.findings)
        return hashlib.sha256(f"{self.rule.id}\0{said}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Verdict:
    """Everything the rules say, most severe first, and what could not be asked.

    ``digest`` names the text.
    """

    digest: str
    groups: list[Group]
    left_out: list[str]

    @property
    def blocking(self) -> list[Finding]:
        """Findings that no tick settles."""
        return [
            finding
            for group in self.groups
            if group.severity == Severity.BLOCKS and group.is_open
            for finding in group.findings
        ]

    @property
    def unseen(self) -> list[Group]:
        """Warnings that nobody has looked at."""
        return [group for group in self.groups if group.takes_a_tick and group.is_open]

    @property
    def faults(self) -> list[str]:
        """What keeps the text from readers, in words for its editor."""
        return [str(finding) for finding in self.blocking]

    @property
    def notices(self) -> list[str]:
        """What keeps it from readers until an editor has looked at it, in words."""
        return [group.in_short for group in self.unseen]

    @property
    def by_severity(self) -> list[tuple[str, str, list[Group]]]:
        """Return (severity, heading, groups) for each severity that has findings."""
        return [
            (severity.name.lower(), HEADINGS[severity], list(groups))
            for severity, groups in groupby(self.groups, key=lambda g: g.severity)
        ]

    @property
    def in_short(self) -> str:
        """Return how much there is of each severity, in one line."""
        if not self.groups:
            return "The content rules found nothing."
        counts = self.counts()
        parts = [f"{counts[each]} {words}" for each, words in COUNTED.items()]
        return f"{', '.join(parts)}."

    def counts(self) -> dict[Severity, int]:
        """Return how many findings there are of each severity."""
        return {
            severity: sum(
                len(group.findings)
                for group in self.groups
                if group.severity == severity
            )
            for severity in Severity
        }


def judge(report: Report, digest: str, looks: Mapping[str, Look]) -> Verdict:
    """Return what a report means; ``looks`` are by rule and of this very text."""
    found: dict[tuple[Severity, str], list[Finding]] = {}
    for each in report.findings:
        severity = each.severity
        if _is_excused(each, looks.get(each.rule)):
            severity = Severity.INFORMS
        found.setdefault((severity, each.rule), []).append(each)
    groups = [
        Group(rule, severity, found[severity, rule.id], looks.get(rule.id))
        for severity in Severity
        for rule in RULES.values()
        if (severity, rule.id) in found
    ]
    return Verdict(digest, groups, report.left_out)


def _is_excused(finding: Finding, look: Look | None) -> bool:
    """Whether somebody said why this guide is an exception to a rule that asks."""
    return bool(look and look.reason and RULES[finding.rule].takes_a_reason)

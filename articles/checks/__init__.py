"""The content rules: small pure functions over a parsed text; no database, no clock.

``run(rendered, …)`` is the one way in, for the admin, ``manage.py check_content`` and
CI. A rule that needs facts from outside is left out where nobody looked them up. No
rule edits a text: a machine that adds or removes a "not" can reverse medical advice.
"""

from collections.abc import Collection
from dataclasses import dataclass

from articles.checks import (
    care,
    evidence,
    headings,
    links,
    markup,
    pictures,
    reading,
    risk,
    wording,
)
from articles.checks.guide import read_guide
from articles.checks.rule import Facts, Finding, Rule, Severity
from articles.markdown import Rendered

__all__ = ["RULES", "Facts", "Finding", "Report", "Rule", "Severity", "run"]

MODULES = (
    markup,
    headings,
    links,
    pictures,
    care,
    reading,
    wording,
    risk,
    evidence,
)
RULES: dict[str, Rule] = {rule.id: rule for module in MODULES for rule in module.RULES}
ALWAYS_ON = frozenset(rule.id for rule in markup.RULES)


@dataclass(frozen=True)
class Report:
    """Findings in the order of the rules, and rules that could not be asked."""

    findings: list[Finding]
    left_out: list[str]


def run(
    rendered: Rendered,
    *,
    title: str,
    description: str,
    is_health: bool,
    facts: Facts,
    off: Collection[str] = (),
) -> Report:
    """Ask every rule that is on about a text.

    ``off`` holds ids of rules that this site does without.
    """
    guide = read_guide(rendered, title=title, description=description)
    missing = facts.missing()
    report = Report([], [])
    for rule in RULES.values():
        if rule.id in off and rule.id not in ALWAYS_ON:
            continue
        if rule.health_only and not is_health:
            continue
        if rule.needs & missing:
            report.left_out.append(rule.id)
        else:
            report.findings.extend(rule.findings(guide, facts))
    return report

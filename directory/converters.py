"""Parts of addresses: what does not look right is not found, before any query."""

from typing import Any

from django.urls import register_converter

from directory import parameters
from directory.slugs import SLUG_FORMAT
from directory.values.states import STATES


class StateConverter:
    """A state in lower case: ``tx`` <-> ``TX``."""

    regex = "[a-z]{2}"

    def to_python(self, value: str) -> str:
        """Return the abbreviation; ValueError makes the address a 404."""
        state = value.upper()
        if state not in STATES:
            raise ValueError(value)
        return state

    def to_url(self, value: Any) -> str:
        """Return the part of the address."""
        return str(value).lower()


class NpiConverter:
    """Ten ASCII digits."""

    regex = parameters.NPI.pattern

    def to_python(self, value: str) -> str:
        """Return the NPI."""
        return value

    def to_url(self, value: Any) -> str:
        """Return the part of the address."""
        return str(value)


class CcnConverter(NpiConverter):
    """A CMS certification number: six digits or capitals."""

    regex = parameters.CCN.pattern


class CityConverter(NpiConverter):
    """A city's slug; with capitals the address leads to that in small letters."""

    regex = SLUG_FORMAT.strip("^$")


def register() -> None:
    """Name the converters for ``path()``."""
    register_converter(StateConverter, "state")
    register_converter(NpiConverter, "npi")
    register_converter(CcnConverter, "ccn")
    register_converter(CityConverter, "city")

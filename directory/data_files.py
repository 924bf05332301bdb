"""The files that a clone comes with; docs/data.md says what they are."""

from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
ALIASES = DATA / "cms_pri_spec_aliases.csv"
CENTROIDS = DATA / "zip_centroids.csv"
HOSPITAL_LIST = DATA / "Hospital_General_Information.csv"
LADDER = DATA / "cms_pri_spec_ladder.csv"
TREE = DATA / "specializations.toml"

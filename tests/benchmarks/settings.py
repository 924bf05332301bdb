"""The site's settings, with one more address to compare with."""

from config.settings import *  # noqa: F403 (the benchmark measures these settings)

ROOT_URLCONF = "tests.benchmarks.urls"

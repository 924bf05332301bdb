import pytest

from directory.imports.centroids import Locator, mean, read_centroids

CENTROIDS = {
    "77030": (29.7, -95.4),
    "77002": (29.8, -95.2),
    "77301": (30.0, -95.0),
}
CITIES = [("TX", "houston", "77030"), ("TX", "houston", "77999")]


@pytest.fixture
def locator():
    return Locator.of(CENTROIDS, CITIES)


def test_the_zip_comes_first(locator):
    assert locator.locate("TX", "houston", "77002") == (29.8, -95.2)


def test_a_zip_without_centroid_lies_where_its_city_does(locator):
    assert locator.locate("TX", "houston", "77999") == (29.7, -95.4)


def test_a_city_of_the_same_name_lies_in_its_own_state():
    centroids = CENTROIDS | {"02101": (42.4, -71.1)}
    locator = Locator.of(centroids, [*CITIES, ("MA", "houston", "02101")])

    assert locator.locate("MA", "houston", "02999") == (42.4, -71.1)
    assert locator.locate("TX", "houston", "77999") == (29.7, -95.4)


def test_without_a_city_three_digits_must_do(locator):
    assert locator.locate("TX", "elsewhere", "77099") == (29.75, -95.3)


def test_nothing_known_is_none(locator):
    assert locator.locate("TX", "elsewhere", "99999") is None


def test_the_mean_is_rounded_to_six_decimals():
    assert mean([(1.0, 2.0), (1.0000002, 2.0)]) == (1.0, 2.0)


def test_the_census_file_is_read_whole():
    centroids = read_centroids()

    assert len(centroids) == 33_791
    assert centroids["00601"] == (18.180555, -66.749961)

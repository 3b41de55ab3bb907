from tests.hostile.ways_in import every_way
from tests.walk.conftest import built_once, town

__all__ = ["built_once", "every_way", "town"]

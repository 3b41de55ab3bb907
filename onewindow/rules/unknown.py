"""A month whose figures were not found, said in words instead of OpenFisca's own error."""

from collections.abc import Iterator
from contextlib import contextmanager

from openfisca_core.errors import ParameterNotFoundError

from onewindow.rules.figures import words_on_unknown
from onewindow.rules.situation import CannotAssess


@contextmanager
def said_in_words() -> Iterator[None]:
    try:
        yield
    except ParameterNotFoundError as unknown:
        name = str(unknown).split("'")[1].replace("[", ".").replace("]", "")
        raise CannotAssess(words_on_unknown(name, unknown.instant_str), variable=name) from unknown

"""
The whole law as one OpenFisca system: what all matters share, every matter's `rules/`, found by folder, and over these the
changes of figures that the city has approved (`Change`). Who approves and keeps them is told by a higher floor: `put_in_force`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import astuple, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from openfisca_core.parameters import Parameter, ParameterAtInstant, ParameterNode
from openfisca_core.reforms import Reform
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from onewindow.rules.entities import Household, Person

HERE = Path(__file__).parent
FIELDS = HERE.parent / "fields"
SHARED = (HERE / "inputs", HERE / "means", HERE / "benefits")


class CountryTaxBenefitSystem(TaxBenefitSystem):
    def __init__(self) -> None:
        super().__init__([Person, Household])
        for folder in SHARED:
            self.add_variables_from_directory(str(folder))
        self.load_parameters(str(HERE / "parameters"))
        for folder in matter_folders():
            self.add_variables_from_directory(str(folder))
            if (folder / "parameters").is_dir():
                code = folder.parent.name
                node = ParameterNode(code, directory_path=str(folder / "parameters"))
                self.parameters.add_child(code, node)
        for parameter in figures(self.parameters):
            complete(parameter)

    def get_package_metadata(self) -> dict[str, str]:
        """Said outright: OpenFisca would look for it once for every file, and warn where we run from the source."""
        return {
            "name": "onewindow",
            "version": version_of_files(),
            "repository_url": "",
            "location": str(HERE.parent.parent),
        }


def matter_folders() -> list[Path]:
    return sorted(FIELDS.glob("*/*/rules"))


def figures(node: ParameterNode) -> Iterator[Parameter]:
    return (each for each in node.get_descendants() if isinstance(each, Parameter))


def complete(parameter: Parameter) -> None:
    """Name the document beside each value, and turn yuan, as the document has them, into the fen we reckon in."""
    for value in parameter.values_list:
        value.metadata["document"] = sources_of_files()[value.metadata["source"]]["document"]
        if parameter.metadata.get("unit") == "yuan" and value.value is not None:
            value.value = fen(value.value, value.name)
    if parameter.metadata.get("unit") == "yuan":
        parameter.metadata["unit"] = "fen"


def fen(yuan: float, where: str) -> int:
    amount = round(yuan * 100)
    if abs(amount - yuan * 100) > 1e-6:
        raise ValueError(f"{where}: {yuan} yuan is not a whole number of fen")
    return amount


@cache
def sources_of_files() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "sources.yaml").read_text())
    return found


def sources() -> dict[str, dict[str, Any]]:
    return {**sources_of_files(), **{each.source: {"document": each.document} for each in in_force()}}


@dataclass(frozen=True, order=True)
class Change:
    """A figure that has another value from the first of a month on."""

    name: str
    month: str
    value: int
    document: str
    source: str
    """A key beside those of sources.yaml."""


class CannotChange(Exception):
    """The figures hold something already for that day or later; the message says so in Chinese."""


Changes = tuple[Change, ...]
_in_force: Changes = ()
_under: ContextVar[Changes | None] = ContextVar("changes", default=None)


def in_force() -> Changes:
    chosen = _under.get()
    return _in_force if chosen is None else chosen


def put_in_force(changes: Iterable[Change]) -> None:
    """From now on, for this whole process. Sorted: the same changes are the same law, in whichever order they came."""
    global _in_force  # one law for all threads; a tuple is replaced in one step
    _in_force = tuple(sorted(changes))


@contextmanager
def under(changes: Iterable[Change]) -> Iterator[None]:
    """The law with just these changes, for what is computed inside, whatever is approved meanwhile."""
    before = _under.set(tuple(sorted(changes)))
    try:
        yield
    finally:
        _under.reset(before)


def system() -> CountryTaxBenefitSystem:
    return system_with(in_force())


@lru_cache(maxsize=8)
def system_with(changes: Changes) -> CountryTaxBenefitSystem:
    if not changes:
        return CountryTaxBenefitSystem()
    changed: CountryTaxBenefitSystem = _Changed(system_with(()), changes)
    return changed


class _Changed(Reform):
    def __init__(self, law: CountryTaxBenefitSystem, changes: Changes) -> None:
        self.changes = changes
        super().__init__(law)

    def apply(self) -> None:
        self.modify_parameters(self.put)

    def put(self, root: Any) -> Any:
        known = {parameter.name: parameter for parameter in figures(root)}
        for change in sorted(self.changes, key=lambda each: each.month):
            put(known[change.name], change)
        return root

    def get_package_metadata(self) -> dict[str, str]:
        return {**self.baseline.get_package_metadata(), "version": version_with(self.changes)}


def put(parameter: Parameter, change: Change) -> None:
    """Never in place of a value of that day or a later one: what a document says is not dropped in silence."""
    day = f"{change.month}-01"
    newest = parameter.values_list[0].instant_str if parameter.values_list else ""
    if newest >= day:
        raise CannotChange(f"“{parameter.description}”自{newest}起已有规定，不能再改{change.month}起的数。")
    told = {"source": change.source, "document": change.document, "confidence": "C"}
    value = ParameterAtInstant(parameter.name, day, data={"value": change.value, "metadata": told})
    parameter.values_list = [value, *parameter.values_list]


def law_version() -> str:
    """A digest of all formulas and figures: two sums that carry the same one were made by the same law."""
    return version_with(in_force())


@lru_cache(maxsize=256)
def version_with(changes: Changes) -> str:
    if not changes:
        return version_of_files()
    told = json.dumps([astuple(each) for each in changes], ensure_ascii=False)
    return hashlib.sha256(f"{version_of_files()} {told}".encode()).hexdigest()[:16]


@cache
def version_of_files() -> str:
    return digest(law_files(), HERE.parent)


def digest(paths: list[Path], root: Path) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(f"{path.relative_to(root)}\n{path.stat().st_size}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def law_files() -> list[Path]:
    folders = (*SHARED, HERE / "parameters", *matter_folders())
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".yaml")]
    return sorted([*found, HERE / "entities.py", HERE / "words.py", HERE / "sums.py"])

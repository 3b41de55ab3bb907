"""The whole law as one OpenFisca system: what all matters share, and every matter's `rules/`, found by folder."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from openfisca_core.parameters import Parameter, ParameterNode
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
            "version": law_version(),
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
        value.metadata["document"] = sources()[value.metadata["source"]]["document"]
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
def sources() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "sources.yaml").read_text())
    return found


@cache
def system() -> CountryTaxBenefitSystem:
    return CountryTaxBenefitSystem()


@cache
def law_version() -> str:
    """A digest of all formulas and figures: two sums that carry the same one were made by the same law."""
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

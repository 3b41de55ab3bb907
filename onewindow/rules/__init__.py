"""The law. Also an OpenFisca country package: `openfisca test --country-package onewindow.rules <file>.yaml`."""

from onewindow.rules.system import CountryTaxBenefitSystem

__all__ = ["CountryTaxBenefitSystem"]

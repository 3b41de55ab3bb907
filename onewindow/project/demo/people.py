"""What the demo city knows of its invented people: the truth, and which parts of it a household keeps to itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Circumstance(StrEnum):
    DIBAO = "dibao"
    MARGINAL = "marginal"
    OVER = "over"
    HIDDEN_DEPOSIT = "hidden_deposit"
    HIDDEN_HOME = "hidden_home"
    HAS_CAR = "has_car"
    ELDER_ALONE = "elder_alone"
    DISABLED_ALONE = "disabled_alone"
    CONSCRIPT = "conscript"
    PRISONER = "prisoner"
    STAFF_RELATIVE = "staff_relative"


@dataclass(frozen=True, slots=True)
class Incomes:
    """A month's average of the last twelve, in fen: the five kinds of 最低生活保障审核确认办法 a13."""

    wage_fen: int = 0
    business_fen: int = 0
    property_fen: int = 0
    transfer_fen: int = 0
    base_pension_fen: int = 0
    """Of residents without a worker's pension; apart from the other transfers because the law treats it apart."""
    other_fen: int = 0

    @property
    def total_fen(self) -> int:
        earned = self.wage_fen + self.business_fen + self.property_fen
        return earned + self.transfer_fen + self.base_pension_fen + self.other_fen


@dataclass(frozen=True, slots=True)
class BankAccount:
    number: str
    product: str
    balance_fen: int
    inflow_12_months_fen: int
    is_closed: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    reference: str
    """Number of the certificate; the same for each owner."""
    address: str
    area_square_decimetres: int
    obtained_on: date
    share: str = "1/1"
    use: str = "residential"
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class DemoPerson:
    id_number: str
    name: str
    sex: int
    birth: date
    relation: str
    """To the head of the household (GB/T 4761); the head is 02."""
    marital: str
    ethnic: str = "01"
    phone: str = ""
    incomes: Incomes = Incomes()
    disability_category: int = 0
    disability_level: int = 0
    serious_disease: bool = False
    rigid_expense_fen: int = 0
    is_student: bool = False
    is_conscript: bool = False
    is_imprisoned: bool = False
    accounts: tuple[BankAccount, ...] = ()
    homes: tuple[Home, ...] = ()

    @property
    def is_counted(self) -> bool:
        """最低生活保障审核确认办法 a7; conscripts: 天津."""
        return not (self.is_conscript or self.is_imprisoned)


@dataclass(frozen=True, slots=True)
class DemoHousehold:
    number: str
    place: str
    address: str
    is_urban: bool
    circumstance: Circumstance
    members: tuple[DemoPerson, ...]
    car_count: int = 0
    username: str = ""
    """Of the head, where the household is one of those on the sign-in page."""

    @property
    def head(self) -> DemoPerson:
        return self.members[0]

    @property
    def counted_size(self) -> int:
        return sum(member.is_counted for member in self.members)

    @property
    def counted_income_fen(self) -> int:
        return sum(member.incomes.total_fen for member in self.members if member.is_counted)

    @property
    def deposits_fen(self) -> int:
        return sum(
            account.balance_fen for member in self.members for account in member.accounts if not account.is_closed
        )

    @property
    def home_count(self) -> int:
        return len({home.reference for member in self.members for home in member.homes})

"""The demo's money: four funds as cities have them, and one for each other benefit. Every figure is an example."""

from datetime import timedelta

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.catalog import matters
from onewindow.kernel.grants.funds import add_budget, code_of, open_fund
from onewindow.kernel.grants.models import Fund
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import SYSTEM

CITY, DISTRICT, STREET = "120000000000", "120101000000", "120101001000"
LONGEST_STORY = timedelta(days=60)
Kind = Fund.Kind
FUNDS = (
    ("dibao", DISTRICT, Kind.SPECIAL, "社会救助专项资金", 10_000_000_00),
    ("temporary_aid", STREET, Kind.RESERVE, "街道临时救助备用金", 200_000_00),
    ("temporary_aid", DISTRICT, Kind.LOTTERY, "福利彩票公益金", 500_000_00),
    ("temporary_aid", CITY, Kind.DONATION, "慈善捐赠资金", 300_000_00),
)
OTHERS_FEN = 2_000_000_00


def lay_funds() -> None:
    """For this year, and for the last one where the story begins in it."""
    named = {code for code, *_ in FUNDS}
    others = {
        code_of(each.code): each.name for each in matters().values() if each.grant and code_of(each.code) not in named
    }
    rest = [(code, DISTRICT, Kind.BUDGET, f"{name}资金", OTHERS_FEN) for code, name in sorted(others.items())]
    for year in sorted({today().year, (today() - LONGEST_STORY).year}):
        for code, place, kind, name, fen in (*FUNDS, *rest):
            at = Place.objects.get(pk=place)
            fund = open_fund(SYSTEM, at, code=code, name=name, kind=kind, year=year, is_example=True)
            add_budget(SYSTEM, fund, amount_fen=fen, document=f"{year}年预算（示例）")

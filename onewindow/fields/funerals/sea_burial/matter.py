"""骨灰撒海： a seat in a public session, then the record of where."""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, deciding, examining

matter = Matter(
    code="sea_burial",
    catalogue_id="FU03",
    name="骨灰撒海（海之眠）",
    summary="免费参加公益骨灰撒海，办完发安葬证明，符合条件的另有奖补。",
    audience="本市户籍逝者的亲属",
    everyday=("撒海", "海葬", "海之眠", "骨灰怎么安放", "节地生态安葬"),
    life_events=("death",),
    letter_series="津民海",
    applicant="person",
    kind="public_service",
    version="2020-01",
    any_hukou=True,
    laws=(Law(title="天津市节地生态安葬奖补规定", number="2020年1月1日起"), Law(title="殡葬管理条例")),
    materials=(APPLICATION, IDENTITY, Material(code="cremation", name="火化证明", from_register="民政火化登记")),
    steps=(
        accepting(name="受理和预约"),
        examining(5, name="资格核对"),
        deciding(5, name="撒海和登记", approve="已撒海，发给证明", refuse="不予办理"),
    ),
    promised_working_days=15,
    limit_is_example=True,
    removed=(
        Removed(code="cremation_certificate", name="火化证", instead="内部火化登记"),
        Removed(code="hukou_booklet", name="户口簿", instead="公安户籍数据共享"),
    ),
)

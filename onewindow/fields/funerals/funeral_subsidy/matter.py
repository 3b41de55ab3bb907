"""无丧葬补助居民丧葬补贴： 1,800 yuan to whoever saw to the funeral, within six months of the cremation."""

from onewindow.kernel.catalog import Grant, Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, deciding, examining

matter = Matter(
    code="funeral_subsidy",
    catalogue_id="FU02",
    name="无丧葬补助居民丧葬补贴",
    summary="去世的本市居民没有其他丧葬补助、在本市火化的，补贴办理丧事的人1800元。",
    audience="为没有丧葬补助的本市居民办理丧事的人",
    everyday=("老人去世了有补贴吗", "丧葬费", "1800元", "后事补助"),
    life_events=("death",),
    letter_series="津民丧",
    applicant="person",
    kind="payment",
    version="2025-01",
    any_hukou=True,
    laws=(Law(title="天津市无丧葬补助居民丧葬补贴规定", number="2025年1月1日起"),),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="cremation", name="火化证明", from_register="民政火化登记"),
        Material(code="death", name="死亡医学证明", from_register="卫生健康"),
    ),
    steps=(
        accepting(),
        examining(4, name="数据核对和初审", post="street_officer"),
        deciding(4, name="审核确认", approve="确认给予", refuse="不予确认", letter="grant"),
    ),
    promised_working_days=10,
    limit_is_example=True,
    eligible="funeral_subsidy_is_due",
    grant=Grant(amount="funeral_subsidy_payable", every="once", fund="funerals"),
    removed=(
        Removed(code="hukou_cancelled", name="户口注销证明", instead="公安数据共享（2025年1月1日起不再要求）"),
        Removed(code="cremation_certificate", name="火化证", instead="内部火化登记"),
        Removed(code="kinship", name="亲属关系证明", instead="公安户籍数据或本人承诺"),
    ),
)

"""结婚登记： no household booklet and no place since 2025-05-10; both come themselves (民法典第一千零四十九条)."""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import accepting, on_the_spot

matter = Matter(
    code="marriage_registration",
    catalogue_id="MA01",
    name="结婚登记",
    summary="两人带身份证，在全市任何一个窗口都能办结婚登记，不用户口簿。",
    audience="男方满22周岁、女方满20周岁，都没有配偶的两个人",
    everyday=("领证", "领结婚证", "扯证", "复婚", "补办结婚登记"),
    life_events=("marriage",),
    letter_series="津民婚",
    applicant="person",
    parties=2,
    kind="confirmation",
    version="2025-05",
    any_hukou=True,
    laws=(
        Law(title="中华人民共和国民法典", articles="第一千零四十六条至第一千零四十九条"),
        Law(title="婚姻登记条例", number="2025年修订"),
    ),
    materials=(
        Material(
            code="identity",
            name="双方身份证原件",
            deferrable=True,
            hint="到场时由登记员当面查验，不用上传。",
        ),
        Material(
            code="declaration",
            name="双方无配偶、无近亲关系的声明",
            each_adult=True,
            hint="双方各自在手机上确认，或到窗口当面签字。",
        ),
    ),
    steps=(
        accepting(law="婚姻登记条例"),
        on_the_spot(name="见面审查和登记", approve="准予登记", record="presence", law="民法典第一千零四十九条"),
    ),
    promised_working_days=1,
    limit_is_example=True,
    removed=(
        Removed(code="hukou_booklet", name="户口簿", instead="公安户籍数据共享（2025年5月10日起不再要求）"),
        Removed(code="marital_proof", name="单身证明", instead="本人声明和民政婚姻登记数据"),
    ),
)

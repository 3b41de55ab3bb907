"""The API: the same acts and reads as the pages, described by OpenAPI at /api/v1/openapi.json and /api/v1/docs."""

from ninja import NinjaAPI

from onewindow.api import cases, desk, mine, money, public
from onewindow.api.access import described_to_staff
from onewindow.api.guard import CarefulParser, ChineseJson
from onewindow.api.problems import answer_problems

api = NinjaAPI(
    title="一窗 One Window",
    version="1",
    description=(
        "与页面相同的操作。金额的整数以分为单位；金额写成文字时以元为单位，与页面上填写的一样。"
        "证件号、手机号、账号只给出遮盖后的样式。写操作须带 X-CSRFToken。"
    ),
    urls_namespace="api",
    parser=CarefulParser(),
    renderer=ChineseJson(),
    docs_url="/docs",
    docs_decorator=described_to_staff,
)
answer_problems(api)
for _router in (public.router, mine.router, cases.router, desk.router, money.router):
    api.add_router("", _router)

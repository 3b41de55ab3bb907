"""The facility and its ground."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    facility = forms.CharField(label="设施名称", max_length=80)
    kind = forms.ChoiceField(
        label="种类", choices=(("cemetery", "公墓"), ("hall", "骨灰堂"), ("station", "殡仪服务站"))
    )
    ground = forms.ChoiceField(
        label="用地性质",
        choices=(
            ("permitted", "规划的殡葬用地"),
            ("farmland", "耕地"),
            ("forest", "林地"),
            ("park", "公园或风景区"),
            ("reservoir", "水库、河流附近"),
            ("road", "铁路、公路两侧"),
        ),
    )
    address = forms.CharField(label="地址", max_length=200)
    area = forms.IntegerField(label="占地（平方米）", min_value=1, max_value=1000000)
    capacity = forms.IntegerField(label="安放格位（个）", min_value=0, max_value=1000000)

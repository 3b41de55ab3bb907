from datetime import date

import pytest
from django import forms

from onewindow.web.ui.inputs import PaperInput, RatingField


class Asked(forms.Form):
    name = forms.CharField(label="姓名", help_text="和身份证上的一样。")
    born_on = forms.DateField(label="出生日期")
    city = forms.ChoiceField(label="户籍", choices=(("u", "城镇"),), widget=forms.RadioSelect)
    nick = forms.CharField(label="小名", required=False)
    promise = forms.BooleanField(label="情况属实")


def test_label_hint_and_error_belong_to_their_field():
    page = str(Asked({"name": ""}))
    assert '<label class="field__label" for="id_name">姓名' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page and 'id="id_name_error"' in page and 'aria-invalid="true"' in page


def test_a_group_of_choices_has_a_legend_and_a_place_to_jump_to():
    page = str(Asked())
    assert '<fieldset class="field__group" id="id_city"' in page and '<legend class="field__label">户籍' in page


def test_needed_and_not_needed_are_said_in_words():
    page = str(Asked())
    assert page.count("必填") >= 3 and page.count("选填") == 1


def test_a_filled_in_value_shows_its_source_and_an_example_its_mark():
    form = Asked(initial={"born_on": date(1958, 3, 21)})
    form.fields["born_on"].source = "公安户籍，2026-11-01"
    form.fields["born_on"].is_example = True
    page = str(form["born_on"].as_field_group())
    assert "已从公安户籍，2026-11-01填好" in page and "示例" in page
    assert 'type="date"' in page and 'value="1958-03-21"' in page


@pytest.mark.parametrize("typed", ["1958-03-21", "1958/3/21", "1958.03.21", "1958年3月21日", "19580321"])
def test_a_date_is_understood_as_people_write_it(typed):
    assert forms.DateField().clean(typed) == date(1958, 3, 21)


def test_errors_say_what_to_do():
    errors = Asked({"name": "", "born_on": "去年", "city": ""}).errors
    assert errors["name"] == ["请填写这一项。"]
    assert errors["city"] == ["请选择一项。"]
    assert errors["promise"] == ["请先勾选这一项。"]
    assert "年-月-日" in errors["born_on"][0]


def test_help_is_text_and_not_markup():
    class Hostile(forms.Form):
        name = forms.CharField(label="<b>", help_text="<script>")

    page = str(Hostile())
    assert "<script>" not in page and "<b>" not in page


def test_a_rating_has_five_levels_each_with_its_word():
    class Rated(forms.Form):
        rating = RatingField()

    page = str(Rated())
    assert [word in page for word in ("非常满意", "满意", "基本满意", "不满意", "非常不满意")] == [True] * 5
    assert Rated({"rating": "3"}).is_valid() and not Rated({"rating": "6"}).is_valid()


def test_a_paper_may_come_from_the_camera():
    page = PaperInput().render("photo", None, attrs={"id": "id_photo"})
    assert 'type="file"' in page and 'accept="image/jpeg,image/png,application/pdf"' in page

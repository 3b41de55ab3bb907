"""Whatever arrives from outside is answered or refused in words; nothing else comes out of `assess`."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.rules.assess import CannotAssess, assess
from onewindow.rules.situation import ROLES
from onewindow.rules.system import system

MONTH = "2025-10"
names = st.sampled_from([*system().variables, *ROLES, "nonsense", ""]) | st.text(max_size=5)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["a", "b"])
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
values = anything | st.dictionaries(st.sampled_from([MONTH, "2025-03", "ETERNITY", "2025", "x"]), anything, max_size=2)
given_values = st.dictionaries(names, values, max_size=4)
near_situations = st.fixed_dictionaries(
    {
        "persons": st.dictionaries(st.sampled_from(["a", "b"]), given_values, max_size=2) | anything,
        "households": st.dictionaries(
            st.just("h"),
            st.builds(lambda more: {"applicant": ["a"], "others": ["b"], **more}, given_values),
            max_size=2,
        )
        | anything,
    },
    optional={"axes": anything, "household": anything},
)


one_person = st.builds(
    lambda person, household: {"persons": {"a": person}, "households": {"h": {"applicant": ["a"], **household}}},
    given_values,
    given_values,
)


@settings(max_examples=400, deadline=None)
@given(one_person | near_situations | anything, st.lists(names, max_size=2))
def test_assess_answers_or_refuses_in_words(situation, outputs):
    try:
        answer = assess(situation, MONTH, outputs)
    except CannotAssess as refused:
        assert refused.message_zh.endswith("。")
    else:
        assert set(answer.outputs) == set(outputs)

import pytest

ELDER = "/ui/elder"


def test_elder_mode_stays_until_it_is_left(client, db):
    answer = client.post(ELDER, {"on": "1", "next": "/ui/guide"})
    assert answer.status_code == 302 and answer["Location"] == "/ui/guide"
    assert 'class="elder"' in client.get("/ui/guide").content.decode()
    client.post(ELDER, {"on": "0", "next": "/ui/guide"})
    assert 'class="elder"' not in client.get("/ui/guide").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_the_switch_leads_nowhere_else(client, db, elsewhere):
    assert client.post(ELDER, {"on": "1", "next": elsewhere})["Location"] == "/"


def test_a_link_cannot_switch(client, db):
    assert client.get(ELDER).status_code == 405


def test_the_guide_is_for_demo_cities_only(client, db, settings):
    assert client.get("/ui/guide").status_code == 200
    settings.DEMO = False
    assert client.get("/ui/guide").status_code == 404

"""XML in and out: the same data as JSON, and nothing that a parser could be led astray by."""

from __future__ import annotations

import pytest

from shop.core.api.xml import NotXML, from_xml, to_xml
from tests.factories.people import HOME, client_of, make_user

BOMB = (
    """<?xml version="1.0"?><!DOCTYPE root [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><root><name>&b;</name></root>"""
)
FILE = """<?xml version="1.0"?><!DOCTYPE root [<!ENTITY a SYSTEM "file:///etc/passwd">]><root><name>&a;</name></root>"""
PARAMETER = """<!DOCTYPE root [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]><root/>"""
ONLY_DTD = "<!DOCTYPE root SYSTEM 'x.dtd'><root><name>Asha</name></root>"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"pin": "011001", "count": 2, "ok": True, "none": None}, "<pin>011001</pin><count>2</count><ok>true</ok><none></none>"),
        ([{"id": 1}, []], "<list-item><id>1</id></list-item><list-item></list-item>"),
        ({"a b": "<&>", "1": "हिन्दी"}, '<member name="a b">&lt;&amp;&gt;</member><member name="1">हिन्दी</member>'),
        ({"note": "a\x00b\x0bc\r\n\ud800"}, "<note>abc&#13;\n</note>"),
    ],
)  # fmt: skip
def test_how_it_is_written(value, text):
    assert to_xml(value) == f'<?xml version="1.0" encoding="utf-8"?>\n<root>{text}</root>'


@pytest.mark.parametrize("value", [{"a": "x\r\ny", "b": ["1", {"c d": "e"}]}, {"member": "x"}, {"-": {"": "y"}}])
def test_what_is_written_is_read_again(value):
    assert from_xml(to_xml(value).encode()) == value


@pytest.mark.parametrize(
    "body",
    [BOMB, FILE, PARAMETER, ONLY_DTD, "", "{}", "<root>", "<root><a/><a/></root>", "<root>x<a/></root>", "<root>&nbsp;</root>",
     "<root>\x01</root>", '<?xml version="1.0" encoding="nonsense"?><root/>', "<a>" * 40 + "</a>" * 40],
)  # fmt: skip
def test_what_is_no_plain_xml_is_refused(body):
    with pytest.raises(NotXML):
        from_xml(body.encode())


@pytest.fixture
def asha(db):
    return make_user("asha")


def as_xml(client, method: str, path: str, body: str = "", **headers):
    return getattr(client, method)(
        path, data=body or None, content_type="application/xml", headers={"Accept": "application/xml", **headers}
    )


@pytest.mark.parametrize("body", [BOMB, FILE, PARAMETER, ONLY_DTD, "<root>", "<root><list-item>x</list-item></root>"])
def test_a_bad_body_is_a_problem_in_xml(asha, body):
    answer = as_xml(client_of(asha), "post", "/api/address/", body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+xml")
    assert from_xml(answer.content)["code"] == "malformed_xml"
    assert not asha.addresses.exists()


def test_a_body_of_texts_becomes_what_json_would_have_said(asha):
    members = HOME | {"pincode": "560038", "is_default": True}
    answer = as_xml(client_of(asha), "post", "/api/address/", to_xml(members))
    assert (answer.status_code, answer["Content-Type"]) == (201, "application/xml")
    kept = asha.addresses.get()
    assert from_xml(answer.content)["pincode"] == "560038" == kept.pincode
    assert (kept.is_default, kept.landmark) == (True, "")
    changed = as_xml(client_of(asha), "put", f"/api/address/{kept.pk}/", answer.content.decode())
    assert from_xml(changed.content) == from_xml(answer.content)


def test_a_wrong_field_is_named_in_xml(asha):
    answer = as_xml(client_of(asha), "post", "/api/address/", to_xml(HOME | {"is_default": "perhaps", "pincode": "1"}))
    assert answer.status_code == 400
    assert "is_default" in from_xml(answer.content)["errors"]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/xml", "application/xml"),
        ("application/json;q=0.5, application/xml", "application/xml"),
        ("application/xml;q=0.5, application/json", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "application/problem+json"),
    ],
)
@pytest.mark.parametrize("path", ["/api/category/", "/api/cart/"])
def test_the_client_chooses(client, db, path, accept, content_type):
    answer = client.get(path, headers={"Accept": accept})
    assert answer["Content-Type"] == content_type
    assert answer.status_code == (406 if "problem" in content_type else 200)


def test_public_reads_have_a_tag_for_each_format(client, db):
    first = client.get("/api/category/", headers={"Accept": "application/xml"})
    again = {"Accept": "application/xml", "If-None-Match": first["ETag"]}
    assert client.get("/api/category/", headers=again).status_code == 304
    other = client.get("/api/category/", headers={"If-None-Match": first["ETag"]})
    assert (other.status_code, other.json()["count"]) == (200, 0)
    assert "Accept" in other["Vary"]

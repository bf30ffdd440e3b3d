import pytest

from tests.factories.catalog import make_brand, make_category, make_product, translate, translate_category

pytestmark = pytest.mark.django_db
LIST = "/api/product/"


def test_a_list_in_one_query(client, django_assert_num_queries):
    make_product()
    with django_assert_num_queries(1):
        answer = client.get(LIST)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    body = answer.json()
    assert (body["count"], body["next"], body["previous"]) == (1, None, None)
    assert body["results"][0]["price"] == "649.00"


def test_paging_keeps_the_filters(client):
    for number in range(5):
        make_product(f"p{number}", days_old=number)
    first = client.get(LIST, {"page_size": 2, "ordering": "newest"}).json()
    assert first["next"] == "http://testserver/api/product/?page_size=2&ordering=newest&page=2"
    second = client.get(first["next"]).json()
    assert [card["name"] for card in second["results"]] == ["p2", "p3"]
    assert second["previous"] == "http://testserver/api/product/?page_size=2&ordering=newest"
    assert client.get(LIST, {"page": 4, "page_size": 2}).status_code == 404


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page_size", "101"), ("page_size", "0"), ("page_size", "-1"), ("page_size", "ten"), ("page_size", "٣"),
        ("page", "two"), ("page", "1.5"), ("ordering", "magic"), ("ordering", "id; drop table"), ("currency", "XXX"),
        ("min_price", "cheap"), ("min_price", "-1"), ("max_price", "1e999999999"), ("max_price", "1.999"),
        ("rating_min", "6"), ("rating_min", "good"), ("in_stock", "maybe"), ("on_sale", "2"), ("facets", "all"),
        ("attr_Color", "red"), ("attr_", "red"), ("q", "a\0b"), ("q", "x" * 201), ("category", "\0"),
        ("brand", "x" * 201),
    ],
)  # fmt: skip
def test_a_bad_parameter_is_named(client, name, value):
    answer = client.get(LIST, {name: value})
    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert list(answer.json()["errors"]) == [name]


def test_all_bad_parameters_are_named_at_once(client):
    answer = client.get(LIST, {"page_size": "x", "min_price": "y", "ordering": "z"})
    assert set(answer.json()["errors"]) == {"page_size", "min_price", "ordering"}


@pytest.mark.parametrize("page", ["0", "-1", "2", "999999999", "9" * 29])
def test_a_page_that_is_not_there(client, page):
    make_product()
    answer = client.get(LIST, {"page": page})
    assert (answer.status_code, answer.json()["code"]) == (404, "page_not_found")


def test_parameters_that_nobody_knows_change_nothing(client):
    make_product()
    assert client.get(LIST, {"utm_source": "mail", "sort": "x"}).json()["count"] == 1


@pytest.mark.parametrize("value", ["'; DROP TABLE product_variant; --", "%", "%s", "%(x)s", "{}", "\\", "ॐ", "😀"])
@pytest.mark.parametrize("name", ["q", "category", "brand", "attr_color"])
def test_odd_texts_find_nothing_and_break_nothing(client, name, value):
    make_product()
    assert client.get(LIST, {name: value}).json()["count"] == 0


def test_etag(client):
    make_product()
    first = client.get(LIST)
    tag = first.headers["ETag"]
    assert "public" in first.headers["Cache-Control"]
    assert {"Accept", "Accept-Language", "X-Currency"} <= {v.strip() for v in first.headers["Vary"].split(",")}
    again = client.get(LIST, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    make_product()
    assert client.get(LIST, headers={"If-None-Match": tag}).status_code == 200


def test_currency_and_language_by_header_or_parameter(client):
    core = make_product(prices={"USD": 899})
    translate(core, "मग")
    assert client.get(LIST, {"currency": "USD"}).json()["results"][0]["price"] == "8.99"
    assert client.get(LIST, headers={"X-Currency": "usd"}).json()["results"][0]["currency"] == "USD"
    assert client.get(LIST, headers={"Accept-Language": "hi"}).json()["results"][0]["name"] == "मग"
    assert client.get(LIST, {"lang": "hi"}).json()["results"][0]["url"] == f"/hi/product/hi-{core.pk}/"
    assert client.get(LIST, headers={"X-Currency": "EURO"}).json()["errors"]["currency"]


def test_other_formats_are_refused_in_words(client):
    assert client.get(LIST, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(LIST, headers={"Accept": "text/html,*/*;q=0.8"}).status_code == 200


def test_methods_that_are_not_there(client):
    assert client.delete(LIST).status_code in (401, 405)
    assert client.head(LIST).status_code == 200


def test_filters(client):
    table, brand = make_category("Table", slug="table"), make_brand("Khurja Pottery", slug="khurja")
    core = make_product("On sale", categories=[table], brand=brand, price=10000, compare_at=20000)
    gone = make_product("Sold out", stock=0, price=30000)

    def ids(**filters):
        return [card["id"] for card in client.get(LIST, filters).json()["results"]]

    for filters in [
        {"brand": "Khurja Pottery"}, {"brand": "khurja pottery"}, {"brand": "khurja"}, {"brand": "other,khurja"},
        {"category": "table"}, {"category": table.pk}, {"in_stock": "true"}, {"on_sale": "1"},
        {"max_price": "100.00"}, {"max_price": "299.99"}, {"min_price": "100", "max_price": "100"},
    ]:  # fmt: skip
        assert ids(**filters) == [core.pk], filters
    assert ids(min_price="300.01") == ids(rating_min="4") == ids(brand="Khur") == []
    for none in ({"in_stock": "false"}, {"in_stock": "0"}, {"on_sale": "false"}, {"in_stock": "False", "on_sale": "0"}):
        assert ids(**none) == [gone.pk], none
    assert ids(in_stock="false", on_sale="true") == [] and len(ids()) == 2
    assert client.get(LIST, {"in_stock": ""}).json()["errors"] == {"in_stock": ["“true” or “false”."]}


def test_the_list_of_a_category(client, django_assert_num_queries):
    table = make_category("Table")
    core = make_product(categories=[table])
    make_product()
    address = f"/api/product/category/{table.pk}/"
    with django_assert_num_queries(2):
        assert [card["id"] for card in client.get(address).json()["results"]] == [core.pk]
    assert client.get(f"/api/product/category/{make_category().pk}/", {"ordering": "price"}).json()["count"] == 0
    for nowhere in (0, 10**9, 10**30):
        assert client.get(f"/api/product/category/{nowhere}/").status_code == 404


def test_one_product(client, django_assert_num_queries):
    core = make_product(
        body=[{"type": "text", "value": "<p>Thrown by <b>hand</b></p>"},
              {"type": "specification", "value": {"rows": [{"type": "item", "value": {"name": "Height", "value": "9 cm"}}]}}],
    )  # fmt: skip
    with django_assert_num_queries(1):
        product = client.get(f"/api/product/{core.pk}/").json()
    assert product["body"][0]["value"] == "<p>Thrown by <b>hand</b></p>"
    assert product["body"][1]["value"] == {"rows": [{"name": "Height", "value": "9 cm"}]}
    assert product["variants"][0]["stock"] == 10
    for missing in (0, 10**9, 10**30):
        answer = client.get(f"/api/product/{missing}/")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_categories(client, django_assert_num_queries):
    table = make_category("Table", slug="table")
    mugs = make_category("Mugs", parent=table, slug="mugs")
    translate_category(table, "मेज़", "mez")
    make_product(categories=[mugs])
    with django_assert_num_queries(1):
        listed = client.get("/api/category/").json()
    assert listed["count"] == 2
    assert listed["results"][0] == {
        "id": table.pk, "name": "Table", "slug": "table", "parent": None, "children": [mugs.pk], "image": None,
        "product_count": 1, "url": "/table/",
    }  # fmt: skip
    tree = client.get("/api/category/", {"tree": "true"}).json()
    assert [child["name"] for child in tree[0]["children"]] == ["Mugs"]
    assert client.get(f"/api/category/{table.pk}/", {"lang": "hi"}).json()["name"] == "मेज़"
    assert client.get(f"/api/category/{mugs.pk}/", {"lang": "hi"}).json()["name"] == "Mugs"
    assert client.get("/api/category/999999/").status_code == 404


def test_suggestions(client, django_assert_num_queries):
    lamps = make_category("Lamps", slug="lamps")
    core = make_product("Brass lamp", categories=[lamps])
    make_product("Bowl")
    with django_assert_num_queries(1):
        found = client.get("/api/product/suggest/", {"q": "lam"}).json()
    assert [product["id"] for product in found["products"]] == [core.pk]
    assert set(found["products"][0]) == {"id", "name", "url", "image", "price", "currency"}
    assert found["categories"] == [{"id": lamps.pk, "name": "Lamps", "url": "/lamps/"}]
    assert found["queries"] == ["lamp", "lamps"]
    for nothing in ("", "'", "!!", "&|!:*()", "\\"):
        assert client.get("/api/product/suggest/", {"q": nothing}).json()["products"] == []
    assert client.get("/api/product/suggest/", {"q": "x\0"}).status_code == 400

import pytest
from wagtail.models import Revision

from catalog.inventory.models import StockMovement
from catalog.product.models import CategoryPage, Product, ProductCore, Variant
from tests.factories.catalog import make_attribute, make_brand, make_category, make_image
from tests.factories.people import client_of, make_user

pytestmark = pytest.mark.django_db
LIST = "/api/product/"


@pytest.fixture
def shelf():
    return make_category("Mugs", slug="mugs")


@pytest.fixture
def maya():
    return client_of(make_user(role="merchandiser"))


@pytest.fixture
def mug(maya, shelf):
    return maya.post(LIST, {"name": "Chai mug", "price": "649.00", "category": shelf.pk, "stock": 20}).json()


def counts():
    return ProductCore.objects.count(), Product.objects.count(), Variant.objects.count(), Revision.objects.count()


def test_a_product_is_made_with_its_history_and_its_stock(maya, shelf, client):
    brand, image = make_brand("Khurja Pottery", slug="khurja"), make_image()
    make_attribute("material", {"clay": "Clay"})
    answer = maya.post(LIST, {
        "name": "Chai mug", "price": "649.00", "compare_at_price": "799.00", "category": shelf.pk, "sku": "OS-MUG-1",
        "slug": "chai-mug", "description": "Thrown in Khurja.", "brand": "Khurja Pottery", "stock": 20,
        "attributes": {"material": "clay"}, "images": [{"id": image.pk, "alt": "A mug"}],
        "body": [{"type": "text", "value": "<p>By <b>hand</b><script>alert(1)</script></p>"}],
        "seo": {"title": "Mug for chai", "description": "Small"},
    })  # fmt: skip
    assert answer.status_code == 201, answer.content
    product = answer.json()
    assert (product["name"], product["price"], product["compare_at_price"], product["stock"]) == (
        "Chai mug", "649.00", "799.00", 20)  # fmt: skip
    assert (product["sku"], product["slug"], product["brand"]) == ("OS-MUG-1", "chai-mug", brand.name)
    assert product["body"][0]["value"] == "<p>By <b>hand</b></p>", "no script gets out"
    assert product["seo"]["title"] == "Mug for chai"
    assert product["images"][0]["alt"] == "A mug"
    assert client.get(f"{LIST}{product['id']}/").json() == product
    assert client.get(LIST, {"category": "mugs"}).json()["count"] == 1
    movement = StockMovement.objects.get()
    assert (movement.delta, movement.reason) == (20, "opening stock")
    assert Revision.objects.count() == 1


def test_a_language_in_which_nobody_writes_yet_is_refused(maya, shelf):
    before, body = counts(), {"name": "Chai mug", "price": "649.00", "category": shelf.pk}
    for lang in ("hi", "xx"):
        answer = maya.post(f"{LIST}?lang={lang}", body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["lang"])
    assert counts() == before


def test_variants_each_with_their_stock(maya, shelf):
    answer = maya.post(LIST, {"name": "Kurta", "category": shelf.pk, "variants": [
        {"sku": "K-S", "options": {"size": "S"}, "price": "10.00", "stock": 1},
        {"sku": "K-M", "options": {"size": "M"}, "price": "12.50", "stock": 2}]})  # fmt: skip
    product = answer.json()
    assert answer.status_code == 201, product
    assert (product["sku"], product["price"], product["stock"]) == (None, "10.00", 3)
    assert [(v["sku"], v["stock"]) for v in product["variants"]] == [("K-S", 1), ("K-M", 2)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"), ({"name": None}, "name"), ({"name": "x" * 256}, "name"), ({"price": "cheap"}, "price"),
        ({"price": -1}, "price"), ({"price": True}, "price"), ({"price": "1.999"}, "price"), ({"price": []}, "price"),
        ({"price": "1e400"}, "price"), ({"price": "NaN"}, "price"), ({"category": 10**9}, "category"),
        ({"category": "mugs"}, "category"), ({"category": True}, "category"), ({"brand": "Nobody"}, "brand"),
        ({"attributes": {"nope": "x"}}, "attributes"), ({"attributes": []}, "attributes"), ({"stock": -1}, "stock"),
        ({"stock": 1.5}, "stock"), ({"stock": "5"}, "stock"), ({"stock": 10**9}, "stock"),
        ({"compare_at_price": "1.00"}, "compare_at_price"), ({"images": [{"id": 999}]}, "images"),
        ({"body": [{"type": "html", "value": "<b>"}]}, "body.0"), ({"body": [{"type": "text", "value": {}}]}, "body.0"),
        ({"body": [{"type": "specification", "value": {"rows": [1]}}]}, "body.0"), ({"tax_class": "x"}, "tax_class"),
        ({"variants": [{"sku": "A", "stock": 1}], "stock": 3}, "stock"),
        ({"name": "a\0b"}, "name"), ({"related": ["x"]}, "related.0"),
    ],
)  # fmt: skip
def test_a_bad_field_is_named_and_nothing_is_written(maya, shelf, change, field):
    before = counts()
    answer = maya.post(LIST, {"name": "Mug", "price": "5.00", "category": shelf.pk, **change})
    assert answer.status_code == 400, answer.content
    assert field in answer.json()["errors"], answer.json()
    assert counts() == before


@pytest.mark.parametrize("missing", ["name", "price", "category"])
def test_what_is_needed(maya, shelf, missing):
    given = {"name": "Mug", "price": "5.00", "category": shelf.pk}
    del given[missing]
    assert missing in maya.post(LIST, given).json()["errors"]
    assert not ProductCore.objects.exists()


def test_a_taken_sku(maya, mug, shelf):
    before = counts()
    answer = maya.post(LIST, {"name": "Other", "price": "5.00", "category": shelf.pk, "sku": mug["sku"]})
    assert (answer.status_code, answer.json()["code"]) == (400, "sku_taken")
    assert list(answer.json()["errors"]) == ["sku"]
    assert counts() == before


@pytest.mark.parametrize(
    ("change", "field"),
    [({"compare_at_price": "649.00"}, "compare_at_price"), ({"price": "950.00"}, "price"),
     ({"price": "950.00", "compare_at_price": "940.00"}, "compare_at_price")],
)  # fmt: skip
def test_a_price_that_does_not_go_with_the_other_is_named_as_it_was_sent(maya, mug, client, change, field):
    assert maya.patch(f"{LIST}{mug['id']}/", {"compare_at_price": "900.00"}).status_code == 200
    before = client.get(f"{LIST}{mug['id']}/").json()
    answer = maya.patch(f"{LIST}{mug['id']}/", change)
    assert (answer.status_code, answer.json()["code"], list(answer.json()["errors"])) == (
        400,
        "not_publishable",
        [field],
    )
    assert client.get(f"{LIST}{mug['id']}/").json() == before


def test_patch_changes_what_it_names(maya, mug, client):
    answer = maya.patch(f"{LIST}{mug['id']}/", {"price": "700.00"})
    assert answer.status_code == 200, answer.content
    now = client.get(f"{LIST}{mug['id']}/").json()
    assert (now["price"], now["name"], now["stock"], now["sku"]) == ("700.00", "Chai mug", 20, mug["sku"])
    assert maya.patch(f"{LIST}{mug['id']}/", {"name": "Milk mug"}).json()["name"] == "Milk mug"


def test_put_replaces_all_that_is_writable(maya, mug, shelf):
    maya.patch(f"{LIST}{mug['id']}/", {"description": "Old", "compare_at_price": "900.00"})
    given = {"name": "New", "price": "5.00", "category": shelf.pk}
    now = maya.put(f"{LIST}{mug['id']}/", given).json()
    assert (now["name"], now["description"], now["compare_at_price"], now["stock"]) == ("New", "", None, 20)
    assert (now["sku"], now["slug"]) == (mug["sku"], mug["slug"])
    assert "name" in maya.put(f"{LIST}{mug['id']}/", {"price": "5.00", "category": shelf.pk}).json()["errors"]


@pytest.mark.parametrize("method", ["patch", "put"])
@pytest.mark.parametrize("given", [{"stock": 5}, {"variants": [{"sku": "A", "stock": 5}]}])
def test_stock_is_changed_elsewhere(maya, mug, shelf, method, given):
    answer = getattr(maya, method)(f"{LIST}{mug['id']}/", {"name": "x", "price": "5.00", "category": shelf.pk, **given})
    assert answer.status_code == 400
    assert "/api/inventory/" in answer.json()["errors"]["stock"][0]
    assert maya.get(f"{LIST}{mug['id']}/").json()["name"] == "Chai mug"


def test_price_at_the_top_is_refused_where_there_are_several_variants(maya, shelf):
    product = maya.post(LIST, {"name": "Kurta", "category": shelf.pk, "variants": [
        {"sku": "K-S", "options": {"size": "S"}, "price": "10.00"},
        {"sku": "K-M", "options": {"size": "M"}, "price": "12.50"}]}).json()  # fmt: skip
    answer = maya.patch(f"{LIST}{product['id']}/", {"price": "1.00"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["price"])


def test_a_draft_is_seen_by_those_who_may_edit(maya, mug, client):
    address = f"{LIST}{mug['id']}/?draft=true"
    changed = maya.patch(address, {"name": "Draft name", "price": "1.00"}).json()
    assert (changed["name"], changed["price"], changed["has_unpublished_changes"]) == ("Draft name", "1.00", True)
    assert client.get(f"{LIST}{mug['id']}/").json()["name"] == "Chai mug"
    shown = maya.get(address)
    assert (shown.json()["name"], shown.json()["live"]) == ("Draft name", True)
    assert "no-store" in shown.headers["Cache-Control"]
    assert client.get(address).status_code == 401
    assert client_of(make_user()).get(address).status_code == 403
    assert maya.get(f"{LIST}{mug['id']}/?draft=maybe").status_code == 400


def test_to_throw_a_draft_away_takes_nothing_off_sale(maya, mug, client):
    maya.patch(f"{LIST}{mug['id']}/?draft=true", {"name": "Draft"})
    refused = maya.delete(f"{LIST}{mug['id']}/?draft=true")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["draft"])
    assert client.get(f"{LIST}{mug['id']}/").status_code == 200


def test_a_product_can_begin_as_a_draft(maya, shelf, client):
    made = maya.post(f"{LIST}?draft=true", {"name": "Soon", "price": "5.00", "category": shelf.pk})
    assert made.status_code == 201, made.content
    product = made.json()
    assert (product["live"], product["price"], product["stock"]) == (False, "5.00", 0)
    assert client.get(f"{LIST}{product['id']}/").status_code == 404
    assert client.get(LIST).json()["count"] == 0
    bad = maya.post(f"{LIST}?draft=true", {"name": "Soon", "price": "5.00", "category": shelf.pk, "stock": 4})
    assert "stock" in bad.json()["errors"]


def test_delete_takes_it_off_sale(maya, mug, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert maya.delete(f"{LIST}{mug['id']}/").status_code == 204
    assert client.get(f"{LIST}{mug['id']}/").status_code == 404
    assert client.get(LIST).json()["count"] == 0
    assert Variant.objects.count() == 1, "orders and stock point at it"
    assert maya.delete(f"{LIST}{mug['id']}/").status_code == 204


def test_who_may_write(mug, shelf):
    before = counts()
    given = {"name": "Mug", "price": "5.00", "category": shelf.pk}
    address = f"{LIST}{mug['id']}/"
    for who, status in [(client_of(), 401), (client_of(make_user()), 403), (client_of(make_user(role="support")), 403)]:
        assert who.post(LIST, given).status_code == status
        assert who.patch(address, {"name": "x"}).status_code == status
        assert who.put(address, given).status_code == status
        assert who.delete(address).status_code == status
    assert counts() == before


def test_a_vendor_has_its_own_products_only(mug, shelf):
    vendor, other = (client_of(make_user(role="vendor")) for _ in range(2))
    own = vendor.post(LIST, {"name": "Own", "price": "5.00", "category": shelf.pk}).json()
    assert vendor.patch(f"{LIST}{own['id']}/", {"price": "6.00"}).json()["price"] == "6.00"
    before = counts()
    for address in (f"{LIST}{mug['id']}/", f"{LIST}{own['id']}/", f"{LIST}999999/", f"{LIST}{10**30}/"):
        for answer in (other.patch(address, {"price": "1.00"}), other.delete(address), other.get(f"{address}?draft=1")):
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert counts() == before


CATEGORY = "/api/category/"


def test_categories_are_made_moved_and_deleted(maya, shelf, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = maya.post(CATEGORY, {"name": "Table & kitchen", "description": "First line\n<b>second</b>"})
    assert made.status_code == 201, made.content
    table = made.json()
    assert (table["slug"], table["parent"], table["url"]) == ("table-kitchen", None, "/table-kitchen/")
    with django_capture_on_commit_callbacks(execute=True):
        moved = maya.patch(f"{CATEGORY}{shelf.pk}/", {"parent": table["id"], "name": "Cups"}).json()
    assert (moved["parent"], moved["name"], moved["url"]) == (table["id"], "Cups", "/table-kitchen/mugs/")
    assert client.get(f"{CATEGORY}{table['id']}/").json()["children"] == [shelf.pk]
    assert maya.delete(f"{CATEGORY}{table['id']}/").status_code == 409
    with django_capture_on_commit_callbacks(execute=True):
        assert maya.delete(f"{CATEGORY}{shelf.pk}/").status_code == 204
        assert maya.delete(f"{CATEGORY}{table['id']}/").status_code == 204
    assert client.get(CATEGORY).json()["count"] == 0
    assert maya.delete(f"{CATEGORY}{table['id']}/").status_code == 404


def test_a_category_with_products_stays(maya, mug, shelf):
    answer = maya.delete(f"{CATEGORY}{shelf.pk}/")
    assert (answer.status_code, answer.json()["code"]) == (409, "still_needed")
    assert CategoryPage.objects.filter(pk=shelf.pk).exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "name"), ({"name": ""}, "name"), ({"name": "x", "parent": 10**9}, "parent"), ({"name": "x", "parent": "y"}, "parent"),
     ({"name": "x", "slug": "a b"}, "slug"), ({"name": "x", "slug": "mugs"}, "slug"), ({"name": "x", "image": 77}, "image"),
     ({"name": "x", "default_sort": "magic"}, "default_sort")],
)  # fmt: skip
def test_a_bad_category(maya, shelf, given, field):
    answer = maya.post(CATEGORY, given)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field]), answer.content
    assert CategoryPage.objects.count() == 1


def test_a_category_cannot_stand_below_itself(maya, shelf):
    below = maya.post(CATEGORY, {"name": "Below", "parent": shelf.pk}).json()
    for parent in (shelf.pk, below["id"]):
        assert list(maya.patch(f"{CATEGORY}{shelf.pk}/", {"parent": parent}).json()["errors"]) == ["parent"]
    assert CategoryPage.objects.get(pk=shelf.pk).depth == 3


def test_who_may_write_categories(shelf):
    for who, status in [(client_of(), 401), (client_of(make_user()), 403), (client_of(make_user(role="vendor")), 403)]:
        assert who.post(CATEGORY, {"name": "x"}).status_code == status
        assert who.patch(f"{CATEGORY}{shelf.pk}/", {"name": "x"}).status_code == status
        assert who.delete(f"{CATEGORY}{shelf.pk}/").status_code == status
    assert CategoryPage.objects.get().title == "Mugs"

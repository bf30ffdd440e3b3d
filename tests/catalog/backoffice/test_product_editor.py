"""The product editor as a merchandiser uses it. Refusals are form errors, never a 500, and change nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.product.models import Attribute, AttributeValue, Product, ProductCore, Variant
from catalog.product.services.change_product import change_product
from tests.catalog.backoffice.forms import editing, product_form, url, variant
from tests.factories.products import make_category, make_product, make_two_sizes

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "1"}


def errors(response) -> dict:
    form = response.context["form"]
    rows = {name: formset.errors + list(formset.non_form_errors()) for name, formset in form.formsets.items()}
    return {"form": dict(form.errors), **{name: found for name, found in rows.items() if any(found)}}


def live(product: Product) -> Product:
    return Product.objects.get(pk=product.pk)


@pytest.fixture
def size(db):
    attribute = Attribute.objects.create(code="size", name="Size", type="choice", is_option=True)
    for value in ("S", "L"):
        AttributeValue.objects.create(attribute=attribute, value=value, label=value)
    return attribute


def test_a_product_is_made_as_draft_and_published(merchandiser, size):
    category = make_category("Kitchen")
    Attribute.objects.create(code="material", name="Material")
    variants = [variant("MUG-S", options={"size": "S"}), variant("MUG-L", "799.50", "999.00", {"size": "L"})]
    data = product_form(
        title="Blue mug", variants=variants, categories=[{"category": category.pk}], attributes={"material": "clay"}
    )
    response = merchandiser.post(url("add"), data)
    product = Product.objects.get()
    assert response.url == url("edit", product.pk), errors(response)
    assert (product.live, product.slug, product.core.key) == (False, "blue-mug", product.translation_key)
    assert not Variant.objects.exists()
    response = merchandiser.post(url("edit", product.pk), editing(product, **PUBLISH))
    assert response.status_code == 302, errors(response)
    product = live(product)
    assert product.live and product.core.attributes == {"material": "clay"}
    assert [link.category_id for link in product.category_links.all()] == [category.pk]
    assert [(v.sku, v.options) for v in product.core.variants.order_by("position")] == [
        ("MUG-S", {"size": "S"}), ("MUG-L", {"size": "L"}),
    ]  # fmt: skip
    assert list(product.variant_specs.values_list("price", "compare_at_price")) == [(64900, None), (79950, 99900)]


def test_published_at_once_from_the_add_screen(merchandiser):
    response = merchandiser.post(url("add"), product_form(**PUBLISH))
    assert response.status_code == 302, errors(response)
    assert Product.objects.get().live and Variant.objects.get().sku == "MUG-1"


def test_a_hindi_title_keeps_its_vowel_signs_in_the_slug(merchandiser):
    merchandiser.post(url("add"), product_form(title="नीला प्याला", slug="नल-पयल"))
    assert Product.objects.get().slug == "नीला-प्याला"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"variants": [variant("TAKEN")]}, "variant_specs"),
        ({"variants": [variant("A"), variant("A", options={"size": "L"})]}, "variant_specs"),
        ({"variants": [variant("A"), variant("B")]}, "variant_specs"),
        ({"variants": [variant("A", "100.00", "100.00")]}, "variant_specs"),
        ({"variants": [variant("A", "", "100.00")]}, "variant_specs"),
        ({"variants": [variant("A", "-1")]}, "variant_specs"),
        ({"variants": [variant("A", "1.005")]}, "variant_specs"),
        ({"variants": [variant("")]}, "variant_specs"),
        ({"variants": []}, "variant_specs"),
        ({"slug": "taken"}, "form"),
        ({"title": ""}, "form"),
        ({"attributes": {"height": "tall"}}, "form"),
    ],
)
@pytest.mark.parametrize("screen", ["add", "edit"])
def test_bad_input_is_a_form_error_and_changes_nothing(merchandiser, size, screen, fields, where):
    Attribute.objects.create(code="height", name="Height", type="number")
    make_product(sku="TAKEN", slug="taken")
    mine = make_product(sku="MINE", slug="mine")
    before = (Product.objects.count(), ProductCore.objects.count(), live(mine).latest_revision_id)
    if screen == "add":
        response = merchandiser.post(url("add"), product_form(**{**fields, **PUBLISH}))
    else:
        response = merchandiser.post(url("edit", mine.pk), editing(mine, **{**fields, **PUBLISH, "initial": (0, 0, 0)}))
    assert response.status_code == 200
    assert where in errors(response) and (where != "form" or errors(response)["form"])
    assert (Product.objects.count(), ProductCore.objects.count(), live(mine).latest_revision_id) == before
    assert mine.core.variants.get().sku == "MINE"


def test_a_draft_may_be_incomplete(merchandiser):
    response = merchandiser.post(url("add"), product_form(variants=[]))
    assert response.status_code == 302, errors(response)
    product = Product.objects.get()
    response = merchandiser.post(url("edit", product.pk), editing(product, **PUBLISH))
    assert response.status_code == 200 and "variant_specs" in errors(response)
    assert not live(product).live


def test_two_editors_at_different_fields_lose_nothing(merchandiser):
    product = make_product(title="A", price=10_000)
    opened = editing(product, title="Mine", **PUBLISH)
    change_product(product_id=product.core_id, fields={"price": 12_000, "summary": "theirs"})
    response = merchandiser.post(url("edit", product.pk), opened)
    assert response.status_code == 302, errors(response)
    now = live(product)
    assert (now.title, now.summary, now.variant_specs.get().price) == ("Mine", "theirs", 12_000)


def test_two_editors_at_the_same_field_see_both_values_and_may_decide(merchandiser):
    product = make_product(title="A", price=10_000)
    opened = editing(product, title="Mine", variants=[variant("X", "90.00", pk=product.variant_specs.get().pk)])
    change_product(product_id=product.core_id, fields={"title": "Theirs", "price": 12_000, "summary": "kept"})
    revisions = product.revisions.count()
    response = merchandiser.post(url("edit", product.pk), opened | PUBLISH)
    assert response.status_code == 200
    page = response.content.decode()
    assert "Theirs" in page and "Keep mine" in page and "₹\u00a0120.00" in page and "title" in errors(response)["form"]
    assert "price" in errors(response)["variant_specs"][0]
    assert live(product).title == "Theirs" and product.revisions.count() == revisions
    origin = response.context["form"].origin
    response = merchandiser.post(url("edit", product.pk), opened | PUBLISH | {"origin": origin, "overrule": "yes"})
    assert response.status_code == 302, errors(response)
    now = live(product)
    assert (now.title, now.variant_specs.get().price, now.summary) == ("Mine", 9_000, "kept")


def test_a_scheduled_change_waits_and_locks_the_editor(merchandiser):
    product = make_product(title="A")
    when = timezone.localtime(timezone.now() + timedelta(hours=2)).strftime("%Y-%m-%d %H:%M")
    response = merchandiser.post(url("edit", product.pk), editing(product, title="B", go_live_at=when, **PUBLISH))
    assert response.status_code == 302, errors(response)
    assert live(product).title == "A" and live(product).scheduled_revision.content["title"] == "B"
    response = merchandiser.post(url("edit", product.pk), editing(product, title="C", **PUBLISH))
    assert live(product).title == "A" and live(product).scheduled_revision.content["title"] == "B"


def test_a_stale_schedule_that_cannot_be_published_is_no_500(merchandiser):
    product = make_product(sku="A")
    response = merchandiser.post(
        url("edit", product.pk), editing(product, variants=[variant("B", pk=product.variant_specs.get().pk)])
    )
    assert response.status_code == 302
    make_product(sku="B")
    response = merchandiser.post(url("edit", product.pk), editing(product, **PUBLISH))
    assert response.status_code == 200 and "sku" in errors(response)["variant_specs"][0]
    assert product.core.variants.get(active=True).sku == "A"


def test_reverting_in_the_editor_keeps_ids(merchandiser):
    product = make_two_sizes(title="A")
    first = product.latest_revision
    ids = set(product.core.variants.values_list("pk", flat=True))
    change_product(product_id=product.core_id, fields={"title": "B"})
    response = merchandiser.get(url("revisions_revert", product.pk, first.pk))
    assert response.status_code == 200
    data = editing(product, title="A", **PUBLISH)
    response = merchandiser.post(url("revisions_revert", product.pk, first.pk), data)
    assert response.status_code == 302, errors(response)
    assert live(product).title == "A" and set(product.core.variants.values_list("pk", flat=True)) == ids


def test_autosave_answers_json_and_keeps_one_revision(merchandiser):
    product = make_product(title="A")
    headers = {"HTTP_ACCEPT": "application/json"}
    response = merchandiser.post(url("edit", product.pk), editing(product, title="B"), **headers)
    assert response.status_code == 200, response.content[:500]
    revision = response.json()["revision_id"]
    data = editing(product, title="C") | {"overwrite_revision_id": revision}
    assert merchandiser.post(url("edit", product.pk), data, **headers).json()["revision_id"] == revision
    assert live(product).title == "A" and live(product).latest_revision.content["title"] == "C"
    response = merchandiser.post(url("edit", product.pk), editing(product, title="C", **PUBLISH))
    assert live(product).title == "C" and product.core.variants.count() == 1


def test_autosave_of_a_new_product_does_not_double_its_variants(merchandiser):
    headers = {"HTTP_ACCEPT": "application/json"}
    response = merchandiser.post(url("add"), product_form(title="New"), **headers).json()
    product = Product.objects.get()
    assert response["success"] and product.variant_specs.count() == 1
    response = merchandiser.post(url("edit", product.pk), editing(product, **PUBLISH))
    assert response.status_code == 302, errors(response)
    assert product.core.variants.count() == 1 and live(product).variant_specs.count() == 1


def test_preview_shows_the_unsaved_form(merchandiser, shown):
    product = make_product(title="A", price=10_000)
    row = variant("P", "1.00", pk=product.variant_specs.get().pk)
    data = editing(product, title="Seen before", variants=[row])
    assert merchandiser.post(url("preview_on_edit", product.pk), data).json()["is_valid"]
    response = merchandiser.get(url("preview_on_edit", product.pk) + "?mode=")
    assert "Seen before" in response.content.decode()
    assert shown[0].variant_specs.all()[0].price == 100
    assert live(product).title == "A" and Variant.objects.get().sku != "P"
    assert merchandiser.post(url("preview_on_add"), product_form(title="Not yet")).json()["is_valid"]
    assert "Not yet" in merchandiser.get(url("preview_on_add") + "?mode=").content.decode()


@pytest.mark.parametrize("name", ["edit", "history", "usage", "inspect", "unpublish", "copy", "translate"])
def test_every_screen_opens(merchandiser, name):
    product = make_two_sizes()
    assert merchandiser.get(url(name, product.pk)).status_code == 200


def test_unpublishing_in_the_admin_takes_it_off_sale(merchandiser):
    product = make_product()
    merchandiser.post(url("unpublish", product.pk))
    assert not live(product).live and not live(product).core.is_live
    assert Variant.objects.get().active


def test_a_product_that_was_on_sale_is_not_deleted_by_anyone(merchandiser, admin_client):
    product, draft = make_product(), make_product(draft=True)
    for client in (merchandiser, admin_client):
        response = client.post(url("delete", product.pk))
        assert response.status_code == 302 and Product.objects.filter(pk=product.pk).exists()
    assert not merchandiser.get(url("edit", product.pk)).context["can_delete"]
    merchandiser.post(url("delete", draft.pk))
    assert not Product.objects.filter(pk=draft.pk).exists() and ProductCore.objects.filter(pk=draft.core_id).exists()


def test_an_approval_publishes_and_a_refused_one_says_why(merchandiser, admin_client, admin_user):
    from django.contrib.auth.models import Group
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

    task = GroupApprovalTask.objects.create(name="Look")
    task.groups.set(Group.objects.filter(user=merchandiser.user))
    workflow = Workflow.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowContentType.objects.create(workflow=workflow, content_type=ContentType.objects.get_for_model(Product))
    product, doomed = make_product(title="A"), make_product(title="D", sku="D")
    for row, changes in ((product, {"title": "B"}), (doomed, {"title": "E"})):
        merchandiser.post(url("edit", row.pk), editing(row, **changes, **{"action-submit": "1"}))
        assert live(row).workflow_in_progress
    change_product(product_id=product.core_id, fields={"price": 4_200})
    assert live(product).workflow_in_progress and live(product).title == "A"

    def approve(row):
        state = live(row).current_workflow_task_state
        return merchandiser.post(url("workflow_action", row.pk, "approve", state.pk))

    assert approve(product).status_code == 302
    assert live(product).title == "B" and live(product).variant_specs.get().price == 4_200
    assert not live(product).workflow_in_progress
    Product.objects.filter(pk=doomed.pk).update(title="F")
    response = approve(doomed)
    assert response.status_code == 302 and live(doomed).title == "F" and live(doomed).workflow_in_progress

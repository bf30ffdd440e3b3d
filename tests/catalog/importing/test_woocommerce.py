from __future__ import annotations

from catalog.importing.reading import CatalogReading, ReadingOptions
from tests.catalog.importing.reading_files import WOOCOMMERCE, read_text, write


def read_named(tmp_path, text=WOOCOMMERCE):
    products, refusals = read_text(tmp_path, text)
    return {product.name: product for product in products}, refusals


def test_variations_belong_to_the_parent_that_they_name_by_sku_or_id(tmp_path):
    products, _ = read_named(tmp_path)
    tee = products["Tee"]
    assert [(dict(variant.options), variant.prices, variant.stock) for variant in tee.variants] == [
        ({"Color": "Red"}, {"INR": 2000}, 4),
        ({"Color": "Blue"}, {"INR": 1800}, None),
    ]
    assert tee.variants[1].compare_at == {"INR": 2000}
    assert tee.variants[0].sku == "tee-red" and tee.variants[1].sku_made
    assert tee.variants[0].weight_grams == 200


def test_the_parent_brings_texts_pictures_and_shelves(tmp_path):
    tee = read_named(tmp_path)[0]["Tee"]
    assert tee.description == "<b>Long</b>" and tee.category_paths == (("Clothing", "Shirts"), ("New",))
    assert [image.name for image in tee.images] == ["tee-1.jpg", "tee-2.jpg"]
    assert [image.name for image in tee.variants[0].images] == ["tee-red.jpg"]


def test_an_attribute_that_no_variation_fixes_is_remarked(tmp_path):
    tee = read_named(tmp_path)[0]["Tee"]
    assert {(remark.line, remark.value) for remark in tee.remarks} == {(4, "Size"), (5, "Size")}


def test_a_simple_product_has_attributes_and_its_sale_price(tmp_path):
    belt = read_named(tmp_path)[0]["Belt"]
    assert belt.attributes == (("Leather", "Calf"),) and belt.category_paths == (("Bags, Belts",),)
    assert belt.variants[0].prices == {"INR": 5500} and belt.variants[0].compare_at == {"INR": 6500}


def test_a_sale_between_dates_is_left_out_and_told(tmp_path):
    cap = read_named(tmp_path)[0]["=Cap"]
    assert not cap.published and cap.variants[0].prices == {"INR": 1800} and cap.variants[0].compare_at == {}
    assert cap.remarks[0].column == "Sale price"


def test_grouped_products_and_lost_variations_are_refused(tmp_path):
    _, refusals = read_named(tmp_path)
    assert {(refusal.line, refusal.column, refusal.value) for refusal in refusals} == {
        (6, "Type", "grouped"),
        (8, "Parent", "id:999"),
    }


def test_a_parent_may_stand_behind_its_variations(tmp_path):
    head, parent, *rest = WOOCOMMERCE.splitlines()
    turned, _ = read_named(tmp_path, "\n".join([head, *rest, parent]) + "\n")
    straight, _ = read_named(tmp_path)
    assert {name: {variant.sku for variant in product.variants} for name, product in turned.items()} == {
        name: {variant.sku for variant in product.variants} for name, product in straight.items()
    }


def test_it_is_recognized(tmp_path):
    assert CatalogReading(write(tmp_path, WOOCOMMERCE), ReadingOptions()).facts.format == "woocommerce"

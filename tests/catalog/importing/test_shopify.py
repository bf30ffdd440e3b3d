from __future__ import annotations

from tests.catalog.importing.reading_files import SHOPIFY, SHOPIFY_NEW, read_text


def test_rows_of_a_handle_are_variants_and_pictures_of_one_product(tmp_path):
    products, refusals = read_text(tmp_path, SHOPIFY)
    assert not refusals and [product.handle for product in products] == ["linen-shirt", "clay-cup"]
    shirt = products[0]
    assert shirt.name == "Linen Shirt" and shirt.description == "<p>Soft.</p>" and shirt.description_is_html
    assert (shirt.brand, shirt.category_paths, shirt.tags) == ("Osari", (("Apparel", "Shirts"),), ("linen", "summer"))
    assert [(image.name, image.alt) for image in shirt.images] == [
        ("shirt-1.jpg", "Front"),
        ("shirt-2.jpg", "Back"),
        ("shirt-3.jpg", ""),
    ]
    assert (shirt.seo_title, shirt.seo_description) == ("Linen shirt", "A soft shirt")


def test_variants_inherit_the_names_of_options_from_the_first_row(tmp_path):
    products, _ = read_text(tmp_path, SHOPIFY)
    medium, large = products[0].variants
    assert dict(medium.options) == {"Size": "M", "Color": "White"} and dict(large.options) == {
        "Size": "L",
        "Color": "White",
    }
    assert medium.prices == {"INR": 129900} and medium.compare_at == {"INR": 149900} and large.compare_at == {}
    assert (medium.stock, large.stock) == (5, 0) and (medium.weight_grams, large.weight_grams) == (210, 220)
    assert medium.barcode == "4006381333931" and [image.name for image in medium.images] == ["shirt-w.jpg"]


def test_a_product_without_options_has_one_variant_with_a_made_sku(tmp_path):
    products, _ = read_text(tmp_path, SHOPIFY)
    (variant,) = products[1].variants
    assert (
        variant.options == () and variant.sku_made and variant.sku == read_text(tmp_path, SHOPIFY)[0][1].variants[0].sku
    )
    assert products[1].category_paths == (("Cups",),)


def test_it_is_published_only_where_status_and_channel_agree(tmp_path):
    products, _ = read_text(tmp_path, SHOPIFY)
    assert products[0].published and not products[1].published


def test_the_new_headings_mean_the_same(tmp_path):
    products, refusals = read_text(tmp_path, SHOPIFY_NEW)
    assert not refusals
    (lamp,) = products
    assert (lamp.handle, lamp.name, lamp.variants[0].sku) == ("brass-lamp", "Brass Lamp", "BL-1")
    assert lamp.variants[0].prices == {"INR": 450000} and lamp.variants[0].weight_grams == 1200
    assert lamp.attributes == (("material", "Brass"),) and lamp.category_paths == (("Home", "Lamps"),)


def test_a_gift_card_and_a_row_without_handle_are_refused(tmp_path):
    text = SHOPIFY.replace(",,,FALSE,,,,draft", ",,,TRUE,,,,draft") + ",No Handle" + "," * 24 + "\n"
    products, refusals = read_text(tmp_path, text)
    assert [product.handle for product in products] == ["linen-shirt"]
    assert [(refusal.line, refusal.column) for refusal in refusals] == [(5, "Gift Card"), (6, "Handle")]


def test_a_wrong_check_digit_leaves_the_barcode_out_with_a_remark(tmp_path):
    products, refusals = read_text(tmp_path, SHOPIFY.replace("4006381333931", "4006381333932"))
    assert not refusals and products[0].variants[0].barcode == ""
    assert [(remark.line, remark.column) for remark in products[0].remarks] == [(2, "Variant Barcode")]


def test_negative_stock_is_refused(tmp_path):
    products, refusals = read_text(tmp_path, SHOPIFY.replace("LS-L-W,220,0", "LS-L-W,220,-3"))
    assert [product.handle for product in products] == ["clay-cup"]
    assert [(refusal.line, refusal.column, refusal.value) for refusal in refusals] == [
        (3, "Variant Inventory Qty", "-3")
    ]

"""Plain and Spree-shaped files: rows to products."""

from __future__ import annotations

import json

from catalog.importing.reading import CatalogReading, ReadingOptions
from catalog.importing.records import ProductRecord
from tests.catalog.importing.reading_files import SPREE, read, read_text, write, write_workbook


def by_handle(products: list[ProductRecord]) -> dict[str, ProductRecord]:
    return {product.handle: product for product in products}


def test_rows_that_share_a_slug_are_one_product_wherever_they_stand(tmp_path):
    products, refusals = read_text(tmp_path, SPREE)
    assert not refusals and [product.handle for product in products] == ["milk-frother", "rice-cooker"]
    frother = products[0]
    assert frother.name == "Milk Frother" and frother.lines == (2, 3, 4, 7, 8)
    assert frother.category_paths == (("Kitchen", "Frothers"),)
    assert frother.tags == ("milk", "foam", "kitchen") and frother.attributes == (("wattage", "400W"),)
    assert [image.name for image in frother.images] == ["milk-frother.webp"]
    assert frother.published and not products[1].published


def test_a_master_row_is_no_free_product_and_a_price_only_row_adds_a_currency(tmp_path):
    products, _ = read_text(tmp_path, SPREE)
    red, blue = products[0].variants
    assert (red.sku, dict(red.options), red.stock) == ("MILK-FROTHER-RED", {"Color": "Red"}, 12)
    assert red.prices == {"USD": 3999, "EUR": 3699} and red.compare_at == {"USD": 4999}
    assert blue.prices == {"USD": 3999, "EUR": 3699} and blue.compare_at == {}
    assert red.weight_grams == 907 and [image.name for image in red.images] == ["milk-frother-red.webp"]
    assert [variant.sku for variant in products[1].variants] == ["RICE-COOKER-S"]
    assert not products[0].remarks


def test_converted_prices_stand_beside_the_given_ones(tmp_path):
    products, _ = read_text(tmp_path, SPREE, conversions=("USD:INR=84.50",))
    assert products[0].variants[0].prices == {"USD": 3999, "EUR": 3699, "INR": 337916}
    assert products[0].variants[0].compare_at == {"USD": 4999, "INR": 422416}


def test_price_only_rows_may_come_first(tmp_path):
    text = "slug,sku,name,price,currency,option1_name,option1_value\na,A-1,,9,EUR,,\na,A-1,A,10,USD,Size,M\na,A-2,,11,USD,Size,L\n"
    products, refusals = read_text(tmp_path, text)
    assert not refusals
    assert [(variant.sku, variant.prices) for variant in products[0].variants] == [
        ("A-1", {"USD": 1000, "EUR": 900}),
        ("A-2", {"USD": 1100}),
    ]


def test_two_prices_in_one_currency_refuse_the_product_with_line_and_column(tmp_path):
    products, refusals = read_text(tmp_path, SPREE + "milk-frother,MILK-FROTHER-RED,,38.99,,USD,,,,,,,,,,,\n")
    assert [product.handle for product in products] == ["rice-cooker"]
    (refusal,) = refusals
    assert (refusal.line, refusal.column, refusal.product) == (10, "price", "Milk Frother")
    assert "another USD amount than on line 3" in refusal.reason


def test_one_bad_row_refuses_the_whole_product_and_no_other(tmp_path):
    products, refusals = read_text(tmp_path, SPREE.replace("BLUE,,39.99", "BLUE,,1e3"))
    assert [product.handle for product in products] == ["rice-cooker"]
    assert [(refusal.line, refusal.column, refusal.value) for refusal in refusals] == [(4, "price", "1e3")]


def test_rows_without_a_key_get_a_made_one_that_is_the_same_again(tmp_path):
    text = "name,brand,price,image\nCup,Osari,10,https://p.example/1.jpg\nCup,Osari,12,https://p.example/2.jpg\n"
    first, refusals = read_text(tmp_path, text)
    again, _ = read_text(tmp_path, text)
    assert first == again and not refusals
    assert len({product.key for product in first}) == len({product.handle for product in first}) == 2
    assert first[0].handle == "cup" and first[1].handle.startswith("cup-")
    assert all(variant.sku_made for product in first for variant in product.variants)


def test_a_made_key_does_not_hang_on_the_order_or_on_price_and_texts(tmp_path):
    rows = ["Cup,Osari,10,https://p.example/1.jpg", "Jug,Osari,12,https://p.example/2.jpg"]
    head = "name,brand,price,image\n"
    skus = {product.name: product.key for product in read_text(tmp_path, head + "\n".join(rows))[0]}
    turned, _ = read_text(tmp_path, head + "\n".join(reversed(rows)).replace("10", "99").replace("Jug", "Big jug"))
    assert {product.key for product in turned} == set(skus.values())


def test_a_picture_that_several_rows_share_identifies_none_of_them(tmp_path):
    text = "name,price,image\nCup,10,https://p.example/none.jpg\nJug,12,https://p.example/none.jpg\n"
    products, refusals = read_text(tmp_path, text)
    assert not refusals and len({product.key for product in products}) == 2


def test_equal_names_stay_separate_products(tmp_path):
    text = (
        "game,release_date,price,publisher\nNova,Jul 2010,5.99,Acme\nNova,Jul 2011,6.99,Acme\nNova,Jul 2011,7.99,Acme\n"
    )
    products, refusals = read_text(tmp_path, text)
    again, _ = read_text(tmp_path, text)
    assert not refusals and products == again
    assert len({product.key for product in products}) == len({product.handle for product in products}) == 3
    assert [product.variants[0].prices for product in products] == [{"INR": 599}, {"INR": 699}, {"INR": 799}]


def test_an_unknown_price_is_remarked_and_a_missing_name_refused(tmp_path):
    text = "game,price,publisher\nCS2D,NA,Unreal Software\nNA,8.99,Paleno\n,1.00,X\n"
    products, refusals = read_text(tmp_path, text)
    assert [product.name for product in products] == ["CS2D"]
    assert products[0].variants[0].prices == {}
    assert [(remark.line, remark.column) for remark in products[0].remarks] == [(2, "price")]
    assert [(refusal.line, refusal.column, refusal.reason) for refusal in refusals] == [
        (3, "game", "the name is missing"),
        (4, "game", "the name is missing"),
    ]


def test_a_price_of_nothing_is_not_a_gift(tmp_path):
    products, refusals = read_text(tmp_path, "sku,name,price\nA,Cup,0.00\n")
    assert not refusals and products[0].variants[0].prices == {}
    assert "taken for no price" in products[0].remarks[0].reason


def test_compare_at_prices_that_are_not_higher_mean_none(tmp_path):
    products, _ = read_text(
        tmp_path, "sku,name,price,mrp\nA,Cup,10,0\nB,Jug,10,10\nC,Pot,10,8\nD,Pan,10,12\nE,Lid,,12\n"
    )
    assert [product.variants[0].compare_at for product in products] == [{}, {}, {}, {"INR": 1200}, {}]
    assert [remark.line for product in products for remark in product.remarks] == [4, 6]


def test_columns_can_be_mapped_and_prices_stand_in_several_currencies(tmp_path):
    text = "artikel,Price (USD),price_inr,size,stuff,hindi\nCup,1.50,120,M,clay,प्याला\n"
    products, refusals = read_text(
        tmp_path, text, mapping=("artikel=name", "size=option:Size", "stuff=attribute:material", "hindi=name:hi")
    )
    assert not refusals
    (product,) = products
    assert product.name == "Cup" and product.attributes == (("material", "clay"),)
    assert product.variants[0].prices == {"USD": 150, "INR": 12000}
    assert product.variants[0].options == (("Size", "M"),) and product.translations["hi"].name == "प्याला"


def test_several_rows_without_options_say_what_would_help(tmp_path):
    products, refusals = read_text(tmp_path, "handle,sku,name,price,size\nc,C1,Cup,1,M\nc,C2,Cup,2,L\n")
    assert not products and {refusal.line for refusal in refusals} == {2, 3}
    assert "--map" in refusals[0].reason
    products, refusals = read_text(
        tmp_path, "handle,sku,name,price,size\nc,C1,Cup,1,M\nc,C2,Cup,2,L\n", mapping=("size=option:Size",)
    )
    assert not refusals and len(products[0].variants) == 2


def test_doubled_options_names_and_skus_are_refused(tmp_path):
    head = "handle,sku,name,price,option1_name,option1_value\n"
    _, refusals = read_text(tmp_path, head + "c,C1,Cup,1,Size,M\nc,C2,,2,Size,M\n")
    assert "the same options as on line 2" in refusals[0].reason
    _, refusals = read_text(tmp_path, head + "c,C1,Cup,1,Size,M\nc,C2,,2,Color,Red\n")
    assert "other options" in refusals[0].reason
    _, refusals = read_text(tmp_path, head + "c,C1,Cup,1,Size,M\nc,C2,Mug,2,Size,L\n")
    assert (refusals[0].line, refusals[0].column) == (3, "name")
    products, refusals = read_text(tmp_path, head + "c,C1,Cup,1,,\nd,C1,Mug,2,,\n")
    assert len(products) == 1 and "has this SKU on line 2" in refusals[0].reason


def test_a_file_without_names_changes_what_is_there(tmp_path):
    products, refusals = read_text(tmp_path, "sku,price\nA,12.50\n")
    assert not refusals and products[0].name is None and products[0].fields == frozenset({"price"})


def test_a_handle_that_the_file_gives_is_not_made_for_another_row(tmp_path):
    products, refusals = read_text(tmp_path, "handle,sku,name,price\n,A,Cup,1\ncup,B,Cup,2\n")
    assert not refusals and products[0].handle != "cup" and products[1].handle == "cup"


def test_json_says_the_same_as_the_table(tmp_path):
    objects = [
        {"name": "Phone", "categories": ["Phones", "Cheap"], "price": 49.9, "image": "https://p.example/1.jpg"},
        {"name": "Case", "categories": ["Phones"], "price": 12, "image": "https://p.example/2.jpg"},
    ]
    table = "name,category_path,price,image\nPhone,Phones > Cheap,49.9,https://p.example/1.jpg\nCase,Phones,12,https://p.example/2.jpg\n"
    expected, _ = read_text(tmp_path, table)
    array, refusals = read_text(tmp_path, json.dumps(objects, indent=1), "c.json")
    lines, _ = read_text(tmp_path, "\n".join(json.dumps(part) for part in objects), "c.jsonl")
    assert not refusals
    for products in (array, lines):
        assert [product.key for product in products] == [product.key for product in expected]
        assert [product.category_paths for product in products] == [product.category_paths for product in expected]
        assert [product.variants[0].prices for product in products] == [{"INR": 4990}, {"INR": 1200}]


def test_json_objects_may_nest_variants_attributes_and_lists(tmp_path):
    record = {
        "handle": "cup",
        "name": "Cup",
        "tags": ["clay", "hand-made"],
        "attributes": {"Material": "Clay"},
        "images": ["https://p.example/a.jpg", "b.jpg"],
        "categories": ["Table > Cups", "New"],
        "variants": [
            {"sku": "C-S", "price": "100", "stock": 3, "options": {"Size": "S"}},
            {"sku": "C-L", "price": 120.5, "stock": 0, "options": {"Size": "L"}},
        ],
    }
    products, refusals = read_text(tmp_path, json.dumps([record]), "c.json")
    assert not refusals
    (product,) = products
    assert product.tags == ("clay", "hand-made") and product.attributes == (("Material", "Clay"),)
    assert [image.name for image in product.images] == ["a.jpg", "b.jpg"]
    assert product.category_paths == (("Table", "Cups"), ("New",))
    assert [(variant.sku, variant.prices["INR"], variant.stock) for variant in product.variants] == [
        ("C-S", 10000, 3),
        ("C-L", 12050, 0),
    ]


def test_a_workbook_says_the_same_as_the_table(tmp_path):
    rows = [
        ["SKU", "Name", "Price", "Stock", "MRP"],
        ["A1", "Cup", 49.99, 5, None],
        [101, "Jug", 12, "7", 15.5],
        [None],
    ]
    products, refusals = read(write_workbook(tmp_path, rows))
    assert not refusals
    assert [(product.key, product.variants[0].prices["INR"], product.variants[0].stock) for product in products] == [
        ("A1", 4999, 5),
        ("101", 1200, 7),
    ]
    assert products[1].variants[0].compare_at == {"INR": 1550} and products[1].lines == (3,)


def test_separators_marks_and_encodings_make_no_difference(tmp_path):
    text = "sku,name,price\nA1,Café “Noir”,1299.00\n"
    expected, _ = read(write(tmp_path, text))
    for name, changed, encoding in (
        ("b.csv", text, "utf-8-sig"),
        ("c.csv", text.replace("\n", "\r\n"), "utf-16"),
        ("d.csv", text, "utf-16-le"),
        ("e.csv", text, "utf-16-be"),
        ("f.tsv", text.replace(",", "\t"), "utf-8"),
        ("g.csv", text.replace(",", ";"), "utf-8"),
        ("h.csv", "sep=;\n" + text.replace(",", ";"), "utf-8"),
        ("i.csv", "\n\n" + text, "utf-8"),
        ("j.txt", text.replace(",", "|"), "utf-8"),
        ("k", text.replace("\n", "\r"), "utf-8"),
    ):
        products, refusals = read(write(tmp_path, changed, name, encoding))
        assert not refusals
        assert [(product.name, product.variants) for product in products] == [
            (product.name, products[0].variants) for product in expected
        ], name
        assert products[0].variants[0].prices == {"INR": 129900}


def test_the_assumed_currency_is_told(tmp_path):
    path = write(tmp_path, "sku,name,price\nA,Cup,1\n")
    facts = CatalogReading(path, ReadingOptions(conversions=("USD:INR=84.5",))).facts
    assert (facts.currency, facts.currency_reason) == ("USD", "the currency that --convert starts from")
    assert CatalogReading(path, ReadingOptions(default_currency="INR")).facts.currency == "INR"
    assert CatalogReading(path, ReadingOptions(currency="eur", conversions=("USD:INR=84.5",))).facts.currency == "EUR"

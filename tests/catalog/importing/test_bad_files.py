"""Files that nobody should import: an error that names the place, never a crash, never a guess."""

from __future__ import annotations

import contextlib
import io
import json
import os
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.importing.errors import CatalogFileRefused, OptionRefused
from catalog.importing.reading import CatalogReading, ReadingOptions
from tests.catalog.importing.reading_files import SPREE, read, read_text, write, write_workbook

TABLE = "sku,name,price\nA1,Cup,10\n"


def refuse(path, match, **options):
    with pytest.raises(CatalogFileRefused, match=match) as caught:
        read(path, **options)
    return caught.value


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"sku,name,price\n", "no rows"),
        (b"a,b,c\n1,2,3\n", "no column is a name or sku or handle"),
        (b"sku,name,price,price\nA,Cup,1,2\n", "'price' stands over columns 3 and 4"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old Excel"),
        (b"\x1f\x8b\x08" + bytes(30), "gzip"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04" + bytes(60), "damaged"),
        (",".join(f"c{n}" for n in range(600)).encode() + b"\n", "more than 512 columns"),
    ],
)
def test_files_that_are_no_catalogue(tmp_path, content, match):
    refuse(write(tmp_path, content, "x"), match)


def test_a_missing_file_a_folder_and_a_pipe(tmp_path):
    refuse(tmp_path / "none.csv", "No such file")
    refuse(tmp_path, "not a file")
    os.mkfifo(tmp_path / "pipe")
    refuse(tmp_path / "pipe", "not a file")


def test_a_wrong_encoding_is_named_with_its_byte_and_line(tmp_path):
    error = refuse(
        write(tmp_path, "sku,name,price\nA1,Caf\xe9,10\n".encode("cp1252")), "byte 0xe9 at position 21 is not UTF-8"
    )
    assert error.line == 2
    padding = "A2,Cup,10\n" * 20_000
    text = ("sku,name,price\n" + padding + "A1,Café,10\n").encode("latin-1")
    error = refuse(write(tmp_path, text), f"position {text.index(0xE9)}")
    assert error.line == 20_002
    refuse(write(tmp_path, TABLE.encode() + b"A2,\xe2\x82"), f"byte 0xe2 at position {len(TABLE) + 3}")
    refuse(write(tmp_path, TABLE.encode("utf-16")[:-1]), "UTF-16")


def test_an_encoding_that_somebody_knows_can_be_given(tmp_path):
    path = write(tmp_path, "sku,name,price\nA1,Café,10\n", encoding="cp1252")
    assert read(path, encoding="cp1252")[0][0].name == "Café"
    refuse(path, "no encoding", encoding="klingon")


def test_a_quotation_mark_that_never_closes(tmp_path):
    error = refuse(write(tmp_path, TABLE + 'A2,"Mug,10\nA3,Jug,10\n'), "never closed")
    assert error.line == 3
    error = refuse(write(tmp_path, TABLE + 'A2,"Mug"x,"1\n0"\nA3,Jug,10\n'), "do not pair up")
    assert error.line == 3


def test_text_behind_a_closing_quotation_mark_refuses_its_row_only(tmp_path):
    products, refusals = read_text(tmp_path, TABLE + 'A2,"Mug"x,10\nA3,"24"" screen",10\nA4,24" screen,10\n')
    assert [product.name for product in products] == ["Cup", '24" screen', '24" screen']
    assert [refusal.line for refusal in refusals] == [3]


def test_rows_with_too_many_or_too_few_cells(tmp_path):
    products, refusals = read_text(tmp_path, TABLE + "A2,Mug\nA3,Jug,10,extra\nA4,Pot,10,,\n")
    assert [product.name for product in products] == ["Cup", "Pot"]
    assert [(refusal.line, refusal.reason) for refusal in refusals] == [
        (3, "2 cells under 3 headings"),
        (4, "4 cells under 3 headings"),
    ]


def test_cells_that_cannot_be_stored(tmp_path):
    products, refusals = read_text(tmp_path, TABLE + "A2,M\0ug,10\nA3,J\x07ug,10\nA4," + "x" * 100_001 + ",10\n")
    assert [product.name for product in products] == ["Cup"]
    assert [(refusal.line, refusal.column) for refusal in refusals] == [(3, "name"), (4, "name"), (5, "name")]
    assert "U+0000" in refusals[0].reason and "longer than 100,000" in refusals[2].reason


def test_a_row_without_end(tmp_path):
    error = refuse(write(tmp_path, TABLE + "A2," + "x" * 3_000_000), "longer than 2,000,000")
    assert error.line == 3
    error = refuse(write(tmp_path, TABLE + 'A2,"' + "x\n" * 1_500_000), "longer than 2,000,000")
    assert error.line == 3
    refuse(write(tmp_path, "x" * 3_000_000), "longer than 2,000,000")


@pytest.mark.parametrize(
    ("price", "reason"),
    [
        ("-1", "negative"),
        ("1e3", "not an amount"),
        ("1.299", "thousands or a fraction"),
        ("$5", "does not fit"),
        ("ten", "not an"),
    ],
)
def test_prices_that_are_not_certain(tmp_path, price, reason):
    products, refusals = read_text(tmp_path, TABLE + f"A2,Mug,{price}\n")
    assert [product.name for product in products] == ["Cup"]
    assert (refusals[0].line, refusals[0].column, refusals[0].value) == (3, "price", price) and reason in refusals[
        0
    ].reason


def test_a_comma_for_cents_elsewhere_makes_a_single_comma_ambiguous(tmp_path):
    products, refusals = read_text(tmp_path, "sku;name;price\nA;Cup;1,299\nB;Jug;12,50\n")
    assert [product.key for product in products] == ["B"] and refusals[0].line == 2
    products, refusals = read_text(tmp_path, "sku;name;price\nA;Cup;1,299\nB;Jug;12.50\n")
    assert not refusals and products[0].variants[0].prices == {"INR": 129900}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("A2,Mug,10,1.5,,,,", "stock"),
        ("A2,Mug,10,1000000000,,,,", "stock"),
        ("A2,Mug,10,,XXY,,,", "currency"),
        ("A2,Mug,10,,,../../etc/passwd,,", "image"),
        ("A2,Mug,10,,,/etc/passwd,,", "image"),
        ("A2,Mug,10,,,https://x.example/,,", "image"),
        ("A2,Mug,10,,,https://x.example/..%2f..%2fetc,,", "image"),
        ("A2,Mug,10,,,,Table >  > Cups,", "category"),
        ("1.5E+12,Mug,10,,,,,", "sku"),
        ("A" * 65 + ",Mug,10,,,,,", "sku"),
        ("A2," + "n" * 256 + ",10,,,,,", "name"),
        ("A2,Mug,10,,,,,maybe", "status"),
    ],
)
def test_other_cells_that_are_refused(tmp_path, row, column):
    head = "sku,name,price,stock,currency,image,category,status\nA1,Cup,10,,,,,\n"
    products, refusals = read_text(tmp_path, head + row + "\n")
    assert [product.name for product in products] == ["Cup"]
    assert [(refusal.line, refusal.column) for refusal in refusals] == [(3, column)]


def test_one_product_of_very_many_rows(tmp_path):
    head = "handle,sku,name,price,option1_name,option1_value\n"
    rows = "".join(f"h,S{n},Cup,1,Size,{n}\n" for n in range(2_500))
    products, refusals = read_text(tmp_path, head + rows + "i,T,Jug,1,,\n")
    assert [product.handle for product in products] == ["i"] and "more than 2000 rows" in refusals[0].reason
    _, refusals = read_text(tmp_path, head + "".join(rows.splitlines(keepends=True)[:300]))
    assert "more than 250 variants" in refusals[0].reason


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ('[{"sku": "A", "name": "Cup"},\n {"sku": "B" "name": "Jug"}]', "not JSON"),
        ('[{"sku": "A", "name": "Cup"},\n', "not JSON|end of the file"),
        ('[{"sku": "A", "name": "Cup"}\n {"sku": "B"}]', "expected ]"),
        ('[{"sku": "A", "name": "Cup"}]\n[]', "text follows"),
        ('[{"sku": "A", "name": "Cu', "not JSON"),
        ("[" * 100_000, "nested too deep"),
        ('{"products": [\n {"sku": "A"}\n]}', "one whole object on each line"),
        ("[]", "no column|no rows"),
        ("[1, 2]", "no column"),
        ("sku,name\nA,Cup", "neither an array nor an object"),
        ("[" + json.dumps({"name": "x" * 3_000_000}) + "]", "more than 2,000,000"),
    ],
)
def test_json_that_is_broken(tmp_path, text, match):
    refuse(write(tmp_path, text, "c.json"), match)


def test_broken_json_names_its_line(tmp_path):
    assert refuse(write(tmp_path, '[\n{"sku": "A"},\n{"sku": }\n]', "c.json"), "not JSON").line == 3


def test_bad_objects_among_good_ones_are_refused_alone(tmp_path):
    lines = [
        '{"sku": "A", "name": "Cup", "price": 1.50}',
        '{"sku": "B", "name": "Jug", "price": 1e3}',
        '{"sku": "C", "name": "Pot", "price": NaN}',
        '{"sku": "D", "name": "Pan", "price": 1, "price": 2}',
        '{"sku": "E", "name": {"en": "Lid"}, "price": 1}',
        '{"sku": "F", "name": "\\ud800", "price": 1}',
        '{"sku": "G", "name": "Mug", "price": [1]}',
        '{"sku": "H", "name": "Box", "image": {"a": {"b": {"c": {"d": {"e": "f"}}}}}}',
        "[]",
        '{"sku": "I", "name"',
        '{"sku": "J", "name": "Top", "price": null, "active": true}',
        '{"sku": "K", "name": "Tap", "variants": ["x"]}',
    ]
    products, refusals = read_text(tmp_path, "\n".join(lines), "c.jsonl")
    assert [product.key for product in products] == ["A", "C", "J"]
    assert [product.variants[0].prices for product in products] == [{"INR": 150}, {}, {}]
    assert {refusal.line for refusal in refusals} == {2, 4, 5, 6, 7, 8, 9, 10, 12}
    good = [line for line in lines if not line.endswith('"name"')]
    products, _ = read_text(tmp_path, "[" + ",\n".join(good) + "]", "c.json")
    assert [product.key for product in products] == ["A", "C", "J"]


def bomb(folder, member: str, size: int):
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(member, "w") as stream:
            for _ in range(size // 1024**2):
                stream.write(bytes(1024**2))
    return path


def test_zip_bombs_are_refused_before_they_are_unpacked(tmp_path):
    refuse(bomb(tmp_path, "xl/worksheets/sheet1.xml", 64 * 1024**2), "refused as a bomb")
    refuse(bomb(tmp_path, "xl/sharedStrings.xml", 2 * 1024**2), "refused as a bomb")


def test_workbooks_that_are_none(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("readme.txt", "hello")
    refuse(tmp_path / "a.xlsx", "not an XLSX workbook")
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
    refuse(tmp_path / "b.xlsx", "damaged")
    refuse(write_workbook(tmp_path, [], "c.xlsx"), "empty")


def replace_in_sheet(path, old: str, new: str):
    kept = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in kept.namelist():
            data = kept.read(member)
            if member == "xl/worksheets/sheet1.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            archive.writestr(member, data)
    return path


@pytest.mark.parametrize(("place", "match"), [("ZZZZ2", "damaged"), ("ZZZ2", "more than 512 columns")])
def test_cells_at_impossible_places_do_not_blow_up(tmp_path, place, match):
    path = write_workbook(tmp_path, [["sku", "name", "price"], ["A", "Cup", 1]])
    refuse(replace_in_sheet(path, 'r="C2"', f'r="{place}"'), match)


def test_rows_at_impossible_places_do_not_hang(tmp_path):
    path = write_workbook(tmp_path, [["sku", "name", "price"], ["A", "Cup", 1], ["B", "Jug", 1]])
    replace_in_sheet(path, '<row r="3"', '<row r="9999999999"')
    assert [product.key for product in read(path)[0]] == ["A"]


def test_entity_bombs_in_a_workbook_are_refused(tmp_path):
    path = write_workbook(tmp_path, [["sku", "name", "price"], ["A", "Cup", 1]])
    replace_in_sheet(path, "<worksheet", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet')
    refuse(path, "damaged")


def test_formulas_and_errors_in_a_workbook_are_refused(tmp_path):
    rows = [["sku", "name", "price"], ["A", "Cup", "=1+1"], ["B", "Jug", "#N/A"], ["C", "=A1", 2], ["D", "Pot", 2, "x"]]
    products, refusals = read(write_workbook(tmp_path, [*rows, ["E", "Pan", 3.5]]))
    assert [(product.key, product.variants[0].prices) for product in products] == [("E", {"INR": 350})]
    assert [(refusal.line, refusal.column) for refusal in refusals] == [
        (2, "price"),
        (3, "price"),
        (4, "name"),
        (5, ""),
    ]


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"format": "magento"}, "not a format"),
        ({"mapping": ("nosign",)}, "column=field"),
        ({"mapping": ("gone=name",)}, "no column 'gone'"),
        ({"mapping": ("sku=nothing",)}, "not a field"),
        ({"mapping": ("sku=option",)}, "needs its name"),
        ({"mapping": ("sku=name", "name=name")}, "two columns"),
        ({"mapping": ("price=price:ZZY",)}, "not a currency"),
        ({"currency": "RUPEES"}, "not a currency"),
        ({"conversions": ("USD=INR",)}, "not a conversion"),
    ],
)
def test_options_that_say_nothing_sensible(tmp_path, options, match):
    with pytest.raises(OptionRefused, match=match):
        CatalogReading(write(tmp_path, TABLE), ReadingOptions(**options))


def test_the_format_asked_for_must_fit(tmp_path):
    refuse(write(tmp_path, TABLE), "no column is a handle", format="shopify")


def test_translations_that_cannot_be_used(tmp_path):
    texts = "slug,locale,name,description\nmilk-frother,de,Milchschäumer,Schäumt.\nmilk-frother,de,Zweiter,\n,fr,Rien,\nx,!!,Y,\n"
    path = write(tmp_path, texts, "translations.csv")
    products, refusals = read(write(tmp_path, SPREE), translations=path)
    assert products[0].translations["de"].name == "Milchschäumer" and products[0].translations["de"].seo_title is None
    assert [(refusal.line, refusal.column) for refusal in refusals] == [(3, "locale"), (4, "slug"), (5, "locale")]
    refuse(write(tmp_path, SPREE), "translations need a column", translations=write(tmp_path, TABLE, "t.csv"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.json", "x.jsonl", "x.xlsx", "x"]))
def test_any_bytes_are_read_or_refused(tmp_path, content, name):
    with contextlib.suppress(CatalogFileRefused):
        read(write(tmp_path, content, name))


CELL = st.text(alphabet='ab1,."\n;|>-₹\0é', max_size=8)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=5, max_size=5), max_size=6))
def test_any_cells_are_read_or_refused(tmp_path, rows):
    text = "handle,sku,name,price,category\n" + "".join(",".join(row) + "\n" for row in rows)
    try:
        products, refusals = read_text(tmp_path, text)
    except CatalogFileRefused:
        return
    assert len({product.handle for product in products}) == len(products)
    assert all(refusal.line >= 2 for refusal in refusals)

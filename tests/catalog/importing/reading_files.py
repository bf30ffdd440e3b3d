"""Small catalogue files written by hand, in the shapes that shops export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook

from catalog.importing.reading import CatalogReading, ReadingOptions
from catalog.importing.records import ProductRecord, Refusal


def write(folder: Path, text: str | bytes, name: str = "catalogue.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def write_workbook(folder: Path, rows: Iterable[Iterable[object]], name: str = "catalogue.xlsx") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    path = folder / name
    book.save(path)
    return path


def read(path: Path, **options) -> tuple[list[ProductRecord], list[Refusal]]:
    outcomes = list(CatalogReading(path, ReadingOptions(**options)).outcomes())
    products = [outcome for outcome in outcomes if isinstance(outcome, ProductRecord)]
    return products, [outcome for outcome in outcomes if isinstance(outcome, Refusal)]


def read_text(folder: Path, text: str | bytes, name: str = "catalogue.csv", **options):
    return read(write(folder, text, name), **options)


SPREE = """\
slug,sku,name,price,compare_at_price,currency,status,description,tags,category1,option1_name,option1_value,image1_src,weight,weight_unit,inventory_count,custom_field.custom.wattage
milk-frother,MILK-FROTHER,Milk Frother,0,0,USD,active,"Foam, hot or cold.","milk, foam, kitchen",Kitchen -> Frothers,,,https://pictures.example/a/milk-frother.webp,,lb,,400W
milk-frother,MILK-FROTHER-RED,,39.99,49.99,USD,,,,,Color,Red,https://pictures.example/a/milk-frother-red.webp,2,lb,12,
milk-frother,MILK-FROTHER-BLUE,,39.99,0,USD,,,,,Color,Blue,https://pictures.example/a/milk-frother-blue.webp,2,lb,7,
rice-cooker,RICE-COOKER,Rice Cooker,0,0,USD,draft,Steams too.,rice,Kitchen -> Cookers,,,,,,,
rice-cooker,RICE-COOKER-S,,59.5,0,USD,,,,,Color,Steel,,,,3,
milk-frother,MILK-FROTHER-RED,,36.99,,EUR,,,,,,,,,,,
milk-frother,MILK-FROTHER-BLUE,,36.99,,EUR,,,,,,,,,,,
rice-cooker,RICE-COOKER-S,,54.99,,EUR,,,,,,,,,,,
"""

SHOPIFY = """\
Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description,Variant Image,Status
linen-shirt,Linen Shirt,<p>Soft.</p>,Osari,Apparel > Shirts,Shirt,"linen, summer",TRUE,Size,M,Color,White,LS-M-W,210,5,1299.00,1499.00,4006381333931,https://cdn.example/files/shirt-1.jpg?v=12,1,Front,FALSE,Linen shirt,A soft shirt,https://cdn.example/files/shirt-w.jpg,active
linen-shirt,,,,,,,,,L,,White,LS-L-W,220,0,1299.00,,,https://cdn.example/files/shirt-2.jpg,2,Back,,,,,
linen-shirt,,,,,,,,,,,,,,,,,,https://cdn.example/files/shirt-3.jpg,3,,,,,,
clay-cup,Clay Cup,Plain,Osari,,Cups,,TRUE,Title,Default Title,,,,90,40,249.00,,,,,,FALSE,,,,draft
"""

SHOPIFY_NEW = """\
Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Option1 Linked To,Price,Compare-at price,Inventory quantity,Weight value (grams),Product image URL,Image alt text,Variant image URL,SEO title,SEO description,Material (product.metafields.custom.material)
Brass Lamp,brass-lamp,<p>Glows.</p>,Osari,Home > Lamps,,lamp,TRUE,Active,BL-1,,Title,Default Title,,4500.00,,8,1200,https://cdn.example/lamp.png,,,Lamp,Warm,Brass
"""

WOOCOMMERCE = """\
ID,Type,SKU,Name,Published,Visibility in catalog,Short description,Description,Date sale price starts,Date sale price ends,Tax status,In stock?,Stock,Weight (kg),Sale price,Regular price,Categories,Tags,Images,Parent,Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s)
44,variable,tee,Tee,1,visible,Short,<b>Long</b>,,,taxable,1,,,,,"Clothing > Shirts, New",cotton,"https://w.example/tee-1.jpg, https://w.example/tee-2.jpg",,Color,"Red, Blue",Size,"M, L"
46,simple,belt,Belt,1,visible,A belt.,,,,taxable,1,9,0.4,55,65,"Bags\\, Belts",,,,Leather,Calf,,
90,variation,tee-red,Tee - Red,1,visible,,,,,taxable,1,4,0.2,,20,,,https://w.example/tee-red.jpg,tee,Color,Red,Size,
91,variation,,Tee - Blue,1,visible,,,,,taxable,1,parent,,18,20,,,,id:44,Color,Blue,Size,
47,grouped,set,Set,1,visible,,,,,taxable,1,,,,,,,,,,,,
48,simple,cap,'=Cap,0,visible,,,2026-01-01,2026-02-01,taxable,1,,,16,18,,,,,,,,
49,variation,lost,Lost,1,visible,,,,,taxable,1,1,,,20,,,,id:999,Color,Red,,
"""

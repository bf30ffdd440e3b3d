"""What made-up products are called and consist of. Invented names; no maker of this list exists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Department:
    """`shelves` as `Title|noun`; prices in rupees; `pictures` name files of `demo/pictures`."""

    title: str
    low: int
    high: int
    tax: str
    materials: tuple[str, ...]
    pictures: tuple[str, ...]
    shelves: tuple[str, ...]


def _shelves(text: str) -> tuple[str, ...]:
    return tuple(shelf.strip() for shelf in text.split(","))


BIG_SHELF = "Mugs and cups|mug"
DEPARTMENTS = (
    Department(
        "Tableware", 149, 4999, "ceramics", ("stoneware", "porcelain", "terracotta", "brass"),
        ("stoneware-mug-cream", "dinner-plates", "serving-bowl-cream"),
        (BIG_SHELF, *_shelves(
            "Dinner plates|dinner plate, Side plates|side plate, Serving bowls|serving bowl, Soup bowls|soup bowl, "
            "Teapots|teapot, Tumblers|tumbler set, Serving trays|serving tray, Coasters|coaster set, Thalis|thali")),
    ),
    Department(
        "Kitchen", 99, 7999, "metal", ("stainless steel", "copper", "brass", "cast iron", "acacia"),
        ("spice-box", "rolling-pin", "mortar-pestle"),
        _shelves(
            "Storage jars|storage jar, Spice boxes|spice box, Rolling pins|rolling pin, Mortars|mortar and pestle, "
            "Serving boards|serving board, Kettles|kettle, Saucepans|saucepan, Colanders|colander, Water pots|matka"),
    ),
    Department(
        "Bed", 399, 12999, "textiles", ("cotton", "linen", "muslin", "silk"),
        ("kantha-quilt", "cushion-rose"),
        _shelves(
            "Bed sheets|bed sheet, Quilts|quilt, Dohars|dohar, Pillow covers|pillow cover, Bedspreads|bedspread, "
            "Blankets|blanket, Mattress covers|mattress cover, Bolsters|bolster, Duvet covers|duvet cover"),
    ),
    Department(
        "Living room", 249, 24999, "textiles", ("cotton", "jute", "wool", "velvet"),
        ("cushion-indigo", "cushion-mustard", "rug-roll"),
        _shelves(
            "Cushion covers|cushion cover, Rugs|rug, Throws|throw, Curtains|curtain, Poufs|pouf, Durries|durrie, "
            "Floor mats|floor mat, Runners|table runner, Wall hangings|wall hanging"),
    ),
    Department(
        "Lighting", 199, 18999, "metal", ("brass", "cane", "paper", "terracotta"),
        ("table-lamp", "pendant-lamp", "brass-diya"),
        _shelves(
            "Table lamps|table lamp, Pendant lamps|pendant lamp, Floor lamps|floor lamp, Diyas|diya, Lanterns|lantern, "
            "Candle holders|candle holder, String lights|string light, Wall lamps|wall lamp, Candles|pillar candle"),
    ),
    Department(
        "Bath", 79, 3999, "textiles", ("cotton", "bamboo", "soapstone", "teak"),
        ("towel-stack-sage", "soap-dish"),
        _shelves(
            "Bath towels|bath towel, Hand towels|hand towel, Bath mats|bath mat, Soap dishes|soap dish, "
            "Soaps|soap bar, Robes|bathrobe, Laundry baskets|laundry basket, Dispensers|dispenser, Mirrors|mirror"),
    ),
    Department(
        "Garden", 99, 9999, "ceramics", ("terracotta", "coir", "stoneware", "galvanised steel"),
        ("planter-terracotta", "watering-can", "seed-pots"),
        _shelves(
            "Planters|planter, Watering cans|watering can, Seed pots|seed pot, Hanging baskets|hanging basket, "
            "Bird baths|bird bath, Trellises|trellis, Garden stools|garden stool, Wind chimes|wind chime, Trowels|trowel"),
    ),
    Department(
        "Furniture", 1299, 89999, "wood", ("sheesham", "mango wood", "teak", "cane", "bamboo"),
        ("wooden-stool", "tray-wood"),
        _shelves(
            "Stools|stool, Side tables|side table, Bookshelves|bookshelf, Benches|bench, Chairs|chair, Desks|desk, "
            "Shoe racks|shoe rack, Coat stands|coat stand, Chests|chest"),
    ),
    Department(
        "Festive", 49, 5999, "metal", ("brass", "copper", "silver plate", "clay"),
        ("puja-bell", "incense-holder", "brass-lota"),
        _shelves(
            "Puja bells|puja bell, Incense holders|incense holder, Lotas|lota, Torans|toran, Rangoli sets|rangoli set, "
            "Gift boxes|gift box, Garlands|garland, Idols|idol, Kalash|kalash"),
    ),
    Department(
        "Desk and shelf", 59, 6999, "wood", ("handmade paper", "acacia", "leather", "glass"),
        ("notebook", "wall-clock", "bud-vase"),
        _shelves(
            "Notebooks|notebook, Wall clocks|wall clock, Vases|vase, Photo frames|photo frame, Bookends|bookend, "
            "Pen stands|pen stand, Letter trays|letter tray, Calendars|calendar, Paperweights|paperweight"),
    ),
)  # fmt: skip
TAX_BASIS_POINTS = {"ceramics": 1200, "metal": 1800, "textiles": 500, "wood": 1800}

COLORS = {
    "indigo": "#2f3e6b", "ivory": "#f3ead8", "mustard": "#d19a2a", "sage": "#9aa88a", "rust": "#a9512b",
    "charcoal": "#3b3b3b", "rose": "#c9838a", "teal": "#2c7a7b", "sand": "#d8c3a5", "madder": "#8d2f3b",
    "moss": "#5c6b3c", "sky": "#8fb3cc",
}  # fmt: skip
SIZES = {"s": "Small", "m": "Medium", "l": "Large"}
CARE = {
    "hand": "Wash by hand",
    "machine": "Machine wash",
    "wipe": "Wipe with a dry cloth",
    "dishwasher": "Dishwasher safe",
}

MAKINGS = ("hand-thrown", "hand-woven", "block-printed", "hammered", "turned", "glazed", "embroidered", "carved",
           "ribbed", "speckled", "fluted", "plain")  # fmt: skip
RARE_MAKINGS = ("zardozi", "kalamkari", "bidri", "meenakari")  # of one product in two thousand
SERIES = (
    "Aavani", "Amaltas", "Ashvin", "Baarish", "Bela", "Bhor", "Chandni", "Champa", "Dhara", "Disha", "Ekta", "Falguni",
    "Ganga", "Gulmohar", "Harita", "Indra", "Jharna", "Jui", "Kaveri", "Kadamba", "Kiran", "Lahar", "Madhu", "Malhar",
    "Mogra", "Nadi", "Neem", "Nirali", "Parijat", "Pavan", "Prabhat", "Raat", "Reva", "Rohini", "Saanjh", "Sagar",
    "Shefali", "Shravan", "Surya", "Tara", "Tulsi", "Usha", "Vasant", "Vayu", "Yamuna", "Zoya",
)  # fmt: skip
PLACES = (
    "Khurja", "Bhuj", "Jaipur", "Bagru", "Moradabad", "Saharanpur", "Kutch", "Auroville", "Molela", "Channapatna",
    "Pochampally", "Chanderi", "Maheshwar", "Bhagalpur", "Varanasi", "Srinagar", "Shantiniketan", "Bastar", "Panipat",
    "Karur", "Kannur", "Thanjavur", "Bidar", "Cuttack", "Majuli",
)  # fmt: skip
CRAFTS = ("Works", "Collective", "Studio", "House", "Workshop")

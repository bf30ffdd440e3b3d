"""The catalogue: slug -> (title, product, colour, builder, alt), and the three banners."""
import math

import bpy
import numpy as np

import shapes as S
import studio
from builders import (  # noqa: F401
    BOWL,
    BRASS,
    CANE,
    CELADON,
    CHARCOAL,
    CREAM,
    INDIGO,
    STEEL,
    TERRA,
    S_cane,
    _billy,
    _cache,
    _candle,
    _diya,
    _mug,
    _plate,
    _rr,
    _towel,
    _tumbler,
    basket,
    board,
    bowl,
    bud_vase,
    candle,
    carafe,
    cushion,
    diya,
    jar,
    lota,
    mug,
    pendant,
    planter,
    plates,
    rolling_pin,
    rug,
    stool,
    table_lamp,
    teapot,
    towels,
    tray,
    tumblers,
    vase,
)
from shapes import box, grid, group, metal, plain, wood
from small_builders import clock, incense, notebook, soap, spice_box


# ---------------------------------------------------------------- banners (built in the same decimetres, no fitting)
def _at(p, fn, colour, loc, scale=1.0, rot=0):
    fn(group(parent=p, loc=loc, scale=scale, rot=(0, 0, rot)), colour)


def still_life(p, colour):
    """Everything stands right of the middle: the left third stays free for a headline."""
    _at(p, basket, CANE, (5.0, 1.2, 0), .8)
    _at(p, vase, CHARCOAL, (.55, 1.0, 0), .86)
    _at(p, bud_vase, CREAM, (-1.35, .1, 0), .9)
    _at(p, bowl, CELADON, (-.1, -.55, 0), .82)
    _at(p, carafe, "", (2.05, .75, 0), 1.02)
    _at(p, mug, TERRA, (1.6, -.75, 0), 1.0)
    _at(p, jar, CREAM, (3.35, .2, 0), 1.0)
    _at(p, lota, BRASS, (4.65, -.6, 0), .72)


def diwali(p, colour):
    m = metal(BRASS, .2)
    for i, x in enumerate(np.linspace(-4.9, 4.9, 7)):
        y = -.3 + .9 * (abs(i - 3) / 3) ** 2
        _diya(p, m, loc=(x, y, 0), rot=(0, 0, 34 * math.sin(i * 2.1)), scale=1.22 - .06 * abs(i - 3), power=16)
    for x, h in ((-3.3, 1.25), (3.25, 1.25), (-.1, 1.0)):
        _diya(p, m, loc=(x, 2.2, 0), rot=(0, 0, 20 * x), scale=.95, power=16)
    rng = np.random.default_rng(8)
    mats = [plain(c, .8) for c in ("#e07400", "#ee9f00", "#c03a08")]
    for k in range(300):  # marigold petals
        x, y = rng.uniform(-6.8, 6.8), rng.uniform(-2.4, -.9) if k % 4 else rng.uniform(-.8, 1.6)
        u = np.linspace(-1, 1, 7)
        L = rng.uniform(.1, .2)
        V = np.array([[(L * t, w * L * .5 * math.sqrt(max(0, 1 - t * t)), .02 + .35 * L * t * t) for w in np.linspace(-1, 1, 5)] for t in u])
        grid(V, mats[rng.integers(3)], loc=(x, y, .005), rot=(0, 0, rng.uniform(0, 360)), parent=p)


def shelf(p, colour):
    bpy.data.objects["sweep"].location = (0, -4.2, -4)  # the wall stands behind the shelf
    box((40, 2.3, .3), wood("#7d4f2a", "#b98a5c", axis="x"), .04, 4, loc=(0, .1, -.15), parent=p)
    _at(p, jar, CREAM, (-4.6, .2, 0), 1.0)
    _at(p, jar, TERRA, (-3.25, .3, 0), .78)
    _at(p, plates, "", (-1.35, .1, 0), .85)
    _at(p, mug, INDIGO, (.5, -.25, 0), 1.0)
    _at(p, mug, CREAM, (1.5, .25, 0), 1.0)
    _at(p, planter, "#eee6d8", (2.8, .2, 0), .72)
    _at(p, teapot, CELADON, (4.4, .1, 0), .95)


T = {}


def add(slug, product, colour_name, fn, colour, alt, title=None, fill=.66, angle=None):
    T[slug] = dict(title=title or (f"{product} – {colour_name}" if colour_name else product), product=product, colour=colour_name, fn=fn, hexa=colour, alt=alt, fill=fill, angle=angle)


for _n, _c in (("terracotta", TERRA), ("cream", CREAM), ("indigo", INDIGO)):
    add(f"stoneware-mug-{_n}", "Stoneware mug", _n, mug, _c, f"Stoneware mug in {_n} glaze with a bare clay foot", fill=.6)
add("spice-box", "Masala dabba", "steel", spice_box, STEEL, "Round steel spice box with seven small bowls of spices, its lid leaning behind it", fill=.76, angle=30)
add("brass-diya", "Brass diya lamp", "brass", diya, BRASS, "Lit brass diya oil lamp on a small foot", fill=.62)
add("teapot", "Stoneware teapot", "celadon", teapot, CELADON, "Celadon stoneware teapot with a cane-wrapped handle")
for _n, _c in (("indigo", INDIGO), ("mustard", "#bd7f16"), ("rose", "#b5696a")):
    add(f"cushion-{_n}", "Handloom cushion", _n, cushion, _c, f"Square handwoven cotton cushion in {_n} with cream stripes", fill=.66)
for _n, _c in (("terracotta", TERRA), ("charcoal", CHARCOAL)):
    add(f"tall-vase-{_n}", "Tall vase", _n, vase, _c, f"Tall stoneware vase with a narrow neck in {_n}", fill=.74)
for _n, _c in (("cream", CREAM), ("celadon", CELADON)):
    add(f"serving-bowl-{_n}", "Serving bowl", _n, bowl, _c, f"Wide stoneware serving bowl in speckled {_n} glaze", fill=.64)
add("dinner-plates", "Dinner plate set", "mixed", plates, "", "Stack of cream dinner plates, celadon side plates and a terracotta bowl", fill=.66)
add("table-lamp", "Table lamp", "cream", table_lamp, CREAM, "Stoneware table lamp with a glowing linen shade", fill=.76)
add("cane-basket", "Cane basket", "natural", basket, CANE, "Round handwoven cane basket with two handles", fill=.66)
for _n, _c in (("white", "#f1ece1"), ("terracotta", TERRA)):
    add(f"planter-{_n}", "Planter", _n, planter, _c, f"Snake plant in a {_n} planter", fill=.76)
add("brass-lota", "Brass lota", "brass", lota, BRASS, "Round-bellied brass lota bottle with engraved bands", fill=.62)
for _n, _c in (("ivory", "#dcc08a"), ("rust", "#a9502e")):
    add(f"pillar-candle-{_n}", "Pillar candles", _n, candle, _c, f"Two lit {_n} pillar candles on a brass dish", fill=.66)
add("bud-vase", "Bud vase", "cream", bud_vase, CREAM, "Small cream bud vase with yellow craspedia stems", fill=.74)
add("wooden-stool", "Wooden stool", "acacia", stool, "", "Round wooden stool with four turned legs", fill=.72)
for _n, _c in (("sage", CELADON), ("clay", "#c98a6b")):
    add(f"towel-stack-{_n}", "Cotton towels", _n, towels, _c, f"Stack of three folded cotton towels in {_n} tones", fill=.66)
add("storage-jar", "Storage jar with lid", "cream", jar, CREAM, "Cream stoneware storage jar with a turned wooden lid", fill=.64)
add("glass-carafe", "Glass carafe", "clear", carafe, "", "Clear glass carafe of water with a wooden ball stopper", fill=.74)
add("tumbler-set", "Tumbler set", "tinted", tumblers, "", "Four tinted glass tumblers", fill=.64)
add("pendant-lamp", "Cane pendant lamp", "natural", pendant, CANE, "Woven cane pendant lamp, lit from inside", fill=.7, angle=3)
add("serving-board", "Serving board", "acacia", board, "", "Wooden serving board with a rounded handle", fill=.74)
add("rolling-pin", "Rolling pin and board", "sheesham", rolling_pin, "", "Wooden rolling pin lying on a round chakla board", fill=.7)
add("notebook", "Cloth-bound notebooks", "indigo", notebook, INDIGO, "Stack of three cloth-bound notebooks with a brass pen", fill=.68)
add("soap-stack", "Handmade soap", "mixed", soap, "", "Stack of handmade soap bars tied with twine", fill=.66)
add("incense-holder", "Incense holder", "brass", incense, BRASS, "Brass incense dish with two burning sticks", fill=.7)
add("wall-clock", "Wall clock", "brass and wood", clock, "", "Round wall clock with a wooden face and a brass rim", fill=.68)
add("rug-roll", "Dhurrie rug", "madder red", rug, "", "Rolled handwoven dhurrie rug in madder red with cream stripes and a fringe", fill=.72)
for _n, _c in (("brass", BRASS), ("wood", "#8a5a33")):
    add(f"tray-{_n}", "Round tray", _n, tray, _c, f"Round {_n} serving tray with two handles", fill=.72, angle=26)

BANNERS = {
    "banner-still-life": dict(title="Handmade things for the home", product="banner", colour="", fn=still_life, hexa="", alt="Still life of vases, a bowl, a mug, a carafe, a jar, a basket and a brass lota, with free space on the left", cam=dict(lens=62, distance=20, angle=9, target=(.45, 0, 1.3)), mood="day", scale=.5),
    "banner-diwali": dict(title="Diwali lights", product="banner", colour="", fn=diwali, hexa="", alt="A row of lit brass diyas with marigold petals in the evening", cam=dict(lens=62, distance=20, angle=11, target=(0, 0, .75)), mood="evening", scale=.5),
    "banner-kitchen-shelf": dict(title="A calm kitchen shelf", product="banner", colour="", fn=shelf, hexa="", alt="Kitchen shelf with jars, plates, mugs, a plant and a teapot", cam=dict(lens=62, distance=20, angle=4, target=(0, 0, 1.3)), mood="day", scale=.5),
}


def build(slug, samples, threads):
    _cache.clear()
    wide = slug in BANNERS
    d = BANNERS.get(slug) or T[slug]
    studio.reset(samples, threads, d.get("mood", "day"), wide)
    root = S.ROOT = None
    root = group()
    S.ROOT = root
    if wide:
        root.scale = (d["scale"],) * 3
        d["fn"](root, d["hexa"])
        c = dict(d["cam"])
        c["distance"] *= d["scale"]
        c["target"] = tuple(v * d["scale"] for v in c["target"])
        studio.camera(**c)
    else:
        d["fn"](root, d["hexa"])
        cam = studio.camera(angle=d["angle"] or studio.CAM_ANGLE)
        studio.fit(root, cam, d["fill"])
        x, y = d.get("at", (0, 0))
        cam.data.shift_x += x
        cam.data.shift_y += y

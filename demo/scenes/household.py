"""The second shelf: more kitchen, bath, puja and garden pieces, built like those in products.py."""
import math

import numpy as np

import products as P
import shapes as S
import studio
from products import BRASS, CELADON, CREAM, INDIGO, TERRA, add
from shapes import box, glaze, group, lathe, linen, metal, plain, shade, slab, tube, wood

COPPER, STONE, JUTE = "#c9805a", "#8d8b86", "#b08b57"


# ---------------------------------------------------------------- brass, copper, stone
def bottle(p, colour):
    m = metal(COPPER, .2)
    lathe([(0, 0), (.42, 0), (.47, .02), (.49, .1), (.49, .6), (.49, 1.2), (.49, 1.62), (.46, 1.78), (.34, 1.98), (.27, 2.08), (.26, 2.2), (.26, 2.26), (0, 2.26)], m, parent=p, segs=144)
    smooth = metal(COPPER, .2)
    lathe([(.25, 2.2), (.3, 2.21), (.3, 2.25), (.25, 2.26)], smooth, parent=p)
    lathe([(0, 2.26), (.3, 2.26), (.315, 2.28), (.315, 2.56), (.3, 2.6), (.2, 2.63), (0, 2.635)], metal(COPPER, .26, spun=.3), parent=p, segs=144)
    for z in (.22, 1.56):
        lathe([(.47, z - .03), (.503, z - .02), (.503, z + .02), (.47, z + .03)], smooth, parent=p, segs=144)


def bell(p, colour):
    m, dark = metal(BRASS, .2), metal("#b88f45", .3)
    lathe([(.74, .02), (.78, 0), (.8, .03), (.77, .1), (.64, .28), (.54, .6), (.47, .95), (.36, 1.16), (.18, 1.26), (.08, 1.29), (.07, 1.34)], m, parent=p, segs=160)
    lathe([(.72, .02), (.6, .26), (.5, .6), (.43, .93), (.3, 1.12), (0, 1.2)], dark, parent=p)
    lathe([(.07, 1.3), (.15, 1.34), (.16, 1.4), (.09, 1.45), (.075, 1.52), (.12, 1.6), (.135, 1.75), (.12, 1.95), (.08, 2.05), (.075, 2.1), (.14, 2.16), (.15, 2.22), (.1, 2.29), (.05, 2.33), (.06, 2.38), (.03, 2.44), (0, 2.45)], m, parent=p)
    for z, r in ((.2, .705), (.26, .665), (1.0, .47)):
        lathe([(r - .03, z - .018), (r + .01, z - .014), (r + .01, z + .014), (r - .03, z + .018)], dark, parent=p, segs=144)
    a = np.linspace(-math.pi / 2, math.pi / 2, 16)
    lathe(np.c_[.12 * np.cos(a), .12 * np.sin(a)], dark, loc=(0, -.1, .1), parent=p, segs=32)


def mortar(p, colour):
    m = glaze(STONE, speck="#55534f", amount=.9, rough=.8, coat=0, rings=.15)
    lathe([(0, 0), (.62, 0), (.72, .02), (.74, .1), (.68, .18), (.64, .26), (.74, .4), (.92, .7), (1.0, 1.05), (1.01, 1.12), (.98, 1.17), (.9, 1.17), (.84, 1.1), (.72, .72), (.5, .48), (0, .4)], m, parent=p, segs=128)
    pin = [(0, -.02), (.13, 0), (.24, .06), (.28, .2), (.26, .36), (.18, .6), (.155, 1.0), (.16, 1.4), (.2, 1.62), (.22, 1.74), (.18, 1.86), (.08, 1.91), (0, 1.92)]
    lathe(pin, m, loc=(-.22, -.1, .5), rot=(-8, 33, 0), parent=p)
    S.seeds(S.powder("#33231b", 6, rough=.6, depth=.3), 60, (.045, .043, .043), .4, .1, seed=3, loc=(.12, -.1, .5), parent=p)
    S.seeds(S.powder("#33231b", 6, rough=.6, depth=.3), 9, (.045, .043, .043), .3, 0, seed=5, loc=(1.2, -.75, .03), parent=p)


def watering_can(p, colour):
    g = group(parent=p, rot=(0, 0, -16))
    m, m2 = metal(COPPER, .24), metal(BRASS, .24)
    lathe([(0, 0), (.62, 0), (.68, .02), (.7, .1), (.68, .5), (.62, .9), (.5, 1.12), (.44, 1.18), (.42, 1.2), (.4, 1.18), (.46, 1.1), (.58, .88), (0, .8)], m, parent=g, segs=144)
    tube([(.6, 0, .22), (.85, 0, .32), (1.1, 0, .62), (1.35, 0, 1.1), (1.6, 0, 1.5), (1.78, 0, 1.66)], .1, m, taper=[1.5, 1.2, .9, .7, .6, .55], parent=g)
    lathe([(0, 0), (.06, 0), (.1, .03), (.2, .2), (.21, .22), (.19, .235), (0, .25)], m2, loc=(1.72, 0, 1.6), rot=(0, 47, 0), parent=g)
    tube([(-.6, 0, .3), (-.85, 0, .42), (-1.02, 0, .85), (-.92, 0, 1.35), (-.55, 0, 1.62), (-.1, 0, 1.6), (.26, 0, 1.4), (.42, 0, 1.16)], .055, m2, flat=1.3, parent=g)
    for z, r in ((.14, .705), (1.16, .455)):
        lathe([(r - .03, z - .022), (r + .012, z - .018), (r + .012, z + .018), (r - .03, z + .022)], m2, parent=g, segs=128)


# ---------------------------------------------------------------- clay
def _cup(p, m, r, h, loc, rot=0):
    lathe([(0, 0), (r * .6, 0), (r * .66, .02), (r * .7, .1), (r * .86, h * .55), (r * .98, h * .94), (r, h), (r * .97, h * 1.015), (r * .92, h * .97), (r * .78, h * .55), (r * .58, .13), (0, .1)], m, loc=loc, rot=(0, rot, 0), parent=p, segs=112)


def kulhads(p, colour):
    """Six tea cups of bare clay: four standing, two stacked."""
    for i, loc in enumerate(((-.98, .35, 0), (-.05, .55, 0), (.92, .4, 0), (-.52, -.42, 0), (.45, -.36, 0))):
        _cup(p, S.clay(shade("#b5613c", 1 + .05 * ((i * 7) % 3 - 1))), .43, .86, loc)
    _cup(p, S.clay(shade("#b5613c", 1.05)), .43, .86, (-.05, .55, .5))
    for loc in ((-.52, -.42, .64), (.45, -.36, .64)):
        lathe([(0, 0), (.2, .004), (.375, .0)], S.plain("#a86a3c", .2), loc=loc, parent=p, segs=64)


def tealights(p, colour):
    for c, loc in ((CELADON, (-.72, .25, 0)), (TERRA, (.12, -.4, 0)), (CREAM, (.74, .4, 0))):
        x, y, z = loc
        lathe([(0, 0), (.3, 0), (.34, .02), (.42, .16), (.46, .36), (.43, .56), (.38, .66), (.37, .69), (.34, .69), (.34, .64), (.38, .5), (.4, .36), (0, .34)], glaze(c, amount=.5, raw=.1), loc=loc, parent=p, segs=112)
        lathe([(0, 0), (.26, 0), (.3, .02), (.3, .06), (.29, .07), (0, .06)], S.wax("#efe2c4"), loc=(x, y, .47), parent=p, segs=64)
        tube([(x, y, .52), (x, y, .6), (x + .01, y, .66)], .014, plain("#2b2420", .9), sides=8, parent=p)
        S.flame((x, y, .62), .26, p)
        studio.point((x, y, .85), 1.1, parent=p)


def salt_cellar(p, colour):
    m = glaze(CREAM, amount=.55, raw=.16)
    lathe([(0, 0), (.6, 0), (.66, .02), (.74, .14), (.78, .4), (.76, .64), (.7, .74), (.66, .76), (.62, .74), (.66, .5), (.6, .3), (0, .25)], m, parent=p, segs=128)
    lathe([(0, .6), (.3, .59), (.64, .55)], S.powder("#fbfaf7", 60, depth=.25), parent=p, segs=96)
    lid = group(parent=p, loc=(.34, .12, .78), rot=(0, 0, 0))
    lathe([(0, 0), (.66, 0), (.72, .02), (.73, .07), (.7, .11), (.3, .13), (.14, .14), (.1, .18), (.14, .25), (.13, .31), (.06, .34), (0, .345)], wood(axis="x"), parent=lid, segs=128)
    sp = group(parent=p, loc=(-.32, -.26, .62), rot=(0, -28, 206))
    lathe([(0, 0), (.09, .01), (.14, .05), (.15, .08), (.135, .08), (.08, .03), (0, .02)], wood(axis="x"), parent=sp, segs=48)
    tube([(.13, 0, .07), (.3, 0, .08), (.6, 0, .06), (.9, 0, .04)], .034, wood(axis="x"), flat=.6, taper=[.9, .8, .9, 1.2], up=(0, 0, 1), parent=sp)


def matka(p, colour):
    """Water pot with a brass tap, on a turned wooden ring."""
    g = group(parent=p, rot=(0, 0, 24))
    m = S.clay("#b9653e")
    band = plain("#efe0c6", .9)
    lathe([(.62, 0), (.86, 0), (.92, .03), (.94, .2), (.9, .3), (.78, .32), (.62, .3)], wood("#6b4123", "#a8764a", axis="x"), parent=g, segs=128)
    lathe([(0, .2), (.5, .2), (.75, .28), (1.1, .7), (1.26, 1.3), (1.14, 1.85), (.82, 2.2), (.6, 2.34), (.57, 2.44), (.64, 2.54), (.66, 2.58), (.6, 2.6), (0, 2.55)], m, parent=g, segs=160)
    lathe([(0, 2.58), (.6, 2.57), (.7, 2.59), (.71, 2.63), (.6, 2.7), (.3, 2.8), (.14, 2.84), (.12, 2.9), (.18, 2.98), (.17, 3.05), (.08, 3.1), (0, 3.11)], m, parent=g, segs=128)
    for z, r, w in ((1.62, 1.222, .03), (1.72, 1.19, .014), (1.52, 1.247, .014)):
        lathe([(r - .03, z - w - .01), (r + .012, z - w), (r + .002, z + w), (r - .04, z + w + .01)], band, parent=g, segs=160)
    b = metal(BRASS, .22)
    tap = group(parent=g, loc=(0, -1.1, .74))
    lathe([(0, 0), (.17, 0), (.17, .05), (.1, .07), (.085, .3), (.085, .42)], b, rot=(90, 0, 0), loc=(0, .06, 0), parent=tap, segs=64)
    tube([(0, -.3, 0), (0, -.45, 0), (0, -.56, -.04), (0, -.6, -.16), (0, -.6, -.26)], .08, b, parent=tap, up=(1, 0, 0))
    lathe([(0, 0), (.07, 0), (.07, .14), (.05, .2), (0, .2)], b, loc=(0, -.38, .05), parent=tap, segs=48)
    tube([(-.2, -.38, .27), (0, -.38, .25), (.2, -.38, .27)], .045, b, parent=tap, up=(0, 0, 1))


def seed_pots(p, colour):
    lf = S.leaf("#3d6b3a", "#9dbb72", "#86a765")
    rng = np.random.default_rng(2)
    for x, y, k in ((-.95, .2, .78), (.12, .38, 1.0), (1.0, -.28, .62)):
        g = group(parent=p, loc=(x, y, 0), scale=k)
        m = S.clay(shade("#b5613c", .95 + .08 * k))
        lathe([(0, .06), (.36, .06), (.4, .08), (.5, .6), (.52, .68), (.58, .69), (.6, .72), (.6, .9), (.58, .93), (.53, .93), (.52, .88), (.5, .7), (0, .66)], m, parent=g, segs=112)
        lathe([(0, 0), (.5, 0), (.58, .02), (.62, .1), (.6, .11), (.55, .06), (0, .05)], m, parent=g, segs=112)
        lathe([(0, .83), (.3, .82), (.53, .8)], S.powder("#4a3628", 16), parent=g, segs=64)
        for i in range(9):
            a, r = i * 2.399, .06 + .036 * i
            S.blade(lf, rng.uniform(.5, .85), rng.uniform(.13, .2), bend=.25 + .04 * i, twist=.3, loc=(r * math.cos(a), r * math.sin(a), .8), rot=(0, 0, math.degrees(a)), parent=g)


def soap_dish(p, colour):
    oval = lambda T, R, Z, s: (R * (1 + .22 * np.cos(2 * T)), Z)
    lathe([(0, 0), (.7, 0), (.78, .02), (.9, .1), (1.06, .24), (1.1, .3), (1.08, .32), (1.02, .29), (.86, .17), (.7, .13), (0, .12)], glaze(colour, amount=.5, raw=.06), fn=oval, parent=p, segs=160, rot=(0, 0, -14))
    g = group(parent=p, rot=(0, 0, -14))
    for y in (-.36, -.12, .12, .36):
        tube([(-.6, y, .15), (0, y, .16), (.6, y, .15)], .045, glaze(colour, amount=.4), parent=g, up=(0, 0, 1))
    box((1.15, .76, .36), S.wax("#dfcba6"), .1, 6, loc=(.02, 0, .38), rot=(0, 0, 4), parent=g)


# ---------------------------------------------------------------- wood
def _disc(p, m, inlay, r, z, dx=0, dy=0, loc=None):
    lathe([(0, 0), (r - .03, 0), (r, .02), (r, .1), (r - .03, .12), (0, .12)], m, loc=loc or (dx, dy, z), parent=p, segs=112)
    x, y, zz = loc or (dx, dy, z)
    lathe([(r * .7, .115), (r * .705, .126), (r * .745, .126), (r * .75, .115)], inlay, loc=(x, y, zz), parent=p, segs=112)


def coasters(p, colour):
    brass = metal(BRASS, .25)
    rng = np.random.default_rng(6)
    for i in range(5):
        dx, dy = rng.normal(0, .025, 2)
        _disc(p, wood("#6b4123", "#a8764a", axis="xyz"[i % 2]), brass, .62, i * .125, -.3 + dx, .2 + dy)
    lean = group(parent=p, loc=(.44, -.16, .0), rot=(0, 0, -30))
    _disc(group(parent=lean, loc=(.02, -.05, .58), rot=(0, 68, 0)), wood("#6b4123", "#a8764a", axis="x"), brass, .62, -.06)


def spoons(p, colour):
    lathe([(0, 0), (.56, 0), (.62, .02), (.66, .12), (.68, .7), (.66, 1.3), (.65, 1.38), (.62, 1.4), (.59, 1.36), (.6, .7), (.56, .2), (0, .15)], glaze(colour, amount=.5, raw=.2), parent=p, segs=128)
    heads = (("spoon", -.36, .1, -15, 4), ("flat", -.05, .26, -4, -7), ("spoon", .3, .1, 13, 2), ("ladle", .12, -.22, 6, 9))
    for k, (kind, x, y, ry, rx) in enumerate(heads):
        g = group(parent=p, loc=(x, y, .2), rot=(rx, ry, 20 * (k - 1)))
        w = wood(("#6b4123", "#8a5a33", "#7a4a26", "#5a3519")[k], ("#a8764a", "#cf9f6c", "#b98352", "#94643c")[k], axis="z")
        top = 1.75 + .16 * (k % 3)
        tube([(0, 0, 0), (0, 0, 1.0), (0, 0, top)], .078, w, taper=[1.1, .9, .85], parent=g)
        if kind == "flat":
            slab([P._rr(.5, .82, .17, cy=0)], .09, wood("#8a5a33", "#cf9f6c", axis="y"), bevel=.03, loc=(0, 0, top + .36), rot=(90, 0, 0), parent=g)
        else:
            r = .3 if kind == "spoon" else .36
            squash = lambda T, R, Z, s: (R * (1 + .18 * np.cos(2 * (T - math.pi / 2))), Z)
            lathe([(0, 0), (r * .5, .015), (r * .88, .07), (r, .14), (r * .97, .155), (r * .8, .1), (r * .4, .05), (0, .04)], w, fn=squash, loc=(0, .1, top + r), rot=(90, 0, 0), parent=g, segs=80)


# ---------------------------------------------------------------- cloth and fibre
def napkins(p, colour):
    g = group(parent=p, rot=(0, 0, 28))
    rng = np.random.default_rng(9)
    for i, c in enumerate((INDIGO, "#e6d8bd", INDIGO, "#e6d8bd", INDIGO, "#e6d8bd")):
        m = linen(c, .07, stripe="#e6d8bd" if c == INDIGO else INDIGO, stripe_at=((-1.0, .02), (1.0, .02), (.92, .01), (-.92, .01)))
        _fold(group(parent=g, rot=(0, 0, rng.normal(0, 1.6)), loc=(rng.normal(0, .015), 0, i * .205)), m, 2.3, 2.3, .05, seed=i)


def _fold(p, m, w, d, t, seed=0):
    """A square of cloth folded in three: layers lie one on another, folds at the front."""
    h = t * 1.3
    y0, y1 = d / 2, -d / 2 + h
    arc = lambda z: [(y1 - math.sin(a) * h / 2, z + math.cos(a) * h / 2) for a in np.linspace(0, math.pi, 7)]
    top = 2 * h + t / 2
    path = [(y0, top), (0, top)] + [(y, z) for y, z in arc(top - h / 2)] + [(0, top - h), (y0, top - h)]
    S.extrude_path(path, t, w, m, seed=seed, wobble=.008, parent=p)
    S.extrude_path([(y0, t / 2), (0, t / 2), (y1, t / 2)], t, w * .99, m, seed=seed + 4, wobble=.008, parent=p)


def quilt(p, colour):
    g = group(parent=p, rot=(0, 0, 24))
    m = linen("#c98a6b", .06, stripe="#f1e6d2", bands=(.24, .02), strength=.7)
    P._towel(g, m, 0, w=3.4, d=2.3, seed=2)
    m2 = linen("#f1e6d2", .06, stripe="#a04a28", bands=(.3, .018), strength=.7)
    P._towel(group(parent=g, rot=(0, 0, -1.5)), m2, .615, w=3.3, d=2.25, seed=6)


def roll(p, base, stripe, bands, fringe):
    """The rolled rug of products.py in other yarns."""
    g = group(parent=p, rot=(0, 0, 52))
    a = np.linspace(0, 2 * math.pi * 4.3, 260)
    r = .16 + .105 * a / (2 * math.pi) * 1.45
    a0 = a[-1] + math.pi / 2
    big = r[-1] + .07
    sp = np.c_[r * np.cos(a - a0), big + r * np.sin(a - a0)]
    tail = np.c_[np.linspace(sp[-1, 0] + .05, sp[-1, 0] + 1.1, 14), np.full(14, .07)]
    S.extrude_path(np.vstack([sp, tail]), .13, 4.6, linen(base, .11, stripe=stripe, bands=bands, strength=.7), spline=False, nx=40, wobble=.012, parent=g)
    f, rng, y = plain(fringe, .9), np.random.default_rng(4), tail[-1, 0]
    for x in np.linspace(-2.2, 2.2, 46):
        j = rng.normal(0, .03, 2)
        tube([(x, y, .07), (x + j[0], y + .16, .06), (x + j[0] * 2, y + .34 + j[1], .025)], .022, f, sides=6, n=4, up=(0, 0, 1), parent=g)


def rug_indigo(p, colour):
    roll(p, "#2c3f70", "#efe2cb", (.55, .08), "#efe2cb")


def doormat(p, colour):
    """A braid laid round and round, flat on the floor."""
    for k, r in enumerate(np.arange(.08, 2.4, .125)):
        a = np.linspace(0, 2 * math.pi, 60 + int(r * 260))
        n = max(8, int(r * 34))
        yarn = S.cane("#6a5136" if k % 6 == 5 else JUTE, .16)
        for turn in (0, math.pi):
            w = .03 * np.sin(a * n + turn)
            tube(np.c_[(r + w) * np.cos(a), (r + w) * np.sin(a), .07 + .03 * np.cos(a * n + turn)], .046, yarn, spline=False, closed=True, up=(0, 0, 1), sides=8, parent=p)
    lathe([(0, .03), (2.36, .03)], plain("#7d6038", .95), smooth=False, parent=p)


add("teapot-cream", "Stoneware teapot", "cream", P.teapot, CREAM, "Cream stoneware teapot with a cane-wrapped handle")
add("copper-bottle", "Copper water bottle", "copper", bottle, COPPER, "Hammered copper water bottle with a screw cap", fill=.74)
add("tealight-cups", "Tealight cups", "mixed", tealights, "", "Three lit tealight cups in celadon, terracotta and cream glaze", fill=.64)
add("puja-bell", "Brass hand bell", "brass", bell, BRASS, "Brass hand bell with a turned handle", fill=.66)
add("salt-cellar", "Salt cellar", "cream", salt_cellar, CREAM, "Cream stoneware salt cellar, its wooden lid pushed aside, with a small wooden spoon", fill=.6, angle=30)
add("coaster-set", "Coaster set", "sheesham", coasters, "", "Six round wooden coasters with a brass ring let in, five stacked and one leaning", fill=.58, angle=26)
add("spoon-crock", "Wooden spoons", "mixed", spoons, CELADON, "Four wooden kitchen spoons standing in a celadon stoneware crock", fill=.76)
add("water-matka", "Water matka", "terracotta", matka, TERRA, "Terracotta water pot with a lid and a brass tap on a wooden ring", fill=.72)
add("napkin-set", "Cotton napkins", "indigo and cream", napkins, INDIGO, "Stack of six folded cotton napkins, indigo and cream in turn", fill=.6)
add("mortar-pestle", "Khal batta", "stone", mortar, STONE, "Grey stone mortar and pestle with black peppercorns", fill=.64, angle=26)
add("kulhad-set", "Kulhads", "terracotta", kulhads, TERRA, "Six kulhad tea cups of bare terracotta, two of them filled", fill=.66, angle=24)
add("kantha-quilt", "Kantha quilt", "clay", quilt, "", "Two folded kantha quilts, one clay-coloured with cream stitches and one cream with red stitches", fill=.66)
add("soap-dish", "Soap dish", "celadon", soap_dish, CELADON, "Oval celadon soap dish with ridges and a cream bar of soap", fill=.62, angle=28)
add("watering-can", "Watering can", "copper", watering_can, COPPER, "Small copper watering can with a brass handle and rose", fill=.7)
add("seed-pots", "Clay pots", "terracotta", seed_pots, TERRA, "Three terracotta pots of different sizes with young aloe plants", fill=.68)
add("rug-roll-indigo", "Dhurrie rug", "indigo", rug_indigo, "", "Rolled handwoven dhurrie rug in indigo with cream stripes and a fringe", fill=.72)
add("jute-mat", "Jute doormat", "natural", doormat, JUTE, "Round braided jute mat with two darker rings", fill=.76, angle=38)


def close_up(slug, alt, fill=1.35, angle=32, at=(0, 0)):
    """The same piece from nearer: a second picture, <slug>-detail; `at` moves the frame, in widths of it."""
    P.T[slug + "-detail"] = P.T[slug] | dict(title=P.T[slug]["title"] + ", detail", alt=alt, fill=fill, angle=angle, at=at)


close_up("stoneware-mug-terracotta", "Rim and handle of the terracotta mug, seen from above", angle=38, at=(.1, .2))
close_up("stoneware-mug-cream", "Iron specks in the cream glaze and the bare clay foot", angle=10, at=(-.12, -.22))
close_up("spice-box", "Seven steel bowls with turmeric, chilli, cumin, coriander, mustard and cardamom", fill=1.5, angle=48, at=(-.2, -.2))
close_up("teapot", "Cane wound around the handle of the celadon teapot", fill=1.5, angle=24, at=(-.05, .4))
close_up("cushion-indigo", "Weave and woven-in stripes of the indigo cushion", fill=1.7, angle=16, at=(.25, .3))
close_up("cushion-mustard", "Weave of the mustard cushion near its edge", fill=1.7, angle=16, at=(.3, .3))
close_up("tall-vase-charcoal", "Turning rings on the neck and shoulder of the charcoal vase", fill=1.8, angle=16, at=(0, .45))
close_up("serving-bowl-cream", "Inside of the cream serving bowl with its iron specks", fill=1.3, angle=44, at=(.1, .05))
close_up("dinner-plates", "Stacked rims: cream dinner plates, celadon side plates, a terracotta bowl", fill=1.5, angle=20, at=(.2, .05))
close_up("table-lamp", "Lower edge of the glowing linen shade and the cream base", fill=1.5, angle=12, at=(.1, .05))
close_up("cane-basket", "Twisted rim and one handle of the cane basket", fill=1.6, angle=30, at=(.35, .3))
close_up("wooden-stool", "Turned seat of the wooden stool with its grain", fill=1.7, angle=30, at=(0, .55))
close_up("towel-stack-sage", "Folded edges and woven borders of the sage towels", fill=1.6, angle=24, at=(.3, 0))
close_up("storage-jar", "Turned knob of the wooden lid on the cream storage jar", fill=1.5, angle=28, at=(0, .35))
close_up("rug-roll", "Rolled end of the madder-red dhurrie with its fringe", fill=1.7, angle=24, at=(-.4, -.2))
close_up("brass-lota", "Engraved bands on the belly of the brass lota", fill=1.6, angle=20, at=(.1, .2))
close_up("wall-clock", "Hour marks of dark brass on the wooden clock face", fill=1.7, angle=12, at=(.3, .35))
close_up("serving-board", "Handle of the serving board with its hole", fill=1.7, angle=14, at=(0, .5))
close_up("kantha-quilt", "Running stitches along the fold of the kantha quilt", fill=1.7, angle=26, at=(-.3, -.05))

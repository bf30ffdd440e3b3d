"""Builders of the first shelf: tableware, lamps and brass, cloth, plants, wood and cane. z is up, -y towards the camera."""
import math

import numpy as np

import shapes as S
import studio
from shapes import glass, glaze, group, lathe, linen, metal, plain, shade, slab, tube, wood

TERRA, CREAM, INDIGO, CELADON, CHARCOAL = "#a04a28", "#e2cfae", "#24345c", "#93ab8c", "#353435"
BRASS, STEEL, CANE = "#dbb768", "#d4d4d2", "#c9995c"


# ---------------------------------------------------------------- tableware
def _mug(p, colour, **kw):
    g = group(parent=p, **kw)
    m = glaze(colour, raw=0.13, speck="#4b3322" if colour != INDIGO else "#0f1830")
    lathe([(0, 0), (.30, 0), (.36, 0), (.40, .03), (.42, .12), (.43, .4), (.43, .7), (.425, .9), (.425, .935), (.41, .95), (.395, .935),
           (.385, .9), (.385, .5), (.375, .15), (.33, .07), (0, .06)], m, parent=g)
    tube([(.40, 0, .76), (.44, 0, .775), (.60, 0, .79), (.72, 0, .66), (.71, 0, .45), (.60, 0, .27), (.44, 0, .23), (.40, 0, .235)], .045, m,
         flat=1.9, taper=[1.15, 1, .95, .95, 1, 1.15], parent=g)
    return g


def mug(p, colour):
    _mug(p, colour, rot=(0, 0, -32))


def _plate(m, r, z, p):
    lathe([(0, 0), (r * .5, 0), (r * .55, 0), (r * .58, .03), (r * .8, .07), (r * .97, .17), (r, .195), (r, .21), (r * .985, .215), (r * .96, .2),
           (r * .8, .115), (r * .62, .075), (r * .5, .06), (0, .055)], m, loc=(0, 0, z), parent=p, segs=144)


def plates(p, colour):
    m1, m2 = glaze(CREAM, amount=.4), glaze(CELADON, amount=.4)
    for i in range(4):
        _plate(m1, 1.35, i * .105, p)
    for i in range(3):
        _plate(m2, 1.0, .4 + .06 + i * .1, p)
    lathe(BOWL(.62, .42), glaze(TERRA, amount=.4), loc=(0, 0, .84), parent=p)


def BOWL(r, h):
    return [(0, 0), (r * .36, 0), (r * .40, 0), (r * .41, h * .1), (r * .5, h * .14), (r * .82, h * .45), (r * .98, h * .9), (r, h * .98), (r * .985, h), (r * .96, h * .97),
            (r * .92, h * .85), (r * .74, h * .45), (r * .4, h * .2), (0, h * .17)]


def bowl(p, colour):
    lathe(BOWL(1.2, .92), glaze(colour, amount=.55, raw=.1), parent=p, segs=144)


def vase(p, colour):
    m = glaze(colour, amount=.45, rough=.42, coat=.1, rings=.5, raw=.22) if colour != TERRA else glaze(colour, amount=.3, rough=.6, coat=0, rings=.6)
    lathe([(0, 0), (.5, 0), (.56, .02), (.62, .2), (.8, .8), (.86, 1.4), (.72, 2.1), (.40, 2.6), (.28, 2.95), (.27, 3.3), (.34, 3.5), (.37, 3.55), (.35, 3.57), (.3, 3.52),
           (.235, 3.3), (.24, 2.95), (.3, 2.6), (0, 2.3)], m, parent=p)


def _billy(p, base, tip, seed, r=.13):
    rng = np.random.default_rng(seed)
    mid = (np.array(base) + np.array(tip)) / 2 + rng.normal(0, .06, 3)
    tube([base, mid, tip], .018, plain("#7d8a4e", .7), up=(0.3, 1, 0.1), sides=8, parent=p)
    d = lambda T, R, Z, s: (R * (1 + .06 * np.sin(17 * T) * np.sin(40 * Z)), Z)
    a = np.linspace(-math.pi / 2, math.pi / 2, 20)
    lathe(np.c_[r * np.cos(a), r * np.sin(a)], S.powder("#d9a521", 14), loc=tip, fn=d, parent=p, segs=48)


def bud_vase(p, colour):
    lathe([(0, 0), (.3, 0), (.36, .01), (.48, .2), (.52, .42), (.42, .68), (.2, .86), (.13, 1.0), (.12, 1.2), (.16, 1.3), (.17, 1.33), (.15, 1.335), (.11, 1.28), (.09, 1.0), (0, .9)],
          glaze(colour, amount=.5, raw=.2), parent=p)
    for i, t in enumerate([(-.42, .1, 2.55), (.12, -.05, 2.9), (.5, .12, 2.35), (.02, .2, 2.2)]):
        _billy(p, (t[0] * .05, 0, 1.0), t, i, .14 - .012 * i)


def teapot(p, colour):
    g = group(parent=p, rot=(0, 0, -18))
    m = glaze(colour, amount=.5, raw=.12)
    lathe([(0, 0), (.5, 0), (.56, .02), (.78, .25), (.88, .55), (.82, .88), (.6, 1.1), (.42, 1.16), (.40, 1.16)], m, parent=g)
    lathe([(.43, 1.15), (.44, 1.19), (.38, 1.23), (.2, 1.29), (.08, 1.31), (.06, 1.35), (.12, 1.42), (.13, 1.47), (.08, 1.52), (0, 1.53)], m, parent=g)
    tube([(.7, 0, .5), (.85, 0, .55), (1.05, 0, .72), (1.2, 0, .98), (1.32, 0, 1.1)], .17, m, taper=[1.25, 1.05, .75, .55, .5], parent=g)
    tube([(1.29, 0, 1.065), (1.329, 0, 1.111)], .062, plain("#3b4636", .8), spline=False, parent=g)
    for x in (-.62, .62):
        tube([(x, 0, 1.0), (x * 1.03, 0, 1.1), (x * 1.03, 0, 1.24)], .07, m, flat=1.4, taper=[1.2, 1, 1, .9, .4], parent=g)
    arch = [(.64 * math.cos(a), 0, 1.17 + .78 * math.sin(a)) for a in np.linspace(0, math.pi, 16)]
    tube(arch, .05, S.cane("#a8743f"), parent=g)
    n = 44
    for i, a in enumerate(np.linspace(.35, math.pi - .35, n)):  # cane wrapping
        c, s = math.cos(a), math.sin(a)
        ring = [(.64 * c + .058 * math.cos(t) * c, .058 * math.sin(t), 1.17 + .78 * s + .058 * math.cos(t) * s) for t in np.linspace(0, 2 * math.pi, 13)]
        tube(ring, .021, S_cane(), spline=False, closed=True, up=(-s, 0, c), sides=6, parent=g)


_cache = {}


def S_cane():
    if "cane" not in _cache:
        _cache["cane"] = S.cane(CANE)
    return _cache["cane"]


# ---------------------------------------------------------------- light and metal
def _diya(p, m=None, lit=True, power=1.5, **kw):
    g = group(parent=p, **kw)
    m = m or metal(BRASS, .2)

    def lip(T, R, Z, s):
        k = np.exp(-((np.angle(np.exp(1j * (T - math.pi * 1.5)))) / .42) ** 2)
        h = np.clip((Z - .32) / .25, 0, 1)
        return R * (1 + .42 * k * h), Z + .06 * k * h
    lathe([(0, 0), (.34, 0), (.4, .02), (.39, .06), (.24, .1), (.12, .16), (.1, .22), (.14, .27), (.3, .32), (.52, .42), (.62, .56), (.64, .6), (.62, .615), (.59, .58),
           (.48, .46), (.28, .38), (0, .36)], m, fn=lip, parent=g, segs=160)
    lathe([(0, .5), (.35, .5), (.54, .505)], plain("#b5832b", .05, Transmission_Weight=.3), parent=g)
    tube([(0.05, .1, .47), (0, -.3, .54), (0, -.62, .63), (0, -.78, .70)], .024, plain("#e2d4b8", .9), up=(1, 0, 0), parent=g)
    if lit:
        S.flame((0, -.79, .69), .34, g)
        studio.point((0, -.79, .95), power, parent=g)
    return g


def diya(p, colour):
    _diya(p, rot=(0, 0, 38))


def lota(p, colour):
    lathe([(0, 0), (.35, 0), (.4, .02), (.42, .08), (.58, .25), (.74, .55), (.76, .8), (.64, 1.08), (.42, 1.26), (.33, 1.36), (.33, 1.44), (.45, 1.58), (.53, 1.64), (.535, 1.665),
           (.51, 1.67), (.42, 1.58), (.3, 1.44), (.3, 1.36), (0, 1.2)], metal(BRASS, .2, hammered=0.0, spun=.1), parent=p, segs=144)
    for z, r in ((.93, .715), (.99, .69), (.42, .665)):
        lathe([(r - .03, z - .016), (r + .008, z - .012), (r + .008, z + .012), (r - .03, z + .016)], metal("#b88f45", .3), parent=p)


def _candle(p, colour, h, r, loc):
    w = S.wax(colour)
    lathe([(0, 0), (r, 0), (r, 0), (r, .05), (r, h - .06), (r * .99, h), (r * .93, h + .01), (r * .85, h - .03), (r * .4, h - .07), (0, h - .075)], w, loc=loc, parent=p)
    x, y, z = loc
    tube([(x, y, z + h - .09), (x, y, z + h + .03), (x + .03, y, z + h + .1)], .018, plain("#2b2420", .9), sides=8, parent=p)
    S.flame((x + .025, y, z + h + .06), .3, p)
    studio.point((x + .025, y, z + h + .26), 1.6, parent=p)


def candle(p, colour):
    lathe([(0, 0), (1.0, 0), (1.06, .02), (1.14, .09), (1.15, .12), (1.12, .12), (1.04, .06), (.9, .04), (0, .04)], metal(BRASS, .28), parent=p, segs=144)
    _candle(p, colour, 1.7, .38, (-.34, .12, .05))
    _candle(p, colour, 1.05, .38, (.46, -.14, .05))


def carafe(p, colour):
    lathe([(0, 0), (.42, 0), (.48, .02), (.52, .1), (.55, .5), (.5, 1.05), (.3, 1.55), (.2, 1.85), (.2, 2.1), (.28, 2.32), (.29, 2.35), (.275, 2.355), (.255, 2.31), (.18, 2.1), (.18, 1.85),
           (.28, 1.53), (.475, 1.03), (.52, .5), (.49, .14), (.44, .08), (0, .07)], glass("#e3efe8"), parent=p, segs=144)
    lathe([(0, .085), (.43, .09), (.475, .15), (.508, .5), (.478, .9), (.47, .93), (0, .93)], glass("#eef6f5", 1.33), parent=p)
    a = np.linspace(-math.pi / 2, math.pi / 2, 24)
    lathe(np.c_[.26 * np.cos(a), .26 * np.sin(a)], wood(axis="z"), loc=(0, 0, 2.52), parent=p)


def _tumbler(p, colour, loc):
    lathe([(0, 0), (.34, 0), (.37, .02), (.385, .1), (.42, .95), (.425, 1.0), (.415, 1.012), (.4, 1.0), (.395, .95), (.365, .16), (.33, .11), (0, .1)], glass(colour), loc=loc, parent=p, segs=128)


def tumblers(p, colour):
    for loc, c in (((-.62, .3, 0), "#cfe0c6"), ((.36, .42, 0), "#e9c9a0"), ((-.16, -.55, 0), "#bcd3dd"), ((.85, -.38, 0), "#e8c3b6")):
        _tumbler(p, c, loc)


def table_lamp(p, colour):
    lathe([(0, 0), (.55, 0), (.62, .02), (.8, .35), (.88, .8), (.7, 1.3), (.34, 1.62), (.2, 1.75), (.18, 1.85), (0, 1.86)], glaze(colour, amount=.45, rings=.5), parent=p)
    brass = metal(BRASS, .25)
    lathe([(0, 1.84), (.13, 1.84), (.13, 1.9), (.07, 1.93), (.06, 2.3), (0, 2.3)], brass, parent=p)
    m = S.shade_cloth()
    lathe([(1.32, 2.05), (1.0, 3.6)], m, smooth=False, parent=p, segs=144)
    for r, z in ((1.32, 2.05), (1.0, 3.6)):
        tube([(r * math.cos(a), r * math.sin(a), z) for a in np.linspace(0, 2 * math.pi, 97)], .03, linen("#dcc9a6"), spline=False, closed=True, up=(0, 0, 1), sides=8, parent=p)
    a = np.linspace(-math.pi / 2, math.pi / 2, 16)
    lathe(np.c_[.2 * np.cos(a), .28 * np.sin(a)], S.emission("#ffd9a0", 6), loc=(0, 0, 2.6), parent=p)
    studio.point((0, 0, 2.75), 40, (1, .74, .45), .25, parent=p)


def pendant(p, colour):
    g = group(parent=p, loc=(0, 0, 1.2))
    prof = [(1.5, 0), (1.5, .02), (1.44, .3), (1.25, .75), (.9, 1.15), (.45, 1.4), (.16, 1.48)]
    lathe(prof, S.cane(CANE, .19), fn=S.weave_fn(24, .19, .06), segs=432, n=24, parent=g)
    tube([(1.5 * math.cos(a), 1.5 * math.sin(a), 0) for a in np.linspace(0, 2 * math.pi, 121)], .06, S.cane("#a8743f"), spline=False, closed=True, up=(0, 0, 1), sides=10, parent=g)
    lathe([(0, 1.66), (.12, 1.66), (.17, 1.62), (.17, 1.45), (.22, 1.4), (.22, 1.36), (0, 1.36)], metal(BRASS, .25), parent=g)
    tube([(0, 0, 1.6), (0, 0, 9)], .025, plain("#3a2d24", .8), spline=False, sides=8, parent=g, nofit=True)
    a = np.linspace(-math.pi / 2, math.pi / 2, 20)
    lathe(np.c_[.26 * np.cos(a), .3 * np.sin(a)], S.emission("#ffdca8", 9), loc=(0, 0, .1), parent=g)
    studio.point((0, 0, .1), 30, (1, .76, .48), .3, parent=g)
    tube([(-1.2, 0, -1.2), (1.2, 0, -1.2)], .001, None, spline=False, sides=3, parent=g)  # keeps the floor in the frame


# ---------------------------------------------------------------- cloth
def cushion(p, colour):
    cream = "#efe4cf"
    style = {"#24345c": dict(stripe=cream, bands=(.42, .045)), "#bd7f16": dict(stripe=cream, stripe_at=((-.9, .05), (-.7, .02), (.7, .02), (.9, .05))),
             "#b5696a": dict(stripe=cream, border=(1.62, .05))}.get(colour, {})
    m = linen(colour, .085, **style)
    g = group(parent=p, rot=(-14, 0, 0))
    g2 = group(parent=g, rot=(0, 0, 14))
    S.cushion(m, linen(colour, .085), parent=g2)


def _towel(p, m, z, w=3.2, d=1.9, seed=0):
    h, t = .62, .17
    y0, y1 = d / 2, -d / 2 + h / 2
    arc = [(y1 - math.sin(a) * (h / 2 - t / 2), h / 2 + math.cos(a) * (h / 2 - t / 2)) for a in np.linspace(0, math.pi, 9)]
    path = [(y0, h - t / 2), (y0 * .5, h - t / 2), (0, h - t / 2), (y1 * .7, h - t / 2)] + arc + [(y1 * .7, t / 2), (0, t / 2), (y0 * .5, t / 2), (y0, t / 2)]
    S.extrude_path(path, t, w, m, seed=seed, wobble=.018, loc=(0, 0, z), parent=p)
    y2, h2 = -d / 2 + h / 2 + .08, h - 2 * t - .02
    arc = [(y2 - math.sin(a) * (h2 / 2 - t * .38), h / 2 + math.cos(a) * (h2 / 2 - t * .38)) for a in np.linspace(0, math.pi, 7)]
    path = [(y0, h / 2 + h2 / 2 - t * .38), (0, h / 2 + h2 / 2 - t * .38)] + arc + [(0, h / 2 - h2 / 2 + t * .38), (y0, h / 2 - h2 / 2 + t * .38)]
    S.extrude_path(path, t * .76, w * .985, m, seed=seed + 9, wobble=.018, loc=(0, 0, z), parent=p)


def towels(p, colour):
    g = group(parent=p, rot=(0, 0, 24))
    other = shade(colour, 1.0)
    cols = {"#93ab8c": ("#93ab8c", "#e4d5b8", "#6f8b70"), "#c98a6b": ("#b9704f", "#e4d5b8", "#9c5236")}.get(colour, (other,) * 3)
    for i, c in enumerate(cols):
        _towel(group(parent=g, rot=(0, 0, (-2, 1.5, -1)[i]), loc=((0, .05, -.03)[i], 0, 0)), linen(c, .085, strength=.65, stripe=("#efe4cf", cols[0], "#efe4cf")[i], stripe_at=[(sg * x, h) for sg in (-1, 1) for x, h in ((1.28, .035), (1.17, .02), (1.10, .008))]), i * .615, w=3.2 - .05 * i, seed=i * 3)


def rug(p, colour):
    g = group(parent=p, rot=(0, 0, 52))
    a = np.linspace(0, 2 * math.pi * 4.3, 260)
    r = .16 + .105 * a / (2 * math.pi) * 1.45
    a0 = a[-1] + math.pi / 2  # the loose end comes out at the bottom
    R = r[-1] + .07
    sp = np.c_[r * np.cos(a - a0), R + r * np.sin(a - a0)]
    tail = np.c_[np.linspace(sp[-1, 0] + .05, sp[-1, 0] + 1.1, 14), np.full(14, .07)]
    m = linen("#a33f2b", .11, stripe="#efe2cb", bands=(.8, .12), strength=.7)
    S.extrude_path(np.vstack([sp, tail]), .13, 4.6, m, spline=False, nx=40, wobble=.012, parent=g)
    f = plain("#efe2cb", .9)
    rng = np.random.default_rng(4)
    y = tail[-1, 0]
    for x in np.linspace(-2.2, 2.2, 46):
        j = rng.normal(0, .03, 2)
        tube([(x, y, .07), (x + j[0], y + .16, .06), (x + j[0] * 2, y + .34 + j[1], .025)], .022, f, sides=6, n=4, up=(0, 0, 1), parent=g)


# ---------------------------------------------------------------- plants, wood, cane
def planter(p, colour):
    m = glaze(colour, amount=.5, raw=.16) if colour != TERRA else S.clay()
    lathe([(0, .0), (.62, 0), (.68, .02), (.8, .4), (.95, 1.2), (.98, 1.36), (.98, 1.4), (.95, 1.41), (.9, 1.38), (.88, 1.2), (0, 1.15)], m, parent=p, segs=128)
    soil = lambda T, R, Z, s: (R, Z + .03 * np.sin(7 * T + 9 * R) * np.sin(11 * R))
    lathe([(0, 1.26), (.5, 1.25), (.9, 1.22)], S.powder("#4a3628", 16), fn=soil, n=14, parent=p)
    lathe([(0, -.06), (.85, -.06), (.95, -.04), (1.02, .08), (1.0, .1), (.95, .07), (.85, .0), (0, .0)], glaze(colour, amount=.5) if colour != TERRA else m, parent=p)
    lf = S.leaf()
    rng = np.random.default_rng(5)
    for i in range(13):
        a = i * 2.399 + .4
        rr = .1 + .34 * (i / 13)
        S.blade(lf, rng.uniform(1.5, 2.5) * (1 - .25 * i / 13), rng.uniform(.44, .58), bend=.08 + .28 * i / 13, twist=rng.uniform(-.5, .5),
                loc=(rr * math.cos(a), rr * math.sin(a), 1.15), rot=(0, 0, math.degrees(a)), parent=p)


def stool(p, colour):
    m, leg = wood(axis="x"), wood(axis="z")
    g = group(parent=p, rot=(0, 0, 20))
    lathe([(0, 4.0), (1.45, 4.0), (1.6, 4.02), (1.68, 4.1), (1.68, 4.24), (1.62, 4.32), (1.45, 4.33), (.9, 4.3), (0, 4.27)], m, parent=g, segs=128)
    for k in range(4):
        a = k * math.pi / 2 + math.pi / 4
        c, s = math.cos(a), math.sin(a)
        tube([(1.05 * c, 1.05 * s, 4.05), (1.2 * c, 1.2 * s, 2.7), (1.35 * c, 1.35 * s, 1.3), (1.5 * c, 1.5 * s, 0)], .17, leg, taper=[1.1, 1.1, .95, .75], up=(-s, c, 0), parent=g)
        a2 = a + math.pi / 2
        z = 1.35 + .35 * (k % 2)
        r = 1.5 - .45 * z / 4.05
        tube([(r * c, r * s, z), (r * math.cos(a2), r * math.sin(a2), z)], .1, m, spline=False, up=(0, 0, 1), parent=g)


def _rr(w, h, r, n=10, cx=0, cy=0):
    out = []
    for qx, qy, a0 in ((1, 1, 0), (-1, 1, 90), (-1, -1, 180), (1, -1, 270)):
        for a in np.radians(np.linspace(a0, a0 + 90, n)):
            out.append((cx + qx * (w / 2 - r) + r * math.cos(a), cy + qy * (h / 2 - r) + r * math.sin(a)))
    return out


def board(p, colour):
    body = _rr(2.2, 3.2, .4)
    # replace the top edge by a neck with a rounded handle
    top = [(.62, 1.62), (.42, 1.72), (.33, 1.95), (.33, 2.45)] + [(.33 * math.cos(a), 2.5 + .33 * math.sin(a)) for a in np.linspace(0, math.pi, 18)] + [(-.33, 2.45), (-.33, 1.95), (-.42, 1.72), (-.62, 1.62)]
    outline = body[:10] + top + body[10:]
    hole = [(.13 * math.cos(a), 2.47 + .13 * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 28, endpoint=False)]
    g = group(parent=p, rot=(0, 0, 0))
    slab([outline, hole], .2, wood("#7d4f2a", "#c08d5b", axis="y"), bevel=.05, loc=(0, 0, 1.62), rot=(76, 0, 12), parent=g)


def rolling_pin(p, colour):
    lathe([(0, 0), (1.3, 0), (1.4, .03), (1.42, .12), (1.4, .22), (1.33, .25), (1.0, .25), (0, .25)], wood("#6b4123", "#a8764a", axis="x"), parent=p, segs=144)
    for k in range(3):
        a = k * 2.094 + .5
        lathe([(0, 0), (.16, 0), (.2, .05), (.14, .12), (0, .12)], wood(axis="z"), loc=(.95 * math.cos(a), .95 * math.sin(a), -.11), parent=p)
    pr = [(0, -1.75), (.1, -1.74), (.16, -1.65), (.15, -1.5), (.09, -1.3), (.11, -1.12), (.2, -1.02), (.24, -.8), (.27, -.3), (.27, .3), (.24, .8), (.2, 1.02), (.11, 1.12), (.09, 1.3), (.15, 1.5), (.16, 1.65), (.1, 1.74), (0, 1.75)]
    lathe(pr, wood("#8a5a33", "#cf9f6c", axis="z"), loc=(.05, -.1, .52), rot=(0, 90, 24), parent=p)


def basket(p, colour):
    prof = [(0, 0), (.7, 0), (1.0, 0), (1.1, .03), (1.22, .3), (1.35, .9), (1.36, 1.4), (1.3, 1.75)]
    lathe(prof, S.cane(CANE, .19), fn=S.weave_fn(22, .19, .06, z0=.02), segs=440, n=24, parent=p)
    lathe([(r * .96, z) for r, z in prof[::-1]], S.cane(shade(CANE, .8), .19), fn=S.weave_fn(22, .19, .045, z0=.02), segs=288, n=14, parent=p, loc=(0, 0, .03))
    for k in range(2):  # a twisted rim
        a = np.linspace(0, 2 * math.pi, 400)
        tw = 34 * a + k * math.pi
        tube(np.c_[(1.29 + .045 * np.cos(tw)) * np.cos(a), (1.29 + .045 * np.cos(tw)) * np.sin(a), 1.78 + .045 * np.sin(tw)], .06, S.cane("#a8743f"), spline=False, closed=True, up=(0, 0, 1), sides=10, parent=p)
    for sgn in (-1, 1):
        h = [(sgn * 1.3, -.42, 1.7), (sgn * 1.33, -.42, 1.95), (sgn * 1.34, -.28, 2.18), (sgn * 1.34, 0, 2.25), (sgn * 1.34, .28, 2.18), (sgn * 1.33, .42, 1.95), (sgn * 1.3, .42, 1.7)]
        tube(h, .065, S.cane("#a8743f"), up=(1, 0, 0), parent=p)


def jar(p, colour):
    lathe([(0, 0), (.62, 0), (.68, .02), (.74, .12), (.76, .6), (.76, 1.2), (.74, 1.4), (.66, 1.5), (.64, 1.52), (0, 1.5)], glaze(colour, amount=.6, raw=.28), parent=p, segs=128)
    lathe([(0, 1.53), (.66, 1.53), (.72, 1.54), (.73, 1.6), (.71, 1.68), (.62, 1.7), (.2, 1.7), (.12, 1.72), (.1, 1.78), (.17, 1.86), (.18, 1.93), (.12, 1.99), (0, 2.0)], wood(axis="x"), parent=p)


def tray(p, colour):
    g = group(parent=p, rot=(0, 0, 22))
    if colour == BRASS:
        m = metal(BRASS, .22)
        lathe([(0, 0), (1.4, 0), (1.5, .01), (1.58, .08), (1.62, .22), (1.66, .25), (1.66, .275), (1.61, .27), (1.56, .2), (1.52, .09), (1.44, .05), (0, .05)], m, parent=g, segs=160)
        for r in (.5, .56, 1.1, 1.16):
            lathe([(r - .02, .04), (r - .01, .075), (r + .01, .075), (r + .02, .04)], metal("#b88f45", .3), parent=g)
        hm = m
    else:
        hm = metal(BRASS, .25)
        m = wood("#6b4123", "#a8764a", axis="x")
        lathe([(0, 0), (1.45, 0), (1.55, .02), (1.6, .1), (1.62, .3), (1.6, .36), (1.54, .36), (1.5, .28), (1.48, .14), (1.4, .1), (0, .1)], m, parent=g, segs=160)
    for sgn in (-1, 1):
        x = sgn * 1.6
        tube([(x, -.42, .25), (x + sgn * .08, -.42, .4), (x + sgn * .12, -.3, .58), (x + sgn * .12, 0, .62), (x + sgn * .12, .3, .58), (x + sgn * .08, .42, .4), (x, .42, .25)], .05, hm, up=(1, 0, 0), parent=g)

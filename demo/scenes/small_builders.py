"""Builders of small things: incense, clock, notebooks, soap, spice box."""
import math

import numpy as np

import shapes as S
from builders import BRASS, STEEL
from shapes import box, group, lathe, linen, metal, plain, tube, wood


# ---------------------------------------------------------------- small things
def incense(p, colour):
    m = metal(BRASS, .24)
    lathe([(0, 0), (.85, 0), (.93, .02), (.98, .1), (.985, .12), (.96, .12), (.9, .05), (.8, .04), (0, .04)], m, parent=p, segs=128)
    lathe([(0, .3), (.05, .3), (.07, .28), (.16, .2), (.24, .06), (.26, .03)], m, parent=p)
    stick = plain("#5b3b2a", .9)
    for x, y, tx, ty in ((0, 0, .42, .1), (.03, .03, -.12, .2)):
        tube([(x, y, .28), (x + tx * .28, y + ty * .28, .85)], .014, plain("#c9a06b", .8), spline=False, sides=8, up=(0, 1, 0), parent=p)
        tube([(x + tx * .28, y + ty * .28, .85), (x + tx, y + ty, 2.15)], .026, stick, spline=False, sides=8, up=(0, 1, 0), parent=p)
        lathe([(0, 0), (.028, .01), (.028, .04), (0, .05)], S.emission("#ff5a1f", 8), loc=(x + tx, y + ty, 2.14), parent=p, segs=16)


def clock(p, colour):
    g = group(parent=p, rot=(-9, 0, 12))
    f = group(parent=g, loc=(0, 0, 1.52), rot=(90, 0, 0))  # local z now faces the camera
    brass = metal(BRASS, .24)
    lathe([(1.5, -.16), (1.52, -.16), (1.52, .1), (1.5, .14), (1.44, .14), (1.42, .1), (1.42, -.1)], brass, parent=f, segs=160)
    lathe([(0, 0), (1.43, 0)], wood("#8a5a33", "#c6935f", axis="x"), smooth=False, parent=f, segs=160)
    lathe([(0, -.1), (1.45, -.1)], plain("#6b4a30"), smooth=False, parent=f, loc=(0, 0, -.04))
    dark = metal("#4a3a2c", .35)
    for k in range(12):
        a = math.radians(90 - 30 * k)
        L = .26 if k % 3 == 0 else .14
        box((L, .075 if k % 3 == 0 else .045, .03), dark, .012, 2, loc=((1.27 - L / 2) * math.cos(a), (1.27 - L / 2) * math.sin(a), .02), rot=(0, 0, math.degrees(a)), parent=f)
    for ang, L, w, z in ((90 - 304, .68, .075, .05), (90 - 54, 1.05, .05, .075)):
        a = math.radians(ang)
        box((L + .2, w, .02), dark, .008, 2, loc=((L / 2 - .1) * math.cos(a), (L / 2 - .1) * math.sin(a), z), rot=(0, 0, ang), parent=f)
    lathe([(0, .13), (.06, .12), (.08, .09), (.08, .03)], brass, parent=f)


def notebook(p, colour):
    def book(c, z, rot, w=1.5, h=2.1, t=.24, off=0.0):
        b = group(parent=p, loc=(off, 0, z), rot=(0, 0, rot))
        m = linen(c, .045, strength=.16)
        for n in m.node_tree.nodes:
            if n.type == "TEX_COORD":  # boxes carry no uv: take object coordinates
                for l in list(n.outputs[2].links):
                    m.node_tree.links.new(n.outputs[3], l.to_socket)
        box((w, h, .035), m, .015, 3, loc=(0, 0, .018), parent=b)
        box((w, h, .035), m, .015, 3, loc=(0, 0, t - .018), parent=b)
        box((.05, h, t), m, .02, 4, loc=(-w / 2 + .01, 0, t / 2), parent=b)
        pages = S.wood("#e2d6bd", "#f4ecdb", axis="y", rough=.9, fine=6)
        box((w - .08, h - .1, t - .07), pages, .005, 1, loc=(-.01, 0, t / 2), parent=b)
        return b
    book(colour, 0, 28)
    book("#b4552f", .245, 20, off=.02)
    b = book("#e3d5b8", .49, 36, w=1.35, h=1.9, t=.2, off=.02)
    tube([(-.2, -.9, .14), (-.2, -1.05, .1), (-.24, -1.3, -.1), (-.22, -1.38, -.3)], .01, plain("#8f2f2a", .7), flat=4, up=(1, 0, 0), parent=b)
    pen = group(parent=b, loc=(.28, 0, .245), rot=(90, 0, -14))
    lathe([(0, -.85), (.012, -.84), (.045, -.7), (.045, .8), (.03, .82), (0, .82)], metal(BRASS, .28), parent=pen, segs=32)


def soap(p, colour):
    g = group(parent=p, rot=(0, 0, 26))
    z = 0
    for i, (c, r) in enumerate((("#bd8a68", 0), ("#8fa077", 7), ("#dfcba6", -4))):
        m = S.wax(c)
        box((1.3, .9, .44), m, .09, 6, loc=(0, 0, z + .22), rot=(0, 0, r), parent=g)
        z += .445
    tw = plain("#9b7a4d", .95)
    for x, r in ((-.012, 0), (.03, 0)):
        path = [(x, y, zz) for y, zz in [(-.47, 0.0), (-.47, .44), (-.47, .9), (-.46, 1.3), (-.40, 1.345), (0, 1.347), (.40, 1.345), (.46, 1.3), (.47, .9), (.47, 0)]]
        tube(path, .018, tw, up=(1, 0, 0), sides=8, parent=g)
    for s in (-1, 1):
        tube([(0, 0, 1.36), (s * .15, -.1, 1.46), (s * .36, -.16, 1.46), (s * .38, .02, 1.4), (s * .15, .05, 1.37), (0, 0, 1.36)], .018, tw, up=(0, 0, 1), sides=8, parent=g)
        tube([(0, 0, 1.36), (s * .1, -.2, 1.38), (s * .22, -.38, 1.37)], .018, tw, up=(0, 0, 1), sides=8, parent=g)
    small = S.wax("#a8583a")
    box((1.15, .8, .4), small, .09, 6, loc=(1.12, -.62, .2), rot=(0, 0, 34), parent=p)


# colour, grain of the powder; whole spices: (count, half axes)
SPICES = (("#d9980c", 60, None), ("#b3261a", 50, None), ("#8a6234", 14, (420, (.055, .014, .013))), ("#b08e52", 9, (330, (.03, .027, .027))), ("#33231b", 11, (460, (.024, .023, .023))),
          ("#c2611a", 60, None), ("#78894a", 9, (150, (.075, .03, .028))))


def spice_box(p, colour):
    st, st2 = metal(STEEL, .2, spun=.05), metal("#dcdcda", .16, spun=.05)
    R = 1.5
    lathe([(0, 0), (R - .1, 0), (R - .03, .01), (R, .06), (R, .6), (R, .66), (R + .03, .68), (R + .03, .7), (R - .02, .7), (R - .03, .66), (R - .03, .1), (R - .08, .05), (0, .05)], st, parent=p, segs=160)
    rng = np.random.default_rng(3)
    for k in range(7):
        x, y = (0, 0) if k == 0 else (.94 * math.cos(k * math.pi / 3), .94 * math.sin(k * math.pi / 3))
        lathe([(0, .06), (.34, .06), (.38, .08), (.42, .2), (.43, .5), (.455, .52), (.455, .535), (.425, .53), (.41, .5), (.4, .2), (0, .12)], st2, loc=(x, y, 0), parent=p, segs=96)
        c, sc, whole = SPICES[k]
        ph = rng.uniform(0, 6)

        def heap(T, R_, Z, s, ph=ph):
            x_, y_ = R_ * np.cos(T), R_ * np.sin(T)
            return R_, Z + .012 * np.sin(14 * x_ + ph) * np.sin(16 * y_ - ph) + .05 * x_ * math.cos(ph)
        drop = .05 if whole else 0
        lathe([(0, .56 - drop), (.1, .55 - drop), (.25, .48 - drop), (.41, .42 - drop)], S.powder(c, sc, depth=.8), loc=(x, y, 0), fn=heap, n=12, parent=p)
        if whole:
            S.seeds(S.powder(c, 6, rough=.6, depth=.3), whole[0], whole[1], .39, .14, seed=k, loc=(x, y, .4), parent=p)
    # the lid leans behind
    lid = group(parent=p, loc=(1.0, 1.62, 1.38), rot=(-74, 0, -20))
    lathe([(R + .04, -.3), (R + .05, -.28), (R + .05, -.02), (R, .03), (R - .2, .05), (.3, .06), (.2, .08), (0, .08)], st, parent=lid, segs=160)
    sp = group(parent=p, loc=(-1.25, -1.72, .03), rot=(0, 0, -8))
    lathe([(0, 0), (.12, .01), (.2, .06), (.215, .1), (.2, .1), (.12, .03), (0, .02)], metal(BRASS, .22), parent=sp, segs=48)
    tube([(.2, 0, .09), (.4, 0, .12), (.8, 0, .1), (1.25, 0, .04)], .035, metal(BRASS, .22), flat=.5, taper=[.8, .8, 1, 1.4], up=(0, 0, 1), parent=sp)

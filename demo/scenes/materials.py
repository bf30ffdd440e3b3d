"""Procedural materials: glaze, clay, metal, glass, wood, cloth, cane, wax, spice, leaf. Lengths are in decimetres."""
import math

import bpy
import numpy as np

from studio import srgb


def nd(nt, kind, ins=None, out=0, **props):
    n = nt.nodes.new("ShaderNode" + kind)
    for k, v in props.items():
        setattr(n, k, v)
    for k, v in (ins or {}).items():
        if isinstance(v, bpy.types.NodeSocket):
            nt.links.new(v, n.inputs[k])
        else:
            n.inputs[k].default_value = v
    return n.outputs[out]


def new(name, **ins):
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    nt = m.node_tree
    b = nt.nodes["Principled BSDF"]
    for k, v in ins.items():
        b.inputs[k.replace("_", " ")].default_value = v
    return m, nt, b


def mix(nt, f, a, b):
    return nd(nt, "Mix", {0: f, 6: a, 7: b}, 2, data_type="RGBA")


def math_(nt, op, a, b=0.0, clamp=False):
    return nd(nt, "Math", {0: a, 1: b}, operation=op, use_clamp=clamp)


def ramp(nt, f, *stops):
    n = nt.nodes.new("ShaderNodeValToRGB")
    nt.links.new(f, n.inputs[0])
    el = n.color_ramp.elements
    while len(el) < len(stops):
        el.new(0.5)
    for e, (p, c) in zip(el, stops):
        e.position = p
        e.color = srgb(c) if isinstance(c, str) else (c, c, c, 1)
    return n.outputs[0]


def coords(nt, uv=False, scale=(1, 1, 1), rot=(0, 0, 0)):
    s = nd(nt, "TexCoord", out=2 if uv else 3)
    return nd(nt, "Mapping", {0: s, 2: [math.radians(a) for a in rot], 3: scale})


def bump(nt, b, h, strength=0.2, distance=0.02):
    nt.links.new(nd(nt, "Bump", {"Height": h, "Strength": strength, "Distance": distance}), b.inputs["Normal"])


def put(nt, sock, b, name):
    nt.links.new(sock, b.inputs[name])


def shade(hexa, k):
    h = hexa.lstrip("#")
    return "#" + "".join(f"{max(0, min(255, int(int(h[i:i + 2], 16) * k))):02x}" for i in (0, 2, 4))


def plain(colour, rough=0.5, **ins):
    return new("plain", Base_Color=srgb(colour), Roughness=rough, **ins)[0]


def emission(colour, power):
    return new("glow", Base_Color=(0, 0, 0, 1), Emission_Color=srgb(colour), Emission_Strength=power)[0]


def glaze(colour, speck="#4b3322", amount=0.5, rough=0.3, coat=0.3, raw=None, raw_colour="#b98d68", rings=0.25, above=False):
    """Glazed stoneware with speckle; below z=raw (or above) the clay stays bare."""
    m, nt, b = new("glaze", Coat_Weight=coat, Coat_Roughness=0.12)
    co = coords(nt)
    c = mix(nt, nd(nt, "TexNoise", {0: co, "Scale": 2.2, "Detail": 3}), srgb(shade(colour, 1.06)), srgb(shade(colour, 0.86)))
    v = nt.nodes.new("ShaderNodeTexVoronoi")
    v.inputs["Scale"].default_value = 26
    nt.links.new(co, v.inputs["Vector"])
    lim = math_(nt, "MULTIPLY", math_(nt, "SUBTRACT", nd(nt, "SeparateColor", {0: v.outputs["Color"]}), 1 - amount), 0.55)
    sp = math_(nt, "MULTIPLY", math_(nt, "SUBTRACT", lim, v.outputs["Distance"]), 14, True)
    c = mix(nt, math_(nt, "MULTIPLY", sp, 0.75), c, srgb(speck))
    x = nt.nodes.new("ShaderNodeSeparateXYZ")
    nt.links.new(co, x.inputs[0])
    noise = nd(nt, "TexNoise", {0: co, "Scale": 5.0, "Detail": 2})
    if raw is not None:
        edge = math_(nt, "ADD", x.outputs["Z"], math_(nt, "MULTIPLY", math_(nt, "SUBTRACT", noise, 0.5), 0.12))
        f = math_(nt, "MULTIPLY", math_(nt, "SUBTRACT", raw, edge) if not above else math_(nt, "SUBTRACT", edge, raw), 60, True)
        grain = mix(nt, nd(nt, "TexNoise", {0: co, "Scale": 40, "Detail": 3}), srgb(raw_colour), srgb(shade(raw_colour, 0.8)))
        c = mix(nt, f, c, grain)
        r = nd(nt, "Mix", {0: f, 2: rough, 3: 0.85})
        put(nt, r, b, "Roughness")
        put(nt, nd(nt, "Mix", {0: f, 2: coat, 3: 0.0}), b, "Coat Weight")
    else:
        b.inputs["Roughness"].default_value = rough
    put(nt, c, b, "Base Color")
    z = nd(nt, "CombineXYZ", {2: math_(nt, "MULTIPLY", x.outputs["Z"], 9.0)})
    h = math_(nt, "ADD", nd(nt, "TexNoise", {0: z, "Scale": 1.0, "Detail": 2}), math_(nt, "MULTIPLY", noise, 0.4))
    bump(nt, b, h, rings, 0.05)
    return m


def clay(colour="#b5613c"):
    """Unglazed terracotta."""
    m, nt, b = new("clay", Roughness=0.85)
    co = coords(nt)
    n = nd(nt, "TexNoise", {0: co, "Scale": 3, "Detail": 6})
    put(nt, ramp(nt, n, (0.3, shade(colour, 0.84)), (0.55, colour), (0.8, shade(colour, 1.16))), b, "Base Color")
    bump(nt, b, nd(nt, "TexNoise", {0: co, "Scale": 30, "Detail": 4}), 0.25, 0.03)
    return m


def metal(colour="#d9a548", rough=0.24, spun=0.12, hammered=0.0):
    """Brushed (spun) brass, copper or steel."""
    m, nt, b = new("metal", Base_Color=srgb(colour), Metallic=1.0)
    co = coords(nt)
    x = nt.nodes.new("ShaderNodeSeparateXYZ")
    nt.links.new(co, x.inputs[0])
    r = math_(nt, "SQRT", math_(nt, "ADD", math_(nt, "MULTIPLY", x.outputs[0], x.outputs[0]), math_(nt, "MULTIPLY", x.outputs[1], x.outputs[1])))
    line = nd(nt, "CombineXYZ", {0: math_(nt, "MULTIPLY", r, 40), 2: math_(nt, "MULTIPLY", x.outputs["Z"], 40)})
    h = nd(nt, "TexNoise", {0: line, "Scale": 1, "Detail": 2})
    smudge = nd(nt, "TexNoise", {0: co, "Scale": 2.5, "Detail": 4})
    put(nt, nd(nt, "MapRange", {0: smudge, 1: 0.3, 2: 0.7, 3: rough * 0.8, 4: rough * 1.35}), b, "Roughness")
    put(nt, mix(nt, smudge, srgb(shade(colour, 1.06)), srgb(shade(colour, 0.92))), b, "Base Color")
    if hammered:
        v = nd(nt, "TexVoronoi", {0: co, "Scale": 7}, feature="SMOOTH_F1")
        h = math_(nt, "ADD", math_(nt, "MULTIPLY", h, 0.06), v)
        bump(nt, b, h, hammered, 0.06)
    else:
        bump(nt, b, h, spun, 0.01)
    return m


def glass(colour="#f2f7f4", ior=1.45, density=1.0):
    """Tinted glass that lets light through for shadow rays (no caustics needed)."""
    m, nt, b = new("glass", Base_Color=srgb(colour), Roughness=0.02, Transmission_Weight=1.0, IOR=ior)
    t = nd(nt, "BsdfTransparent", {0: tuple(0.25 + 0.75 * v for v in srgb(colour)[:3]) + (1,)})
    lp = nt.nodes.new("ShaderNodeLightPath")
    f = math_(nt, "MAXIMUM", lp.outputs["Is Shadow Ray"], lp.outputs["Is Diffuse Ray"])
    s = nd(nt, "MixShader", {0: f, 1: b.outputs[0], 2: t})
    nt.links.new(s, nt.nodes["Material Output"].inputs[0])
    return m


def wood(dark="#7a4a26", light="#b98352", axis="x", rough=0.45, fine=1.0):
    m, nt, b = new("wood", Roughness=rough, Coat_Weight=0.08)
    long_, across = 0.35, 3.2 * fine
    sc = {"x": (long_, across, across), "y": (across, long_, across), "z": (across, across, long_)}[axis]
    co = coords(nt, scale=sc)
    n = nd(nt, "TexNoise", {0: co, "Scale": 1.0, "Detail": 2.5, "Distortion": 0.7})
    w = math_(nt, "FRACT", math_(nt, "MULTIPLY", n, 4.0))
    w = math_(nt, "ABSOLUTE", math_(nt, "SUBTRACT", w, 0.5))
    c = ramp(nt, math_(nt, "MULTIPLY", w, 2.0), (0.0, shade(dark, 1.2)), (0.55, shade(light, 0.88)), (1.0, light))
    fib = nd(nt, "TexNoise", {0: coords(nt, scale=tuple(v * (14 if v > 1 else 3) for v in sc)), "Scale": 1.0, "Detail": 3})
    c = mix(nt, nd(nt, "MapRange", {0: fib, 1: 0.45, 2: 0.75, 3: 0.0, 4: 0.55}), c, srgb(dark))
    put(nt, c, b, "Base Color")
    bump(nt, b, math_(nt, "ADD", math_(nt, "MULTIPLY", fib, 0.6), w), 0.12, 0.02)
    return m


def _weave(nt, pitch, uv=True):
    co = coords(nt, uv=uv)
    x = nt.nodes.new("ShaderNodeSeparateXYZ")
    nt.links.new(co, x.inputs[0])
    wob = nd(nt, "TexNoise", {0: co, "Scale": 2.5, "Detail": 3})
    k = 2 * math.pi / pitch
    su = math_(nt, "SINE", math_(nt, "MULTIPLY", math_(nt, "ADD", x.outputs[0], math_(nt, "MULTIPLY", wob, pitch * 0.8)), k))
    sv = math_(nt, "SINE", math_(nt, "MULTIPLY", math_(nt, "ADD", x.outputs[1], math_(nt, "MULTIPLY", wob, pitch * 0.8)), k))
    slub = nd(nt, "TexNoise", {0: nd(nt, "Mapping", {0: co, 3: (1.2, 14, 1)}), "Scale": 1.0, "Detail": 3})
    slub2 = nd(nt, "TexNoise", {0: nd(nt, "Mapping", {0: co, 3: (14, 1.2, 1)}), "Scale": 1.0, "Detail": 3})
    return x, math_(nt, "MULTIPLY", su, sv), math_(nt, "MULTIPLY", math_(nt, "ADD", slub, slub2), 0.5)


def linen(colour, pitch=0.09, stripe=None, stripe_at=(), bands=None, border=None, strength=0.5):
    """Hand-woven cloth on UV coordinates. bands=(period, width) repeats a stripe; border=(half, width) draws a frame."""
    m, nt, b = new("linen", Roughness=0.9, Sheen_Weight=0.25, Sheen_Roughness=0.5, Specular_IOR_Level=0.2)
    x, h, slub = _weave(nt, pitch)
    base = srgb(colour)
    if stripe:
        f = None

        def add(g):
            nonlocal f
            f = g if f is None else math_(nt, "MAXIMUM", f, g)
        for centre, half in stripe_at:
            add(math_(nt, "LESS_THAN", math_(nt, "ABSOLUTE", math_(nt, "SUBTRACT", x.outputs[0], centre)), half))
        if bands:
            add(math_(nt, "LESS_THAN", math_(nt, "FLOORED_MODULO", x.outputs[0], bands[0]), bands[1]))
        if border:
            d = math_(nt, "MAXIMUM", math_(nt, "ABSOLUTE", x.outputs[0]), math_(nt, "ABSOLUTE", math_(nt, "ADD", x.outputs[1], 0.0)))
            add(math_(nt, "LESS_THAN", math_(nt, "ABSOLUTE", math_(nt, "SUBTRACT", d, border[0])), border[1]))
        base = mix(nt, f, base, srgb(stripe))
    k = nd(nt, "MapRange", {0: slub, 1: 0.35, 2: 0.65, 3: 0.78, 4: 1.12})
    k = math_(nt, "MULTIPLY", k, nd(nt, "MapRange", {0: h, 1: -1.0, 2: 1.0, 3: 0.88, 4: 1.05}))
    c = nt.nodes.new("ShaderNodeVectorMath")
    c.operation = "SCALE"
    if isinstance(base, tuple):
        c.inputs[0].default_value = base[:3]
    else:
        nt.links.new(base, c.inputs[0])
    nt.links.new(k, c.inputs["Scale"])
    put(nt, c.outputs[0], b, "Base Color")
    bump(nt, b, math_(nt, "ADD", h, slub), strength, 0.03)
    return m


def shade_cloth(colour="#efe2c8", pitch=0.07):
    """Linen lampshade: half of the light passes."""
    m = linen(colour, pitch, strength=0.3)
    nt = m.node_tree
    b = nt.nodes["Principled BSDF"]
    t = nd(nt, "BsdfTranslucent", {0: srgb(colour)})
    nt.links.new(nd(nt, "MixShader", {0: 0.5, 1: b.outputs[0], 2: t}), nt.nodes["Material Output"].inputs[0])
    return m


def terry(colour):
    """Towelling: dense soft loops."""
    m, nt, b = new("terry", Roughness=1.0, Sheen_Weight=0.5, Sheen_Roughness=0.6, Specular_IOR_Level=0.05)
    co = coords(nt)
    n = nd(nt, "TexNoise", {0: co, "Scale": 16, "Detail": 4, "Roughness": 0.7})
    put(nt, mix(nt, n, srgb(shade(colour, 0.8)), srgb(shade(colour, 1.12))), b, "Base Color")
    bump(nt, b, n, 0.9, 0.06)
    return m


def cane(colour="#c9995c", row=0.0):
    """Cane fibre; `row` (as in weave_fn) darkens the gap between rows and tones each row apart."""
    m, nt, b = new("cane", Roughness=0.68, Specular_IOR_Level=0.25)
    fib = nd(nt, "TexNoise", {0: coords(nt, uv=True, scale=(3, 26, 1)), "Scale": 1.0, "Detail": 3})
    tone = nd(nt, "TexNoise", {0: coords(nt, uv=True, scale=(1.2, 5, 1)), "Scale": 1.0, "Detail": 2})
    c = ramp(nt, tone, (0.3, shade(colour, 0.72)), (0.5, colour), (0.7, shade(colour, 1.15)))
    c = mix(nt, nd(nt, "MapRange", {0: fib, 1: 0.42, 2: 0.7, 3: 0.0, 4: 0.7}), c, srgb(shade(colour, 0.55)))
    if row:
        x = nt.nodes.new("ShaderNodeSeparateXYZ")
        nt.links.new(nd(nt, "TexCoord", out=2), x.inputs[0])
        v = math_(nt, "DIVIDE", x.outputs[1], row)
        rnd = nd(nt, "TexWhiteNoise", {"W": math_(nt, "FLOOR", v)}, noise_dimensions="1D")
        c = mix(nt, math_(nt, "MULTIPLY", rnd, 0.35), c, srgb(shade(colour, 0.62)))
        e = math_(nt, "ABSOLUTE", math_(nt, "SUBTRACT", math_(nt, "FRACT", v), 0.5))
        reed = math_(nt, "ABSOLUTE", math_(nt, "SINE", math_(nt, "MULTIPLY", v, 3 * math.pi)))  # three reeds a row
        c = mix(nt, nd(nt, "MapRange", {0: reed, 1: 0.0, 2: 0.45, 3: 0.55, 4: 0.0}), c, srgb(shade(colour, 0.4)))
        c = mix(nt, nd(nt, "MapRange", {0: e, 1: 0.38, 2: 0.5, 3: 0.0, 4: 0.85}), c, srgb(shade(colour, 0.25)))
        fib = math_(nt, "ADD", math_(nt, "MULTIPLY", fib, 0.5), nd(nt, "MapRange", {0: reed, 1: 0.0, 2: 0.7, 3: 0.0, 4: 1.0}))
    put(nt, c, b, "Base Color")
    bump(nt, b, fib, 0.4, 0.02)
    return m


def weave_fn(strands=24, row=0.16, depth=0.05, z0=-9, z1=9):
    """For lathe(fn=…): basket weave, rows of cane going over and under the stakes."""
    def fn(T, R, Z, S):
        j = np.floor(S / row)
        round_ = np.sqrt(np.clip(1 - (2 * (S / row - j) - 1) ** 2, 0, 1))
        over = np.cos(strands * T + np.pi * (j % 2))
        on = ((Z > z0) & (Z < z1)).astype(float)
        return R + on * depth * (round_ * (0.55 + 0.6 * over) - 0.3), Z
    return fn


def wax(colour):
    m, nt, b = new("wax", Base_Color=srgb(colour), Roughness=0.42, Subsurface_Weight=0.35, Subsurface_Scale=0.12)
    b.inputs["Subsurface Radius"].default_value = (1.0, 0.6, 0.35)
    bump(nt, b, nd(nt, "TexNoise", {0: coords(nt), "Scale": 2.5, "Detail": 3}), 0.1, 0.06)
    return m


def powder(colour, scale=40.0, rough=1.0, depth=0.7):
    m, nt, b = new("powder", Roughness=rough, Specular_IOR_Level=0.1)
    n = nd(nt, "TexVoronoi", {0: coords(nt), "Scale": scale})
    put(nt, mix(nt, n, srgb(shade(colour, 1.15)), srgb(shade(colour, 0.6))), b, "Base Color")
    bump(nt, b, n, depth, 0.05)
    return m


def leaf(dark="#2f5a37", light="#86a765", edge="#cdbf72"):
    m, nt, b = new("leaf", Roughness=0.4)
    co = coords(nt, uv=True)
    x = nt.nodes.new("ShaderNodeSeparateXYZ")
    nt.links.new(co, x.inputs[0])
    band = nd(nt, "TexNoise", {0: nd(nt, "Mapping", {0: co, 3: (1.5, 16, 1)}), "Scale": 1.0, "Detail": 3, "Distortion": 0.5})
    c = ramp(nt, band, (0.38, dark), (0.56, shade(dark, 1.35)), (0.7, light))
    f = math_(nt, "MULTIPLY", math_(nt, "SUBTRACT", math_(nt, "ABSOLUTE", x.outputs[0]), 0.8), 12, True)
    put(nt, mix(nt, f, c, srgb(edge)), b, "Base Color")
    return m

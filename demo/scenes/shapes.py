"""Shapes (numpy grids turned into meshes) and procedural materials. Lengths are in decimetres."""
import math

import bpy
import numpy as np

from studio import link, srgb

ROOT = None  # the empty that every product part hangs on; set by products.begin()


# ---------------------------------------------------------------- meshes
def place(ob, mat, loc=(0, 0, 0), rot=(0, 0, 0), scale=(1, 1, 1), nofit=False, parent=None):
    link(ob)
    ob.location, ob.scale = loc, scale
    ob.rotation_euler = [math.radians(a) for a in rot]
    ob.parent = parent or ROOT
    if nofit:
        ob["nofit"] = True
    if mat:
        ob.data.materials.append(mat)
    return ob


def group(loc=(0, 0, 0), rot=(0, 0, 0), scale=1.0, parent=None):
    e = link(bpy.data.objects.new("group", None))
    e.location, e.scale = loc, (scale,) * 3
    e.rotation_euler = [math.radians(a) for a in rot]
    e.parent = parent or ROOT
    return e


def grid(V, mat, close_u=False, close_v=False, uv=None, **kw):
    """V[nu, nv, 3] -> a smooth quad mesh; uv[nu(+1), nv(+1), 2]."""
    nu, nv = V.shape[:2]
    iu = np.arange(nu if close_u else nu - 1)
    iv = np.arange(nv if close_v else nv - 1)
    a, b = np.meshgrid(iu, iv, indexing="ij")
    a, b = a.ravel(), b.ravel()
    a1, b1 = (a + 1) % nu, (b + 1) % nv
    quads = np.stack([a * nv + b, a1 * nv + b, a1 * nv + b1, a * nv + b1], 1).astype(np.int32)
    me = bpy.data.meshes.new("grid")
    me.vertices.add(nu * nv)
    me.vertices.foreach_set("co", V.astype(np.float32).ravel())
    me.loops.add(quads.size)
    me.loops.foreach_set("vertex_index", quads.ravel())
    me.polygons.add(len(quads))
    me.polygons.foreach_set("loop_start", np.arange(len(quads), dtype=np.int32) * 4)
    if uv is not None:
        t = np.stack([uv[a, b], uv[a + 1, b], uv[a + 1, b + 1], uv[a, b + 1]], 1)
        me.uv_layers.new(name="uv").data.foreach_set("uv", t.astype(np.float32).ravel())
    me.update(calc_edges=True)
    me.shade_smooth()
    return place(bpy.data.objects.new("grid", me), mat, **kw)


def seeds(mat, n, size, radius, height, seed=0, **kw):
    """A heap of n little ellipsoids in one mesh (whole spices)."""
    rng = np.random.default_rng(seed)
    a, t = np.meshgrid(np.linspace(-np.pi / 2, np.pi / 2, 7), np.linspace(0, 2 * np.pi, 10, endpoint=False), indexing="ij")
    base = np.stack([np.sin(a), np.cos(a) * np.cos(t), np.cos(a) * np.sin(t)], -1).reshape(-1, 3) * np.asarray(size)
    i, j = (v.ravel() for v in np.meshgrid(np.arange(6), np.arange(10), indexing="ij"))
    q = np.stack([i * 10 + j, i * 10 + (j + 1) % 10, (i + 1) * 10 + (j + 1) % 10, (i + 1) * 10 + j], 1)
    verts, faces = [], []
    for k in range(n):
        r, th = radius * math.sqrt(rng.random()), rng.uniform(0, 2 * np.pi)
        yaw, tilt = rng.uniform(0, 2 * np.pi), rng.normal(0, 0.35)
        x = np.array([math.cos(yaw) * math.cos(tilt), math.sin(yaw) * math.cos(tilt), math.sin(tilt)])
        y = np.array([-math.sin(yaw), math.cos(yaw), 0])
        M = np.stack([x, y, np.cross(x, y)])
        pos = (r * math.cos(th), r * math.sin(th), height * (1 - (r / radius) ** 2) + abs(rng.normal(0, size[2] * 0.5)))
        verts.append(base * rng.uniform(0.8, 1.15) @ M + pos)
        faces.append(q + 70 * k)
    me = bpy.data.meshes.new("seeds")
    me.from_pydata(np.concatenate(verts).tolist(), [], np.concatenate(faces).tolist())
    me.shade_smooth()
    return place(bpy.data.objects.new("seeds", me), mat, **kw)


def bspline(P, n=7):
    """Uniform cubic B-spline through clamped ends; repeat a point for a crisper corner."""
    P = np.asarray(P, float)
    P = np.vstack([P[:1], P[:1], P, P[-1:], P[-1:]])
    t = np.linspace(0, 1, n, endpoint=False)[:, None]
    w = [(1 - t) ** 3 / 6, (3 * t**3 - 6 * t**2 + 4) / 6, (-3 * t**3 + 3 * t**2 + 3 * t + 1) / 6, t**3 / 6]
    out = [sum(w[k] * P[i + k] for k in range(4)) for i in range(len(P) - 3)]
    return np.vstack(out + [P[-1:]])


def lathe(profile, mat, segs=112, fn=None, n=7, smooth=True, **kw):
    """Turn (r, z) points around z. fn(theta, r, z, s) -> (r, z) bends the surface."""
    C = bspline(profile, n) if smooth else np.asarray(profile, float)
    th = np.linspace(0, 2 * np.pi, segs, endpoint=False)
    s = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(C, axis=0).T))])
    T, S = np.meshgrid(th, s, indexing="ij")
    R, Z = np.broadcast_to(C[:, 0], T.shape).copy(), np.broadcast_to(C[:, 1], T.shape).copy()
    if fn:
        R, Z = fn(T, R, Z, S)
    R = np.maximum(R, 1e-4)
    V = np.stack([R * np.cos(T), R * np.sin(T), Z], -1)
    u = np.linspace(0, 2 * np.pi, segs + 1) * C[:, 0].max()
    uv = np.stack(np.meshgrid(u, s, indexing="ij"), -1)
    return grid(V, mat, close_u=True, uv=uv, **kw)


def tube(path, radius, mat, n=10, flat=1.0, sides=20, up=(0, 1, 0), taper=None, spline=True, closed=False, **kw):
    """Sweep an ellipse (radius across `up`'s normal, radius*flat along `up`) along a path."""
    P = bspline(path, n) if spline else np.asarray(path, float)
    D = np.gradient(P, axis=0)
    if closed:
        D[0] = D[-1] = P[1] - P[-2]
    D /= np.linalg.norm(D, axis=1)[:, None] + 1e-9
    B = np.asarray(up, float) - D * (D @ np.asarray(up, float))[:, None]
    B /= np.linalg.norm(B, axis=1)[:, None] + 1e-9
    N = np.cross(D, B)
    r = np.full(len(P), float(radius))
    if taper is not None:
        r = np.interp(np.linspace(0, 1, len(P)), np.linspace(0, 1, len(taper)), taper) * radius
    a = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    V = P[:, None] + r[:, None, None] * (np.cos(a)[None, :, None] * N[:, None] + flat * np.sin(a)[None, :, None] * B[:, None])
    if not closed:  # caps
        V = np.concatenate([np.repeat(P[:1, None], sides, 1), V[:1], V, V[-1:], np.repeat(P[-1:, None], sides, 1)])
    ln = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(V[:, 0], axis=0), axis=1))])
    uv = np.stack(np.meshgrid(ln, np.linspace(0, 2 * np.pi * radius, sides + 1), indexing="ij"), -1)
    if closed:
        uv = np.concatenate([uv, uv[-1:]])
    return grid(V, mat, close_v=True, uv=uv, **kw)


def box(size, mat, bevel=0.05, segments=5, subdivide=None, **kw):
    x, y, z = (v / 2 for v in size)
    me = bpy.data.meshes.new("box")
    me.from_pydata([(i, j, k) for i in (-x, x) for j in (-y, y) for k in (-z, z)], [],
                   [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)])
    ob = place(bpy.data.objects.new("box", me), mat, **kw)
    b = ob.modifiers.new("b", "BEVEL")
    b.width, b.segments, b.harden_normals = bevel, segments, True
    me.shade_smooth()
    return ob


def slab(outlines, thick, mat, bevel=0.03, **kw):
    """2D outlines (the first is the edge, the others are holes) -> a rounded slab."""
    cu = bpy.data.curves.new("slab", "CURVE")
    cu.dimensions, cu.fill_mode = "2D", "BOTH"
    cu.extrude, cu.bevel_depth, cu.bevel_resolution = thick / 2 - bevel, bevel, 4
    for pts in outlines:
        s = cu.splines.new("POLY")
        s.points.add(len(pts) - 1)
        s.points.foreach_set("co", np.c_[np.asarray(pts), np.zeros(len(pts)), np.ones(len(pts))].ravel())
        s.use_cyclic_u = True
    return place(bpy.data.objects.new("slab", cu), mat, **kw)


def cushion(mat, edge_mat=None, size=4.5, thick=2.1, n=90, seed=0, **kw):
    """A pillow in the xz plane facing -y: two bulged sheets with pinched corners and soft creases."""
    rng = np.random.default_rng(seed)
    u = np.sin(np.linspace(-np.pi / 2, np.pi / 2, n))
    U, W = np.meshgrid(u, u, indexing="ij")
    bulge = ((1 - np.abs(U) ** 2.6) * (1 - np.abs(W) ** 2.6)).clip(0) ** 0.68
    pull = 1 - 0.085 * (1 - W**2), 1 - 0.085 * (1 - U**2)
    X, Z = U * pull[0] * size / 2, W * pull[1] * size / 2
    crease = np.zeros_like(U)
    for _ in range(9):
        a, p, f = rng.uniform(0, 2 * np.pi), rng.uniform(0, 6), rng.uniform(2, 5)
        crease += np.sin(f * (U * np.cos(a) + W * np.sin(a)) + p) / 9
    d = np.maximum(np.abs(U), np.abs(W))
    ang = np.arctan2(W, U)
    crease = crease * 0.3 + 0.035 * np.cos(4 * ang) * d**6
    for sgn in (-1, 1):
        Y = sgn * (thick / 2 * bulge + crease * bulge * 0.5)
        V = np.stack([X, Y, Z + size / 2], -1)
        if sgn > 0:
            V = V[::-1]
        grid(V, mat, uv=np.stack([X, Z], -1), **kw)
    e = np.linspace(-1, 1, 60)
    edge = np.concatenate([np.c_[e, -np.ones(60)], np.c_[np.ones(60), e], np.c_[-e, np.ones(60)], np.c_[-np.ones(60), -e]])
    ex = edge[:, 0] * (1 - 0.085 * (1 - edge[:, 1] ** 2)) * size / 2
    ez = edge[:, 1] * (1 - 0.085 * (1 - edge[:, 0] ** 2)) * size / 2
    tube(np.c_[ex, 0 * ex, ez + size / 2], 0.055, edge_mat or mat, spline=False, up=(0, 1, 0), closed=True, sides=10, **kw)


def extrude_path(path, thick, length, mat, n=8, nx=60, wobble=0.02, seed=0, spline=True, **kw):
    """A thick ribbon drawn in the yz plane, extruded along x (folded cloth, rolled rug)."""
    rng = np.random.default_rng(seed)
    P = bspline(path, n) if spline else np.asarray(path, float)
    D = np.gradient(P, axis=0)
    D /= np.linalg.norm(D, axis=1)[:, None] + 1e-9
    N = np.c_[-D[:, 1], D[:, 0]]
    cap = np.linspace(0, np.pi, 7)
    t = thick / 2
    end = P[-1] + t * (np.cos(cap)[:, None] * N[-1] + np.sin(cap)[:, None] * D[-1])
    beg = P[0] + t * (-np.cos(cap)[:, None] * N[0] - np.sin(cap)[:, None] * D[0])
    loop = np.concatenate([P + t * N, end, (P - t * N)[::-1], beg])
    half = length / 2
    x = np.concatenate([[-half, -half], -half + np.array([0, .1, .35, .7]) * t * 1.2, np.linspace(-half + t * 1.3, half - t * 1.3, nx),
                        half - np.array([.7, .35, .1, 0]) * t * 1.2, [half, half]])
    mid = np.concatenate([P, np.repeat(P[-1:], 7, 0), P[::-1], np.repeat(P[:1], 7, 0)])
    inset = np.ones(len(x))
    inset[:6] = inset[-6:][::-1] = [0, .55, .55, .75, .9, .98]
    V = np.empty((len(x), len(loop), 3))
    ph = rng.uniform(0, 6, 3)
    for i, xx in enumerate(x):
        q = mid + (loop - mid) * inset[i]
        q = q + wobble * np.c_[np.sin(1.7 * xx + ph[0] + q[:, 1] * 3), np.sin(2.3 * xx + ph[1] + q[:, 0])]
        V[i] = np.c_[np.full(len(q), xx), q]
    s = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(np.vstack([loop, loop[:1]]), axis=0), axis=1))])
    uv = np.stack(np.meshgrid(np.append(x, x[-1]), s, indexing="ij"), -1)
    return grid(V[::-1], mat, close_v=True, uv=uv[::-1], **kw)


def blade(mat, length, width, bend=0.3, twist=0.5, fold=0.25, **kw):
    """A sword-shaped leaf growing along z."""
    t = np.linspace(0, 1, 40)
    w = width / 2 * (0.55 + 0.45 * np.sin(np.pi * t ** 0.8)) * (1 - t**5) ** 0.9
    c = np.linspace(-1, 1, 9)
    T, C = np.meshgrid(t, c, indexing="ij")
    W = w[:, None] * C
    a = twist * (T - 0.3) * 2
    X = W * np.cos(a) + bend * length * T**2.2
    Y = W * np.sin(a) + fold * width * (C**2) * np.cos(a) * 0.6
    V = np.stack([X, Y, T * length * (1 - 0.12 * abs(bend))], -1)
    uv = np.stack([C, T], -1)
    return grid(V, mat, uv=uv, **kw)


def flame(loc, h=0.3, parent=None):
    m, nt, b = new("flame", Base_Color=(0, 0, 0, 1), Emission_Strength=2.6)
    x = nt.nodes.new("ShaderNodeSeparateXYZ")
    nt.links.new(coords(nt), x.inputs[0])
    put(nt, ramp(nt, math_(nt, "DIVIDE", x.outputs["Z"], h), (0.0, "#c8601a"), (0.25, "#ffd080"), (0.6, "#ffb648"), (1.0, "#ff6a10")), b, "Emission Color")
    lathe([(0, 0), (h * .16, h * .05), (h * .2, h * .28), (h * .1, h * .65), (0.002, h)], m, segs=24, loc=loc, parent=parent)


# ---------------------------------------------------------------- materials
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

"""Shapes: numpy grids turned into meshes; the materials are passed on from materials.py. Lengths are in decimetres."""
import math

import bpy
import numpy as np

from materials import _weave, bump, cane, clay, coords, emission, glass, glaze, leaf, linen, math_, metal, mix, nd, new, plain, powder, put, ramp, shade, shade_cloth, terry, wax, weave_fn, wood  # noqa: F401
from studio import link

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

"""python render.py [slug …] [--size 640] [--samples 24] [--threads 2] [--force] [--banners] [--stop HH:MM]"""
import argparse
import datetime
import json
import os
import time

import household  # noqa: F401  registers its pieces in products.T
import products
import studio

OUT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pictures"))


def manifest(out):
    from PIL import Image
    rows = []
    for slug, d in list(products.T.items()) + list(products.BANNERS.items()):
        f = os.path.join(out, slug + ".webp")
        if os.path.exists(f):
            with Image.open(f) as im:
                w, h = im.size
            rows.append(dict(file=slug + ".webp", slug=slug, title=d["title"], product=d["product"], colour=d["colour"], width=w, height=h, alt=d["alt"]))
    with open(os.path.join(out, "manifest.json"), "w") as fh:
        json.dump(rows, fh, indent=1, ensure_ascii=False)
        fh.write("\n")
    return rows


def contact_sheet(out, rows, tile=200, cols=8):
    from PIL import Image
    sq = [r for r in rows if r["width"] == r["height"]]
    wide = [r for r in rows if r["width"] != r["height"]]
    n = -(-len(sq) // cols)
    bw = cols * tile // 3
    bh = bw * 7 // 16
    im = Image.new("RGB", (cols * tile, n * tile + (bh if wide else 0)), "#e2d3c1")
    for i, r in enumerate(sq):
        im.paste(Image.open(os.path.join(out, r["file"])).convert("RGB").resize((tile, tile), Image.LANCZOS), (i % cols * tile, i // cols * tile))
    for i, r in enumerate(wide):
        im.paste(Image.open(os.path.join(out, r["file"])).convert("RGB").resize((bw, bh), Image.LANCZOS), (i * bw, n * tile))
    im.save(os.path.join(out, "contact-sheet.webp"), quality=85)


if __name__ == "__main__":
    a = argparse.ArgumentParser()
    a.add_argument("slug", nargs="*")
    a.add_argument("--size", type=int, default=640)
    a.add_argument("--samples", type=int, default=24)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--out", default=OUT)
    a.add_argument("--force", action="store_true")
    a.add_argument("--stop", help="UTC HH:MM, no picture is begun after it")
    a = a.parse_args()
    for slug in a.slug or list(products.T) + list(products.BANNERS):
        path = os.path.join(a.out, slug + ".webp")
        if os.path.exists(path) and not a.force:
            continue
        if a.stop and datetime.datetime.now(datetime.timezone.utc).strftime("%H:%M") >= a.stop:
            break
        t = time.time()
        wide = slug in products.BANNERS
        w, h = (round(a.size * 2.5), round(a.size * 2.5 * 7 / 16)) if wide else (a.size, a.size)
        try:
            products.build(slug, a.samples, a.threads)
            t1 = time.time()
            studio.render(path + ".part.webp", w, h)
            if wide and products.BANNERS[slug]["mood"] == "evening":
                studio.bloom(path + ".part.webp")
            os.replace(path + ".part.webp", path)
        except Exception as e:  # one broken scene must not stop the others
            print("FAILED", slug, repr(e), flush=True)
            continue
        print(f"{slug}: build {t1 - t:.0f} s, render {time.time() - t1:.0f} s, {os.path.getsize(path)} bytes", flush=True)
        manifest(a.out)
    contact_sheet(a.out, manifest(a.out))  # for the eye, not for the repository

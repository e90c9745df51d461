"""Writes the golden images of ImageDecoderTest and what Pillow reads in them; run in this folder.

Each line of golden.csv: file, height, width, tolerance, and the pixels as a hex SHA-256 (tolerance 0) or a .rgb file beside it.
"""

import hashlib
import io
import struct

import numpy as np
from PIL import Image, ImageCms

Y, X = np.mgrid[0:24, 0:37]
RGB = np.stack([127 + 120 * np.sin(Y / 3 + X / 7), 127 + 120 * np.cos(X / 4), (Y * 9 + X * 3) % 256], -1).astype(np.uint8)
PICTURE = Image.fromarray(RGB)
GREY = PICTURE.convert("L")
GREY16 = Image.fromarray((np.asarray(GREY).astype(np.uint16) * 257 - 100 * (X % 2).astype(np.uint16)).clip(0, 65535).astype(np.uint16))
PALETTE = PICTURE.quantize(40)
ALPHA = PICTURE.copy()
ALPHA.putalpha(Image.fromarray(((X * 7) % 256).astype(np.uint8)))
PROFILE = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
PROFILE[24:36] = bytes(12)  # the time of its making
# another gamut: the red and the green primary exchanged
PROFILE = bytes(PROFILE.replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"????", b"gXYZ", 1))
OTHER = PICTURE.transpose(Image.Transpose.FLIP_LEFT_RIGHT)

rows = []


def golden(name, tolerance=0, pixels=None):
    image = Image.open(name)
    image.load()
    pixels = np.asarray(image.convert("RGB")) if pixels is None else pixels
    if tolerance:
        open(name + ".rgb", "wb").write(pixels.tobytes())
    rows.append(f"{name},{pixels.shape[0]},{pixels.shape[1]},{tolerance},{hashlib.sha256(pixels.tobytes()).hexdigest()}")


def save(name, image, tolerance=0, pixels=None, **options):
    image.save(name, **options)
    golden(name, tolerance, pixels)


def write(name, data, tolerance=0, pixels=None):
    open(name, "wb").write(data)
    golden(name, tolerance, pixels)


high = np.repeat((np.asarray(GREY16) >> 8).astype(np.uint8)[..., None], 3, -1)
cmyk = PICTURE.convert("CMYK")
for subsampling in 0, 1, 2:
    save(f"g_sub{subsampling}.jpg", PICTURE, 1, subsampling=subsampling, quality=90)
save("g_progressive_icc.jpg", PICTURE, 1, progressive=True, icc_profile=PROFILE)
save("g_icc.jpg", PICTURE, 1, icc_profile=PROFILE)
save("g_badicc.jpg", PICTURE, 1, icc_profile=b"truncated premature end" * 9)
save("g_grey_icc.jpg", GREY, 1, icc_profile=PROFILE)
save("g_rgb.jpg", PICTURE, 1, keep_rgb=True)
save("g_cmyk_icc.jpg", cmyk, 1, icc_profile=PROFILE)
save("g_optimized_restart.jpg", PICTURE, 1, optimize=True, restart_marker_rows=1, comment=b"truncated")
save("g_exif.jpg", PICTURE, 1, exif=(lambda e: (e.__setitem__(274, 6), e)[1])(Image.Exif()))
save("g_mpo.jpg", PICTURE, 1, format="MPO", save_all=True, append_images=[OTHER])
jpeg = open("g_icc.jpg", "rb").read()
write("g_trailing.jpg", jpeg + b"\0" * 50, 1)
# a scrambled picture, but a sound JPEG: 4:2:2 read as 4:4:0, and as 4:1:1
half = io.BytesIO()
PICTURE.resize((64, 64)).save(half, "JPEG", subsampling=1, quality=90)
half = half.getvalue()
frame = half.index(b"\xff\xc0")
assert half[frame + 11] == 0x21
write("g_440.jpg", half[: frame + 11] + b"\x12" + half[frame + 12 :], 1)
quarter = io.BytesIO()
PICTURE.resize((64, 64)).save(quarter, "JPEG", subsampling=2, quality=90)
quarter = quarter.getvalue()
frame = quarter.index(b"\xff\xc0")
assert quarter[frame + 11] == 0x22
write("g_411.jpg", quarter[: frame + 11] + b"\x41" + quarter[frame + 12 :], 1)
ycck = io.BytesIO()
cmyk.save(ycck, "JPEG", quality=95)
ycck = bytearray(ycck.getvalue())
adobe = ycck.find(b"Adobe")
assert adobe > 0
ycck[adobe + 11] = 2
write("g_ycck.jpg", bytes(ycck), 1)
save("g_icc.png", PICTURE, icc_profile=PROFILE)
save("g_grey16.png", GREY16, pixels=high)
save("g_grey2.png", GREY.quantize(4), bits=2)
save("g_la.png", ALPHA.convert("LA"))
save("g_interlace_gamma.png", ALPHA, icc_profile=PROFILE)
save("g_palette4.png", PICTURE.quantize(16))
save("g_apng.png", PICTURE, save_all=True, append_images=[OTHER])
save("g_lossy.webp", PICTURE, quality=60)
save("g_lossy_odd.webp", PICTURE.crop((0, 0, 33, 21)), quality=20)
save("g_lossy_alpha.webp", ALPHA, quality=60)
save("g_lossy_icc.webp", PICTURE, quality=60, icc_profile=PROFILE)
save("g_lossless.webp", PICTURE, lossless=True)
save("g_animated_lossy.webp", PICTURE, save_all=True, append_images=[OTHER], quality=60)
save("g_animated_lossy_alpha.webp", ALPHA, save_all=True, append_images=[OTHER.convert("RGBA")], quality=60)
save("g_animated_lossless.webp", ALPHA, save_all=True, append_images=[OTHER.convert("RGBA")], lossless=True)
# a larger canvas, and the first frame at (4, 2) of it
placed = bytearray(open("g_animated_lossy.webp", "rb").read())
placed[24] += 10
placed[27] += 10
frame = placed.index(b"ANMF") + 8
placed[frame], placed[frame + 3] = 2, 1
write("g_animated_placed.webp", bytes(placed))
save("g_rgb.bmp", PICTURE)
save("g_rgba.bmp", ALPHA)
save("g_palette.bmp", PALETTE)
save("g_bilevel.bmp", PICTURE.convert("1"))
save("g_animated.gif", PALETTE, save_all=True, append_images=[OTHER.quantize(40)])
save("g_transparent.gif", PALETTE, transparency=3)
gif = bytearray(open("g_animated.gif", "rb").read())
small = bytearray(open("g_transparent.gif", "rb").read())
for data, name in (gif, "g_screen.gif"), (small, "g_screen_transparent.gif"):
    struct.pack_into("<HH", data, 6, 50, 40)
    at = data.index(b"\x2c\0\0\0\0" + struct.pack("<HH", 37, 24))
    struct.pack_into("<HH", data, at + 1, 5, 9)
    write(name, bytes(data))
for compression in "raw", "tiff_lzw", "tiff_adobe_deflate", "packbits":
    save(f"g_{compression}.tif", PICTURE, compression=compression)
save("g_icc.tiff", PICTURE, icc_profile=PROFILE)
save("g_grey.tif", GREY)
save("g_grey16.tif", GREY16, pixels=high)
save("g_palette.tif", PALETTE)
save("g_bilevel.tif", PICTURE.convert("1"), compression="group4")
save("g_alpha.tif", ALPHA)
save("g_cmyk.tif", cmyk, compression="tiff_lzw")
save("g_jpeg.tif", PICTURE, 1, compression="jpeg")
save("g_predictor.tif", PICTURE, compression="tiff_lzw", tiffinfo={317: 2})
save("g_strips.tif", PICTURE, compression="tiff_lzw", tiffinfo={278: 5})
save("g_la.tif", ALPHA.convert("LA"))
for orientation in 2, 3, 4, 5, 6, 7, 8:
    save(f"g_orientation{orientation}.tif", PICTURE, tiffinfo={274: orientation})
save("g_big.tif", PICTURE, big_tiff=True)


def tiff(name, bits, photometric, pixels, save=True, **fields):
    """A page in one strip, little-endian, from its fields: 16-bit and multiplied alpha are not in Pillow's writer."""
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    entries = {256: 37, 257: 24, 258: [bits] * channels, 259: 1, 262: photometric, 273: 8, 277: channels, 279: pixels.nbytes}
    entries.update({int(tag[1:]): value for tag, value in fields.items()})
    after = 8 + pixels.nbytes + 2 + 12 * len(entries) + 4
    directory, rest = struct.pack("<H", len(entries)), b""
    for tag, value in sorted(entries.items()):
        values = value if isinstance(value, list) else [value]
        data = struct.pack(f"<{len(values)}H", *values) if tag != 279 else struct.pack("<I", value)
        if len(data) > 4:
            data, rest = struct.pack("<I", after + len(rest)), rest + data
        directory += struct.pack("<HHI", tag, 4 if tag == 279 else 3, len(values)) + data.ljust(4, b"\0")
    data = struct.pack("<2sHI", b"II", 42, 8 + pixels.nbytes) + pixels.tobytes() + directory + bytes(4) + rest
    if save:
        write(name, data)
    else:
        open(name, "wb").write(data)


alpha = np.asarray(ALPHA)
multiplied = alpha * np.concatenate([np.repeat(alpha[..., 3:] / 255, 3, -1), np.ones((24, 37, 1))], -1)
tiff("g_multiplied.tif", 8, 2, multiplied.astype("u1"), _338=1)
tiff("g_multiplied16.tif", 16, 2, (multiplied * 257).astype("<u2"), _338=1)
# scrambled, and read otherwise by the JDK
PALETTE.crop((0, 0, 7, 4)).save("r_interlaced.gif")
flat = bytearray(open("r_interlaced.gif", "rb").read())
flat[flat.index(b"\x2c\0\0\0\0" + struct.pack("<HH", 7, 4)) + 9] |= 0x40
open("r_interlaced.gif", "wb").write(flat)
# refused, as Pillow refuses them or reads them as other colours
grey16 = np.asarray(GREY16).astype("<u2")
tiff("r_lab.tif", 8, 8, RGB, save=False)
tiff("r_ink16.tif", 16, 5, np.asarray(cmyk).astype("<u2") * 257, save=False)
tiff("r_white16.tif", 16, 0, grey16, save=False)
tiff("r_planes16.tif", 16, 2, RGB.transpose(2, 0, 1).reshape(24, 37, 3).astype("<u2") * 257, save=False, _284=2)
tiff("r_ycc.tif", 8, 6, np.asarray(PICTURE.convert("YCbCr")), save=False, _530=[1, 1])
tiff("r_palette8.tif", 8, 3, np.asarray(PALETTE), save=False, _320=[i % 256 for i in range(768)])
tiff("r_old_jpeg.tif", 8, 6, RGB, save=False, _259=6)
tiff("r_float.tif", 32, 1, np.asarray(GREY).astype("<f4"), save=False, _339=3)
save("g_rgb.ppm", PICTURE)
save("g_grey.pgm", GREY)
save("g_bilevel.ppm", PICTURE.convert("1"), format="PPM")
write("g_grey16.pgm", b"P5 # c\n37 24\n65535\n" + np.asarray(GREY16).astype(">u2").tobytes(), pixels=high)
write("g_rgb16.ppm", b"P6\n# c 1 2\n37 24 65535\n" + (RGB.astype(">u2") * 256 + 77).astype(">u2").tobytes())
write("g_max100.pgm", b"P5 37 24 100\n" + (np.asarray(GREY) * 100 // 255).astype(np.uint8).tobytes())
write("g_plain.pgm", ("P2\n# c\n37 24\n200\n" + " ".join(map(str, (np.asarray(GREY) * 200.0 // 255).astype(int).ravel()))).encode())
write("g_plain.ppm", ("P3 37 24 255\n" + "\n".join(map(str, RGB.ravel())) + "# c\n").encode())
write("g_comments.ppm", b"P6\n#a\n3#b\n7 24#c\n 255\n" + RGB.tobytes())
rows5 = np.zeros((24, 38), "<u2")
rows5[:, :37] = (RGB >> 3).astype("u2") @ [1 << 10, 1 << 5, 1]
header = struct.pack("<2sIII IiiHHIIiiII", b"BM", 54 + rows5.nbytes, 0, 54, 40, 37, -24, 1, 16, 0, rows5.nbytes, 0, 0, 0, 0)
write("g_555_top.bmp", header + rows5.tobytes(), 1)
write("g_wrong_extension.png", open("g_sub0.jpg", "rb").read(), 1)
open("golden.csv", "w").write("\n".join(rows) + "\n")

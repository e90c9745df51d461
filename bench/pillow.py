"""Prints how many JPEG files of a folder Pillow decodes in a second on one core, by processor time: pillow.py FOLDER SECONDS."""
import io
import pathlib
import sys
import time

import numpy as np
from PIL import Image

files = [path.read_bytes() for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.jpg"))[:256]]
seconds = float(sys.argv[2])


def rate() -> float:
    start = time.thread_time()
    decoded = 0
    while time.thread_time() - start < seconds:
        for file in files:
            np.asarray(Image.open(io.BytesIO(file)).convert("RGB"))
            decoded += 1
    return decoded / (time.thread_time() - start)


rate()
print(rate())

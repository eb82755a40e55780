"""A disk with a volatile cache, as a plugin of nbdkit: what was written and not flushed is only in a list of pending
writes, which a flush applies to the image. After the disk was killed, `torn-disk.py IMAGE PENDING SEED` does to the
image what a power cut does: of the pending 512-byte sectors a random half arrives, in no order.
"""

import os
import random
import struct
import sys

API_VERSION = 2
SECTOR = 512
HEAD = struct.Struct("<QI")

image_path = None
pending_path = None
image = None
pending = None
cache = {}


def config(key, value):
    global image_path, pending_path
    if key == "image":
        image_path = value
    elif key == "pending":
        pending_path = value
    else:
        raise RuntimeError("unknown parameter " + key)


def get_ready():
    global image, pending
    image = os.open(image_path, os.O_RDWR)
    pending = os.open(pending_path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)


def thread_model():
    import nbdkit

    return nbdkit.THREAD_MODEL_SERIALIZE_ALL_REQUESTS


def open(readonly):
    return 1


def get_size(handle):
    return os.fstat(image).st_size


def can_flush(handle):
    return True


def can_fua(handle):
    import nbdkit

    return nbdkit.FUA_EMULATE


def pread(handle, buffer, offset, flags):
    view = memoryview(buffer)
    view[:] = os.pread(image, len(view), offset)
    for at in range(0, len(view), SECTOR):
        written = cache.get(offset + at)
        if written is not None:
            view[at : at + SECTOR] = written


def pwrite(handle, buffer, offset, flags):
    data = bytes(buffer)
    os.write(pending, HEAD.pack(offset, len(data)) + data)
    for at in range(0, len(data), SECTOR):
        cache[offset + at] = data[at : at + SECTOR]


def flush(handle, flags):
    for offset, data in cache.items():
        os.pwrite(image, data, offset)
    cache.clear()
    os.ftruncate(pending, 0)
    os.lseek(pending, 0, os.SEEK_SET)


def pending_sectors(path):
    with os.fdopen(os.open(path, os.O_RDONLY), "rb") as file:
        while True:
            head = file.read(HEAD.size)
            if len(head) < HEAD.size:
                return
            offset, length = HEAD.unpack(head)
            data = file.read(length)
            for at in range(0, len(data) - SECTOR + 1, SECTOR):
                yield offset + at, data[at : at + SECTOR]


def tear(path_of_image, path_of_pending, seed):
    chance = random.Random(seed)
    sectors = [sector for sector in pending_sectors(path_of_pending) if chance.random() < 0.5]
    with os.fdopen(os.open(path_of_image, os.O_RDWR), "r+b") as file:
        for offset, data in sectors:
            os.pwrite(file.fileno(), data, offset)
        os.fsync(file.fileno())
    print(len(sectors), "sectors arrived")


if __name__ == "__main__" and len(getattr(sys, "argv", [])) == 4:
    tear(sys.argv[1], sys.argv[2], int(sys.argv[3]))

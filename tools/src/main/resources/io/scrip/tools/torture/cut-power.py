"""Cuts the power of a mounted ext4: what is not on the device by now never gets there.

Usage: cut-power.py MOUNTPOINT
"""

import fcntl
import os
import struct
import sys

# EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: not even the file system's own log is written out.
SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = struct.pack("I", 2)

mountpoint = os.open(sys.argv[1], os.O_RDONLY)
fcntl.ioctl(mountpoint, SHUTDOWN, NO_LOG_FLUSH)

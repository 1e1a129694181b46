"""A bad line between two network devices: python3 relay-packets.py NEAR FAR SEED

Makes two TUN devices and carries every IP packet from the one to the other as the kernel's netem would: lost, late,
late by more or less, doubled, or overtaken by others, all by the seed. What the weather is comes as a line of JSON on
standard input, each naming all of it; times are in seconds. At the end of standard input it says what became of the packets,
and the devices are gone.
"""

import fcntl
import heapq
import json
import os
import random
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
LONGEST_PACKET = 65536
# As many as netem holds: what comes on top is lost.
MOST_HELD = 1000


def open_tun(name):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    return device


def main():
    near, far = open_tun(sys.argv[1]), open_tun(sys.argv[2])
    chance = random.Random(int(sys.argv[3]))
    weather = {"loss": 0.0, "delay": 0.0, "jitter": 0.0, "reorder": 0.0, "double": 0.0}
    counts = {"carried": 0, "lost": 0, "overtook": 0, "doubled": 0}
    held = []
    count = 0
    words = b""
    print("ready", flush=True)
    while True:
        now = time.monotonic()
        while held and held[0][0] <= now:
            _, _, to, packet = heapq.heappop(held)
            try:
                os.write(to, packet)
                counts["carried"] += 1
            except OSError:
                pass  # The device is down, or its queue is full: lost.
        patience = max(0.0, held[0][0] - now) if held else None
        readable, _, _ = select.select([near, far, 0], [], [], patience)
        if 0 in readable:
            said = os.read(0, LONGEST_PACKET)
            if not said:
                print(json.dumps(counts), flush=True)
                return
            *lines, words = (words + said).split(b"\n")
            for line in lines:
                weather = json.loads(line)
                print("changed", flush=True)
        for device, other in ((near, far), (far, near)):
            if device not in readable:
                continue
            try:
                packet = os.read(device, LONGEST_PACKET)
            except OSError:
                time.sleep(0.01)  # Down: it stays readable.
                continue
            doubled = chance.random() < weather["double"]
            counts["doubled"] += doubled
            for _ in range(1 + doubled):
                if chance.random() < weather["loss"] or len(held) >= MOST_HELD:
                    counts["lost"] += 1
                    continue
                late = max(0, weather["delay"] + weather["jitter"] * chance.uniform(-1, 1))
                overtakes = chance.random() < weather["reorder"]
                counts["overtook"] += overtakes
                count += 1
                heapq.heappush(held, (time.monotonic() + (0 if overtakes else late), count, other, packet))


main()

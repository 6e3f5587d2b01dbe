# SPDX-License-Identifier: GPL-3.0-or-later
"""camera: a network camera that can be unplugged.

    camera.py RATE PICTURE.jpg...

Serves the pictures as motion JPEG on 127.0.0.1, each for some seconds, and
prints its port. Words on standard input: "on"; "off" (connections end, and
none is taken); "cut" (the same by a reset in the middle of a picture);
"stall" (the connection stays, and nothing comes). To each it answers with how
many pictures it has sent.
"""
import select
import socket
import struct
import sys
import time

SHOWN_S = 7
HEAD = (
    b"HTTP/1.0 200 OK\r\n"
    b"Content-Type: multipart/x-mixed-replace; boundary=next\r\n\r\n"
)
PART = (
    b"--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
)


class Camera:
    def __init__(self, rate, pictures):
        self.step = 1 / rate
        self.pictures = pictures
        self.listener = None
        # keeps the port for us while nothing listens
        self.holder = self.bound(0)
        self.port = self.holder.getsockname()[1]
        self.clients = []
        self.stalled = False
        self.sent = 0
        self.due = time.monotonic()

    @staticmethod
    def bound(port):
        out = socket.socket()
        out.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        out.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        out.bind(("127.0.0.1", port))
        return out

    def on(self):
        self.stalled = False
        if self.listener:
            return
        self.listener = self.bound(self.port)
        self.listener.listen(8)

    def off(self, reset):
        for client in self.clients:
            if reset:
                self.send_half(client)
                hard = struct.pack("ii", 1, 0)
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, hard)
            client.close()
        self.clients = []
        if self.listener:
            self.listener.close()
        self.listener = None

    def send_half(self, client):
        try:
            client.sendall(self.part()[:5000])
        except OSError:
            pass

    def accept(self):
        client, _ = self.listener.accept()
        client.settimeout(1)
        try:
            client.recv(4096)
            client.sendall(HEAD)
            self.clients.append(client)
        except OSError:
            client.close()

    def part(self):
        turn = int(time.monotonic() / SHOWN_S) % len(self.pictures)
        picture = self.pictures[turn]
        return PART % len(picture) + picture + b"\r\n"

    def show(self):
        data = self.part()
        for client in self.clients[:]:
            try:
                client.sendall(data)
                self.sent += 1
            except OSError:
                client.close()
                self.clients.remove(client)

    def obey(self, word):
        if word == "on":
            self.on()
        elif word == "stall":
            self.stalled = True
        else:
            self.off(word == "cut")
        print(self.sent, flush=True)

    def run(self):
        self.on()
        print(self.port, flush=True)
        while True:
            wait = [sys.stdin] + ([self.listener] if self.listener else [])
            left = max(self.due - time.monotonic(), 0)
            ready = select.select(wait, [], [], left)[0]
            if sys.stdin in ready:
                word = sys.stdin.readline()
                if not word:
                    return
                self.obey(word.strip())
            elif ready:
                self.accept()
            if time.monotonic() >= self.due:
                self.due = max(self.due + self.step, time.monotonic())
                if not self.stalled:
                    self.show()


def main():
    pictures = []
    for path in sys.argv[2:]:
        with open(path, "rb") as file:
            pictures.append(file.read())
    Camera(float(sys.argv[1]), pictures).run()


main()

"""Addresses that lead into the private network or are none of the web, asked for and led to."""

from bench.hostile.ground import Attempt, Ground

# {port} is where the trap listens; it would be reached if the guard were not there.
PRIVATE = {
    "this machine by its number": "http://127.0.0.1:{port}/",
    "decimal": "http://2130706433:{port}/",
    "octal": "http://0177.0.0.1:{port}/",
    "octal, whole": "http://017700000001:{port}/",
    "hexadecimal": "http://0x7f000001:{port}/",
    "hexadecimal, in parts": "http://0x7f.0.0.0x1:{port}/",
    "short": "http://127.1:{port}/",
    "another of this machine": "http://127.9.8.7:{port}/",
    "nought": "http://0:{port}/",
    "nowhere": "http://0.0.0.0:{port}/",
    "with a dot at the end": "http://127.0.0.1.:{port}/",
    "localhost": "http://localhost:{port}/",
    "localhost, loud": "HTTP://LOCALHOST:{port}/",
    "localhost, with a dot": "http://localhost.:{port}/",
    "version 6": "http://[::1]:{port}/",
    "version 6, at large": "http://[0:0:0:0:0:0:0:1]:{port}/",
    "nowhere, version 6": "http://[::]:{port}/",
    "mapped": "http://[::ffff:127.0.0.1]:{port}/",
    "mapped, in hexadecimal": "http://[::ffff:7f00:1]:{port}/",
    "compatible": "http://[::127.0.0.1]:{port}/",
    "translated": "http://[::ffff:0:127.0.0.1]:{port}/",
    "NAT64": "http://[64:ff9b::7f00:1]:{port}/",
    "NAT64, local": "http://[64:ff9b:1::7f00:1]:{port}/",
    "6to4": "http://[2002:7f00:1::1]:{port}/",
    "Teredo": "http://[2001:0:7f00:1::1]:{port}/",
    "ISATAP": "http://[2a00:1450::5efe:7f00:1]:{port}/",
    "link-local": "http://[fe80::1]:{port}/",
    "link-local, with its line": "http://[fe80::1%25lo]:{port}/",
    "unique local": "http://[fd00::1]:{port}/",
    "site-local": "http://[fec0::1]:{port}/",
    "many at once": "http://[ff02::1]:{port}/",
    "metadata of clouds": "http://169.254.169.254/latest/meta-data/",
    "metadata, version 6": "http://[fd00:ec2::254]/latest/meta-data/",
    "metadata, in a carrier's range": "http://100.100.100.200/",
    "10/8": "http://10.0.0.1/",
    "172.16/12": "http://172.16.0.1/",
    "192.168/16": "http://192.168.0.1/",
    "for benchmarks": "http://198.18.0.1/",
    "for documentation": "http://192.0.2.1/",
    "multicast": "http://224.0.0.1/",
    "broadcast": "http://255.255.255.255/",
    "ideographic dots": "http://127\u30020\u30020\u30021:{port}/",
    "digits in circles": "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460:{port}/",
    "wide digits": "http://\uff11\uff12\uff17.0.0.1:{port}/",
    "a letter in a circle": "http://\u24dbocalhost:{port}/",
    "a hyphen that is not seen": "http://local\u00adhost:{port}/",
    "escaped digits": "http://%31%32%37.0.0.1:{port}/",
    "a nought byte": "http://127.0.0.1%00.example:{port}/",
    "a port beyond all": "http://127.0.0.1:{beyond}/",
}
NONE = {
    "a name in front": "http://{open}@127.0.0.1:{port}/",
    "a password in front": "http://a:b@127.0.0.1:{port}/",
    "a name in front of what is allowed": "http://127.0.0.1:{port}@{open}/",
    "a backslash": "http://127.0.0.1:{port}\\@{open}/",
    "port nought": "http://127.0.0.1:0/",
    "a port below nought": "http://127.0.0.1:-1/",
    "a line end": "http://{open}/\r\nX-More: 1",
    "a line end in the host": "http://{open}\r\nX-More:1/",
    "a nought byte in the path": "http://{open}/\x00",
    "a bracket left open": "http://[::1/",
    "no host": "http:///etc/passwd",
    "one stroke": "http:/127.0.0.1:{port}/",
    "endless": "http://{open}/" + "a" * 70_000,
    "a label too long": "http://" + "a" * 64 + "./",
    "nothing but dots": "http://.../",
    "file": "file:///etc/passwd",
    "file with a host": "file://127.0.0.1/etc/passwd",
    "gopher": "gopher://127.0.0.1:{port}/_GET%20/",
    "ftp": "ftp://127.0.0.1:{port}/",
    "dict": "dict://127.0.0.1:{port}/x",
    "a socket in a file": "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
    "web socket": "ws://127.0.0.1:{port}/",
    "data": "data:text/html,hello",
    "script": "javascript:alert(1)",
}


def _filled(address: str, ground: Ground) -> str:
    places = {"{port}": ground.trap.port, "{open}": ground.open.host}
    places["{beyond}"] = 65_536 + ground.trap.port
    for place, told in places.items():
        address = address.replace(place, str(told))
    return address


def _asked(address: str) -> Attempt:
    names = {v: k for k, v in {**PRIVATE, **NONE}.items()}
    return Attempt(
        "asked for", names[address], lambda ground: ground.reach.get(_filled(address, ground))
    )


def _led(name: str, address: str) -> Attempt:
    return Attempt(
        "led to",
        name,
        lambda ground: ground.reach.get(ground.leads_to(_filled(address, ground))),
    )


def _in_a_circle(ground: Ground) -> object:
    address = ground.open.at("/circle")
    told = f"HTTP/1.1 307 Found\r\nLocation: {address}\r\nContent-Length: 0\r\n\r\n"
    ground.page("/circle", lambda line: line.sendall(told.encode()))
    return ground.reach.get(address)


def _on_and_on(ground: Ground) -> object:
    last = ground.other.at("/")
    for _ in range(7):
        last = ground.leads_to(last)
    return ground.reach.get(last)


def _along_an_open_line(ground: Ground) -> object:
    """Ask for a place that is allowed, then be led there while the line is open."""
    reach = ground.reach.but()
    reach.get(ground.other.at("/"))
    return reach.get(ground.leads_to(ground.other.at("/")))


def _back_again(ground: Ground) -> object:
    home = ground.open.at("/home")
    ground.page("/home", lambda line: line.sendall(b"HTTP/1.1 200 OK\r\n\r\n"))
    there = f"HTTP/1.1 302 Found\r\nLocation: {home}\r\nContent-Length: 0\r\n\r\n"
    ground.other.pages["/back"] = lambda line: line.sendall(there.encode())
    return ground.reach.get(ground.leads_to(ground.other.at("/back")))


ATTEMPTS = [
    *(_asked(address) for address in (*PRIVATE.values(), *NONE.values())),
    *(
        _led(name, address)
        for name, address in {**PRIVATE, **NONE}.items()
        if "\r" not in address and "\x00" not in address and len(address) < 1_000
    ),
    Attempt("led to", "itself, for ever", _in_a_circle),
    Attempt("led to", "seven others", _on_and_on),
    Attempt("led to", "another that is allowed", lambda g: g.reach.get(
        g.leads_to(g.other.at("/")))),
    Attempt("led to", "another whose line is open", _along_an_open_line),
    Attempt("led to", "another, and home again", _back_again),
]  # fmt: skip

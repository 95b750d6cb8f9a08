"""What dkimpy makes of a message on stdin: dkimpy.py ACTION ZONE [DOMAIN SELECTOR KEY].

ZONE holds a name and its TXT record in each line. sign-rsa, sign-ed25519 and seal print the message with what was added;
verify prints pass or fail for each signature, validate prints the status of the ARC chain.
"""

import sys

import dkim

action, zone = sys.argv[1:3]
records = dict(line.rstrip("\n").split(" ", 1) for line in open(zone))
headers = [b"from", b"to", b"subject", b"date"]
message = sys.stdin.buffer.read()


def dns(name, timeout=5):
    return records.get(name.decode().rstrip("."), "").encode()


def key():
    return open(sys.argv[5], "rb").read()


if action.startswith("sign-"):
    algorithm = action[5:].encode() + b"-sha256"
    field = dkim.sign(
        message,
        sys.argv[4].encode(),
        sys.argv[3].encode(),
        key(),
        include_headers=headers,
        canonicalize=(b"relaxed", b"simple"),
        signature_algorithm=algorithm,
        linesep=b"\r\n",
    )
    sys.stdout.buffer.write(field + message)
elif action == "seal":
    domain = sys.argv[3].encode()
    host = b"mx." + domain
    fields = dkim.arc_sign(message, sys.argv[4].encode(), domain, key(), host, include_headers=headers, linesep=b"\r\n")
    sys.stdout.buffer.write(b"".join(fields) + message)
elif action == "verify":
    count = message.split(b"\r\n\r\n", 1)[0].count(b"DKIM-Signature:")
    for index in range(count):
        try:
            print("pass" if dkim.DKIM(message).verify(idx=index, dnsfunc=dns) else "fail")
        except dkim.DKIMException as trouble:
            print("fail", trouble)
else:
    print(dkim.arc_verify(message, dnsfunc=dns)[0].decode())

"""Checks a receipt of a transparency log without Standwith: Python's own library and openssl.

    python check_receipt.py RECEIPT VERIFIER-KEY

Written from RFC 9162 (2.1.3.2) and the C2SP formats tlog-proof, tlog-checkpoint and signed-note, so
that a court need not trust the program that made the receipt. Exit 0: proved. Exit 1: not proved.
"""

import base64
import hashlib
import hmac
import json
import subprocess
import sys
import tempfile
from pathlib import Path

DER = bytes.fromhex("302a300506032b6570032100")  # SubjectPublicKeyInfo of Ed25519 (RFC 8410)


def fail(why):
    print(f"not proved: {why}")
    raise SystemExit(1)


def sha(data):
    return hashlib.sha256(data).digest()


def signature_is_right(public, signature, message):
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder, name) for name in ("key", "sig", "msg")}
        paths["key"].write_bytes(DER + public)
        paths["sig"].write_bytes(signature)
        paths["msg"].write_bytes(message)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin"]
        command += ["-inkey", paths["key"], "-sigfile", paths["sig"], "-in", paths["msg"]]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def root_of(leaf, index, size, path):
    if index >= size:
        fail("the index lies outside the tree")
    node, first, last = leaf, index, size - 1
    for step in path:
        if last == 0:
            fail("the path is too long")
        if first % 2 or first == last:
            node = sha(b"\x01" + step + node)
            while first % 2 == 0 and first:
                first, last = first >> 1, last >> 1
        else:
            node = sha(b"\x01" + node + step)
        first, last = first >> 1, last >> 1
    if last:
        fail("the path is too short")
    return node


def main(receipt, key):
    name, key_id, packed = key.strip().split("+", 2)
    raw = base64.b64decode(packed)
    if raw[0] != 1 or sha(name.encode() + b"\n" + raw)[:4].hex() != key_id:
        fail("the verifier key does not fit its id")
    head, _, checkpoint = receipt.partition("\n\n")
    lines = head.split("\n")
    if lines[0] != "c2sp.org/tlog-proof@v1":
        fail("no receipt")
    shown = json.loads(base64.b64decode(lines[1].removeprefix("extra "), validate=True))
    index = int(lines[2].removeprefix("index "))
    path = [base64.b64decode(line, validate=True) for line in lines[3:]]
    text, _, signatures = checkpoint.rpartition("\n\n")
    text += "\n"
    signed = False
    for line in signatures.strip("\n").split("\n"):
        dash, signer, value = line.split(" ")
        blob = base64.b64decode(value, validate=True)
        if dash == "—" and signer == name and blob[:4].hex() == key_id:
            signed = signature_is_right(raw[1:], blob[4:], text.encode())
    if not signed:
        fail("no right signature of this log")
    origin, size, root = text.split("\n")[:3]
    if root_of(sha(b"\x00" + shown["entry"].encode()), index, int(size), path) != base64.b64decode(
        root
    ):
        fail("the path leads to another root")
    entry = json.loads(shown["entry"])
    if entry["seq"] != index:
        fail("the entry has another number")
    if "record" in shown:
        salt = base64.b64decode(shown["salt"], validate=True)
        mac = base64.b64encode(hmac.new(salt, shown["record"].encode(), hashlib.sha256).digest())
        if mac.decode() != entry["commit"]:
            fail("the record is not the one that was committed to")
    print(f"proved: entry {index} of {size} in {origin}")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]).read_text("utf-8"), sys.argv[2])
    except (ValueError, KeyError, IndexError, UnicodeDecodeError) as error:
        fail(f"it has another form ({error})")

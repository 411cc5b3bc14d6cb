#!/usr/bin/env bash
# SecantusDB 0.7.0b3: `$dateToString` with a zone and without a format writes the local hour and marks it as UTC.
# Seen on 2026-11-30 with PyMongo 4.20.0.
#
# Expected: since 7.1 MongoDB leaves the final Z out where a zone other than UTC is asked for, so that nobody takes the text for UTC.
# Seen: the local hour with a Z. Read back, even by the same server, it is another instant: here two hours and a month later.
#
#   stored     2026-07-31T22:30:00Z
#   text       2026-08-01T00:30:00.000Z
#   read back  2026-08-01T00:30:00Z
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --only-binary :all: secantusdb==0.7.0b3 pymongo==4.20.0
venv/bin/python - <<'PY'
import socket, subprocess, sys
from datetime import datetime
from importlib.metadata import version
import pymongo

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
open("empty.toml", "w").close()
flags = ["--config", "empty.toml", "--host", "127.0.0.1", "--port", f"{port}", "--storage-path", "db", "--log-level", "WARNING"]
server = subprocess.Popen([sys.executable, "-m", "secantus", *flags])
stored = datetime(2026, 7, 31, 22, 30)
try:
    url = f"mongodb://127.0.0.1:{port}/?directConnection=true"
    client = pymongo.MongoClient(url, serverSelectionTimeoutMS=60_000)
    claims = client.server_info()["version"]
    client.plaza.purchases.insert_one({"at": stored})
    text = {"$dateToString": {"date": "$at", "timezone": "Europe/Madrid"}}
    stages = [{"$project": {"text": text}}, {"$set": {"back": {"$dateFromString": {"dateString": "$text"}}}}]
    seen = client.plaza.purchases.aggregate(stages).next()
finally:
    server.terminate()
    server.wait()

print("SecantusDB", version("secantusdb"), "says that it is MongoDB", claims)
print(f"stored    {stored.isoformat()}Z")
print(f"text      {seen['text']}")
print(f"read back {seen['back'].isoformat()}Z")
same = seen["text"] == "2026-08-01T00:30:00.000Z" and seen["back"] == datetime(2026, 8, 1, 0, 30)
print("As described." if same else "CHANGED: no longer as described.")
sys.exit(0 if same else 1)
PY

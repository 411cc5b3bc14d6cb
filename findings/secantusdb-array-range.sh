#!/usr/bin/env bash
# SecantusDB 0.7.0b3: an index on an array field loses documents from a search between two bounds.
# Seen on 2026-11-30 with PyMongo 4.20.0.
#
# Expected: `{ v: { $gt: 4, $lt: 6 } }` holds for an array as soon as one element is above 4 and one, perhaps another, below 6; only
#   `$elemMatch` asks for one element that does both. MongoDB therefore never takes both bounds at once from an index over arrays.
# Seen: that is so without an index. With one, arrays whose bounds are met by two different elements are missing, without an error.
#
#   no index  [1, 2, 3]
#   index     [2, 3]      (1 is [1, 10], 2 is [5], 3 is the plain number 5)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --only-binary :all: secantusdb==0.7.0b3 pymongo==4.20.0
venv/bin/python - <<'PY'
import socket, subprocess, sys
from importlib.metadata import version
import pymongo

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
open("empty.toml", "w").close()
flags = ["--config", "empty.toml", "--host", "127.0.0.1", "--port", f"{port}", "--storage-path", "db", "--log-level", "WARNING"]
server = subprocess.Popen([sys.executable, "-m", "secantus", *flags])
try:
    url = f"mongodb://127.0.0.1:{port}/?directConnection=true"
    visits = pymongo.MongoClient(url, serverSelectionTimeoutMS=60_000).plaza.visits
    visits.insert_many([{"_id": 1, "v": [1, 10]}, {"_id": 2, "v": [5]}, {"_id": 3, "v": 5}, {"_id": 4, "v": [7, 9]}])
    between = lambda: sorted(one["_id"] for one in visits.find({"v": {"$gt": 4, "$lt": 6}}))
    without = between()
    visits.create_index("v")
    indexed = between()
finally:
    server.terminate()
    server.wait()

print("SecantusDB", version("secantusdb"))
print("no index", without)
print("index   ", indexed)
same = without == [1, 2, 3] and indexed == [2, 3]
print("As described." if same else "CHANGED: no longer as described.")
sys.exit(0 if same else 1)
PY

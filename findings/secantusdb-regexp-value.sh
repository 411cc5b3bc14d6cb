#!/usr/bin/env bash
# SecantusDB 0.7.0b3: a regular expression given as a value finds nothing once its field has an index.
# Seen on 2026-11-30 with PyMongo 4.20.0.
#
# Expected: an index changes how fast a query is, never what it finds; `{ s: /^An/ }` and `{ s: { $regex: '^An' } }` are one query.
# Seen: without an index both find two of four names. With an index on `s` the regular expression as a value (also within `$in`)
#   finds none, without an error; as `$regex` it still finds both.
#
#   no index   value ['Ana', 'Andrés']  $in ['Ana', 'Andrés']  $regex ['Ana', 'Andrés']
#   index      value []                 $in []                 $regex ['Ana', 'Andrés']
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --only-binary :all: secantusdb==0.7.0b3 pymongo==4.20.0
venv/bin/python - <<'PY'
import re, socket, subprocess, sys
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
    names = pymongo.MongoClient(url, serverSelectionTimeoutMS=60_000).plaza.names
    names.insert_many([{"s": name} for name in ("Ana", "Andrés", "Beto", "Clara")])
    begins = re.compile("^An")
    queries = {"value": {"s": begins}, "$in": {"s": {"$in": [begins]}}, "$regex": {"s": {"$regex": "^An"}}}
    found = lambda: {how: sorted(one["s"] for one in names.find(query)) for how, query in queries.items()}
    without = found()
    names.create_index("s")
    indexed = found()
finally:
    server.terminate()
    server.wait()

print("SecantusDB", version("secantusdb"))
print("no index", without)
print("index   ", indexed)
both = ["Ana", "Andrés"]
same = without == {"value": both, "$in": both, "$regex": both} and indexed == {"value": [], "$in": [], "$regex": both}
print("As described." if same else "CHANGED: no longer as described.")
sys.exit(0 if same else 1)
PY

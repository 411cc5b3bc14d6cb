#!/usr/bin/env bash
# SecantusDB 0.7.0b3: an index serves a search only where it holds every field that the search names.
# Seen on 2026-11-30 with PyMongo 4.20.0.
#
# Expected: with an index on `{ shop, day }` the search `{ shop, day, state }` reads what the index finds and passes over those in
#   another state, as MongoDB does. One more condition makes a search narrower, so no slower.
# Seen: one more condition on a field that no index has makes the plan a scan of the collection, whatever the condition is: a value, `null`,
#   `$ne`, `$exists`, `$in`. `_id` with a further field too says so; with an index on both it does not.
#
#   {shop, day}         FETCH     1 document examined
#   {shop, day, state}  COLLSCAN  1000
#   the same, indexed   FETCH     1
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
    visits.insert_many([{"shop": "north", "day": day, "state": "open"} for day in range(1000)])
    visits.create_index([("shop", 1), ("day", 1)])

    def plan(query):
        told = visits.find(query).explain()
        return told["queryPlanner"]["winningPlan"]["stage"], told["executionStats"]["totalDocsExamined"]

    both = plan({"shop": "north", "day": 7})
    three = plan({"shop": "north", "day": 7, "state": "open"})
    visits.create_index([("shop", 1), ("day", 1), ("state", 1)])
    indexed = plan({"shop": "north", "day": 7, "state": "open"})
finally:
    server.terminate()
    server.wait()

print("SecantusDB", version("secantusdb"))
print("{shop, day}       ", *both)
print("{shop, day, state}", *three)
print("the same, indexed ", *indexed)
same = both == ("FETCH", 1) and three == ("COLLSCAN", 1000) and indexed == ("FETCH", 1)
print("As described." if same else "CHANGED: no longer as described.")
sys.exit(0 if same else 1)
PY

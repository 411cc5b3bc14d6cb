#!/usr/bin/env bash
# SecantusDB 0.7.0b3: a partial index over `$exists: true` or `$type: 'string'` serves no read, one over `$gt: ''` does.
# Seen on 2026-11-30 with PyMongo 4.20.0.
#
# Expected: a search for one string is answered from an index that holds every document with such a value. MongoDB does so for
#   `$exists: true` and for `$gt: ''`; for `$type` its own sources say that it does not either.
# Seen: all three are made and keep the values unique, but only the last one is ever read: the others cost each write and help none.
#
#   $exists COLLSCAN, a second one is refused
#   $type   COLLSCAN, a second one is refused
#   $gt     IXSCAN, a second one is refused
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
from pymongo.errors import DuplicateKeyError

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
open("empty.toml", "w").close()
flags = ["--config", "empty.toml", "--host", "127.0.0.1", "--port", f"{port}", "--storage-path", "db", "--log-level", "WARNING"]
server = subprocess.Popen([sys.executable, "-m", "secantus", *flags])

def refuses_second(cards):
    try:
        cards.insert_one({"card": "c7"})
        return False
    except DuplicateKeyError:
        return True

seen = {}
try:
    url = f"mongodb://127.0.0.1:{port}/?directConnection=true"
    cards = pymongo.MongoClient(url, serverSelectionTimeoutMS=60_000).plaza.cards
    cards.insert_many([{"card": f"c{n}"} for n in range(200)] + [{"noCard": n} for n in range(200)])
    for condition in ({"$exists": True}, {"$type": "string"}, {"$gt": ""}):
        (name,) = condition
        cards.create_index("card", name=name, unique=True, partialFilterExpression={"card": condition})
        plan = cards.find({"card": "c7"}).explain()["queryPlanner"]["winningPlan"]
        seen[name] = (plan.get("inputStage", plan)["stage"], refuses_second(cards))
        cards.drop_index(name)
finally:
    server.terminate()
    server.wait()

print("SecantusDB", version("secantusdb"))
for name, (stage, unique) in seen.items():
    print(f"{name:7} {stage}, a second one is {'refused' if unique else 'taken'}")
same = seen == {"$exists": ("COLLSCAN", True), "$type": ("COLLSCAN", True), "$gt": ("IXSCAN", True)}
print("As described." if same else "CHANGED: no longer as described.")
sys.exit(0 if same else 1)
PY

"""Prints both sides' best times, cold and warm, and their ratio; fails when they count different people."""

import sys


def read(path):
    best = {}
    for line in open(path, encoding="utf-8"):
        name, people, cold, warm, *rest = line.strip().split("|")
        known = best.setdefault(name, [int(people), float(cold), float(warm), rest])
        if known[0] != int(people):
            sys.exit(f"{path}: {name} finds {known[0]} and {people} people")
        known[1], known[2] = min(known[1], float(cold)), min(known[2], float(warm))
    return best


ours, theirs = read(sys.argv[1]), read(sys.argv[2])
print(f"{'question':16}{'people':>9}{'ours ms':>10}{'DuckDB ms':>11}{'ratio':>7}{'cold':>10}{'DuckDB':>10}{'cache MB':>10}")
for name, (people, cold, warm, rest) in ours.items():
    other = theirs[name]
    if people != other[0]:
        sys.exit(f"{name}: we find {people} people, DuckDB {other[0]}")
    cache = int(rest[0]) / 1e6
    print(f"{name:16}{people:9}{warm:10.2f}{other[2]:11.2f}{warm / other[2]:7.2f}{cold:10.1f}{other[1]:10.1f}{cache:10.1f}")

"""Asks DuckDB the questions of `audience-bench ask` over the same data: a table sorted by event and time, two threads.

    duckdb_ask.py load FOLDER         reads the CSV into FOLDER/shop.duckdb
    duckdb_ask.py ask FOLDER RUNS     prints question|people|cold ms|best ms
"""

import os
import sys
import time

import duckdb

NOW = 1_800_000_000
DAY = 86_400


def since(days):
    return (NOW // DAY - days) * DAY


def did(event, days):
    return f"SELECT person FROM events WHERE event = '{event}' AND time >= {since(days)} AND time <= {NOW}"


CHARGED = f"event = 'Charged' AND time >= {since(90)} AND time <= {NOW}"
QUESTIONS = {
    "twice": f"SELECT count(*) FROM ({did('Added To Cart', 30)} GROUP BY person HAVING count(*) >= 2)",
    "not": f"""
        SELECT count(*) FROM people WHERE opted AND city IN ('Pune', 'Chennai', 'Jaipur')
            AND id IN ({did('Added To Cart', 30)}) AND id NOT IN ({did('Charged', 30)})""",
    "sum": f"SELECT count(*) FROM (SELECT person FROM events WHERE {CHARGED} GROUP BY person HAVING sum(amount) > 1000)",
    "sum, filtered": f"""
        SELECT count(*) FROM (
            SELECT person FROM events WHERE {CHARGED} AND amount > 100 GROUP BY person HAVING sum(amount) > 1000)""",
}


def connect(folder):
    return duckdb.connect(f"{folder}/shop.duckdb", config={"threads": 2})


def load(folder):
    base = connect(folder)
    base.execute(f"CREATE TABLE people AS SELECT * FROM read_csv('{folder}/people.csv', header = true)")
    base.execute(f"""
        CREATE TABLE events AS SELECT event, time::BIGINT AS time, person::INTEGER AS person, amount::DOUBLE AS amount,
            price::DOUBLE AS price, quantity::TINYINT AS quantity, category, other
        FROM read_csv('{folder}/events.csv', header = true) ORDER BY event, time""")
    base.execute("CHECKPOINT")
    print(f"duckdb {duckdb.__version__}, {os.path.getsize(f'{folder}/shop.duckdb')} bytes")


def ask(folder, runs):
    for name, question in QUESTIONS.items():
        base, times = connect(folder), []
        for _ in range(runs + 1):
            start = time.perf_counter()
            count = base.execute(question).fetchall()[0][0]
            times.append((time.perf_counter() - start) * 1000)
        print(f"{name}|{count}|{times[0]}|{min(times[1:])}")
        base.close()


if sys.argv[1] == "load":
    load(sys.argv[2])
else:
    ask(sys.argv[2], int(sys.argv[3]))

"""Seeded positions and rows, good and bad."""

import json
import math
import random

from setting import border_vertices

SPECIAL = [(0, 0), (180, 0), (-180, 0), (180, 90), (0, 90), (0, -90), (-180, -90), (179.9999999, -45), (-179.9999999, 66),
           (180, 66), (-180, 66), (170, -45), (-170, -45), (-20, 5), (-25, 5), (-20, 0), (0, -82), (-0.0, -85), (36.43341, 50.33077),
           (35.658, 50.351), (38.033, 49.9), (34.1, 45.2), (36.5873, 50.5956), (20.5, 54.7), (1e-300, 5e-324)]
TIMES = ["2024-06-15T00:00:00Z", "2024-05-29T23:59:59Z", "2024-05-30T00:00:00Z", "2024-05-31T12:00:00.5+03:00",
         "2024-06-01T00:00:00Z", "1999-12-31T23:59:60Z", "2030-01-01T00:00:00Z"]
BAD_TIMES = ["2024-06-15", "yesterday", "2024-02-30T00:00:00Z", "2024-06-15T00:00:00", "2024-06-15 00:00:00Z", ""]
BAD_NUMBERS = ["", "x", "NaN", "inf", "1e999", "0x10", "36,5", "+36.5", " 36.5", "36.5 ", "1_000", "--1", "190", "-181", "91", "1e400"]
TEXTS = ["50.5956, 36.5873", "50.5956N 36.5873E", "N 50 35 44 E 36 35 14", "50°35'44\"N 36°35'14\"E", "50:35:44N 36:35:14E",
         "37UCS2907", "37U CS 29073 07912", "37 U 329000 5607000", "37N 329000 5607000", "37UCS", "nowhere", "50.5956", "50,5956;36,5873",
         "91, 0", "50.5956 36.5873 12", "36.5873E 50.5956N", "50°60'N 36°E", "ZAH0000000000", "37XCS2907", "50-35-44N 36-35-14E", ""]
ACTIVITIES = ["counter-fire", "long-range", "air-defence", "nothing", ""]


def number(random_: random.Random, value: float) -> str:
    return random_.choice([f"{value:.4f}", f"{value:.6f}", repr(value), f"{value:.2f}"])


def positions(seed: int, count: int, far: float = 1) -> list[tuple[float, float]]:
    """Over the theatre, close to the lines, on them, over the whole Earth, and special ones. `far` from 0 to 1: how many of
    those on the whole Earth, which cost a hundred times as much."""
    random_ = random.Random(seed)
    vertices = border_vertices(500)

    def one():
        kind = random_.random()
        if kind < 0.35:
            return random_.uniform(30, 41), random_.uniform(44, 53)
        if kind < 0.65:
            lon, lat = random_.choice(vertices)
            spread = 10 ** random_.uniform(-9, 0)
            return lon + random_.gauss(0, spread), lat + random_.gauss(0, spread)
        if kind < 0.72:
            return random_.choice(vertices)
        if kind < 0.78:
            return random_.choice(SPECIAL)
        if kind < 0.86 or random_.random() > far:
            return random_.uniform(-35, -5), random_.uniform(-5, 15)
        return random_.uniform(-180, 180), math.degrees(math.asin(random_.uniform(-1, 1)))

    return [one() for _ in range(count)]


def members(random_: random.Random) -> dict:
    """What a row may state of itself, sometimes wrongly."""
    stated = {}
    if random_.random() < 0.3:
        stated["accuracy_m"] = random_.choice([0, 10, 250.5, 5000, 1e7, "100", -1, "x", None, 1e8])
    if random_.random() < 0.3:
        stated["at"] = random_.choice(TIMES + TIMES + BAD_TIMES)
    if random_.random() < 0.15:
        stated["activity"] = random_.choice(ACTIVITIES)
    if random_.random() < 0.1:
        stated["policy"] = random_.choice(["us-kharkiv-2024", "corpus", "none"])
    if random_.random() < 0.1:
        stated["depth_km"] = random_.choice([0, 60, 60.5, "60", 2000, 2001, -1, "deep", True])
    return stated


def rows(seed: int, count: int) -> list[dict]:
    """Rows as JSON members: id, lon and lat or position, and more; some in error."""
    random_ = random.Random(seed)
    made = []
    for index, (lon, lat) in enumerate(positions(seed, count)):
        row = {"id": random_.choice([f"r{index}", index, f"ж{index} \"q\"", None]), "lon": lon, "lat": lat}
        kind = random_.random()
        if kind < 0.08:
            row = {"id": index, "position": random_.choice(TEXTS)}
        elif kind < 0.12:
            row[random_.choice(["lon", "lat"])] = random_.choice(BAD_NUMBERS + [None, True, [1], {"a": 1}])
        elif kind < 0.14:
            row["lon"], row["lat"] = lat, lon
        elif kind < 0.16:
            del row[random_.choice(["lon", "lat"])]
        elif kind < 0.18:
            row |= {"position": "50, 36", "note": "both"}
        made.append(row | members(random_) | ({"note": "a,b;c\n\"d\""} if random_.random() < 0.1 else {}))
    return made


def as_csv(rows_: list[dict], delimiter: str = ",", end: str = "\n", names=("id", "lon", "lat", "accuracy_m", "at", "note")) -> str:
    def cell(value) -> str:
        text = "" if value is None else value if isinstance(value, str) else json.dumps(value)
        quoted = any(mark in text for mark in (delimiter, '"', "\n", "\r"))
        return '"' + text.replace('"', '""') + '"' if quoted else text
    lines = [delimiter.join(names)] + [delimiter.join(cell(row.get(name)) for name in names) for row in rows_]
    lines[len(lines) // 2] += delimiter + "one too many"
    lines[len(lines) // 3] = lines[len(lines) // 3].partition(delimiter)[0]
    return end.join(lines) + end


def as_feature(row: dict) -> dict:
    if "lon" in row and "lat" in row:
        geometry = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    else:
        geometry = None if "position" in row else {"type": "LineString", "coordinates": [[36, 50], [37, 51]]}
    properties = {key: value for key, value in row.items() if key not in ("id", "lon", "lat")}
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": properties}


def bodies(seed: int, count: int) -> dict[str, str]:
    """The same rows in every format that has a name, by media type."""
    rows_ = rows(seed, count)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows_]
    features = [json.dumps(as_feature(row), ensure_ascii=False) for row in rows_]
    return {
        "application/json": '{"items": [' + ",".join(lines) + "]}",
        "application/geo+json": '{"type": "FeatureCollection", "features": [' + ",".join(features) + "]}",
        "application/x-ndjson": "\n".join([*lines[: count // 2], "", "{", "[1, 2]", "null", '{"lon": 1', *lines[count // 2 :]]) + "\n",
        "application/geo+json-seq": "".join(f"\x1e{feature}\n" for feature in features),
        "text/csv": as_csv(rows_),
    }

#!/usr/bin/python3
"""Checks the committed shapefiles against each other, the source's outlines and provenance.json; needs no network.

    verify.py [FOLDER]      prints the figures; exits 1 and says why when anything is wrong
"""
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from shapely.geometry import Point, box
from shapely.ops import unary_union

import figures
from layers import SUFFIXES, read_layer
from regions import TRIPOINT_WITH_LUHANSK, TRIPOINT_WITH_SUMY, polygons_in
from measure import area_m2, distance_m
from sources import sha256_of

BELARUS_TRIPOINT = (31.7817, 52.1120)
SEA_OF_AZOV = (38.2298, 47.1193)
AROUND_THE_BORDER = box(20, 43, 44, 55)

IN_UA = {"Kyiv": (30.52, 50.45), "Kharkiv": (36.23, 49.99), "Simferopol": (34.10, 44.95), "Sevastopol": (33.55, 44.58),
         "Kerch": (36.45, 45.35), "Donetsk": (37.80, 48.00), "Luhansk": (39.31, 48.57), "Kherson": (32.62, 46.64),
         "Melitopol": (35.37, 46.85), "Zaporizhzhia": (35.14, 47.84), "Mariupol": (37.55, 47.11)}
IN_RU = {"Moscow": (37.62, 55.75), "Belgorod": (36.59, 50.60), "Kaliningrad": (20.51, 54.71), "Krasnodar": (38.98, 45.04),
         "Chukotka east of 180": (-175.0, 66.7), "Anadyr": (177.49, 64.735), "Wrangel Island west": (179.5, 71.2),
         "Wrangel Island east": (-179.5, 71.2), "Sakhalin": (142.73, 46.96), "Kunashir": (145.85, 44.1),
         "Severny": (58.0, 74.5), "Franz Josef Land": (49.43, 80.50), "Lake Baikal": (107.7, 53.0), "Makhachkala": (47.50, 42.97)}


class Fault(Exception):
    pass


def require(condition, message):
    if not condition:
        raise Fault(message)


def load(folder):
    countries, oblasts = read_layer(folder / "countries.shp"), read_layer(folder / "oblasts.shp")
    require(set(countries) == {"RU", "UA"}, f"countries.shp has {sorted(map(str, countries))}, expected RU and UA")
    require(set(oblasts) == {"UA-63"}, f"oblasts.shp has {sorted(map(str, oblasts))}, expected UA-63")
    return {**countries, **oblasts}


def check_shapes(regions):
    for region_id, geometry in regions.items():
        require(geometry.is_valid, f"{region_id}: not valid for GEOS")
        holes = sum(len(part.interiors) for part in geometry.geoms)
        require(holes == 0, f"{region_id}: {holes} holes, expected none")


def check_places(regions):
    for owner, places in (("UA", IN_UA), ("RU", IN_RU)):
        for name, place in places.items():
            inside = [key for key in ("RU", "UA") if regions[key].covers(Point(place))]
            require(inside == [owner], f"{name} lies in {inside or 'no region'}, expected {owner}")


def check_overlaps(regions):
    ru = unary_union([part for part in regions["RU"].geoms if part.intersects(AROUND_THE_BORDER)])
    ua, kharkiv = regions["UA"], regions["UA-63"]
    overlap = sum(area_m2(part.exterior.coords) for part in polygons_in(ru.intersection(ua)))
    slivers = sum(len(part.interiors) for part in polygons_in(unary_union([ru, ua])))
    outside = sum(area_m2(part.exterior.coords) for part in polygons_in(kharkiv.difference(ua)))
    require(overlap == 0, f"RU and UA overlap by {overlap:.3f} m2")
    require(slivers == 0, f"{slivers} gaps between RU and UA")
    require(outside == 0, f"UA-63 leaves UA by {outside:.3f} m2")
    return {"overlap_m2": overlap, "gaps": slivers}


def check_sections(regions, chains):
    """Each section must be one path of shared edges between the right ends; the oblast's must run along the country's."""
    border = figures.single_path(figures.shared_edges(regions["RU"], regions["UA"]), "RU|UA", Fault)
    oblast = figures.single_path(figures.shared_edges(regions["RU"], regions["UA-63"]), "RU|UA-63", Fault)
    check_ends(border, (BELARUS_TRIPOINT, SEA_OF_AZOV), "RU|UA")
    check_ends(oblast, (TRIPOINT_WITH_SUMY, TRIPOINT_WITH_LUHANSK), "RU|UA-63")
    start = border.index(oblast[0]) if oblast[0] in border else 0
    require(border[start:start + len(oblast)] == oblast, "RU|UA-63 is not a stretch of RU|UA")
    lost = figures.agreed_edges(chains) - figures.undirected_edges(border)
    require(not lost, f"{len(lost)} edges that both source outlines have are not on RU|UA, such as {min(lost, default=None)}")
    return border, oblast


def check_ends(path, expected, name):
    for vertex, place in zip((path[0], path[-1]), expected):
        require(distance_m(vertex, place) < 150, f"{name} ends at {vertex}, expected near {place}")


def check_against_provenance(folder, found):
    stated = json.loads((folder / "provenance.json").read_text())
    for name, expected in stated["files"].items():
        require((folder / name).is_file(), f"{name} is missing")
        require(sha256_of(folder / name) == expected, f"{name}: sha256 differs from provenance.json")
    require(stated["figures"] == json.loads(json.dumps(found)), "the figures differ from those in provenance.json")
    table = figures.as_text(found)
    require(table in (folder / "PROVENANCE.md").read_text(), "PROVENANCE.md does not hold the figures printed here")


def measure_layers(folder):
    """All checks that need only geometry; returns the figures."""
    missing = [name for name in figures.shipped_files(SUFFIXES) if not (folder / name).is_file()]
    require(not missing, f"missing: {', '.join(missing)}")
    regions = load(folder)
    chains = figures.read_chains(folder / figures.SOURCE_LINES)
    check_shapes(regions)
    border, oblast = check_sections(regions, chains)
    joint = check_overlaps(regions)
    check_places(regions)
    return figures.collect(regions, border, oblast, chains, joint)


def main(arguments):
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        found = measure_layers(folder)
        print(figures.as_text(found))
        check_against_provenance(folder, found)
    except (Fault, ValueError, RuntimeError, OSError) as fault:
        print(f"shapefiles: {fault}", file=sys.stderr)
        return 1
    print("shapefiles: verified")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

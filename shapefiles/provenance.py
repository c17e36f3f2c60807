"""What the layers rest on, in a form that a program can read; PROVENANCE.md says the same to people."""
from sources import COUNTRIES, OBLASTS

# The day this recipe last changed the data; fixed so that a rerun gives the same bytes.
DATE = "2026-11-23"

BORDER_ACCURACY_M = 280
INNER_EDGE_ACCURACY_M = 4000

ODBL = {"name": "Open Data Commons Open Database License 1.0", "spdx": "ODbL-1.0", "attribution": "© OpenStreetMap contributors"}
PUBLIC_DOMAIN = {"name": "Natural Earth, public domain", "spdx": "LicenseRef-Natural-Earth-public-domain",
                 "attribution": "Made with Natural Earth"}

BORDER_ACCURACY_MEANING = (
    "95 % of an independent source's line (Who's On First) lies within this distance, median 22 m; 90 % lies within 10 m of "
    "OpenStreetMap's 2024 line along Belgorod oblast. The border was never fully demarcated.")
INNER_EDGE_ACCURACY_MEANING = (
    "Natural Earth 1:10m: its state border misses OpenStreetMap's by a median 1.8 km and up to 4.9 km here; the inner edges "
    "are taken to be as good.")


def source(package, data, licence):
    return {"package": package.name, "version": package.version, "registry": "npm", "tarball_sha256": package.sha256,
            "member": package.member, "data": data, "licence": licence}


def document(files, found, crimea_parts):
    return {
        "date": DATE,
        "crs": "WGS 84 longitude, latitude; edges straight in longitude and latitude",
        "sources": [
            source(COUNTRIES, "OpenStreetMap land borders of 2017, simplified to 10 m", ODBL),
            source(OBLASTS, "Natural Earth 10m admin-1; inner edges of UA-63", PUBLIC_DOMAIN)],
        "layers": {
            "countries": {"licence": ODBL, "regions": ["RU", "UA"]},
            "oblasts": {"licence": ODBL, "regions": ["UA-63"], "inner_edges_licence": PUBLIC_DOMAIN}},
        "accuracy": {
            "RU|UA": {"accuracy_m": BORDER_ACCURACY_M, "meaning": BORDER_ACCURACY_MEANING},
            "RU|UA-63": {"accuracy_m": BORDER_ACCURACY_M, "meaning": BORDER_ACCURACY_MEANING},
            "UA-63 inner edges": {"accuracy_m": INNER_EDGE_ACCURACY_M, "meaning": INNER_EDGE_ACCURACY_MEANING}},
        "changes": [
            "Inland water, which the source cuts out of RUS and UKR as holes, is filled; islands in it merge with the land around.",
            f"{crimea_parts} parts of RUS that UKR also has (Crimea and its islets) are left out of RU.",
            "Where the outlines of RUS and UKR part, one path between their last and next common vertex replaces both: the straight "
            "edge or one of the outlines, whichever strays least from both.",
            "Rings that touch or cross themselves are split by GEOS MakeValid; it adds vertices only where a ring crosses itself.",
            "UA-63: from tripoint to tripoint the line of RU and UA replaces Natural Earth's, and so do the tripoints; Natural "
            "Earth's vertices nearer to a tripoint than its own is are dropped."],
        "figures": found,
        "files": files}

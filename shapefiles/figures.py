"""What is measured on the shipped layers, and how it is printed."""
import json

from border import edges_of, undirected
from measure import SAMPLE_STEP_M, Lines, distance_m, length_km, percentile, samples_along

SOURCE_LINES = "source/border.geojson"


def shipped_files(suffixes):
    return [f"{layer}.{suffix}" for layer in ("countries", "oblasts") for suffix in suffixes] + [SOURCE_LINES]


def directed_edges(geometry):
    for part in geometry.geoms:
        for ring in (part.exterior, *part.interiors):
            yield from edges_of(list(ring.coords))


def undirected_edges(path):
    return {undirected(edge) for edge in edges_of(path)}


def shared_edges(one, other):
    """Edges that the two regions walk in opposite directions."""
    others = set(directed_edges(other))
    return [edge for edge in directed_edges(one) if edge[::-1] in others]


def single_path(edges, name, fault):
    """The edges, each walked against its direction, as one simple path: RU has the Belarus tripoint behind it."""
    following = {end: start for start, end in edges}
    starts = sorted(set(following) - set(following.values()))
    if len(starts) != 1 or len(following) != len(edges):
        raise fault(f"{name} is in {len(starts)} pieces, expected 1")
    path = [starts[0]]
    while path[-1] in following:
        path.append(following[path[-1]])
    if len(path) != len(edges) + 1:
        raise fault(f"{name} has {len(edges)} edges but only {len(path) - 1} on its path")
    return path


def read_chains(path):
    """{'RUS': [path, ...], 'UKR': [path, ...]}: the source's two outlines along the border"""
    collection = json.loads(path.read_text())
    return {feature["properties"]["source"]: [[tuple(v) for v in part] for part in feature["geometry"]["coordinates"]]
            for feature in collection["features"]}


def chain_edges(chains, country):
    return {edge for path in chains[country] for edge in undirected_edges(path)}


def agreed_edges(chains):
    return chain_edges(chains, "RUS") & chain_edges(chains, "UKR")


def distances(edges, lines, known):
    """[(distance_m, length_m it stands for)]; edges in `known` lie on the lines and need no sampling"""
    weighted = []
    for edge in edges:
        length = distance_m(*edge)
        points = [] if undirected(edge) in known else samples_along(edge)
        weighted += [(lines.distance_m(point), length / len(points)) for point in points] or [(0.0, length)]
    return weighted


def departure(path, chains):
    """How far the shipped line lies from the nearer of the source's outlines."""
    agreed = agreed_edges(chains)
    source = chain_edges(chains, "RUS") | chain_edges(chains, "UKR")
    lines = Lines(source)
    whole = distances(edges_of(path), lines, source)
    put_in = distances([edge for edge in edges_of(path) if undirected(edge) not in agreed], lines, source)
    return {"max_m": round(max(whole)[0], 1), "p95_m": round(percentile(whole, 0.95), 1),
            "p95_of_put_in_m": round(percentile(put_in, 0.95), 1), "sample_step_m": SAMPLE_STEP_M}


def abandoned(path, chains):
    """How far the source's outlines lie from the shipped line: mostly shores of water that the source cuts out."""
    shipped = undirected_edges(path)
    source = chain_edges(chains, "RUS") | chain_edges(chains, "UKR")
    back = distances(sorted(source), Lines(shipped), shipped)
    return {"max_m": round(max(back)[0], 1), "p95_m": round(percentile(back, 0.95), 1), "sample_step_m": SAMPLE_STEP_M}


def section(path, agreed):
    replaced = [edge for edge in edges_of(path) if undirected(edge) not in agreed]
    return {"pieces": 1, "length_km": round(length_km(path), 3), "vertices": len(path), "edges": len(path) - 1,
            "edges_of_both_sources": len(path) - 1 - len(replaced),
            "edges_put_in": len(replaced), "length_put_in_km": round(sum(map(length_km, replaced)), 3),
            "longest_put_in_m": round(max(distance_m(*edge) for edge in replaced), 1),
            "from": list(path[0]), "to": list(path[-1])}


def antimeridian_edges(geometry):
    """The cut at 180 degrees: how much of it both sides have, and how much only one has (coast simplified on its own)."""
    sides = {180.0: [], -180.0: []}
    for (lon0, lat0), (lon1, lat1) in directed_edges(geometry):
        if lon0 == lon1 and abs(lon0) == 180:
            sides[lon0].append(sorted((lat0, lat1)))
    both = sum(max(0.0, min(east[1], west[1]) - max(east[0], west[0])) for east in sides[180.0] for west in sides[-180.0])
    either = sum(north - south for side in sides.values() for south, north in side)
    return {"edges_at_east_180": len(sides[180.0]), "edges_at_west_180": len(sides[-180.0]),
            "degrees_on_both_sides": round(both, 5), "degrees_on_one_side": round(either - 2 * both, 5)}


def collect(regions, border, oblast, chains, joint):
    agreed = agreed_edges(chains)
    counts = {key: {"parts": len(geometry.geoms),
                    "vertices": sum(len(part.exterior.coords) for part in geometry.geoms),
                    "edges": sum(len(part.exterior.coords) - 1 for part in geometry.geoms)}
              for key, geometry in regions.items()}
    return {"regions": counts,
            "sections": {"RU|UA": section(border, agreed), "RU|UA-63": section(oblast, agreed)},
            "between_RU_and_UA": joint,
            "shipped_line_to_source": {"RU|UA": departure(border, chains), "RU|UA-63": departure(oblast, chains)},
            "source_to_shipped_line": {"RU|UA": abandoned(border, chains)},
            "antimeridian": {"RU": antimeridian_edges(regions["RU"])}}


def as_text(found):
    lines = []
    for group, members in found.items():
        for name, values in members.items():
            if not isinstance(values, dict):
                lines.append(f"{group} {name}: {values}")
                continue
            lines.append(f"{group} {name}: " + ", ".join(f"{key} {value}" for key, value in values.items()))
    return "\n".join(lines)

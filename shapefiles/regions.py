"""The three regions as valid MultiPolygons, from the sources' rings and the line that they share."""
from shapely.geometry import MultiPolygon, Polygon
from shapely.ops import unary_union
from shapely.prepared import prep
from shapely.validation import make_valid

from border import mainland_shell, nearest_vertex, replace_chain

# OpenStreetMap, to about 100 m
TRIPOINT_WITH_SUMY = (35.658, 50.351)
TRIPOINT_WITH_LUHANSK = (38.033, 49.900)


def polygons_in(geometry):
    if geometry.geom_type == "Polygon":
        return [geometry]
    return [polygon for part in getattr(geometry, "geoms", []) for polygon in polygons_in(part)]


def territory(shells):
    """The land within the shells. Holes and the islands in them go: the sources cut lakes out, and a lake is not a border."""
    filled = [Polygon(part.exterior) for shell in shells for part in polygons_in(make_valid(Polygon(shell)))]
    return MultiPolygon([Polygon(part.exterior) for part in polygons_in(unary_union(filled))]).normalize()


def shells_with_line(polygons, chain, line):
    mainland = mainland_shell(polygons)
    return [replace_chain(mainland, chain, line)] + [p[0] for p in polygons if p[0] is not mainland]


def ukraine(ukr, shared):
    return territory(shells_with_line(ukr, shared.ukr_chain, shared.vertices))


def russia(rus, shared, ua):
    """Without the parts that the source gives to both countries: Crimea and its islets."""
    whole = territory(shells_with_line(rus, shared.rus_chain[::-1], shared.vertices[::-1]))
    in_ua = prep(ua)
    kept = [part for part in whole.geoms
            if len(part.exterior.coords) > 10000 or not in_ua.contains(part.representative_point())]
    return MultiPolygon(kept), len(whole.geoms) - len(kept)


def kharkiv_oblast(oblasts, shared):
    """Natural Earth's inner edges, closed by the stretch of the shared line between the two tripoints."""
    sumy = nearest_vertex(shared.vertices, TRIPOINT_WITH_SUMY)
    luhansk = nearest_vertex(shared.vertices, TRIPOINT_WITH_LUHANSK)
    first, last = shared.vertices.index(sumy), shared.vertices.index(luhansk)
    if first >= last:
        raise ValueError("the tripoints lie on the line in the wrong order")
    facing_russia = shared.vertices[first:last + 1]
    inner = inner_edges(oblasts)
    inner = inner[first_beyond_miss(inner, sumy):]
    inner = inner[::-1]
    inner = inner[first_beyond_miss(inner, luhansk):]
    polygon = Polygon(facing_russia + inner)
    if not polygon.is_valid:
        raise ValueError("the oblast's inner edges cross its Russian side")
    return MultiPolygon([polygon]).normalize()


def inner_edges(oblasts):
    """From Natural Earth's tripoint with Sumy oblast to its tripoint with Luhansk oblast, through Ukraine."""
    (shell,), = oblasts["UA-63"]
    ring = shell[:-1]
    sumy = tripoint(ring, oblasts, "UA-59")
    luhansk = tripoint(ring, oblasts, "UA-09")
    ring = ring[sumy:] + ring[:sumy]
    span = (luhansk - sumy) % len(ring)
    forward, backward = ring[:span + 1], ring[:1] + ring[:span - 1:-1]
    belgorod = vertices_of(oblasts["RU-BEL"])
    return min(forward, backward, key=lambda path: sum(vertex in belgorod for vertex in path))


def tripoint(ring, oblasts, neighbour):
    both = vertices_of(oblasts["RU-BEL"]) & vertices_of(oblasts[neighbour])
    place, = [index for index, vertex in enumerate(ring) if vertex in both]
    return place


def vertices_of(polygons):
    return {vertex for polygon in polygons for ring in polygon for vertex in ring}


def first_beyond_miss(path, true_start):
    """Natural Earth misses the tripoint by some distance: its vertices that are nearer than that say nothing."""
    def squared(vertex):
        return (vertex[0] - true_start[0]) ** 2 + (vertex[1] - true_start[1]) ** 2
    miss = squared(path[0])
    return next(place for place, vertex in enumerate(path) if squared(vertex) > miss)

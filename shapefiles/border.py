"""The one line that RU and UA share, made from the two outlines that the source gives."""
from dataclasses import dataclass

from measure import Lines, samples_along


@dataclass(frozen=True)
class SharedLine:
    vertices: list      # (lon, lat), from the Belarus tripoint to the Sea of Azov
    rus_chain: list     # the source's two outlines between the same ends
    ukr_chain: list
    islets: dict        # {'RUS': rings, 'UKR': rings}: small source parts that carry a piece of the line


def edges_of(path):
    return zip(path, path[1:])


def undirected(edge):
    return edge if edge[0] <= edge[1] else (edge[1], edge[0])


def mainland_shell(polygons):
    return max((polygon[0] for polygon in polygons), key=len)


def chain_between_first_and_last(ring, nodes):
    """The stretch of the ring that holds all `nodes`; the ring must not start on it."""
    hits = [index for index, vertex in enumerate(ring) if vertex in nodes]
    if not hits or hits[0] == 0:
        raise ValueError("the ring starts on the border: its stretch is not contiguous")
    return ring[hits[0]:hits[-1] + 1]


def shared_line(rus, ukr):
    """Every vertex that both countries have, in order, and between them one path in place of two outlines that part."""
    rus_shell, ukr_shell = mainland_shell(rus), mainland_shell(ukr)
    common = set(rus_shell) & set(ukr_shell)
    rus_chain = chain_between_first_and_last(rus_shell, common)[::-1]
    ukr_chain = chain_between_first_and_last(ukr_shell, common)
    islets = {"RUS": islets_on(ukr_chain, rus, rus_shell), "UKR": islets_on(rus_chain, ukr, ukr_shell)}
    line = merge(rus_chain, ukr_chain, islets)
    if len(set(line)) != len(line):
        raise ValueError("the shared line visits a vertex twice")
    return SharedLine(line, rus_chain, ukr_chain, islets)


def islets_on(chain, polygons, mainland):
    """Shells other than the mainland with an edge on the other country's chain: land cut off by water on the border."""
    chain_edges = {undirected(edge) for edge in edges_of(chain)}
    return [polygon[0] for polygon in polygons
            if polygon[0] is not mainland and any(undirected(edge) in chain_edges for edge in edges_of(polygon[0]))]


def merge(rus_chain, ukr_chain, islets):
    rus_place = {vertex: place for place, vertex in enumerate(rus_chain)}
    ukr_place = {vertex: place for place, vertex in enumerate(ukr_chain)}
    anchors = [vertex for vertex in rus_chain if vertex in ukr_place]
    line = [anchors[0]]
    for start, end in edges_of(anchors):
        if ukr_place[start] >= ukr_place[end]:
            raise ValueError(f"the outlines pass {start} and {end} in different order")
        rus_path = rus_chain[rus_place[start]:rus_place[end] + 1]
        ukr_path = ukr_chain[ukr_place[start]:ukr_place[end] + 1]
        line += common_on_islets(rus_path, ukr_path, islets) or one_path(rus_path, ukr_path)[1:-1]
        line.append(end)
    return line


def common_on_islets(rus_path, ukr_path, islets):
    on_ukr_islet = [vertex for vertex in rus_path[1:-1] if any(vertex in ring for ring in islets["UKR"])]
    on_rus_islet = [vertex for vertex in ukr_path[1:-1] if any(vertex in ring for ring in islets["RUS"])]
    if on_ukr_islet and on_rus_islet:
        raise ValueError("islets of both countries in one gap: their order is unknown")
    return on_ukr_islet or on_rus_islet


def one_path(rus_path, ukr_path):
    """The straight edge or one of the outlines, whichever strays least from both outlines: around water that the source
    cuts out it is the straight edge, where two simplifications of one line differ by metres it is one of them."""
    if rus_path == ukr_path:
        return rus_path
    straight = [rus_path[0], rus_path[-1]]
    outlines = [Lines(edges_of(rus_path)), Lines(edges_of(ukr_path))]
    return min((straight, rus_path, ukr_path), key=lambda path: max(
        outline.distance_m(point) for edge in edges_of(path) for point in samples_along(edge) for outline in outlines))


def replace_chain(ring, chain, line):
    """The closed ring with its stretch `chain` (in the ring's direction) replaced by `line` (same ends)."""
    start = ring.index(chain[0])
    if ring[start:start + len(chain)] != chain:
        raise ValueError("the chain is not a stretch of the ring")
    return ring[:start] + line + ring[start + len(chain):]


def nearest_vertex(line, place):
    return min(line, key=lambda vertex: (vertex[0] - place[0]) ** 2 + (vertex[1] - place[1]) ** 2)

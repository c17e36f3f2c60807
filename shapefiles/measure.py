"""Lengths, areas and distances on the WGS 84 ellipsoid."""
import math
from collections import defaultdict

from geographiclib.geodesic import Geodesic

WGS84 = Geodesic.WGS84
SAMPLE_STEP_M = 5.0


def distance_m(start, end):
    return WGS84.Inverse(start[1], start[0], end[1], end[0], Geodesic.DISTANCE)["s12"]


def length_km(path):
    return sum(distance_m(start, end) for start, end in zip(path, path[1:])) / 1000


def area_m2(ring):
    polygon = WGS84.Polygon()
    for lon, lat in ring[:-1]:
        polygon.AddPoint(lat, lon)
    return abs(polygon.Compute()[2])


def samples_along(edge):
    """Points on the edge, straight in longitude and latitude, each standing for at most SAMPLE_STEP_M."""
    (lon0, lat0), (lon1, lat1) = edge
    count = max(1, math.ceil(distance_m(*edge) / SAMPLE_STEP_M))
    return [(lon0 + (lon1 - lon0) * (i + 0.5) / count, lat0 + (lat1 - lat0) * (i + 0.5) / count) for i in range(count)]


class Lines:
    """Edges to which distances are asked, in square cells; a point must lie within a cell's width of an edge."""

    CELL_DEGREES = 0.05

    def __init__(self, edges):
        self._edges = defaultdict(list)
        for edge in edges:
            (west, east), (south, north) = map(sorted, zip(*edge))
            for column in range(self._cell(west) - 1, self._cell(east) + 2):
                for row in range(self._cell(south) - 1, self._cell(north) + 2):
                    self._edges[column, row].append(edge)

    def _cell(self, degrees):
        return math.floor(degrees / self.CELL_DEGREES)

    def distance_m(self, point):
        near = self._edges.get((self._cell(point[0]), self._cell(point[1])))
        if not near:
            raise ValueError(f"no line within {self.CELL_DEGREES} degrees of {point}")
        shrink = math.cos(math.radians(point[1]))
        return distance_m(point, min(nearest_on_edge(point, *edge, shrink) for edge in near)[1])


def nearest_on_edge(point, start, end, shrink):
    """(squared distance in degrees of latitude, foot); plane at the point's latitude, good to a metre over some km."""
    across, up = (end[0] - start[0]) * shrink, end[1] - start[1]
    to_x, to_y = (point[0] - start[0]) * shrink, point[1] - start[1]
    share = max(0.0, min(1.0, (to_x * across + to_y * up) / (across * across + up * up)))
    foot = (start[0] + share * (end[0] - start[0]), start[1] + share * up)
    return ((foot[0] - point[0]) * shrink) ** 2 + (foot[1] - point[1]) ** 2, foot


def percentile(weighted, share):
    """weighted: [(value, weight)]; the smallest value that at least `share` of the weight does not exceed"""
    total, reached = sum(weight for _, weight in weighted), 0.0
    for value, weight in sorted(weighted):
        reached += weight
        if reached >= share * total:
            return value
    raise ValueError("no values")

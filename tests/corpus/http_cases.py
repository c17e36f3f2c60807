"""Requests at every endpoint, good and bad. A case is (method, target, header fields, body)."""

import random
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from places import ACTIVITIES, BAD_NUMBERS, BAD_TIMES, TEXTS, TIMES, bodies, number, positions

Case = tuple[str, str, dict[str, str], bytes | None]
MEDIA = ["application/json", "application/geo+json", "application/x-ndjson", "application/jsonl", "application/geo+json-seq",
         "text/csv"]
PLAIN = ["/", "/embed", "/docs", "/openapi.json", "/openapi-3.0.json", "/conformance", "/collections",
         "/collections/regions", "/collections/borders",
         "/collections/zones", "/v1/policies", "/v1/policies/us-kharkiv-2024", "/v1/policies/corpus", "/v1/policies/none",
         "/v1/limits", "/problems", "/livez", "/readyz", "/problems/invalid_request", "/problems/not_found", "/problems/none",
         "/nothing", "/v1", "/v1/", "/v1/evaluate/", "//v1/evaluate", "/collections/none", "/collections/none/items", "/%", "/%zz",
         "/v1/%65valuate?lon=36&lat=50&at=2024-06-15T00:00:00Z", "/../etc/passwd", "/web/none.js", "/favicon.ico", "/main.js"]


def get(target: str, **fields: str) -> Case:
    return ("GET", target, {name.replace("_", "-"): value for name, value in fields.items()}, None)


def query(path: str, **members) -> str:
    return path + "?" + urlencode({name.replace("__", "-"): value for name, value in members.items()}, quote_via=quote)


def evaluations() -> Iterator[Case]:
    random_ = random.Random(1)
    for lon, lat in positions(1, 900):
        asked = {"lon": number(random_, lon), "lat": number(random_, lat), "at": random_.choice(TIMES)}
        if random_.random() < 0.4:
            asked["activity"] = random_.choice(ACTIVITIES[:3])
        if random_.random() < 0.3:
            asked["accuracy_m"] = random_.choice(["0", "12.5", "300", "50000", "1e3"])
        if random_.random() < 0.3:
            asked["depth_km"] = random_.choice(["0", "60", "31.7", "2000", "1e2"])
        elif random_.random() < 0.3:
            asked |= {"policy": "corpus", "zone_nmi": random_.choice(["3", "12", "200"])}
            asked.pop("activity", None)
        yield get(query("/v1/evaluate", **asked))
    for text in TEXTS:
        yield get(query("/v1/evaluate", position=text, at=TIMES[0]))
        yield get(query("/v1/evaluate", position=text, at=TIMES[0], accuracy_m=5, activity="counter-fire"))


def bad_evaluations() -> Iterator[Case]:
    good = {"lon": "36.5873", "lat": "50.5956", "at": TIMES[0]}
    for name in ("lon", "lat", "accuracy_m", "depth_km", "zone_nmi"):
        for bad in BAD_NUMBERS:
            yield get(query("/v1/evaluate", **(good | {name: bad})))
    for bad in BAD_TIMES + TIMES:
        yield get(query("/v1/evaluate", **(good | {"at": bad})))
    for key, values in {"activity": ACTIVITIES, "policy": ["none", "", "corpus", "us-kharkiv-2024"],
                        "unknown": ["1"], "lng": ["36"], "x": ["1"], "position": TEXTS[:2], "id": ["7"], "detail": ["full"]}.items():
        for value in values:
            yield get(query("/v1/evaluate", **(good | {key: value})))
    for text in ("", "lon=36", "lat=50", "lon=36&lon=37&lat=50", "lon=36&lat=50&", "&&lon=36&lat=50&at=2024-06-15T00:00:00Z",
                 "lon=36+1&lat=50", "lon=%33%36&lat=50&at=2024-06-15T00%3A00%3A00Z", "lon=36;lat=50", "lon", "=&=", "lon=%ff&lat=50",
                 "lon=%zz&lat=50", "LON=36&LAT=50", "lon=50.5956&lat=136.5873", "lon=36&lat=50&at=2024-06-15T03:00:00%2B03:00"):
        yield get("/v1/evaluate?" + text)


def batches() -> Iterator[Case]:
    every = bodies(2, 60)
    for sent, body in every.items():
        for wanted in [*MEDIA, "*/*", "text/*", "application/xml", "text/html, text/csv;q=0.5", "application/json;q=0"]:
            yield post("/v1/evaluate", body, sent, wanted)
        for settings in ("at=2024-06-15T00:00:00Z", "at=2024-06-15T00:00:00Z&detail=full", "at=bad", "detail=some", "policy=corpus&zone_nmi=24",
                         "activity=long-range&at=2024-06-15T00:00:00Z&depth_km=60", "lon_column=lat&lat_column=lon", "lon=1", "delimiter=;"):
            yield post("/v1/evaluate?" + settings, body, sent)
            if sent != "text/csv":
                yield post("/v1/evaluate?" + settings, body, sent, "text/csv")
        for cut in (0, 1, len(body) // 2, len(body) - 2):
            yield post("/v1/evaluate", body[:cut], sent)
    for sent in ("", "text/plain", "application/json; charset=utf-8", "application/json; charset=utf-16", "text/csv; header=absent", "APPLICATION/JSON"):
        yield post("/v1/evaluate", every["text/csv" if "csv" in sent else "application/json"], sent)


def csv_dialects() -> Iterator[Case]:
    head = "\ufeffid;Longitude;LAT;note\r\n1;36,5873;50,5956;x\r\n2;36,1;50,2;\r\n"
    texts = [head, "lon\tlat\n36.5\t50.5\n", "lng|latitude\n36.5|50.5\n", "x,y\n36.5,50.5\n", "lon,lat,lon\n36,50,37\n", "lon,lat,verdict,error\n36,50,a,b\n",
             "name\nx\n", "lon,lat\n", "lon,lat", "", "\n", "\n\nlon,lat\n36,50\n", "lon,lat\n\"36\",\"50\"\n", "lon,lat\n\"36,50\n", "lon,lat\n36,50\n\n37,51\n",
             "LON,LAT\r36,50\r37,51\r", "lon,lat,at\n36,50,2024-06-15\n36,50,2024-06-15T00:00:00Z\n", "latitude,longitude,lat,lon\n1,2,3,4\n",
             "position\n37UCS2907\n\"50.5, 36.5\"\nx\n", "lon,lat,activity,policy,depth_km\n36.5,50.5,counter-fire,us-kharkiv-2024,60\n36.5,50.5,pass,corpus,1\n"]
    for text in texts:
        yield post("/v1/evaluate?at=2024-06-15T00:00:00Z", text, "text/csv")
        yield post("/v1/evaluate?at=2024-06-15T00:00:00Z&detail=full", text, "text/csv", "application/x-ndjson")


def json_bodies() -> Iterator[Case]:
    one = '{"lon": 36.5873, "lat": 50.5956, "at": "2024-06-15T00:00:00Z"}'
    for text in (one, f"[{one}]", '{"items": []}', '{"items": 1}', "[]", "{}", "null", "1", '"x"', "[1, null, [], {}]", one + one, '{"lon": 1, "lon": 2, "lat": 3}',
                 '{"items": [' + one + '], "activity": "long-range"}', '{"items": [' + one + '], "at": "bad"}', '{"items": [' + one + '], "unknown": 1}',
                 '{"lon": "36.5", "lat": "50.5"}', '{"lon": 1e400, "lat": 0}', '{"lon": 36, "lat": 50, "accuracy_m": "x", "at": 5}', "[" * 2000,
                 '{"lon": 36, "lat": 50, "id": {"a": [1, 2.50, "\\u00e9"]}}', '\ufeff' + one, '{"type": "Point", "coordinates": [36, 50]}',
                 '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [36, 50, 12]}, "properties": {"at": "2024-06-15T00:00:00Z"}}'):
        for sent in MEDIA[:5]:
            yield post("/v1/evaluate", text, sent)


def post(target: str, body: str, sent: str, wanted: str = "", method: str = "POST") -> Case:
    fields = ({"Content-Type": sent} if sent else {}) | ({"Accept": wanted} if wanted else {})
    return (method, target, fields, body.encode())


def collections() -> Iterator[Case]:
    boxes = ["36,50,37,51", "-180,-90,180,90", "170,-50,-170,-40", "37,51,36,50", "36,50,0,37,51,10", "36,50", "a,b,c,d", "", "-30,0,-10,10", "0,-91,1,1"]
    times = ["2024-06-15T00:00:00Z", "2024-05-01T00:00:00Z/2024-06-01T00:00:00Z", "../2024-05-30T00:00:00Z", "2024-06-15T00:00:00Z/..", "2024-06-15", "x"]
    for name in ("regions", "borders", "zones"):
        path = f"/collections/{name}/items"
        for settings in [*({"bbox": box, "limit": 3, "max__allowable__offset": 0.01} for box in boxes), *({"clip__box": box, "max__allowable__offset": 0.01} for box in boxes),
                         *({"datetime": time, "max__allowable__offset": 0.1} for time in times), *({"limit": limit, "max__allowable__offset": 0.5} for limit in ("1", "1000", "1001", "0", "-1", "x", "")),
                         *({"offset": offset, "limit": 2, "max__allowable__offset": 1} for offset in ("0", "1", "5", "1000", "-1", "x")),
                         *({"max__allowable__offset": value, "bbox": "36,50,36.2,50.2", "limit": 2} for value in ("0.02", "10", "11", "-1", "x")),
                         {"unknown": 1}, {"depth_km": 60, "policy": "us-kharkiv-2024", "max__allowable__offset": 0.01}, {"depth_km": -1}, {"activity": "none"}]:
            yield get(query(path, **settings))
        for name_ in ("RU", "UA-63", "UA", "AA", "AM", "SP", "RU%7CUA-63", "RU|UA", "AA%7CBB", "none", "counter-fire-kharkiv", "corpus%2Fnear", "near",
                      "us-kharkiv-2024.counter-fire-kharkiv", "us-kharkiv-2024%2Fcounter-fire-kharkiv", "us-kharkiv-2024:counter-fire-kharkiv"):
            yield get(f"{path}/{name_}?max-allowable-offset=0.01")
            yield get(f"{path}/{name_}?max-allowable-offset=0.01&depth_km=30")


def protocol() -> Iterator[Case]:
    for path in PLAIN:
        yield get(path)
        yield get(path, Accept="application/json")
        yield get(path, Accept="text/html")
        yield ("HEAD", path, {}, None)
        yield get(path, If_None_Match="*")
        yield get(path, Accept_Encoding="gzip")
    target = "/v1/evaluate?lon=36.5873&lat=50.5956&at=2024-06-15T00:00:00Z"
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "POST", "BREW"):
        yield (method, target, {}, None)
        yield (method, "/collections", {}, None)
    for fields in ({"If-None-Match": '"x"'}, {"If-None-Match": '"x", W/"y"'}, {"If-None-Match": "x"}, {"Origin": "https://example.org"}, {"Range": "bytes=0-9"}, {"Expect": "x"},
                   {"Accept": "text/csv"}, {"Accept": "x"}, {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}, {"X-Request-Id": "mine"},
                   {"If-Modified-Since": "Mon, 30 Nov 2026 00:00:00 GMT"}, {"Long": "x" * 20000}, {"Accept-Language": "uk"}, {"Content-Encoding": "gzip"}):
        yield ("GET", target, fields, None)
    yield ("OPTIONS", target, {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}, None)
    yield get("/" + "a" * 9000)


def cases() -> Iterator[Case]:
    for made in (protocol, evaluations, bad_evaluations, batches, csv_dialects, json_bodies, collections):
        yield from made()

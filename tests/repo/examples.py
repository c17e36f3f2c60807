"""The examples under docs/examples: their configurations load, and answers near them are the true ones.

Distances are GeographicLib's, by brute force over the edges that two countries have in common."""

import argparse
import json
import pathlib
import subprocess
import sys

EXAMPLES = pathlib.Path(__file__).parents[2] / "docs" / "examples"

# The middle of an edge that Austria and Liechtenstein share.
INNER_LON, INNER_LAT = 9.595896, 47.068804

def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{arguments}: {done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def evaluate(program, config, lon, lat):
    return run(program, "evaluate", "--config", config, "--lon", str(lon), "--lat", str(lat), "--at", "2024-06-01T00:00:00Z")


def faults_of_places(program, config, line, places):
    """Of each place its distance to a line, to a centimetre, and its verdict."""
    for lon, lat, distance_m, verdict in places:
        answer = evaluate(program, config, lon, lat)
        found = next(border for border in answer["borders"] if border["id"] == line)["distance_m"]
        if abs(found - distance_m) > 0.01:
            yield f"({lon}, {lat}) is {found} m from {line}, not {distance_m}"
        if answer["verdicts"][0]["verdict"] != verdict:
            yield f"({lon}, {lat}) is {answer['verdicts'][0]['verdict']}, not {verdict}"


def faults_of_alps(program):
    config = str(EXAMPLES / "alps" / "kordon.json")
    report = run(program, "check", "--json", "--config", config)
    section = next(border for border in report["borders"] if border["id"] == "CHE|ITA")
    if abs(section["shared_km"] - 596.019) > 0.001 or section["unshared_km"] != 0 or section["moved_m"] != 0:
        yield f"CHE|ITA is {section}"
    yield from faults_of_places(program, config, "CHE|ITA", [
        (7.75, 46.02, 9678.320, "ineligible"), (8.3, 47.0, 61443.882, "eligible"), (10.6, 47.2, 39033.528, "ineligible")])
    on_inner_border = evaluate(program, config, INNER_LON, INNER_LAT)["verdicts"][0]
    if on_inner_border["verdict"] != "ineligible":  # one region for the policy: its inner border has no distance
        yield f"on the border of Austria and Liechtenstein: {on_inner_border}"


# By GeographicLib, to those edges of the Dominican Republic that Haiti does not have: two places at sea, one at the
# mouth of the border, one inland whose nearest boundary is the border.
COAST = [(-69.9, 18.35, 11188.349, "eligible"), (-69.9, 18.0, 38367.343, "ineligible"),
         (-71.72, 19.85, 2018.396, "eligible"), (-71.0, 18.9, 60765.387, "not_applicable")]


def faults_of_sea(program):
    config = str(EXAMPLES / "sea" / "kordon.json")
    report = run(program, "check", "--json", "--config", config)
    coast = next(border for border in report["borders"] if border["id"] == "DOM|")
    if abs(coast["shared_km"] - 1295.401) > 0.001:
        yield f"DOM| is {coast}"
    yield from faults_of_places(program, config, "DOM|", COAST)
    text = evaluate(program, config, *COAST[0][:2])["verdicts"][0]["because"]["text"]
    if text != "Within 12 nmi of the coast of Dominican Republic: 11.2 km away":
        yield text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    program = parser.parse_args().program
    faults = [*faults_of_alps(program), *faults_of_sea(program)]
    sys.exit("\n".join(faults) if faults else 0)


if __name__ == "__main__":
    main()

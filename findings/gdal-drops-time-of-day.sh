#!/bin/sh
# GDAL 3.12.4 (of pyogrio 0.13.0; 3.6.2 of Debian 12 does the same): cells with openpyxl 3.1.5's own format of a time,
# `yyyy-mm-dd h:mm:ss`, are read as dates, without a word that the time of day is gone; with `yyyy-mm-dd hh:mm:ss` it is kept.
# Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q openpyxl==3.1.5 pyogrio==0.13.0 pyarrow==26.0.1
env/bin/python - <<'PY'
import datetime
import openpyxl
import pyogrio

def read_back(number_format):
    book = openpyxl.Workbook()
    book.active.append(["at"])
    book.active.append([datetime.datetime(2024, 5, 29, 20, 30)])
    if number_format:
        book.active["A2"].number_format = number_format
    book.save("times.xlsx")
    return book.active["A2"].number_format, str(pyogrio.read_arrow("times.xlsx")[1]["at"][0])

print("GDAL", pyogrio.__gdal_version_string__)
own, other = read_back(None), read_back("yyyy-mm-dd hh:mm:ss")
for number_format, read in (own, other):
    print(f"2024-05-29 20:30:00 in a cell of the format `{number_format}` is read as {read}")
assert own[0] == "yyyy-mm-dd h:mm:ss" and own[1] == "2024-05-29", "it changed"
assert other[1].startswith("2024-05-29 20:30"), "it changed"
PY

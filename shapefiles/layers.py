"""Reads and writes the shapefiles; the only file here that knows GDAL."""
from pathlib import Path

from osgeo import gdal, ogr, osr
from shapely import wkb
from shapely.geometry import MultiPolygon

gdal.UseExceptions()
ogr.UseExceptions()
gdal.SetConfigOption("SHAPE_REWIND_ON_WRITE", "YES")

SUFFIXES = ("shp", "shx", "dbf", "prj", "cpg")


def write_layer(path, regions, date):
    """regions: [(id, name, MultiPolygon)]. The date is the caller's so that a rerun gives the same bytes."""
    driver = ogr.GetDriverByName("ESRI Shapefile")
    for suffix in SUFFIXES:
        Path(path).with_suffix("." + suffix).unlink(missing_ok=True)
    source = driver.CreateDataSource(str(path))
    wgs84 = osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    layer = source.CreateLayer(Path(path).stem, wgs84, ogr.wkbPolygon,
                               ["ENCODING=UTF-8", f"DBF_DATE_LAST_UPDATE={date}"])
    for field, width in (("id", 8), ("name", 64)):
        definition = ogr.FieldDefn(field, ogr.OFTString)
        definition.SetWidth(width)
        layer.CreateField(definition)
    for region_id, name, geometry in regions:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("id", region_id)
        feature.SetField("name", name)
        feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(geometry.wkb))
        layer.CreateFeature(feature)
    source = layer = None


def read_layer(path):
    """{id: MultiPolygon}"""
    source = ogr.Open(str(path))
    if source is None:
        raise ValueError(f"{path}: not readable")
    regions = {}
    for feature in source.GetLayer(0):
        geometry = feature.GetGeometryRef()
        if geometry is None:
            raise ValueError(f"{path}: {feature.GetField('id')} has no geometry")
        shape = wkb.loads(bytes(geometry.ExportToWkb()))
        regions[feature.GetField("id")] = shape if shape.geom_type == "MultiPolygon" else MultiPolygon([shape])
    return regions

#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace kordon::geo {

/// A coordinate reference system by its authority and code.
struct CrsName {
  std::string authority;  ///< `EPSG`, `ESRI` or `OGC`
  std::string code;       ///< 1 to 16 letters and digits

  [[nodiscard]] std::string text() const { return authority + ':' + code; }
};

/// Reads `EPSG:28407`, `28407`, `ESRI:102100`, `urn:ogc:def:crs:EPSG::28407`,
/// `http://www.opengis.net/def/crs/EPSG/0/28407`, `OGC:CRS84`, `CRS84`, `WGS 84`, in any case, blanks around it. What
/// PROJ could read besides (pipelines, files, WKT) is refused. The error is one sentence.
std::expected<CrsName, std::string> read_crs_name(std::string_view text);

}  // namespace kordon::geo

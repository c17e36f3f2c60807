#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "evaluation/angle_pair.hpp"

namespace kordon::evaluation {

/// A `geo:` URI (RFC 5870): latitude, longitude, perhaps an altitude; `u` is the accuracy in metres; `q` holds where it
/// carries coordinates, as Android writes it. Another `crs` than WGS 84 is an error. Nothing: it is no such URI.
std::optional<std::expected<Reading, std::string>> read_geo_uri(std::string_view text);

/// A map's web address that carries a coordinate: OpenStreetMap, Google, Apple, Bing, Yandex and those that write
/// alike. A marker goes before the centre of the view; two different markers are an error. Nothing: it is no web
/// address.
std::optional<std::expected<Reading, std::string>> read_map_link(std::string_view text);

/// `POINT (36.58 50.59)`, with Z, M or `SRID=4326;` before: longitude first. Another SRID is an error, which names
/// `crs`. Nothing: the text begins like no geometry.
std::optional<std::expected<Reading, std::string>> read_wkt(std::string_view text);

}  // namespace kordon::evaluation

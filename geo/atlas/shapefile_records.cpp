#include "geo/atlas/shapefile_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <span>
#include <vector>

namespace kordon::geo {
namespace {

/// ESRI Shapefile Technical Description (1998): the header, a record's own header, and a polygon's before its parts.
constexpr std::uint64_t header_bytes = 100;
constexpr std::uint64_t record_header_bytes = 8;
constexpr std::uint64_t shape_bytes = 44;
constexpr std::uint64_t point_bytes = 16;

static_assert(std::endian::native == std::endian::little);

using Bytes = std::span<const char>;

std::uint32_t big(Bytes bytes, std::uint64_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return std::byteswap(value);
}

template <typename T>
T little(Bytes bytes, std::uint64_t at) {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

struct Box {
  double min_x, min_y, max_x, max_y;

  [[nodiscard]] bool is_finite() const {
    return std::isfinite(min_x) && std::isfinite(min_y) && std::isfinite(max_x) && std::isfinite(max_y);
  }
  /// Writers round boxes, so a little is granted.
  [[nodiscard]] bool holds(double x, double y) const {
    const double slack = 1e-9 * (1 + std::max(std::abs(max_x), std::abs(max_y)));
    return x >= min_x - slack && x <= max_x + slack && y >= min_y - slack && y <= max_y + slack;
  }
};

Box box_at(Bytes bytes, std::uint64_t at) {
  return {little<double>(bytes, at), little<double>(bytes, at + 8), little<double>(bytes, at + 16),
          little<double>(bytes, at + 24)};
}

bool is_polygon(std::uint32_t type) { return type == 5 || type == 15 || type == 25; }

/// Of the points: finite, and within the record's own box.
std::optional<std::string> damage_in_points(Bytes points, const Box& box) {
  for (std::uint64_t at = 0; at + point_bytes <= points.size(); at += point_bytes) {
    const auto x = little<double>(points, at);
    const auto y = little<double>(points, at + 8);
    if (!std::isfinite(x) || !std::isfinite(y)) return fmt::format("vertex ({}, {}) is not finite", x, y);
    if (!box.holds(x, y)) {
      return fmt::format("vertex ({}, {}) lies outside the box that its record states, ({}, {}) to ({}, {})", x, y,
                         box.min_x, box.min_y, box.max_x, box.max_y);
    }
  }
  return std::nullopt;
}

/// Of one record's content; `bytes` begins with its shape type.
std::optional<std::string> damage_in_polygon(Bytes bytes, const Box& whole) {
  if (bytes.size() < shape_bytes) return "is shorter than a polygon's head";
  const auto box = box_at(bytes, 4);
  if (!box.is_finite()) return "states a box that is not finite";
  if (!whole.holds(box.min_x, box.min_y) || !whole.holds(box.max_x, box.max_y)) {
    return "states a box outside the one of the file's header";
  }
  const std::uint64_t parts = little<std::uint32_t>(bytes, 36);
  const std::uint64_t points = little<std::uint32_t>(bytes, 40);
  if (shape_bytes + 4 * parts + point_bytes * points > bytes.size()) {
    return fmt::format("states {} parts and {} points, more than its {} bytes hold", parts, points, bytes.size());
  }
  if (parts == 0 || points == 0) return "has no parts or no points";
  std::uint64_t before = 0;
  for (std::uint64_t p = 0; p < parts; ++p) {
    const std::uint64_t start = little<std::uint32_t>(bytes, shape_bytes + 4 * p);
    if (start >= points || (p == 0 ? start != 0 : start <= before)) return "has parts out of order";
    before = start;
  }
  return damage_in_points(bytes.subspan(shape_bytes + 4 * parts, point_bytes * points), box);
}

std::vector<char> read_all(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<char> bytes(std::filesystem::file_size(file));
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

}  // namespace

std::optional<std::string> damage_in_records(const std::filesystem::path& shp) {
  const auto all = read_all(shp);
  const Bytes bytes(all);
  if (bytes.size() < header_bytes || big(bytes, 0) != 9994) return "has no Shapefile's header";
  const auto type = little<std::uint32_t>(bytes, 32);
  const auto whole = box_at(bytes, 36);
  if (!is_polygon(type)) return fmt::format("has shapes of type {}; expected polygons (5, 15 or 25)", type);
  std::uint32_t number = 0;
  for (auto at = header_bytes; at < bytes.size();) {
    ++number;
    const auto damaged = [number](const std::string& what) { return fmt::format("record {} {}", number, what); };
    if (at + record_header_bytes + 4 > bytes.size()) return damaged("is cut short");
    if (big(bytes, at) != number) return damaged(fmt::format("is numbered {}", big(bytes, at)));
    const std::uint64_t length = 2 * std::uint64_t{big(bytes, at + 4)};
    at += record_header_bytes;
    if (length < 4 || length > bytes.size() - at) return damaged("states a length that the file does not have");
    const auto shape = little<std::uint32_t>(bytes, at);
    if (shape != 0 && shape != type) return damaged(fmt::format("is of type {}, the header says {}", shape, type));
    if (shape != 0) {
      if (const auto damage = damage_in_polygon(bytes.subspan(at, length), whole)) {
        return fmt::format("record {}: {}", number, *damage);
      }
    }
    at += length;
  }
  return std::nullopt;
}

}  // namespace kordon::geo

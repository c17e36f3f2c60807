#include "areas/cell.hpp"

#include <algorithm>
#include <numbers>

#include "geo/earth/ecef.hpp"

namespace kordon::areas {
namespace {

constexpr double radian = std::numbers::pi / 180;
/// Metres to a degree, no less than any on WGS 84.
constexpr double lat_degree_m = 111695;
constexpr double lon_degree_m = 111320;

/// A triangle's half-planes and the linear function that has three values at its corners.
struct Triangle {
  std::array<Corner, 3> corner;

  [[nodiscard]] HalfPlane side(std::size_t i) const {
    const auto& from = corner[i];
    const auto& to = corner[(i + 1) % 3];
    const double a = from.lat_deg - to.lat_deg;
    const double b = to.lon_deg - from.lon_deg;
    return {a, b, -(a * from.lon_deg + b * from.lat_deg)};
  }

  [[nodiscard]] HalfPlane linear(const std::array<double, 3>& value) const {
    HalfPlane sum;
    for (std::size_t i = 0; i < 3; ++i) {
      const auto opposite = side((i + 1) % 3);
      const double scale = value[i] / opposite.side(corner[i]);
      sum.a += scale * opposite.a, sum.b += scale * opposite.b, sum.c += scale * opposite.c;
    }
    return sum;
  }
};

/// Rings moved so that the origin is near: half-planes of tiny cells keep their digits.
Rings moved(const Rings& rings, const Corner& origin) {
  Rings out = rings;
  for (auto& ring : out) {
    for (auto& corner : ring) corner.lon_deg -= origin.lon_deg, corner.lat_deg -= origin.lat_deg;
  }
  return out;
}

/// The area of rings that were moved.
double moved_area_m2(const Rings& rings, const Corner& origin) {
  return area_m2(moved(rings, {-origin.lon_deg, -origin.lat_deg}));
}

}  // namespace

geo::LonLat place_of(const Corner& corner) {
  double lon_deg = corner.lon_deg;
  while (lon_deg > 180) lon_deg -= 360;
  while (lon_deg < -180) lon_deg += 360;
  return {lon_deg, std::clamp(corner.lat_deg, -90.0, 90.0)};
}

Cell::Cell(Rings part, const Box& round) : rings(std::move(part)), box(round) {
  constexpr double rounding_deg = 1e-12;
  const auto equal = [](const Corner& a, const Corner& b) {
    return std::abs(a.lon_deg - b.lon_deg) < rounding_deg && std::abs(a.lat_deg - b.lat_deg) < rounding_deg;
  };
  if (rings.size() != 1 || rings.front().size() != 4) return;
  const auto corners = box.ring();
  auto& ring = rings.front();
  std::ranges::rotate(ring, std::ranges::find_if(ring, [&](const Corner& at) { return equal(at, corners[0]); }));
  whole = std::ranges::equal(ring, corners, equal);
  if (whole) rings.clear();
}

Cell Cell::of_box(const Box& box) {
  Cell cell;
  cell.box = box;
  cell.whole = true;
  return cell;
}

double Cell::area_m2() const { return whole ? areas::area_m2(box.ring()) : areas::area_m2(rings); }

double Cell::radius_m() const {
  const double low_deg = box.south <= 0 && box.north >= 0 ? 0 : std::min(std::abs(box.south), std::abs(box.north));
  const double cosine = geo::sincos_deg(low_deg).cos + 1e-4 * geo::sincos_deg(low_deg).sin;
  return std::hypot((box.east - box.west) / 2 * lon_degree_m * cosine * 1.004,
                    (box.north - box.south) / 2 * lat_degree_m);
}

std::optional<policy::Verdict> Margins::stays(double radius_m) const {
  const auto most = std::ranges::max_element(m);
  if (std::abs(*most) <= radius_m) return std::nullopt;
  return *most > 0 ? verdicts[static_cast<std::size_t>(most - m.begin())] : policy::Verdict::indeterminate;
}

bool Cell::is_wide() const {
  return (box.east - box.west) * std::cos(box.centre().lat_deg * radian) > box.north - box.south;
}

std::array<Cell, 2> Cell::halves() const {
  const auto [lon_deg, lat_deg] = box.centre();
  const bool wide = is_wide();
  const Box first{box.west, box.south, wide ? lon_deg : box.east, wide ? box.north : lat_deg};
  const Box second{wide ? lon_deg : box.west, wide ? box.south : lat_deg, box.east, box.north};
  if (whole) return {of_box(first), of_box(second)};
  const HalfPlane beyond = wide ? HalfPlane{1, 0, -lon_deg} : HalfPlane{0, 1, -lat_deg};
  return {Cell(clipped(rings, {-beyond.a, -beyond.b, -beyond.c}), first), Cell(clipped(rings, beyond), second)};
}

void Grid::inherit(const Grid& from, bool wide, bool second) {
  for (std::size_t line = 0; line < 3; ++line) {
    for (std::size_t across = 0; across < 3; ++across) {
      const auto point = [&](std::size_t along) { return wide ? 3 * across + along : 3 * along + across; };
      if (line == 1) continue;
      const auto mine = point(line);
      const auto theirs = point(line / 2 + (second ? 1 : 0));
      if (((from.measured_ >> theirs) & 1U) == 0) continue;
      std::copy_n(from.margins_.begin() + static_cast<std::ptrdiff_t>(theirs * programs_), programs_,
                  margins_.begin() + static_cast<std::ptrdiff_t>(mine * programs_));
      measured_ |= 1U << mine;
    }
  }
}

void Grid::measure(tracks::MarginField& field, std::size_t point, double accuracy_m) {
  if (((measured_ >> point) & 1U) != 0) return;
  field.sample(place_of(corner(point)), accuracy_m);
  for (std::size_t i = 0; i < programs_; ++i) margins_[point * programs_ + i] = Margins(field.verdict_margins(i));
  measured_ |= 1U << point;
}

void Grid::measure_all(tracks::MarginField& field, double accuracy_m) {
  for (std::size_t point = 0; point < 9; ++point) measure(field, point, accuracy_m);
}

Corner Grid::corner(std::size_t point) const {
  const auto column = static_cast<double>(point % 3) / 2;
  const auto row = static_cast<double>(point / 3) / 2;
  return {box_.west + column * (box_.east - box_.west), box_.south + row * (box_.north - box_.south)};
}

double Grid::bend_m(std::size_t program) const {
  double bend = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    const auto value = [&](std::size_t point) { return at(point, program).m[k]; };
    double low = value(0);
    double high = low;
    for (std::size_t point = 1; point < 9; ++point) {
      low = std::min(low, value(point)), high = std::max(high, value(point));
    }
    // Between points a margin is no farther from them than they are from each other.
    const double half_range = (high - low) / 2;
    if (low > half_range || high < -half_range || !std::isfinite(high - low)) continue;
    for (const auto& [a, middle, b] :
         {std::array{0, 1, 2}, std::array{6, 7, 8}, std::array{0, 3, 6}, std::array{2, 5, 8}, std::array{0, 4, 8},
          std::array{2, 4, 6}, std::array{1, 4, 7}, std::array{3, 4, 5}}) {
      const double straight = (value(static_cast<std::size_t>(a)) + value(static_cast<std::size_t>(b))) / 2;
      bend = std::max(bend, std::abs(value(static_cast<std::size_t>(middle)) - straight));
    }
  }
  return bend;
}

namespace {

/// What a triangle of a grid adds, of which `piece` is the part in the cell.
void add_triangle(const Rings& piece, const Triangle& triangle, const std::array<Margins, 3>& margins,
                  const Corner& origin, std::array<double, 4>& area_m2_by_verdict) {
  const double whole_m2 = moved_area_m2(piece, origin);
  double rest_m2 = whole_m2;
  for (std::size_t k = 0; k < 3; ++k) {
    const std::array value{margins[0].m[k], margins[1].m[k], margins[2].m[k]};
    const auto [low, high] = std::ranges::minmax(value);
    if (high <= 0) continue;
    const bool whole = low >= 0 || !std::isfinite(high - low);
    const double part_m2 = whole ? whole_m2 : moved_area_m2(clipped(piece, triangle.linear(value)), origin);
    area_m2_by_verdict[static_cast<std::size_t>(Margins::verdicts[k])] += part_m2;
    rest_m2 -= part_m2;
  }
  area_m2_by_verdict[static_cast<std::size_t>(policy::Verdict::indeterminate)] += rest_m2;
}

}  // namespace

void add_linear(const Cell& cell, const Grid& grid, std::size_t program, std::array<double, 4>& area_m2_by_verdict) {
  // Round the centre, anticlockwise.
  constexpr std::array<std::size_t, 9> around{0, 1, 2, 5, 8, 7, 6, 3, 0};
  const auto origin = grid.corner(Grid::centre);
  const auto rings = moved(cell.rings, origin);
  for (std::size_t i = 0; i < 8; ++i) {
    const std::array<std::size_t, 3> points{Grid::centre, around[i], around[i + 1]};
    Triangle triangle;
    std::array<Margins, 3> margins;
    for (std::size_t k = 0; k < 3; ++k) {
      const auto corner = grid.corner(points[k]);
      triangle.corner[k] = {corner.lon_deg - origin.lon_deg, corner.lat_deg - origin.lat_deg};
      margins[k] = grid.at(points[k], program);
    }
    auto piece = cell.whole ? Rings{Ring(triangle.corner.begin(), triangle.corner.end())} : rings;
    for (std::size_t k = 0; k < 3 && !cell.whole; ++k) piece = clipped(piece, triangle.side(k));
    if (!piece.empty()) add_triangle(piece, triangle, margins, origin, area_m2_by_verdict);
  }
}

}  // namespace kordon::areas

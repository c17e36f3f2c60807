#pragma once

#include <memory>
#include <span>

#include "geo/edge_index/columns.hpp"
#include "geo/edge_index/coverage.hpp"
#include "geo/edge_index/standing.hpp"
#include "geo/edge_index/survey.hpp"

namespace kordon::geo {

namespace edge_index {
struct IndexParts;
}
struct Workspace;
class ImageReader;
class ImageWriter;

/// The immutable index over an atlas: built once, safe for any number of threads, no allocation by a query.
///
/// Edges are straight in longitude and latitude; artificial edges along the antimeridian and at the poles have no
/// distance. A target without any line (a region that covers the Earth) is infinitely far.
class Index {
 public:
  explicit Index(const Atlas& atlas);
  /// From an image that `put` wrote, used in place: `memory` holds it. For `load_indexed`; the index can be used if the
  /// image is good afterwards.
  Index(ImageReader& image, std::shared_ptr<const void> memory);
  void put(ImageWriter& image) const;

  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;
  ~Index();

  [[nodiscard]] std::size_t target_count() const;
  /// Planar coverages that the layers are made of; see `Coverage`. A coverage, and all border sections together, can be
  /// asked for as targets are: the nearest of a coverage's edges tells the region that contains a position, and its
  /// distance is that region's, or the nearest one's.
  [[nodiscard]] std::span<const Coverage> coverages() const;
  [[nodiscard]] Target coverage_target(std::size_t coverage) const;
  [[nodiscard]] Target all_borders() const;
  /// Its arrays and trees, for other queries of this room.
  [[nodiscard]] const edge_index::IndexParts& parts() const;
  /// Memory of its arrays, in bytes, mapped or not.
  [[nodiscard]] std::size_t size_bytes() const;

  /// Fills `out[i]` for `targets[i]`. The spans have equal length.
  void locate(const Position& position, std::span<const Target> targets, std::span<Standing> out) const;

  /// Surveys a position: lists the targets near it, and those that are named.
  void survey(const Position& position, const SurveyQuery& query, Survey& out) const;

  /// `locate` of many positions, bit-identical: fills the columns, which have a row for each. The more positions
  /// there are, and the nearer to each other they lie, the less each costs; 100,000 are many.
  /// Degrees are as `Position::checked` takes them: finite, longitude in [-180, 180], latitude in [-90, 90].
  void locate(std::span<const double> lon_deg, std::span<const double> lat_deg, std::span<const Column> columns) const;

  /// The same, with each block of `block_rows` rows taken by `take`, in the order of the positions, while it is in the
  /// processor's cache. Columns with a row for each position keep them; shorter ones, of at least `block_rows` rows,
  /// are filled from their first row on, again and again.
  void locate(std::span<const double> lon_deg, std::span<const double> lat_deg, std::span<const Column> columns,
              std::size_t block_rows, const TakeBlock& take, Workspace& workspace) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kordon::geo

#include "geo/index.hpp"

#include <algorithm>

#include "geo/bulk_query/locate_bulk.hpp"
#include "geo/edge_index/index_parts.hpp"
#include "geo/edge_index/point_query.hpp"

namespace kordon::geo {
struct Index::Impl : edge_index::IndexParts {
  std::shared_ptr<const void> memory;

  explicit Impl(const Atlas& atlas) : edge_index::IndexParts(atlas) {}
  Impl(ImageReader& image, std::shared_ptr<const void> held) : edge_index::IndexParts(image), memory(std::move(held)) {}
};

Index::Index(const Atlas& atlas) : impl_(std::make_unique<Impl>(atlas)) {}
Index::Index(ImageReader& image, std::shared_ptr<const void> memory)
    : impl_(std::make_unique<Impl>(image, std::move(memory))) {}
void Index::put(ImageWriter& image) const { impl_->put(image); }
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

std::size_t Index::size_bytes() const {
  ImageWriter image;
  impl_->put(image);
  return std::move(image).take().size();
}

const edge_index::IndexParts& Index::parts() const { return *impl_; }

std::size_t Index::target_count() const { return impl_->targets; }

std::span<const Coverage> Index::coverages() const { return impl_->coverages; }

Target Index::coverage_target(std::size_t coverage) const { return impl_->coverage_target(coverage); }

Target Index::all_borders() const { return impl_->all_borders(); }

void Index::locate(const Position& position, std::span<const Target> targets, std::span<Standing> out) const {
  edge_index::PointQuery search(*impl_, position.place());
  // Border sections come after regions, and are parts of their boundaries.
  for (auto i = targets.size(); i-- > 0;) out[i] = search.standing(targets[i], search.find_nearest(targets[i]));
}

void Index::survey(const Position& position, const SurveyQuery& query, Survey& out) const {
  edge_index::survey(*impl_, position.place(), query, out);
}

void Index::locate(std::span<const double> lon_deg, std::span<const double> lat_deg,
                   std::span<const Column> columns) const {
  Workspace workspace;
  locate(
      lon_deg, lat_deg, columns, std::max<std::size_t>(lon_deg.size(), 1), [](std::size_t, std::size_t) {}, workspace);
}

void Index::locate(std::span<const double> lon_deg, std::span<const double> lat_deg, std::span<const Column> columns,
                   std::size_t block_rows, const TakeBlock& take, Workspace& workspace) const {
  if (lon_deg.empty()) return;
  bulk_query::locate_bulk(*impl_, lon_deg, lat_deg, columns, block_rows, take, workspace);
}

}  // namespace kordon::geo

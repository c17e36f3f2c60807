#include "geo/edge_index/index_parts.hpp"

#include <algorithm>

#include "geo/edge_index/coverages.hpp"
#include "geo/edge_index/index_check.hpp"
#include "geo/edge_index/near_query.hpp"

namespace kordon::geo::edge_index {
namespace {

/// Up to so many classes are searched one by one, which is shared with other targets that have them; more as one tree.
constexpr std::size_t few_classes = 8;

/// Of a file that is believed: more than all regions and border sections that there are.
constexpr std::size_t most_targets = std::size_t{1} << 24U;

template <typename Has>
std::vector<std::uint32_t> classes_where(std::size_t count, Has&& has) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t number = 0; number < count; ++number) {
    if (has(number)) found.push_back(number);
  }
  return found;
}

}  // namespace

IndexParts::IndexParts(const Atlas& atlas)
    : edges(atlas),
      trees(build_trees(edges)),
      junctions(edges),
      regions(atlas.regions.size()),
      targets(atlas.target_count()) {
  find_classes();
  coverages = split_into_coverages(atlas, *this);
  join_classes([this](const std::vector<std::uint32_t>& classes) { return build_tree(edges, classes); });
  class_tree = tree_of_classes(*this);
}

IndexParts::IndexParts(ImageReader& image) : edges(image), junctions(image) {
  const auto counts = image.take<std::size_t>();
  if (!image.good() || counts.size() != 3 || counts[1] > most_targets) {
    image.refuse();
    return;
  }
  regions = counts[0];
  targets = counts[1];
  for (std::size_t i = 0; i < counts[2] && image.good(); ++i) {
    auto& coverage = coverages.emplace_back();
    const auto layer = image.take<std::size_t>();
    coverage.layer = layer.empty() ? 0 : layer[0];
    image.take(coverage.regions);
  }
  for (std::size_t i = 0; i < edges.classes.size(); ++i) trees.emplace_back(image);
  if (!image.good() || !is_whole(*this)) {
    image.refuse();
    return;
  }
  find_classes();
  join_classes([&](const std::vector<std::uint32_t>& classes) {
    BallTree tree(image);
    if (!image.good() || !tree.is_whole(edges, classes)) image.refuse();
    return tree;
  });
  if (image.good()) class_tree = tree_of_classes(*this);
}

void IndexParts::put(ImageWriter& image) const {
  Edges::each(edges, [&](const auto& array) { image.put(array); });
  junctions.put(image);
  image.put(std::vector{regions, targets, coverages.size()});
  for (const auto& coverage : coverages) {
    image.put(std::vector{coverage.layer});
    image.put(coverage.regions);
  }
  for (const auto& tree : trees) tree.put(image);
}

void IndexParts::find_classes() {
  trees_of.resize(targets);
  for (std::uint32_t number = 0; number < edges.classes.size(); ++number) {
    const auto& [left, right, borders] = edges.classes[number];
    for (const auto* list : {&left, &right, &borders}) {
      for (const auto target : *list) {
        auto& mine = trees_of[target];
        if (mine.empty() || mine.back() != number) mine.push_back(number);
      }
    }
  }
}

void IndexParts::join_classes(const TreeOf& tree_of) {
  const auto count = edges.classes.size();
  for (const auto& coverage : coverages) {
    const auto& sides = faces.emplace_back(faces_by_class(coverage, edges.classes));
    join(classes_where(count, [&](std::uint32_t i) { return sides[i] != Faces{}; }), tree_of);
  }
  join(classes_where(count, [&](std::uint32_t i) { return !edges.classes[i].borders.empty(); }), tree_of);
}

void IndexParts::join(std::vector<std::uint32_t> classes, const TreeOf& tree_of) {
  if (classes.size() > few_classes) {
    trees.push_back(tree_of(classes));
    classes = {static_cast<std::uint32_t>(trees.size() - 1)};
  }
  trees_of.push_back(std::move(classes));
}

Faces IndexParts::faces_of(Target target, std::uint32_t boundary_class) const {
  if (is_coverage(target)) return faces[target - targets][boundary_class];
  const auto& [left, right, borders] = edges.classes[boundary_class];
  const auto in = [target](const std::vector<Target>& side) {
    return std::ranges::find(side, target) == side.end() ? no_target : target;
  };
  return {in(left), in(right)};
}

}  // namespace kordon::geo::edge_index

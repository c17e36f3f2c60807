#include "geo/atlas_image.hpp"

#include <algorithm>
#include <cmath>

namespace kordon::geo {
namespace {

/// Writes or reads, by the same list of members.
struct Put {
  ImageWriter& image;

  void operator()(const std::string& text) { image.put(text); }
  void operator()(double number) { image.put(std::span<const double>(&number, 1)); }
  void operator()(std::size_t number) { image.put(std::span<const std::size_t>(&number, 1)); }
  void operator()(bool flag) { (*this)(std::size_t{flag}); }
  void operator()(const std::vector<std::size_t>& numbers) { image.put(numbers); }
  void operator()(const std::vector<Line>& lines) {
    std::vector<std::size_t> sizes;
    Line all;
    for (const auto& line : lines) {
      sizes.push_back(line.size());
      all.insert(all.end(), line.begin(), line.end());
    }
    image.put(sizes);
    image.put(all);
  }
  void operator()(const Line& line) { image.put(line); }
  template <typename T>
  std::size_t size(const std::vector<T>& list) {
    (*this)(list.size());
    return list.size();
  }
};

struct Take {
  ImageReader& image;

  void operator()(std::string& text) { image.take(text); }
  void operator()(double& number) { one(number); }
  void operator()(std::size_t& number) { one(number); }
  void operator()(bool& flag) {
    std::size_t number = 0;
    one(number);
    flag = number != 0;
  }
  void operator()(std::vector<std::size_t>& numbers) { image.take(numbers); }
  void operator()(std::vector<Line>& lines) {
    const auto sizes = image.take<std::size_t>();
    auto all = image.take<LonLat>();
    for (const auto size : sizes) {
      if (size > all.size()) return;
      const auto line = all.first(size);
      lines.emplace_back(line.begin(), line.end());
      all = all.subspan(size);
    }
  }
  void operator()(Line& line) { image.take(line); }
  template <typename T>
  std::size_t size(std::vector<T>& list) {
    std::size_t size = 0;
    one(size);
    if (size > image.most_elements()) image.refuse();
    list.resize(image.good() ? size : 0);
    return list.size();
  }

 private:
  template <typename T>
  void one(T& value) {
    const auto taken = image.take<T>();
    if (taken.size() == 1) value = taken[0];
  }
};

template <typename Way, typename TheAtlas>
void go_through_lines(Way way, TheAtlas& atlas) {
  way.size(atlas.regions);
  for (auto& region : atlas.regions) {
    way(region.id), way(region.name), way(region.layer), way(region.accuracy_m), way(region.is_union);
    way(region.rings);
  }
  way.size(atlas.arcs);
  for (auto& arc : atlas.arcs) way(arc.line), way(arc.left), way(arc.right);
  way.size(atlas.borders);
  for (auto& border : atlas.borders) {
    way(border.id), way(border.first), way(border.second), way(border.accuracy_m), way(border.lines);
    way(border.moved_m), way(border.unshared_m);
  }
  way.size(atlas.side_by_side);
  for (auto& rest : atlas.side_by_side) way(rest.first), way(rest.second), way(rest.length_m), way(rest.within_m);
}

template <typename Way, typename TheAtlas, typename TheFaults>
void go_through_notes(Way way, TheAtlas& atlas, TheFaults& warnings) {
  way.size(atlas.layers);
  for (auto& layer : atlas.layers) {
    way(layer.id), way(layer.file), way(layer.attribution), way(layer.licence), way(layer.source);
    way(layer.accuracy_m), way(layer.edges), way(layer.crs), way(layer.operation), way(layer.operation_accuracy_m);
    way(layer.match_tolerance_m), way(layer.repaired);
  }
  way.size(warnings);
  for (auto& warning : warnings) way(warning.where), way(warning.message);
}

bool is_line(const Line& line) {
  return std::ranges::all_of(line, [](LonLat at) { return std::abs(at.lon_deg) <= 180 && std::abs(at.lat_deg) <= 90; });
}

/// Whether every number in it is of a region, and every vertex on the Earth.
bool is_whole(const Atlas& atlas) {
  const auto is_region = [&](std::size_t region) { return region < atlas.regions.size(); };
  return std::ranges::all_of(atlas.regions,
                             [](const auto& region) { return std::ranges::all_of(region.rings, is_line); }) &&
         std::ranges::all_of(atlas.arcs,
                             [&](const auto& arc) {
                               return is_line(arc.line) && std::ranges::all_of(arc.left, is_region) &&
                                      std::ranges::all_of(arc.right, is_region);
                             }) &&
         std::ranges::all_of(atlas.borders, [&](const auto& border) {
           return is_region(border.first) && is_region(border.second) && std::ranges::all_of(border.lines, is_line);
         });
}

}  // namespace

void put_lines(ImageWriter& image, const Atlas& atlas) { go_through_lines(Put{image}, atlas); }

void take_lines(ImageReader& image, Atlas& atlas) {
  go_through_lines(Take{image}, atlas);
  if (!is_whole(atlas)) image.refuse();
}

void put_notes(ImageWriter& image, const Atlas& atlas, const Faults& warnings) {
  go_through_notes(Put{image}, atlas, warnings);
}

void take_notes(ImageReader& image, Atlas& atlas, Faults& warnings) { go_through_notes(Take{image}, atlas, warnings); }

}  // namespace kordon::geo

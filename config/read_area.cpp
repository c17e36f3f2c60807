#include "config/read_area.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geo/atlas/unions.hpp"

namespace kordon::config {
namespace {

using policy::Area;
using policy::Radius;

void resolve_region(const Node& node, const geo::Atlas& atlas, policy::Area& area) {
  if (const auto target = atlas.find_region(area.target_id)) {
    area.target = *target;
    area.target_name = atlas.regions[*target].name;
  } else {
    node.fault(fmt::format("region '{}' is in no layer", area.target_id));
  }
}

/// A section of which something is unshared is not the whole border, and a coast that has something unshared may be
/// none: refused, or said in each answer where accepted.
void check_whole(const Node& node, const geo::Border& border, const Names& names) {
  if (border.unshared_m == 0) return;
  const auto km = border.unshared_m / 1000;
  const auto rest =
      border.kind() == geo::BorderKind::coast
          ? fmt::format("coast {}: {:.1f} km of it run side by side with others' boundaries without being shared",
                        border.id, km)
          : fmt::format(
                "border {}: {:.1f} km of the two boundaries run side by side without being shared and are not part of "
                "it",
                border.id, km);
  if (!border.is_accepted) {
    node.fault(rest + "; raise match_tolerance_m of the layers, or accept it under borders.accept_unshared");
  } else if (names.accepted != nullptr) {
    names.accepted->push_back(rest);
  }
}

void resolve_border(const Node& node, const Names& names, policy::Area& area) {
  const auto& atlas = *names.atlas;
  if (const auto target = atlas.find_border(area.target_id)) {
    area.target = *target;
    area.target_id = atlas.id_of(*target);  // `UA|RU` and `RU|UA` are one section
    const auto& border = atlas.borders[*target - atlas.regions.size()];
    area.target_name = atlas.regions[border.first].name;
    if (border.kind() == geo::BorderKind::section) area.target_name += " - " + atlas.regions[border.second].name;
    check_whole(node, border, names);
    return;
  }
  if (geo::border_kind_of(area.target_id) != geo::BorderKind::section) {
    node.fault(fmt::format("'{}' is the line of no region", area.target_id));
    return;
  }
  const auto bar = area.target_id.find('|');
  const auto first = area.target_id.substr(0, bar);
  const auto second = area.target_id.substr(bar + 1);
  bool both = true;
  for (const auto& region : {first, second}) {
    if (atlas.find_region(region)) continue;
    node.fault(fmt::format("region '{}' is in no layer", region));
    both = false;
  }
  if (both) node.fault(fmt::format("regions '{}' and '{}' share no edge, so there is no such border", first, second));
}

void read_target(const std::optional<Node>& node, const Names& names, bool may_be_border, policy::Area& area) {
  const auto id = node ? node->text() : std::nullopt;
  if (!id || id->empty()) return;
  area.target_id = *id;
  if (names.atlas == nullptr) return;
  const bool is_border = may_be_border && id->find('|') != std::string::npos;
  is_border ? resolve_border(*node, names, area) : resolve_region(*node, *names.atlas, area);
}

/// `inside` of several regions is inside the region that they are together.
void read_inside(const Node& node, const Names& names, policy::Area& area) {
  area.kind = policy::Area::Kind::inside;
  if (!node.is_array()) {
    read_target(node, names, false, area);
    return;
  }
  std::vector<std::string> ids;
  for (const auto& item : node.items(2)) ids.push_back(item.text().value_or(""));
  area.target_id = geo::union_id(ids);
  if (names.atlas != nullptr) resolve_region(node, *names.atlas, area);
}

policy::Radius radius_of_parameter(const Node& node, const Names& names) {
  const auto id = node.text().value_or("");
  for (std::size_t i = 0; i < names.parameters.size(); ++i) {
    if (names.parameters[i].id == id) return {0, names.parameters[i].unit, i};
  }
  if (!id.empty()) node.fault(fmt::format("parameter '{}' is not in this policy", id));
  return {};
}

policy::Area read_within(const Node& node, const Names& names) {
  const auto members = node.members({"of"}, {"radius_m", "radius_km", "radius_nmi", "radius_parameter"});
  policy::Area area;
  area.kind = policy::Area::Kind::within;
  read_target(members.find("of"), names, true, area);

  int stated = 0;
  for (const auto& unit : policy::units) {
    const auto key = fmt::format("radius_{}", unit.symbol);
    if (!members.find(key)) continue;
    area.radius = {members.number(key, {}), unit.unit, {}};
    ++stated;
  }
  if (const auto parameter = members.find("radius_parameter")) {
    area.radius = radius_of_parameter(*parameter, names);
    ++stated;
  }
  if (stated != 1 && members.find("of"))
    node.fault("expected exactly one of radius_m, radius_km, radius_nmi, radius_parameter");
  return area;
}

policy::Area read_at_depth(const Node& node, const Names& names, int depth);

policy::Area read_joined(policy::Area::Kind kind, const Node& node, const Names& names, int depth) {
  policy::Area area;
  area.kind = kind;
  if (kind == policy::Area::Kind::negation) {
    area.parts.push_back(read_at_depth(node, names, depth + 1));
    return area;
  }
  for (const auto& item : node.items(1)) area.parts.push_back(read_at_depth(item, names, depth + 1));
  return area;
}

policy::Area read_at_depth(const Node& node, const Names& names, int depth) {
  policy::Area area;
  if (depth > max_area_depth) {
    node.fault(fmt::format("is nested deeper than {}", max_area_depth));
    return area;
  }
  const auto member = node.only_member({"everywhere", "inside", "within", "all", "any", "not"});
  if (!member) return area;
  const auto& [key, value] = *member;
  if (key == "within") return read_within(value, names);
  if (key == "all") return read_joined(policy::Area::Kind::all, value, names, depth);
  if (key == "any") return read_joined(policy::Area::Kind::any, value, names, depth);
  if (key == "not") return read_joined(policy::Area::Kind::negation, value, names, depth);
  if (key == "inside") {
    read_inside(value, names, area);
  } else if (value.flag() == false) {
    value.fault("is false, expected true");
  }
  return area;
}

}  // namespace

namespace {

template <typename T>
void add_once(std::vector<T>& all, T one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
}

void add_union(const Json& ids, geo::LayerSource& made) {
  const auto* array = std::get_if<Json::Array>(&ids.value);
  if (array == nullptr) return;
  std::vector<std::string> found;
  for (const auto& id : *array) {
    if (const auto* text = std::get_if<std::string>(&id.value)) found.push_back(*text);
  }
  if (found.size() > 1) add_once(made.unions, std::move(found));
}

void add_line(const Json& id, geo::LayerSource& made) {
  const auto* text = std::get_if<std::string>(&id.value);
  if (text == nullptr) return;
  const auto kind = geo::border_kind_of(*text);
  if (kind && *kind != geo::BorderKind::section) add_once(made.lines, *text);
}

void find_made(const Json& json, geo::LayerSource& made) {
  if (const auto* array = std::get_if<Json::Array>(&json.value)) {
    for (const auto& item : *array) find_made(item, made);
  }
  const auto* object = std::get_if<Json::Object>(&json.value);
  if (object == nullptr) return;
  for (const auto& [key, value] : *object) {
    find_made(value, made);
    if (key == "inside") add_union(value, made);
    if (key == "of") add_line(value, made);
  }
}

}  // namespace

geo::LayerSource made_for(const std::vector<std::filesystem::path>& policies) {
  geo::LayerSource made;
  for (const auto& file : policies) {
    if (const auto json = read_json(file)) find_made(*json, made);
  }
  return made;
}

policy::Area read_area(const Node& node, const Names& names) { return read_at_depth(node, names, 0); }

}  // namespace kordon::config

#include "batch/columns/region_sets.hpp"

#include <algorithm>

namespace kordon::batch::columns {
namespace {

constexpr char separator = ';';

}  // namespace

std::uint32_t RegionSets::code_of(const Set& set) {
  const std::scoped_lock lock(mutex_);
  return codes_.emplace(set, static_cast<std::uint32_t>(codes_.size())).first->second;
}

RegionSets::Texts RegionSets::texts(std::span<const std::string> ids) const {
  const std::scoped_lock lock(mutex_);
  Texts made;
  made.place_of.resize(codes_.size());
  for (const auto& [set, code] : codes_) {
    made.place_of[code] = static_cast<std::uint32_t>(made.texts.size());
    auto& text = made.texts.emplace_back();
    for (const auto region : set) (text += text.empty() ? "" : std::string(1, separator)) += ids[region];
  }
  return made;
}

std::uint32_t SeenSets::code_of(std::span<const std::uint32_t> set) {
  for (const auto& [known, code] : seen_) {
    if (std::ranges::equal(known, set)) return code;
  }
  const RegionSets::Set copy(set.begin(), set.end());
  return seen_.emplace_back(copy, all_.code_of(copy)).code;
}

}  // namespace kordon::batch::columns

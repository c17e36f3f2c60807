#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace kordon::batch::columns {

/// Numbers for the sets of regions that positions lie in; few of all that there could be come up. Safe for any number
/// of threads.
class RegionSets {
 public:
  using Set = std::vector<std::uint32_t>;

  std::uint32_t code_of(const Set& set);

  /// All sets as texts such as `UA;UA-63`, in their order, and for each code its place among them. `ids` are the
  /// regions' ids.
  struct Texts {
    std::vector<std::string> texts;
    std::vector<std::uint32_t> place_of;
  };
  [[nodiscard]] Texts texts(std::span<const std::string> ids) const;

 private:
  mutable std::mutex mutex_;
  std::map<Set, std::uint32_t> codes_;
};

/// Cache of one thread for a RegionSets: the sets that it has met.
class SeenSets {
 public:
  explicit SeenSets(RegionSets& all) : all_(all) {}
  std::uint32_t code_of(std::span<const std::uint32_t> set);

 private:
  struct Seen {
    RegionSets::Set set;
    std::uint32_t code;
  };
  RegionSets& all_;
  std::vector<Seen> seen_;
};

}  // namespace kordon::batch::columns

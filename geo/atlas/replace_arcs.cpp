#include "geo/atlas/replace_arcs.hpp"

#include <algorithm>

namespace kordon::geo {
namespace {

struct Start {
  LonLat from;
  LonLat to;
  bool operator==(const Start&) const = default;
};

struct HashStart {
  std::size_t operator()(const Start& start) const { return HashVertex()(start.from) * 31 + HashVertex()(start.to); }
};

/// The new arcs by their first edge, in both directions.
class Replacements {
 public:
  Replacements(const std::vector<Arc>& arcs, const std::map<std::size_t, Line>& fresh) {
    for (const auto& [a, line] : fresh) {
      const auto& old = arcs[a].line;
      starts_[{old.front(), old[1]}] = {&old, &line, false};
      starts_[{old.back(), old[old.size() - 2]}] = {&old, &line, true};
      for (std::size_t i = 1; i + 1 < old.size(); ++i) inner_[old[i]] = 0;
    }
  }

  /// A closed line that begins in the middle of a replaced arc begins at an end of it instead.
  void rotate(Line& line) const {
    if (line.front() != line.back() || !inner_.contains(line.front())) return;
    const auto start = std::ranges::find_if(line, [this](LonLat v) { return !inner_.contains(v); });
    if (start == line.end()) return;
    line.pop_back();
    std::ranges::rotate(line, start);
    line.push_back(line.front());
  }

  [[nodiscard]] Line applied(const Line& line) const {
    Line result{line.front()};
    for (std::size_t i = 0; i + 1 < line.size();) {
      const auto found = starts_.find({line[i], line[i + 1]});
      const bool whole = found != starts_.end() && i + found->second.old->size() <= line.size();
      if (!whole) {
        result.push_back(line[++i]);
        continue;
      }
      const auto& [old, fresh, backward] = found->second;
      if (backward) {
        result.insert(result.end(), fresh->rbegin(), fresh->rend());
      } else {
        result.insert(result.end(), fresh->begin(), fresh->end());
      }
      i += old->size() - 1;
    }
    return result;
  }

 private:
  struct Replacement {
    const Line* old;
    const Line* fresh;
    bool backward;
  };
  std::unordered_map<Start, Replacement, HashStart> starts_;
  std::unordered_map<LonLat, char, HashVertex> inner_;
};

Line without_repeats(const Line& line) {
  Line result;
  for (const auto vertex : line) {
    if (!result.empty() && result.back() == vertex) continue;
    if (result.size() > 1 && result[result.size() - 2] == vertex) {
      result.pop_back();
      continue;
    }
    result.push_back(vertex);
  }
  return result;
}

}  // namespace

void replace_arcs(std::vector<RegionLine>& lines, const std::vector<Arc>& arcs,
                  const std::map<std::size_t, Line>& fresh, const VertexMoves& moves) {
  const Replacements replacements(arcs, fresh);
  for (auto& [region, line] : lines) {
    replacements.rotate(line);
    auto changed = replacements.applied(line);
    for (auto& vertex : changed) {
      if (const auto moved = moves.find(vertex); moved != moves.end()) vertex = moved->second;
    }
    line = without_repeats(changed);
  }
}

}  // namespace kordon::geo

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "batch/chunk.hpp"
#include "batch/score.hpp"
#include "world/world.hpp"

namespace kordon::batch {

/// Regions that hold the position of entry i.
inline std::span<const std::uint32_t> inside_of(const Scores& scores, std::size_t i) {
  const std::uint32_t begin = i == 0 ? 0 : scores.inside_ends[i - 1];
  return {scores.inside.data() + begin, scores.inside.data() + scores.inside_ends[i]};
}

/// `code: where: message; ...` in one line: the text of the column `error`.
std::string error_text(const evaluation::FieldErrors& errors);

/// `verdict,margin_m,distance_m,nearest_lon,nearest_lat,regions,` with the file's delimiter before each.
class CsvAnswer {
 public:
  CsvAnswer(const world::World& world, char delimiter, bool decimal_comma);

  void append(std::string& out, const Scores& scores, std::size_t i) const;
  void append(std::string& out, const evaluation::FieldErrors& errors) const;

 private:
  void number(std::string& out, double value, int decimals) const;
  void regions(std::string& out, std::span<const std::uint32_t> inside) const;

  std::vector<std::string> regions_;
  bool plain_;  ///< no list of them needs quotes
  char delimiter_;
  bool decimal_comma_;
};

/// `"verdict":...,"margin_m":...,"distance_m":...,"nearest_lon":...,"nearest_lat":...,"regions":[...]`, or
/// `"error":{...}`.
class JsonAnswer {
 public:
  explicit JsonAnswer(const world::World& world);

  void append(std::string& out, const Scores& scores, std::size_t i) const;
  static void append(std::string& out, const evaluation::FieldErrors& errors);

 private:
  std::vector<std::string> regions_;  ///< as JSON
};

/// A cell as a JSON value: JSON as it stands, a CSV cell as a string, or as a number where its column means
/// one.
void append_json_value(std::string& out, const Cell& cell, std::string& buffer);

/// `"name":value`.
void append_json_member(std::string& out, const Cell& cell, std::string& buffer);

}  // namespace kordon::batch

#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geo/atlas/fault.hpp"

namespace kordon::config::test {

/// A directory of its own, removed at the end.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  [[nodiscard]] std::filesystem::path path(const std::string& name = {}) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// Writes a file in the directory, and the directories it needs.
std::filesystem::path write(const TempDir& dir, const std::string& name, std::string_view text);

/// The text with its only occurrence of `from` replaced.
std::string replaced(std::string text, std::string_view from, std::string_view to);

/// `where: message` of each fault, with the directory left out of it.
std::vector<std::string> lines(const Faults& faults, const TempDir& dir);

}  // namespace kordon::config::test

/// So that a failed comparison shows the lines.
template <>
struct doctest::StringMaker<std::vector<std::string>> {
  static String convert(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += "\n  " + line;
    return text.c_str();
  }
};

#include "tests/config/temp_dir.hpp"

#include <fstream>
#include <random>
#include <stdexcept>

namespace kordon::config::test {

TempDir::TempDir()
    : path_(std::filesystem::temp_directory_path() / ("kordon-test-" + std::to_string(std::random_device{}()))) {
  std::filesystem::create_directories(path_);
}

TempDir::~TempDir() { std::filesystem::remove_all(path_); }

std::filesystem::path write(const TempDir& dir, const std::string& name, std::string_view text) {
  const auto file = dir.path(name);
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos || text.find(from, at + 1) != std::string::npos) {
    throw std::invalid_argument("not exactly once: " + std::string(from));
  }
  return text.replace(at, from.size(), to);
}

std::vector<std::string> lines(const Faults& faults, const TempDir& dir) {
  const auto prefix = dir.path().string();
  std::vector<std::string> texts;
  for (const auto& fault : faults) {
    auto line = fault.where + ": " + fault.message;
    for (auto at = line.find(prefix); at != std::string::npos; at = line.find(prefix)) line.erase(at, prefix.size());
    texts.push_back(std::move(line));
  }
  return texts;
}

}  // namespace kordon::config::test

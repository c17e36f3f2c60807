#include "cli/sentence.hpp"

#include <fmt/format.h>

namespace kordon::cli {

std::string sentence(const evaluation::FieldErrors& errors) {
  std::string text;
  for (const auto& error : errors) {
    if (!text.empty()) text += '\n';
    text += fmt::format("{}: {} [{}]", error.where, error.message, evaluation::row_of(error.code).name);
  }
  return text;
}

}  // namespace kordon::cli

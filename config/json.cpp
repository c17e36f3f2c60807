#include "config/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace kordon::config {
namespace {

constexpr std::uintmax_t max_file_bytes = 16U << 20U;
constexpr std::size_t max_depth = 64;

/// `[json.exception.parse_error.101] parse error at line 1, column 2: what` without all that stands before what. The
/// library's column is 0 where it has looked one character ahead over the end of a line, so it is not used.
std::string without_place(std::string_view what) {
  what.remove_prefix(std::min(what.size(), what.find("] ") + 2));
  if (what.starts_with("parse error")) what.remove_prefix(what.find(": ") + 2);
  return std::string(what);
}

/// Builds the value while the parser reads: nlohmann's own tree would keep the last of two equal keys and say nothing.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(std::string_view text) : text_(text) {}

  Json root;
  std::string message;

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(std::int64_t value) override { return add(static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) override { return add(static_cast<double>(value)); }
  bool number_float(double value, const std::string&) override { return add(value); }
  bool string(std::string& value) override { return add(std::move(value)); }
  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::Object{}); }
  bool start_array(std::size_t) override { return open(Json::Array{}); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    auto& members = std::get<Json::Object>(open_.back()->value);
    if (std::ranges::find(members, name, &JsonMember::key) != members.end()) {
      message = fmt::format("key '{}' is stated twice in one object", name);
      return false;
    }
    members.push_back({std::move(name), {}});
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& error) override {
    message = place_of(position) + ": " + without_place(error.what());
    return false;
  }

 private:
  /// Where the next value goes.
  Json& next_value() {
    if (open_.empty()) return root;
    auto& parent = open_.back()->value;
    if (auto* items = std::get_if<Json::Array>(&parent)) return items->emplace_back();
    return std::get<Json::Object>(parent).back().value;
  }

  bool add(auto value) {
    next_value().value = std::move(value);
    return true;
  }

  bool open(auto container) {
    if (open_.size() == max_depth) {
      message = fmt::format("is nested deeper than {}", max_depth);
      return false;
    }
    Json& opened = next_value();
    opened.value = std::move(container);
    open_.push_back(&opened);
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  /// `position` counts the bytes up to and with the offending one.
  [[nodiscard]] std::string place_of(std::size_t position) const {
    const auto before = text_.substr(0, std::max<std::size_t>(position, 1) - 1);
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0: the first line
    return fmt::format("line {}, column {}", line, column);
  }

  std::string_view text_;
  // Safe to point into: only the innermost container grows, and it has no open child while it does.
  std::vector<Json*> open_;
};

}  // namespace

std::expected<Json, Fault> read_json(const std::filesystem::path& file) {
  const auto fault = [&](std::string message) { return std::unexpected(Fault{file.string(), std::move(message)}); };
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return fault("does not exist or is not a file");
  if (std::filesystem::file_size(file, error) > max_file_bytes) return fault("is larger than 16 MiB");
  std::ifstream in(file, std::ios::binary);
  if (!in) return fault("cannot be read");

  const std::string text{std::istreambuf_iterator<char>(in), {}};
  Builder builder(text);
  if (!nlohmann::json::sax_parse(text, &builder)) return fault(builder.message);
  return std::move(builder.root);
}

}  // namespace kordon::config

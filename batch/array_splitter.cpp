#include "batch/array_splitter.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "batch/geojson_crs.hpp"
#include "batch/json_scanner.hpp"
#include "evaluation/json_body.hpp"

namespace kordon::batch {
namespace {

using evaluation::Code;
using evaluation::FieldError;

constexpr std::size_t max_tail_bytes = 1U << 20U;
constexpr char no_separator = '\x1f';  // as wrong in JSON as a record separator, but it separates nothing

class ArraySplitter final : public RecordSplitter {
 public:
  explicit ArraySplitter(const Plan& plan) : plan_(plan) {}

  std::expected<void, evaluation::FieldErrors> finish(std::string& block) override {
    if (auto last = RecordSplitter::finish(block); !last) return last;
    auto error = ended_ ? wrapper_error(plan_.wrapper + tail_, plan_.options.from, true)
                        : FieldError{"body", Code::bad_json, "the array of rows has no end"};
    if (!error && plan_.options.from == Format::json && !plan_.options.whole_body && has_members_behind()) {
      error = FieldError{"body", Code::conflict, "shared members must stand before `items`"};
    }
    if (const auto crs = !error && plan_.options.from == Format::geojson
                             ? other_crs_beside_features("{\"features\":[" + tail_, plan_.crs)
                             : std::nullopt) {
      error = crs_error(*crs);
    }
    if (error) return std::unexpected(evaluation::FieldErrors{std::move(*error)});
    return {};
  }

  [[nodiscard]] std::string_view tail() const override { return tail_; }

 private:
  std::size_t cut(std::string& text, std::size_t from) override {
    if (ended_) return keep_tail(text, from);
    std::size_t whole = 0;
    for (std::size_t i = from; i < text.size() && !error_; ++i) {
      const char c = text[i];
      if (c == record_separator) text[i] = no_separator;
      if (in_string_) {
        in_string_ = escaped_ || c != '"';
        escaped_ = !escaped_ && c == '\\';
        continue;
      }
      if (depth_ == 0 && (c == ',' || c == ']')) {
        end_item(c == ']');
        if (ended_) {
          keep_tail(text, i);
          return text.size();
        }
        text[i] = record_separator;
        whole = i + 1;
        continue;
      }
      look_at(c);
    }
    return whole;
  }

  /// Outside strings, and no end of an item.
  void look_at(char c) {
    in_string_ = c == '"';
    in_item_ = in_item_ || !(c == ' ' || c == '\t' || c == '\r' || c == '\n');
    if (c == '[' || c == '{') ++depth_;
    if (c != ']' && c != '}') return;
    if (depth_ == 0) error_ = FieldError{"body", Code::bad_json, "a bracket closes what was not opened"};
    if (depth_ > 0) --depth_;
  }

  void end_item(bool is_last) {
    const bool is_empty_array = is_last && first_;
    if (!in_item_ && !is_empty_array) {
      error_ = FieldError{"body", Code::bad_json, "expected an item between two commas, and none behind the last item"};
    }
    ended_ = is_last;
    first_ = false;
    in_item_ = false;
  }

  std::size_t keep_tail(std::string& text, std::size_t from) {
    tail_ += std::string_view(text).substr(from);
    text.resize(from);
    if (tail_.size() > max_tail_bytes)
      error_ = FieldError{"body", Code::bad_json, "too much stands behind the last item"};
    return from;
  }

  [[nodiscard]] bool has_members_behind() const {
    if (tail_.find('}') == tail_.npos) return false;
    const auto behind = evaluation::read_json_members("{\"items\":[" + tail_);
    return !behind || !behind->empty();
  }

  const Plan& plan_;
  std::size_t depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
  bool first_ = true;     ///< no item has ended
  bool in_item_ = false;  ///< something of it was seen
  bool ended_ = false;
  std::string tail_;
};

}  // namespace

std::string_view array_key(Format format) { return format == Format::json ? "items" : "features"; }

std::size_t find_array_end(std::string_view text, std::size_t from) {
  std::size_t depth = 0;
  for (std::size_t i = text.find_first_of("\"[]{}", from); i < text.size(); i = text.find_first_of("\"[]{}", i + 1)) {
    const char c = text[i];
    if (c == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i) i += text[i] == '\\' ? 1 : 0;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (depth > 0) {
      --depth;
    } else {
      return c == ']' ? i : text.npos;
    }
  }
  return text.npos;
}

ArrayStart find_array(std::string_view text, std::string_view key) {
  using State = ArrayStart::State;
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {State::more, 0};
  if (text[first] == '[' && key == array_key(Format::json)) return {State::found, first + 1};
  if (text[first] != '{') return {State::none, 0};
  std::size_t depth = 0;
  std::string_view last_string;
  bool is_key = false;
  for (std::size_t i = first; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      const std::size_t begin = ++i;
      while (i < text.size() && text[i] != '"') i += text[i] == '\\' ? 2 : 1;
      if (i >= text.size()) return {State::more, 0};
      last_string = text.substr(begin, i - begin);
      continue;
    }
    if (c == ':') is_key = depth == 1 && last_string == key;
    if (c == ',') is_key = false;
    if (c == '[' && is_key && depth == 1) return {State::found, i + 1};
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth == 0) return {State::none, 0};
  }
  return {State::more, 0};
}

std::optional<FieldError> wrapper_error(std::string_view text, Format format, bool whole) {
  constexpr std::string_view blanks = " \t\r\n";
  std::string padded(text);
  if (!whole) padded += padded.find('{') == padded.npos ? "]" : "]}";
  if (padded.find_first_not_of(blanks) == padded.find('[')) {
    if (evaluation::is_json(padded)) return {};
    return FieldError{"body", Code::bad_json, "not valid JSON around or behind the items"};
  }
  const auto size = padded.size();
  padded.resize(size + JsonScanner::padding);
  std::vector<JsonMember> members;
  JsonScanner scanner;
  if (scanner.scan(std::string_view(padded).substr(0, size), members)) {
    return FieldError{"body", Code::bad_json, "not valid JSON around or behind the items"};
  }
  const auto key = array_key(format);
  if (std::ranges::count(members, key, &JsonMember::name) != 1) {
    return FieldError{std::string(key), Code::duplicate, "given more than once, expected at most one value"};
  }
  if (format != Format::geojson) return {};
  const auto type = std::ranges::find(members, "type", &JsonMember::name);
  const bool may_come = type == members.end() && !whole;
  if (may_come || (type != members.end() && type->string == "FeatureCollection")) return {};
  return FieldError{"type", Code::wrong_type, "expected `FeatureCollection`, for there are `features`"};
}

std::unique_ptr<RecordSplitter> make_array_splitter(const Plan& plan) { return std::make_unique<ArraySplitter>(plan); }

}  // namespace kordon::batch

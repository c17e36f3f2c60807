#include "geo/atlas/mapinfo_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "text/ascii.hpp"

namespace kordon::geo {
namespace {

namespace fs = std::filesystem;

/// Objects without a count of coordinates.
constexpr std::array single{"point", "line", "arc", "rect", "roundrect", "ellipse", "text", "none"};

/// Lines of a .mif, and the words of the line in hand.
class Reader {
 public:
  explicit Reader(const std::string& file) : in_(file, std::ios::binary) {}

  /// The first word of the next line, in lower case; empty: of an empty line.
  std::optional<std::string> next_line() {
    std::string line;
    if (!std::getline(in_, line)) return std::nullopt;
    words_ = std::istringstream(line);
    return next_word().value_or("");
  }
  std::optional<std::string> next_word() {
    std::string word;
    if (!(words_ >> word)) return std::nullopt;
    return text::lowered(word);
  }
  /// On this line or a later one.
  std::optional<std::uint64_t> count() {
    std::uint64_t number = 0;
    return read(number) ? std::optional(number) : std::nullopt;
  }
  /// Whether so many coordinate pairs follow.
  bool pairs(std::uint64_t pairs) {
    double x = 0;
    double y = 0;
    while (pairs > 0 && read(x) && read(y)) --pairs;
    return pairs == 0;
  }

 private:
  template <typename Number>
  bool read(Number& number) {
    while ((words_ >> std::ws).eof()) {
      std::string line;
      if (!std::getline(in_, line)) return false;
      words_ = std::istringstream(line);
    }
    return static_cast<bool>(words_ >> number);
  }

  std::ifstream in_;
  std::istringstream words_;
};

bool read_sections(Reader& reader, std::uint64_t sections) {
  for (; sections > 0; --sections) {
    const auto pairs = reader.count();
    if (!pairs || !reader.pairs(*pairs)) return false;
  }
  return true;
}

/// `pline 3`, `pline multiple 2`: the count may be on the next line.
bool read_pline(Reader& reader) {
  auto word = reader.next_word();
  if (word == "multiple") {
    const auto sections = reader.count();
    return sections && read_sections(reader, *sections);
  }
  if (!word) word = reader.next_line();
  const bool number = word && !word->empty() && std::ranges::all_of(*word, [](char c) { return c >= '0' && c <= '9'; });
  return number && word->size() < 10 && reader.pairs(std::stoul(*word));
}

/// Whether all of an object is there.
bool read_object(Reader& reader, const std::string& kind) {
  if (kind == "pline") return read_pline(reader);
  if (kind != "region" && kind != "multipoint") return true;
  const auto count = reader.count();
  return count && (kind == "region" ? read_sections(reader, *count) : reader.pairs(*count));
}

bool is_object(const std::string& word) {
  return std::ranges::count(single, word) > 0 || word == "pline" || word == "region" || word == "multipoint" ||
         word == "collection";
}

/// Line ends outside of quotes; the last line may have none.
std::uint64_t rows_of(std::ifstream& in) {
  std::uint64_t rows = 0;
  bool quoted = false;
  bool begun = false;
  for (char c = 0; in.get(c);) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) {
      rows += begun ? 1 : 0;
      begun = false;
    } else if (c != '\r') {
      begun = true;
    }
  }
  return rows + (begun ? 1 : 0);
}

std::optional<std::uint64_t> rows_beside(const std::string& file) {
  for (const char* ending : {".mid", ".MID"}) {
    std::ifstream in(fs::path(file).replace_extension(ending), std::ios::binary);
    if (in) return rows_of(in);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> damage_in_mif(const std::string& file) {
  Reader reader(file);
  std::uint64_t columns = 0;
  for (auto word = reader.next_line(); word != "data"; word = reader.next_line()) {
    if (!word) return "has no line DATA: it is cut short, or no MapInfo text; fetch it again";
    if (word == "columns") columns = reader.count().value_or(0);
  }
  std::uint64_t objects = 0;
  std::uint64_t parts = 0;  // of a collection, that are still to come
  while (const auto word = reader.next_line()) {
    if (!is_object(*word)) continue;
    parts > 0 ? --parts : ++objects;
    if (*word == "collection") parts = reader.count().value_or(0);
    if (!read_object(reader, *word)) return fmt::format("is cut short in its object {}; fetch it again", objects);
  }
  if (parts > 0) return fmt::format("is cut short in its object {}; fetch it again", objects);
  const auto rows = columns > 0 ? rows_beside(file) : std::nullopt;
  if (!rows || *rows == objects) return std::nullopt;
  return fmt::format(
      "has {} objects and its .mid {} rows: one of them is cut short, or they do not belong together; "
      "fetch both again",
      objects, *rows);
}

}  // namespace kordon::geo

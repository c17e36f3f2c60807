#include "geo/atlas/sql_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "text/ascii.hpp"

namespace kordon::geo {
namespace {

using Fault = std::optional<std::string>;

/// Of indices and full-text search, and what SpatiaLite makes of its own accord.
constexpr std::array harmless_modules{
    "rtree", "fts3", "fts4", "fts5", "virtualspatialindex", "virtualelementary", "virtualknn", "virtualknn2"};

/// SpatiaLite's lists of its own layers and styles, which join and call.
constexpr std::array views_of_spatialite{"geom_cols_ref_sys",
                                         "spatial_ref_sys_all",
                                         "vector_layers",
                                         "vector_layers_auth",
                                         "vector_layers_statistics",
                                         "vector_layers_field_infos",
                                         "iso_metadata_view",
                                         "se_external_graphics_view",
                                         "se_fonts_view",
                                         "se_vector_styles_view",
                                         "se_raster_styles_view",
                                         "se_vector_styled_layers_view",
                                         "se_raster_styled_layers_view",
                                         "se_styled_group_refs_view",
                                         "se_styled_groups_view",
                                         "se_group_styles_view",
                                         "rl2map_configurations_view",
                                         "raster_coverages_ref_sys",
                                         "vector_coverages_ref_sys",
                                         "topologies_view",
                                         "networks_view"};

/// Words that begin another query, call an operator of unbounded cost, or read another table, in a condition.
constexpr std::array words_beyond_comparison{"select", "values", "in",    "like",   "glob", "regexp",    "match",
                                             "group",  "order",  "limit", "window", "case", "intersect", "having"};
constexpr std::array comparators{"=", "<", ">", "!", ".", "-", "+"};

struct Token {
  enum class Kind { word, name, text, number, sign };
  Kind kind;
  std::string text;  ///< a word in small letters, a quoted one without its quotes

  [[nodiscard]] bool is(std::string_view word) const {
    return (kind == Kind::word || kind == Kind::sign) && text == word;
  }
};

bool is_of_word(char c) {
  return (c >= '0' && c <= '9') || (text::lower(c) >= 'a' && text::lower(c) <= 'z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Behind blanks and comments, as SQLite reads them.
std::size_t skip_blanks(std::string_view sql, std::size_t at) {
  while (at < sql.size()) {
    const auto rest = sql.substr(at);
    if (std::string_view(" \t\n\f\r").contains(rest[0])) {
      ++at;
    } else if (rest.starts_with("--")) {
      at = std::min(sql.find('\n', at), sql.size());
    } else if (rest.starts_with("/*")) {
      const auto end = sql.find("*/", at + 2);
      at = end == sql.npos ? sql.size() : end + 2;
    } else {
      break;
    }
  }
  return at;
}

/// `'a''b'`, `"a"`, `[a]` or `` `a` `` from its opening quote on, which a second one within stands for.
Token take_quoted(std::string_view sql, std::size_t& at) {
  const char open = sql[at++];
  const char close = open == '[' ? ']' : open;
  Token token{open == '\'' ? Token::Kind::text : Token::Kind::name, {}};
  while (at < sql.size()) {
    const char c = sql[at++];
    if (c != close) {
      token.text += c;
    } else if (close != ']' && at < sql.size() && sql[at] == close) {
      token.text += sql[at++];
    } else {
      break;
    }
  }
  return token;
}

std::vector<Token> tokens_of(std::string_view sql) {
  std::vector<Token> tokens;
  for (auto at = skip_blanks(sql, 0); at < sql.size(); at = skip_blanks(sql, at)) {
    const auto begin = at;
    if (std::string_view("'\"[`").contains(sql[at])) {
      tokens.push_back(take_quoted(sql, at));
      continue;
    }
    while (at < sql.size() && is_of_word(sql[at])) ++at;
    const bool sign = at == begin;
    if (sign) ++at;
    const bool number = !sign && sql[begin] >= '0' && sql[begin] <= '9';
    tokens.push_back({sign     ? Token::Kind::sign
                      : number ? Token::Kind::number
                               : Token::Kind::word,
                      text::lowered(sql.substr(begin, at - begin))});
  }
  return tokens;
}

/// A statement that is read token by token.
class Statement {
 public:
  explicit Statement(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  bool take(std::string_view word) {
    const bool taken = at_ < tokens_.size() && tokens_[at_].is(word);
    if (taken) ++at_;
    return taken;
  }
  /// A name, or a value that stands where one may.
  std::optional<std::string> take_name() {
    if (at_ == tokens_.size() || tokens_[at_].kind == Token::Kind::sign || tokens_[at_].is("distinct")) return {};
    return tokens_[at_++].text;
  }
  [[nodiscard]] bool is_at(std::string_view word) const { return at_ < tokens_.size() && tokens_[at_].is(word); }
  [[nodiscard]] bool has_ended() {
    while (take(";")) continue;
    return at_ == tokens_.size();
  }

  /// `database.name`, `name`.
  std::optional<std::string> take_path() {
    auto name = take_name();
    while (name && take(".")) name = take_name();
    return name;
  }
  /// `column`, `table.column`, `*`, each perhaps with a name of its own.
  bool take_column() {
    if (take("*")) return true;
    if (!take_name()) return false;
    while (take(".")) {
      if (take("*")) return true;
      if (!take_name()) return false;
    }
    return take("as") ? take_name().has_value() : is_at("from") || take_name() || true;
  }
  template <typename Take>
  bool take_list(Take take_one) {
    if (!take_one()) return false;
    while (take(",")) {
      if (!take_one()) return false;
    }
    return true;
  }
  /// Columns that are compared with each other or with values, to the end.
  bool take_condition() {
    for (; at_ < tokens_.size() && !tokens_[at_].is(";"); ++at_) {
      const auto& [kind, text] = tokens_[at_];
      if (kind == Token::Kind::word && std::ranges::count(words_beyond_comparison, text) > 0) return false;
      if (kind == Token::Kind::sign && std::ranges::count(comparators, text) == 0) return false;
    }
    return true;
  }
  /// Whether a column is made from others: `[GENERATED ALWAYS] AS (...)`.
  [[nodiscard]] bool has_generated_column() const {
    for (auto i = at_; i + 1 < tokens_.size(); ++i) {
      if (tokens_[i].is("as") && tokens_[i + 1].is("(")) return true;
    }
    return false;
  }

 private:
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

bool is_of_spatialite(std::string_view view) {
  return std::ranges::count(views_of_spatialite, text::lowered(view)) > 0;
}

/// What follows a view's name.
bool is_plain_view(Statement& sql) {
  const auto name = [&] { return sql.take_name().has_value(); };
  if (sql.take("(") && (!sql.take_list(name) || !sql.take(")"))) return false;
  if (!sql.take("as") || !sql.take("select") || !sql.take_list([&] { return sql.take_column(); })) return false;
  if (!sql.take("from")) return false;
  const auto table = sql.take_path();
  if (!table || is_of_spatialite(*table)) return false;
  if (sql.take("as") ? !sql.take_name() : !sql.is_at("where") && sql.take_name() && sql.is_at("(")) return false;
  return sql.has_ended() || (sql.take("where") && sql.take_condition() && sql.has_ended());
}

Fault fault_of_view(Statement& sql, const std::string& name) {
  if (is_of_spatialite(name) || is_plain_view(sql)) return {};
  return fmt::format(
      "has a view '{}' that does more than show columns of one table, and its rows may have no end; export the layer "
      "from a program that you trust with the file (ogr2ogr one.gpkg FILE LAYER), or drop the view",
      name);
}

Fault fault_of_module(Statement& sql, const std::string& name) {
  const auto module = sql.take("using") ? sql.take_name() : std::nullopt;
  if (module && std::ranges::count(harmless_modules, text::lowered(*module)) > 0) return {};
  return fmt::format("has a virtual table '{}', which may name any other file; copy what it shows into a table", name);
}

}  // namespace

std::optional<std::string> fault_of_statement(std::string_view text) {
  Statement sql(tokens_of(text));
  if (!sql.take("create")) return {};
  if (!sql.take("temp")) sql.take("temporary");
  const bool is_virtual = sql.take("virtual");
  const bool is_view = sql.take("view");
  if (!is_view && !sql.take("table")) return {};
  if (sql.take("if") && (!sql.take("not") || !sql.take("exists"))) return "has a table whose definition is no SQL";
  const auto name = sql.take_path();
  if (!name) return "has a table whose definition is no SQL";
  if (is_view) return fault_of_view(sql, *name);
  if (is_virtual) return fault_of_module(sql, *name);
  if (!sql.has_generated_column()) return {};
  return fmt::format(
      "has a table '{}' with a generated column, whose values may be of any size; export the layer from a program that "
      "you trust with the file (ogr2ogr one.gpkg FILE LAYER)",
      *name);
}

}  // namespace kordon::geo

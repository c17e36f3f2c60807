#include "evaluation/angle_pair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "evaluation/angle_text.hpp"
#include "evaluation/comma_list.hpp"

namespace kordon::evaluation {
namespace {

using Tokens = std::span<const Token>;
using Failed = std::unexpected<std::string>;

bool is_number(const Token& token) { return token.kind == TokenKind::number; }
bool is_marker(const Token& token) { return token.kind == TokenKind::hemisphere || token.kind == TokenKind::label; }
bool is_separator(const Token& token) {
  return token.kind == TokenKind::comma || token.kind == TokenKind::semicolon || token.kind == TokenKind::hyphen;
}

/// Without separators at its ends, and without a comma between a number and its letter, as GPS receivers write them.
std::vector<Token> cleaned(Tokens group) {
  while (!group.empty() && is_separator(group.front())) group = group.subspan(1);
  while (!group.empty() && is_separator(group.back())) group = group.first(group.size() - 1);
  std::vector<Token> kept;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const bool beside_letter = i > 0 && i + 1 < group.size() && (is_marker(group[i - 1]) || is_marker(group[i + 1]));
    if (group[i].kind != TokenKind::comma || !beside_letter) kept.push_back(group[i]);
  }
  return kept;
}

/// Where letters or labels of one axis end and those of the other begin; nothing unless that is once.
std::optional<std::size_t> cut_at_markers(Tokens tokens) {
  std::optional<std::size_t> last_of_first;
  std::optional<std::size_t> first_of_second;
  std::optional<Axis> axis;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!is_marker(tokens[i])) continue;
    if (!axis) axis = tokens[i].axis;
    const bool same = tokens[i].axis == *axis;
    if (same && first_of_second) return std::nullopt;
    if (same) last_of_first = i;
    if (!same && !first_of_second) first_of_second = i;
  }
  if (!first_of_second) return std::nullopt;
  return is_marker(tokens.front()) ? *first_of_second : *last_of_first + 1;
}

std::vector<Tokens> cut_at(Tokens tokens, TokenKind separator) {
  std::vector<Tokens> groups;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= tokens.size(); ++i) {
    if (i < tokens.size() && tokens[i].kind != separator) continue;
    groups.push_back(tokens.subspan(begin, i - begin));
    begin = i + 1;
  }
  return groups;
}

/// Whether this number begins an angle by what is written around it: a sign of degrees behind it, or no colon or hyphen
/// that joins it to the number before.
bool begins_angle(Tokens tokens, std::size_t i, bool has_units) {
  if (has_units) return i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::degrees;
  return i == 0 || (tokens[i - 1].kind != TokenKind::colon && tokens[i - 1].kind != TokenKind::hyphen);
}

/// Groups of a text without separators.
std::vector<Tokens> cut_by_shape(Tokens tokens) {
  const bool has_units =
      std::ranges::any_of(tokens, [](const Token& token) { return token.kind == TokenKind::degrees; });
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is_number(tokens[i]) && begins_angle(tokens, i, has_units)) begins.push_back(i);
  }
  std::vector<Tokens> groups;
  for (std::size_t k = 0; k < begins.size(); ++k) {
    const std::size_t begin = k == 0 ? 0 : begins[k];
    groups.push_back(tokens.subspan(begin, (k + 1 < begins.size() ? begins[k + 1] : tokens.size()) - begin));
  }
  return groups;
}

/// The place of two angles in the order in which they stand.
std::expected<Reading, std::string> pair_of(const Angle& first, const Angle& second) {
  if (first.axis && second.axis && *first.axis == *second.axis) {
    return Failed(*first.axis == Axis::lat ? "two latitudes" : "two longitudes");
  }
  const bool beyond = std::abs(first.degrees) > 90 && std::abs(second.degrees) <= 90;
  const bool lon_first = first.axis == Axis::lon || second.axis == Axis::lat;
  const double lat_deg = lon_first ? second.degrees : first.degrees;
  const double lon_deg = lon_first ? first.degrees : second.degrees;
  if (std::abs(lat_deg) > 90 && (!beyond || first.axis || second.axis))
    return Failed(fmt::format("latitude {} is beyond 90 degrees", lat_deg));
  std::string read_as(name_of(std::max(first.form, second.form)));
  if (first.packed || second.packed) read_as += " without signs between";
  if (!first.axis && !second.axis) read_as += ", latitude first";
  return Reading{{lon_deg, lat_deg}, 0, std::move(read_as)};
}

std::expected<Reading, std::string> read_two(Tokens first, Tokens second) {
  const auto a = cleaned(first);
  const auto b = cleaned(second);
  // Signs at both, as ISO 6709 has them, say as letters do how many digits are degrees.
  const bool signed_pair = !a.empty() && !b.empty() && is_number(a.front()) && is_number(b.front()) &&
                           a.front().sign != 0 && b.front().sign != 0 && !b.front().after_blank;
  const auto one = read_angle(a, signed_pair);
  if (!one) return Failed(one.error());
  const auto other = read_angle(b, signed_pair);
  if (!other) return Failed(other.error());
  return pair_of(*one, *other);
}

bool is_single_number(Tokens group) { return group.size() == 1 && is_number(group.front()); }

/// Latitude, longitude, altitude, and where there are four, the accuracy in metres.
std::expected<Reading, std::string> read_with_altitude(const std::vector<Tokens>& groups) {
  auto read = read_two(groups[0], groups[1]);
  if (!read) return read;
  read->read_as += groups.size() == 3 ? ", the third number an altitude" : ", then altitude and accuracy in metres";
  if (groups.size() == 4 && groups[3].front().sign == '-') return Failed("an accuracy is negative");
  if (groups.size() == 4) read->accuracy_m = groups[3].front().magnitude;
  return read;
}

using Readings = std::vector<Reading>;

struct Collected {
  Readings readings;
  std::string error;
  bool marks_both = false;  ///< letters or labels name both axes

  void add(std::expected<Reading, std::string> read) {
    if (read) readings.push_back(std::move(*read));
    if (!read && error.empty()) error = read.error();
  }
};

/// Numbers with nothing but blanks between them.
void read_bare_numbers(const std::vector<Tokens>& numbers, Tokens all, Collected& out) {
  const std::size_t half = all.size() / 2;
  if (numbers.size() == 2 || numbers.size() == 4 || numbers.size() == 6)
    out.add(read_two(all.first(half), all.subspan(half)));
  if (numbers.size() == 3 && std::ranges::all_of(all, [](const Token& token) { return token.sign != 0; })) {
    out.add(read_with_altitude(numbers));
  }
  if (numbers.size() == 4) out.add(read_with_altitude(numbers));
  if ((numbers.size() % 2 == 1 || numbers.size() > 6) && out.readings.empty()) {
    out.error = fmt::format("{} numbers are no two angles", numbers.size());
  }
}

void read_unmarked(Tokens tokens, Collected& out) {
  for (const auto separator : {TokenKind::semicolon, TokenKind::comma}) {
    const auto groups = cut_at(tokens, separator);
    if (groups.size() == 1) continue;
    if (groups.size() == 2) return out.add(read_two(groups[0], groups[1]));
    const bool numbers = std::ranges::all_of(groups, is_single_number);
    if (numbers && groups.size() <= 4) return out.add(read_with_altitude(groups));
    out.error = "more separators than two angles have";
    return;
  }
  const auto groups = cut_by_shape(tokens);
  if (groups.size() < 2) {
    out.error = "one angle alone is no position";
    return;
  }
  if (groups.size() == tokens.size()) return read_bare_numbers(groups, tokens, out);
  if (groups.size() == 2) return out.add(read_two(groups[0], groups[1]));
  out.error = "more than two angles";
}

void read_tokens(Tokens tokens, Collected& out) {
  while (!tokens.empty() && tokens.back().kind == TokenKind::semicolon) tokens = tokens.first(tokens.size() - 1);
  if (tokens.empty()) {
    out.error = "the text is empty";
    return;
  }
  const auto cut = cut_at_markers(tokens);
  if (!cut) return read_unmarked(tokens, out);
  out.marks_both = true;
  out.add(read_two(tokens.first(*cut), tokens.subspan(*cut)));
}

void note_decimal_comma(Readings& readings, std::size_t from) {
  for (; from < readings.size(); ++from) readings[from].read_as += ", decimal comma";
}

Collected read_with(std::string_view plain, LetterE letter_e) {
  Collected out;
  for (const auto comma : {CommaMeans::separator, CommaMeans::decimal}) {
    const auto tokens = tokens_of(plain, comma, letter_e);
    if (!tokens) return {{}, tokens.error()};
    const std::size_t before = out.readings.size();
    read_tokens(*tokens, out);
    if (comma == CommaMeans::decimal) note_decimal_comma(out.readings, before);
  }
  return out;
}

/// The readings of the first rank that has one.
Collected read_comma_list(const std::vector<CommaSpelling>& spellings) {
  Collected out;
  auto rank = spellings.front().rank;
  for (const auto& spelling : spellings) {
    if (spelling.rank != rank && !out.readings.empty()) break;
    rank = spelling.rank;
    const auto tokens = tokens_of(spelling.text, CommaMeans::separator);
    const std::size_t before = out.readings.size();
    if (tokens) read_tokens(*tokens, out);
    if (spelling.has_decimal_comma) note_decimal_comma(out.readings, before);
  }
  return out;
}

/// Whether each letter is an `e`, so that a fault is told of numbers with exponents.
bool has_no_letter_but_e(std::string_view plain) {
  return std::ranges::none_of(
      plain, [](char c) { return (c >= 'a' && c <= 'z' && c != 'e') || (static_cast<unsigned char>(c) & 0x80U) != 0; });
}

Collected read_plain(std::string_view plain) {
  if (const auto spellings = comma_spellings(plain); !spellings.empty()) return read_comma_list(spellings);
  auto east = read_with(plain, LetterE::east);
  const bool is_clear = east.marks_both && !east.readings.empty();
  if (is_clear || !may_have_exponent(plain)) return east;
  auto number = read_with(plain, LetterE::exponent);
  if (east.readings.empty() && (!number.readings.empty() || has_no_letter_but_e(plain))) return number;
  std::ranges::move(number.readings, std::back_inserter(east.readings));
  return east;
}

}  // namespace

std::expected<Readings, std::string> read_angle_pair(std::string_view plain) {
  constexpr std::string_view iso_6709_crs = "crswgs_84/";
  if (plain.ends_with(iso_6709_crs)) plain.remove_suffix(iso_6709_crs.size());
  auto read = read_plain(plain);
  if (read.readings.empty()) return Failed(read.error);
  return std::move(read.readings);
}

}  // namespace kordon::evaluation

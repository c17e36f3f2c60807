#include "evaluation/comma_list.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace kordon::evaluation {
namespace {

constexpr std::size_t least_runs = 3;
constexpr std::size_t most_runs = 8;
constexpr std::size_t most_numbers = 4;  // latitude, longitude, altitude, accuracy

/// Digits, and what stands before them.
struct Run {
  std::string_view digits;
  char sign = 0;
  bool after_blank = false;  ///< with the comma before
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t count_blanks(std::string_view text) { return std::min(text.find_first_not_of(' '), text.size()); }

std::optional<std::vector<Run>> runs_of(std::string_view text) {
  std::vector<Run> runs;
  while (!text.empty()) {
    Run& run = runs.emplace_back();
    const auto before = runs.size() > 1 ? count_blanks(text) : 0;
    text.remove_prefix(before);
    if (runs.size() > 1) {
      if (!text.starts_with(',')) return std::nullopt;
      text.remove_prefix(1);
    }
    const auto behind = count_blanks(text);
    text.remove_prefix(behind);
    run.after_blank = before + behind > 0;
    if (text.starts_with('-') || text.starts_with('+')) {
      run.sign = text.front();
      text.remove_prefix(1);
    }
    const auto count = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
    if (count == 0) return std::nullopt;
    run.digits = text.substr(0, count);
    text.remove_prefix(count);
  }
  return runs;
}

class Spellings {
 public:
  explicit Spellings(std::span<const Run> runs) : runs_(runs) {
    for (const auto& run : runs.subspan(1)) (run.after_blank ? has_spaced_ : has_joined_) = true;
  }

  [[nodiscard]] bool has_joined() const { return has_joined_; }

  std::vector<CommaSpelling> all() {
    take_from(0);
    std::ranges::stable_sort(found_, {},
                             [](const Found& found) { return std::pair(found.spelling.rank, found.numbers); });
    std::vector<CommaSpelling> spellings;
    for (auto& found : found_) spellings.push_back(std::move(found.spelling));
    return spellings;
  }

 private:
  struct Found {
    CommaSpelling spelling;
    std::size_t numbers = 0;  ///< 0: no comma is decimal
  };

  /// Whether the comma before this run may be decimal.
  [[nodiscard]] bool may_be_fraction(std::size_t run) const {
    return run < runs_.size() && runs_[run].sign == 0 && !runs_[run].after_blank;
  }

  void take_from(std::size_t run) {
    if (run == runs_.size()) return add();
    for (const bool fraction : {true, false}) {
      if (fraction && !may_be_fraction(run + 1)) continue;
      fractions_.push_back(fraction);
      take_from(run + (fraction ? 2 : 1));
      fractions_.pop_back();
    }
  }

  /// Whether each comma without a blank is decimal, and no other.
  [[nodiscard]] bool follows_blanks() const {
    std::size_t run = 0;
    for (const bool fraction : fractions_) {
      if (run > 0 && !runs_[run].after_blank) return false;
      run += fraction ? 2 : 1;
    }
    return has_spaced_;
  }

  [[nodiscard]] CommaRank rank() const {
    const bool alike = fractions_.size() < 2 || fractions_[0] == fractions_[1];
    if (alike && fractions_[0] && follows_blanks()) return CommaRank::by_blanks;
    return alike || fractions_.size() == 2 ? CommaRank::alike : CommaRank::unlike;
  }

  void add() {
    if (fractions_.size() > most_numbers && std::ranges::find(fractions_, true) != fractions_.end()) return;
    CommaSpelling spelling{{}, rank(), false};
    std::size_t run = 0;
    for (const bool fraction : fractions_) {
      if (run > 0) spelling.text += ", ";
      if (runs_[run].sign != 0) spelling.text += runs_[run].sign;
      spelling.text += runs_[run].digits;
      if (fraction) (spelling.text += '.') += runs_[run + 1].digits;
      spelling.has_decimal_comma = spelling.has_decimal_comma || fraction;
      run += fraction ? 2 : 1;
    }
    const bool has_decimal_comma = spelling.has_decimal_comma;
    found_.push_back({std::move(spelling), has_decimal_comma ? fractions_.size() : 0});
  }

  std::span<const Run> runs_;
  bool has_spaced_ = false;
  bool has_joined_ = false;
  std::vector<bool> fractions_;  ///< of the numbers so far
  std::vector<Found> found_;
};

}  // namespace

std::vector<CommaSpelling> comma_spellings(std::string_view plain) {
  const auto runs = runs_of(plain);
  if (!runs || runs->size() < least_runs || runs->size() > most_runs) return {};
  Spellings spellings(*runs);
  return spellings.has_joined() ? spellings.all() : std::vector<CommaSpelling>();
}

}  // namespace kordon::evaluation

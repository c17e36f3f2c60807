#include "batch/disarm.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "batch/csv_scan.hpp"

namespace kordon::batch {
namespace {

constexpr std::string_view signs = "+-";
constexpr std::string_view digits = "0123456789";

/// A number as people write one, with either decimal sign: `-5`, `+1,25`, `-.5e-3`.
bool is_number(std::string_view value) {
  if (!value.empty() && signs.contains(value[0])) value.remove_prefix(1);
  const auto mantissa = value.substr(0, value.find_first_of("eE"));
  if (mantissa.find_first_of(digits) == mantissa.npos || mantissa.find_first_not_of("0123456789.,") != mantissa.npos) {
    return false;
  }
  if (mantissa.size() == value.size()) return true;
  auto exponent = value.substr(mantissa.size() + 1);
  if (!exponent.empty() && signs.contains(exponent[0])) exponent.remove_prefix(1);
  return !exponent.empty() && exponent.find_first_not_of(digits) == exponent.npos;
}

bool begins_with_control(std::string_view value) {
  return !value.empty() && std::string_view("\t\r\n").contains(value[0]);
}

/// How many bytes of blanks a value begins with: ASCII's, those of Unicode that spreadsheets skip, a byte order mark.
std::size_t leading_blanks(std::string_view value) {
  constexpr std::array blanks{" ",      "\u00a0", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
                              "\u2007", "\u2008", "\u2009", "\u200a", "\u200b", "\u202f", "\u205f", "\u3000", "\ufeff"};
  auto rest = value;
  const auto begins = [&](const char* blank) { return rest.starts_with(blank); };
  for (auto blank = std::ranges::find_if(blanks, begins); blank != blanks.end();
       blank = std::ranges::find_if(blanks, begins)) {
    rest.remove_prefix(std::string_view(*blank).size());
  }
  return value.size() - rest.size();
}

/// A value with `'` before it, and before each part of it that begins behind another delimiter or a line end, where a
/// spreadsheet would take that for a formula.
std::string disarmed(std::string_view value, char delimiter) {
  std::string separators = ",;\t|\r\n";
  std::erase(separators, delimiter);
  std::string out(begins_with_control(value) ? "'" : "");
  while (true) {
    const auto end = value.find_first_of(separators);
    const auto part = value.substr(0, end);
    if (is_formula(part)) out += '\'';
    out += part;
    if (end == value.npos) return out;
    out += value[end];
    value.remove_prefix(end + 1);
  }
}

class DisarmedWriter final : public RowWriter {
 public:
  DisarmedWriter(std::unique_ptr<RowWriter> writer, char delimiter)
      : writer_(std::move(writer)), delimiter_(delimiter) {}

  void begin(std::string& out) override {
    armed_.clear();
    writer_->begin(armed_);
    hand_over(out);
  }

  void write(const Chunk& chunk, const Part& part, const Scores& scores, std::string& out,
             const Drain& drain) override {
    const Drain disarm = [&](std::string&) {
      hand_over(out);
      drain(out);
    };
    writer_->write(chunk, part, scores, armed_, disarm);
    without_column_ = writer_->without_column();
    hand_over(out);
  }

 private:
  void hand_over(std::string& out) {
    append_disarmed(out, armed_, delimiter_, cells_);
    armed_.clear();
  }

  std::unique_ptr<RowWriter> writer_;
  char delimiter_;
  std::string armed_;
  std::vector<std::string_view> cells_;
};

}  // namespace

bool is_formula(std::string_view value) {
  constexpr std::array formula_signs{"=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"};
  if (begins_with_control(value)) return true;
  value.remove_prefix(leading_blanks(value));
  return std::ranges::any_of(formula_signs, [&](const char* sign) { return value.starts_with(sign); }) &&
         !is_number(value);
}

void append_disarmed(std::string& out, std::string_view records, char delimiter, std::vector<std::string_view>& cells) {
  std::string buffer;
  while (!records.empty()) {
    const auto record = take_csv_record(records, delimiter, cells);
    bool is_first = true;
    for (const auto cell : cells) {
      if (!is_first) out += delimiter;
      is_first = false;
      const auto value = csv_value(cell, buffer);
      const auto tame = disarmed(value, delimiter);
      if (tame.size() != value.size()) {
        append_csv_cell(out, tame, delimiter);
      } else {
        out += cell;
      }
    }
    out += record.line_end;
  }
}

std::unique_ptr<RowWriter> make_disarmed(std::unique_ptr<RowWriter> writer, char delimiter) {
  return std::make_unique<DisarmedWriter>(std::move(writer), delimiter);
}

}  // namespace kordon::batch

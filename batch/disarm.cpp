#include "batch/disarm.hpp"

#include <algorithm>

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
  return !value.empty() && std::string_view("=+-@\t\r").contains(value[0]) && !is_number(value);
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
      if (is_formula(value)) {
        append_csv_cell(out, std::string(1, '\'').append(value), delimiter);
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

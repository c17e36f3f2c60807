#include "world/load_report.hpp"

#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "config/sha256.hpp"

namespace kordon::world {
namespace {

// Each text behind its length and a line end; of lists first how many there are.

void put(std::string& bytes, std::string_view text) { ((bytes += std::to_string(text.size())) += '\n') += text; }

void put(std::string& bytes, const Faults& faults) {
  put(bytes, std::to_string(faults.size()));
  for (const auto& [where, message] : faults) {
    put(bytes, where);
    put(bytes, message);
  }
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::string text() {
    const auto end = rest_.find('\n');
    const auto size = end == rest_.npos ? std::nullopt : number(rest_.substr(0, end));
    if (!size || *size > rest_.size() - end - 1) {
      good_ = false;
      rest_ = {};
      return {};
    }
    std::string text(rest_.substr(end + 1, *size));
    rest_.remove_prefix(end + 1 + *size);
    return text;
  }

  Faults faults() {
    Faults faults;
    for (auto count = number(text()).value_or(0); count > 0 && good_; --count) {
      auto where = text();
      faults.push_back({std::move(where), text()});
    }
    return faults;
  }

  [[nodiscard]] bool at_end() const { return good_ && rest_.empty(); }

 private:
  static std::optional<std::size_t> number(std::string_view digits) {
    std::size_t value = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
  }

  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

std::string to_bytes(const LoadReport& report) {
  std::string bytes;
  put(bytes, report.config_sha256);
  put(bytes, report.versions.atlas);
  put(bytes, report.versions.answers);
  put(bytes, report.in_index_file ? "1" : "0");
  put(bytes, report.faults);
  put(bytes, report.warnings);
  return bytes;
}

std::optional<LoadReport> load_report_from(std::string_view bytes) {
  Reader reader(bytes);
  LoadReport report;
  report.config_sha256 = reader.text();
  report.versions.atlas = reader.text();
  report.versions.answers = reader.text();
  report.in_index_file = reader.text() == "1";
  report.faults = reader.faults();
  report.warnings = reader.faults();
  if (!reader.at_end()) return std::nullopt;
  return report;
}

std::string sha256_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in) throw std::runtime_error("cannot read " + file.string());
  config::Sha256 hash;
  hash.add(bytes);
  return hash.hex();
}

}  // namespace kordon::world

#include "evaluation/time_zone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "text/ascii.hpp"
#include "text/utf8.hpp"

namespace kordon::evaluation {
namespace {

using Failed = std::unexpected<std::string>;

constexpr std::string_view zone_folder = "/usr/share/zoneinfo/";
constexpr std::size_t header_bytes = 44;
constexpr std::size_t max_file_bytes = 1U << 20U;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A name that cannot leave the folder of zones.
bool is_zone_name(std::string_view name) {
  return !name.empty() && name.size() < 64 && name.front() != '/' && name.find("..") == name.npos &&
         std::ranges::all_of(
             name,
             [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '/' || c == '_' ||
                      c == '-' || c == '+';
             });
}

std::int64_t big_endian(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = (static_cast<unsigned char>(bytes[at]) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return static_cast<std::int64_t>(value);
}

/// The counts of a TZif header: isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt.
struct Header {
  std::size_t utc = 0, standard = 0, leaps = 0, times = 0, types = 0, chars = 0;

  [[nodiscard]] std::size_t data_bytes(std::size_t time_bytes) const {
    return times * (time_bytes + 1) + types * 6 + chars + leaps * (time_bytes + 4) + standard + utc;
  }
};

Header header_at(const std::string& bytes, std::size_t at) {
  const auto count = [&](std::size_t i) { return static_cast<std::size_t>(big_endian(bytes, at + 20 + 4 * i, 4)); };
  return {count(0), count(1), count(2), count(3), count(4), count(5)};
}

}  // namespace

std::optional<std::chrono::minutes> read_offset_text(std::string_view text) {
  auto upper = text::uppered(text);
  if (upper == "Z" || upper == "UTC" || upper == "GMT") return std::chrono::minutes{0};
  if (upper.size() == 6 && upper[3] == ':') upper.erase(3, 1);
  if (upper.size() == 3) upper += "00";
  if (upper.size() != 5 || (upper[0] != '+' && upper[0] != '-')) return std::nullopt;
  if (!std::all_of(upper.begin() + 1, upper.end(), is_digit)) return std::nullopt;
  const int hours = (upper[1] - '0') * 10 + (upper[2] - '0');
  const int minutes = (upper[3] - '0') * 10 + (upper[4] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  return std::chrono::minutes{(upper[0] == '-' ? -1 : 1) * (60 * hours + minutes)};
}

std::expected<TimeZone, std::string> TimeZone::named(std::string_view name) {
  if (const auto offset = read_offset_text(name)) {
    TimeZone zone;
    zone.name_ = name;
    zone.changes_ = {{0, static_cast<std::int32_t>(offset->count() * 60)}};
    return zone;
  }
  const auto refused = [&] {
    return Failed(
        fmt::format("expected a time zone such as UTC, +03:00 or Europe/Kyiv, got `{}`", text::shortened(name)));
  };
  if (!is_zone_name(name)) return refused();
  auto zone = read(std::string(name));
  return zone ? zone : refused();
}

std::expected<TimeZone, std::string> TimeZone::read(const std::string& name) {
  const auto path = std::string(zone_folder) + name;
  std::error_code error;
  const bool is_file =
      std::filesystem::is_regular_file(path, error);  // `Europe` is a folder, which a stream opens, too
  std::ifstream file;
  if (is_file) file.open(path, std::ios::binary);
  std::string bytes;
  if (is_file && file) bytes.assign(std::istreambuf_iterator<char>(file), {});
  TimeZone zone;
  zone.name_ = name;
  zone.changes_ = changes_in(bytes);
  if (zone.changes_.empty()) return Failed("no such zone");
  return zone;
}

/// The second block has times of eight bytes; what comes before them holds from the beginning.
std::vector<TimeZone::Change> TimeZone::changes_in(const std::string& bytes) {
  if (bytes.size() < header_bytes || bytes.size() > max_file_bytes || !bytes.starts_with("TZif") || bytes[4] < '2')
    return {};
  const std::size_t second = header_bytes + header_at(bytes, 0).data_bytes(4);
  if (bytes.size() < second + header_bytes) return {};
  const Header header = header_at(bytes, second);
  const std::size_t times = second + header_bytes;
  const std::size_t kinds = times + 8 * header.times;
  const std::size_t types = kinds + header.times;
  if (header.types == 0 || bytes.size() < second + header_bytes + header.data_bytes(8)) return {};
  const auto offset_of = [&](std::size_t type) {
    return static_cast<std::int32_t>(big_endian(bytes, types + 6 * std::min(type, header.types - 1), 4));
  };
  std::vector<Change> changes{{std::numeric_limits<std::int64_t>::min(), offset_of(0)}};
  for (std::size_t i = 0; i < header.times; ++i) {
    changes.push_back({big_endian(bytes, times + 8 * i, 8), offset_of(static_cast<unsigned char>(bytes[kinds + i]))});
  }
  return changes;
}

std::int32_t TimeZone::offset_at(std::int64_t utc_s) const {
  const auto after = std::ranges::upper_bound(changes_, utc_s, {}, &Change::at_s);
  return after == changes_.begin() ? changes_.front().offset_s : std::prev(after)->offset_s;
}

std::expected<policy::Instant, std::string> TimeZone::to_utc(LocalTime local) const {
  using namespace std::chrono;
  const auto local_s = floor<seconds>(local.time_since_epoch()).count();
  constexpr std::int64_t day_s = 86'400;
  if (changes_.size() > 1 && local_s > changes_.back().at_s + 366 * day_s && changes_.back().at_s > 2'000'000'000) {
    return Failed(fmt::format("the rules of {} are not known for such a time; state its offset", name_));
  }
  std::vector<std::int32_t> fitting;
  for (const auto near_s : {local_s - day_s, local_s + day_s}) {
    const auto offset_s = offset_at(near_s);
    const bool known = std::ranges::find(fitting, offset_s) != fitting.end();
    if (!known && offset_at(local_s - offset_s) == offset_s) fitting.push_back(offset_s);
  }
  if (fitting.size() == 1) return policy::Instant{local.time_since_epoch() - seconds{fitting[0]}};
  return Failed(fmt::format("clocks in {} {}; state the offset", name_,
                            fitting.empty() ? "were set forward past it: there was no such time" : "showed it twice"));
}

}  // namespace kordon::evaluation

#include "api/features/items_request.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace kordon::api::features {
namespace {

constexpr double most_features = 1e9;

std::optional<std::vector<double>> parsed_numbers(std::string_view text) {
  std::vector<double> numbers;
  while (true) {
    double number = 0;
    const auto part = text.substr(0, text.find(','));
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc() || end != part.data() + part.size()) return std::nullopt;
    numbers.push_back(number);
    if (part.size() == text.size()) return numbers;
    text.remove_prefix(part.size() + 1);
  }
}

/// Of six numbers the heights are left out.
std::optional<cartography::Box> parsed_box(std::string_view text) {
  const auto numbers = parsed_numbers(text);
  if (!numbers || (numbers->size() != 4 && numbers->size() != 6)) return std::nullopt;
  const auto half = numbers->size() / 2;
  const auto& n = *numbers;
  const cartography::Box box{n[0], n[1], n[half], n[half + 1]};
  const auto within = [](double value, double bound) { return value >= -bound && value <= bound; };
  const bool good = within(box.west_deg, 180) && within(box.east_deg, 180) && within(box.south_deg, 90) &&
                    within(box.north_deg, 90) && box.south_deg <= box.north_deg;
  return good ? std::optional(box) : std::nullopt;
}

std::vector<cartography::Box> read_boxes(evaluation::Fields& fields, std::string_view key) {
  const auto text = fields.text(key);
  if (!text) return {};
  const auto box = parsed_box(*text);
  if (!box) {
    fields.add_error(std::string(key), evaluation::Code::bad_box,
                     "expected west,south,east,north in degrees, such as 35,49,39,52");
    return {};
  }
  if (box->west_deg <= box->east_deg) return {*box};
  return {{box->west_deg, box->south_deg, 180, box->north_deg}, {-180, box->south_deg, box->east_deg, box->north_deg}};
}

std::optional<evaluation::Period> read_period(evaluation::Fields& fields) {
  const auto text = fields.text("datetime");
  if (!text) return std::nullopt;
  const auto period = evaluation::parse_period(*text);
  if (!period) {
    fields.add_error(
        "datetime", evaluation::Code::bad_time,
        "expected an RFC 3339 time such as `2024-06-15T00:00:00Z`, or two with a slash between, where either "
        "may be `..`");
  }
  return period;
}

std::size_t read_count(evaluation::Fields& fields, std::string_view key, std::size_t fallback, double least) {
  const auto number = fields.number(key);
  if (!number) return fallback;
  if (*number < least || *number > most_features || *number != static_cast<double>(static_cast<std::size_t>(*number))) {
    fields.add_error(std::string(key), evaluation::Code::out_of_range,
                     fmt::format("expected a whole number from {}", least));
    return fallback;
  }
  return static_cast<std::size_t>(*number);
}

}  // namespace

double read_max_offset_deg(evaluation::Fields& fields) {
  constexpr std::string_view key = "max-allowable-offset";
  const double offset_deg = fields.number(key).value_or(0);
  if (offset_deg >= 0 && offset_deg <= largest_offset_deg) return offset_deg;
  fields.add_error(std::string(key), evaluation::Code::out_of_range,
                   fmt::format("expected degrees from 0 to {}", largest_offset_deg));
  return 0;
}

ItemsRequest read_items_request(evaluation::Fields& fields) {
  ItemsRequest request;
  request.boxes = read_boxes(fields, "bbox");
  request.clip = read_boxes(fields, "clip-box");
  request.period = read_period(fields);
  request.limit = std::min(read_count(fields, "limit", request.limit, 1), most_items);
  request.offset = read_count(fields, "offset", 0, 0);
  request.max_offset_deg = read_max_offset_deg(fields);
  return request;
}

void refuse_unknown(const evaluation::Members& query, std::span<const std::string_view> known,
                    evaluation::Fields& fields) {
  for (const auto& member : query) {
    if (std::ranges::find(known, member.key) != known.end()) continue;
    fields.add_error(member.key, evaluation::Code::unknown_key,
                     fmt::format("expected one of: {}", fmt::join(known, ", ")));
  }
}

}  // namespace kordon::api::features

#include "batch/json_value.hpp"

#include <charconv>

namespace kordon::batch {

evaluation::Value value_of(const JsonMember& member) {
  switch (member.kind) {
    case JsonKind::null:
      return evaluation::Null{};
    case JsonKind::boolean:
      return member.text == "true";
    case JsonKind::string:
      return std::string(member.string);
    case JsonKind::composite:
      return evaluation::Composite{};
    case JsonKind::number:
      break;
  }
  std::int64_t integer = 0;
  const char* const end = member.text.data() + member.text.size();
  const auto [stop, fault] = std::from_chars(member.text.data(), end, integer);
  return fault == std::errc() && stop == end ? evaluation::Value(integer) : evaluation::Value(member.number);
}

}  // namespace kordon::batch

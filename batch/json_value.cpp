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
  const auto [stop, error] = std::from_chars(member.text.data(), end, integer);
  return error == std::errc() && stop == end ? evaluation::Value(integer) : evaluation::Value(member.number);
}

void add_parameters(const JsonMember& parameters, JsonScanner& scanner, evaluation::Members& out) {
  if (parameters.kind == JsonKind::null) return;
  std::vector<JsonMember> members;
  if (scanner.scan(parameters.text, members)) {
    out.push_back({"parameters", value_of(parameters)});
    return;
  }
  for (const auto& member : members) out.push_back({std::string(member.name), value_of(member), true});
}

std::string object_of(const std::vector<JsonMember>& members, const std::function<bool(const JsonMember&)>& stays) {
  std::string out = "{";
  for (const auto& member : members) {
    if (!stays(member)) continue;
    if (out.size() > 1) out += ',';
    ((((out += '"') += member.name) += "\":") += member.text);
  }
  return out += '}';
}

}  // namespace kordon::batch

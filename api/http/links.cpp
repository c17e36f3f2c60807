#include "api/http/links.hpp"

#include <algorithm>

namespace kordon::api::http {
namespace {

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_host(std::string_view text) {
  const auto plain = [](char c) { return is_letter_or_digit(c) || std::string_view("-._:[]").contains(c); };
  return !text.empty() && text.size() < 300 && std::ranges::all_of(text, plain);
}

}  // namespace

Base base_of(const Call& call) {
  const auto& stated = settings_of(call.world, call.request).public_url;
  if (!stated.empty()) return {"", stated};
  if (!is_host(call.request.host)) return {};
  return {call.request.tls ? "https://" : "http://", call.request.host};
}

std::string base_url(const Call& call) {
  const auto [scheme, rest] = base_of(call);
  return std::string(scheme).append(rest);
}

std::string url_encoded(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_letter_or_digit(c) || std::string_view("-._~:,").contains(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += hex[byte >> 4U];
    out += hex[byte & 15U];
  }
  return out;
}

void write_link(text::JsonWriter& out, const Link& link) {
  out.begin_object().key("rel").text(link.rel).key("type").text(link.type);
  out.key("title").text(link.title).key("href").text(link.href).end_object();
}

}  // namespace kordon::api::http

// The small texts that requests and answers are made of: JSON, UTF-8, targets, media types.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "api/http/media_type.hpp"
#include "api/http/target.hpp"
#include "text/json_writer.hpp"
#include "text/utf8.hpp"

namespace {

std::string written(auto write) {
  std::string json;
  kordon::text::JsonWriter out(json);
  write(out);
  return json;
}

}  // namespace

TEST_CASE("JSON comes out with its commas") {
  const auto json = written([](kordon::text::JsonWriter& out) {
    out.begin_object().key("a").begin_array().integer(1).integer(-2).end_array();
    out.key("b").begin_object().end_object().key("c").null().key("d").boolean(true).end_object();
  });
  CHECK(json == R"({"a":[1,-2],"b":{},"c":null,"d":true})");
}

TEST_CASE("numbers are shortest or rounded, never infinite") {
  const auto number = [](double value) { return written([=](kordon::text::JsonWriter& out) { out.number(value); }); };
  const auto fixed = [](double value) { return written([=](kordon::text::JsonWriter& out) { out.fixed(value, 3); }); };
  CHECK(number(36.5873) == "36.5873");
  CHECK(number(-0.0) == "0");
  CHECK(number(1e300) == "1e+300");
  CHECK(number(std::numeric_limits<double>::infinity()) == "null");
  CHECK(fixed(1234.5678) == "1234.568");
  CHECK(fixed(12.5) == "12.5");
  CHECK(fixed(100) == "100");
  CHECK(fixed(-0.0001) == "0");
  CHECK(fixed(std::nan("")) == "null");
  CHECK(fixed(1e300) == "1e+300");
}

TEST_CASE("any bytes become valid JSON text") {
  for (const std::string text : {"plain", "\"\\\n\r\t\x01\x7f", "Харків", "\xC0\xAF", "\xED\xA0\x80",
                                 "\xF4\x90\x80\x80", "\xE2\x82", "a\xFFz"}) {
    const auto json = written([&](kordon::text::JsonWriter& out) { out.text(text); });
    CAPTURE(json);
    const auto read = nlohmann::json::parse(json);
    if (kordon::text::is_utf8(text)) CHECK(read == text);
    if (!kordon::text::is_utf8(text)) CHECK(read.get<std::string>().find("\xEF\xBF\xBD") != std::string::npos);
  }
}

TEST_CASE("every ASCII character comes back from every place in a text") {
  for (int c = 0; c < 128; ++c) {
    for (std::size_t place = 0; place < 20; ++place) {
      std::string text(20, 'a');
      text[place] = static_cast<char>(c);
      std::string json;
      kordon::text::JsonWriter(json).text(text);
      CAPTURE(c);
      CHECK(nlohmann::json::parse(json) == text);
    }
  }
}

TEST_CASE("a target is taken apart and decoded") {
  const auto target = kordon::api::http::parse_target("/a%20b?x=1+2&y=%D0%A5&&z&=v");
  REQUIRE(target);
  CHECK(target->path == "/a b");
  REQUIRE(target->query.size() == 4);
  CHECK(std::get<kordon::evaluation::Untyped>(target->query[0].value).text == "1 2");
  CHECK(std::get<kordon::evaluation::Untyped>(target->query[1].value).text == "Х");
  CHECK(target->query[2].key == "z");
  CHECK(target->query[3].key.empty());
  CHECK_FALSE(kordon::api::http::parse_target("/%"));
  CHECK_FALSE(kordon::api::http::parse_target("/%2"));
  CHECK_FALSE(kordon::api::http::parse_target("/%-1"));
  CHECK_FALSE(kordon::api::http::parse_target("/%C0%AF"));
  CHECK_FALSE(kordon::api::http::parse_target("/?a=1&%61=2"));
  CHECK(kordon::api::http::parse_target("http://host")->path == "/");
  CHECK(kordon::api::http::parse_target("http://host?q=1")->query.size() == 1);
}

TEST_CASE("the closest media range decides") {
  const auto accepts = [](std::string_view accept, std::string_view offered) {
    return kordon::api::http::best_of(accept, {&offered, 1}).has_value();
  };
  CHECK(accepts("", "application/json"));
  CHECK(accepts("APPLICATION/json", "application/json"));
  CHECK(accepts("text/html, application/*;q=0.9", "application/json"));
  CHECK(accepts("*/*;q=0, application/json", "application/json"));
  CHECK_FALSE(accepts("text/*", "application/json"));
  CHECK_FALSE(accepts("application/json;q=0.000, */*", "application/json"));
  CHECK_FALSE(accepts("garbage;;,", "application/json"));
  CHECK(kordon::api::http::is_media_type("application/json", "application/json"));
  CHECK(kordon::api::http::is_media_type("application/json ; charset=\"utf-8\"", "application/json"));
  CHECK_FALSE(kordon::api::http::is_media_type("application/jsonp", "application/json"));
  CHECK_FALSE(kordon::api::http::is_media_type("application/json; charset=utf-16", "application/json"));
}

#include "server/request_id.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace kordon::server;

TEST_CASE("a good request id is kept, another one replaced") {
  kordon::server::IdSource ids;
  CHECK(kordon::server::choose_request_id("a-1_B.c", ids).view() == "a-1_B.c");
  CHECK(kordon::server::choose_request_id(std::string(128, 'a'), ids).view().size() == 128);
  for (const auto& bad :
       {std::string(), std::string(129, 'a'), std::string("a b"), std::string("a\"b"), std::string("\xC3\xA9")}) {
    CHECK(kordon::server::choose_request_id(bad, ids).view().size() == 16);
  }
  std::set<std::string> made;
  for (int i = 0; i < 1000; ++i) made.insert(std::string(ids.make().view()));
  CHECK(made.size() == 1000);
}

TEST_CASE("a trace is followed with a parent id of our own") {
  kordon::server::IdSource ids;
  const std::string field = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const auto own = kordon::server::follow_trace(field, ids);
  REQUIRE(own.view().size() == 55);
  CHECK(own.view().substr(0, 36) == field.substr(0, 36));
  CHECK(own.view().substr(36, 16) != field.substr(36, 16));
  CHECK(own.view().substr(52) == "-01");
  CHECK(kordon::server::trace_id(own) == "4bf92f3577b34da6a3ce929d0e0e4736");
  CHECK(kordon::server::follow_trace("01" + field.substr(2) + "-more", ids).view().starts_with("00-4bf9"));
}

TEST_CASE("a faulty trace is none") {
  kordon::server::IdSource ids;
  for (const auto* field : {"", "x", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
                            "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}) {
    CAPTURE(field);
    const auto own = kordon::server::follow_trace(field, ids);
    CHECK(own.view().empty());
    CHECK(kordon::server::trace_id(own).empty());
  }
}

#include "server/request_head.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace kordon::server;

namespace {

std::string with(std::string_view fields) {
  return "POST /v1/evaluate?lon=1 HTTP/1.1\r\nHost: a.example:8080\r\n" + std::string(fields) + "\r\n";
}

}  // namespace

TEST_CASE("a head is read into its parts") {
  const auto text = with("aCCept:  text/csv ,x\t\r\nContent-Length: 12\r\nX-Other: y\r\nExpect: 100-Continue\r\n");
  const auto head = parse_head(text);
  REQUIRE(head);
  CHECK(head->method == "POST");
  CHECK(head->target == "/v1/evaluate?lon=1");
  CHECK((*head)[Field::host] == "a.example:8080");
  CHECK((*head)[Field::accept] == "text/csv ,x");
  CHECK(head->body == BodyKind::length);
  CHECK(head->content_length == 12);
  CHECK(head->expects_continue);
  CHECK(head->keep_alive);
}

TEST_CASE("a list given in several lines is one list") {
  const auto text =
      with("Accept: a/b\r\nAccept: c/d\r\nAccept-Encoding: x\r\nAccept: e/f\r\nConnection: x\r\nConnection: close\r\n");
  const auto head = parse_head(text);
  REQUIRE(head);
  CHECK((*head)[Field::accept] == "a/b, c/d, e/f");
  CHECK((*head)[Field::accept_encoding] == "x");
  CHECK_FALSE(head->keep_alive);
}

TEST_CASE("the connection is kept as version and field say") {
  const auto keeps = [](std::string_view version, std::string_view connection) {
    const auto text =
        "GET / " + std::string(version) + "\r\nHost: a\r\nConnection: " + std::string(connection) + "\r\n\r\n";
    return parse_head(text)->keep_alive;
  };
  CHECK(keeps("HTTP/1.1", ""));
  CHECK(keeps("HTTP/1.1", "upgrade, x"));
  CHECK_FALSE(keeps("HTTP/1.1", "x , Close"));
  CHECK_FALSE(keeps("HTTP/1.0", ""));
  CHECK(keeps("HTTP/1.0", "Keep-Alive"));
  CHECK_FALSE(keeps("HTTP/1.0", "keep-alive, close"));
}

TEST_CASE("what two servers could read in two ways is refused") {
  const std::vector<std::string> fields{
      "Content-Length: 1\r\nContent-Length: 1\r\n",
      "Content-Length: 1, 1\r\n",
      "Content-Length: +1\r\n",
      "Content-Length: 0x1\r\n",
      "Content-Length: 1 1\r\n",
      "Content-Length:\r\n",
      "Content-Length:\r\nContent-Length: 5\r\n",
      "Content-Length: 18446744073709551616\r\n",
      "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
      "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding: gzip, chunked\r\n",
      "Transfer-Encoding: chunked, identity\r\n",
      "Transfer-Encoding: identity\r\n",
      "Transfer-Encoding: xchunked\r\n",
      "Transfer-Encoding:\r\n",
      "Transfer-Encoding: \"chunked\"\r\n",
      "Transfer-Encoding : chunked\r\n",
      "Transfer-Encoding\r\n : chunked\r\n",
      "X: y\r\n folded\r\n",
      "X: y\r\n\tfolded\r\n",
      " Transfer-Encoding: chunked\r\n",
      "X: a\rb\r\n",
      "X: a\r\r\n",
      std::string("X: a\0b\r\n", 8),
      "X: \x7f\r\n",
      "X\x01: a\r\n",
      "X(y): a\r\n",
      ": a\r\n",
      "X\r\n",
      "Host: b.example\r\n",
      "Host:\r\n",
      "Content-Type: a/b\r\nContent-Type: c/d\r\n",
      "Authorization: a\r\nauthorization: b\r\n",
  };
  for (const auto& field : fields) {
    CAPTURE(field);
    CHECK_FALSE(parse_head(with(field)));
  }
  CHECK(parse_head(with("")));
}

TEST_CASE("a request line has three parts and one blank between them") {
  for (const auto* line : {"GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET /a b HTTP/1.1",
                           "GET\t/ HTTP/1.1", "G(T / HTTP/1.1", "GET / http/1.1", "GET / HTTP/1.1\r",
                           "GET /\r HTTP/1.1", "GET /\x80 HTTP/1.1", "GET / HTTP/11.1", "/ HTTP/1.1", ""}) {
    CAPTURE(line);
    CHECK_FALSE(parse_head(std::string(line) + "\r\nHost: a\r\n\r\n"));
  }
}

TEST_CASE("HTTP/1.0 has no chunks and needs no Host") {
  CHECK(parse_head("GET / HTTP/1.0\r\n\r\n"));
  CHECK_FALSE(parse_head("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"));
  CHECK_FALSE(parse_head("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"));
  CHECK_FALSE(parse_head("GET / HTTP/1.1\r\n\r\n"));
  CHECK(parse_head("GET / HTTP/1.1\r\nHost:\r\n\r\n"));
  for (const auto* host :
       {"a b",   "a/b", "a@b", "a,b",  "<a>", "a\tb", "[",          "[]",      "]",    "[::1", "[::1]a", "[a.b]",
        "a:b:c", "::1", ":80", "a%zz", "a%4", "a%",   "a:99999999", "a:65536", "a:8o", "a:-1", "a:+1",   "[::1]:x"}) {
    CAPTURE(host);
    CHECK_FALSE(parse_head("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n"));
  }
}

TEST_CASE("the end of a head is found however it is cut") {
  const auto text = with("Accept: x\r\n") + "body\n\r\n\r\n";
  const auto whole = text.find("\r\n\r\n") + 4;
  for (std::size_t first = 0; first <= text.size(); ++first) {
    std::size_t scanned = 0;
    const auto early = find_head_end(std::string_view(text).substr(0, first), scanned);
    REQUIRE(early);
    CHECK(*early == (first < whole ? 0 : whole));
    if (*early == 0) CHECK(*find_head_end(text, scanned) == whole);
  }
}

TEST_CASE("a line without CR is a fault as soon as it is there") {
  for (const auto* text :
       {"\n", "GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nHost: a\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\n"}) {
    CAPTURE(text);
    std::size_t scanned = 0;
    CHECK_FALSE(find_head_end(text, scanned));
  }
}

TEST_CASE("a host may be a name, an address or empty, with a port or without one") {
  for (const auto* host : {"", "a", "a.example:8080", "a:", "a:0", "a:65535", "127.0.0.1:80", "[::1]",
                           "[2001:db8::1]:443", "xn--bcher-kva.example", "a%2Db", "a_b", "a!$&'()*+;=b"}) {
    CAPTURE(host);
    const auto text = "GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n";
    const auto head = parse_head(text);
    REQUIRE(head);
    CHECK((*head)[Field::host] == host);
  }
}

TEST_CASE("of an absolute target the authority is the host, and what follows is the path") {
  struct Case {
    std::string_view target, host, path;
  };
  for (const auto& [target, host, path] :
       {Case{"http://a.example:80/livez", "a.example:80", "/livez"}, Case{"HTTP://A/x?y=1", "A", "/x?y=1"},
        Case{"https://[::1]:8/", "[::1]:8", "/"}, Case{"http://a", "a", "/"}, Case{"http://a?x=1", "a", "/?x=1"},
        Case{"/http://a/", "other", "/http://a/"}, Case{"//a/b", "other", "//a/b"}}) {
    CAPTURE(target);
    const auto text = "GET " + std::string(target) + " HTTP/1.1\r\nHost: other\r\n\r\n";
    const auto head = parse_head(text);
    REQUIRE(head);
    CHECK((*head)[Field::host] == host);
    CHECK(head->target == path);
  }
  for (const auto* target : {"http://", "http:///x", "http://[/x", "http://a@b/x", "http://a:b/x", "ftp://a/x", "a/b",
                             "*", "?x", "http:/a", "http://a:99999/x"}) {
    CAPTURE(target);
    CHECK_FALSE(parse_head("GET " + std::string(target) + " HTTP/1.1\r\nHost: other\r\n\r\n"));
  }
  CHECK(parse_head("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"));
  CHECK_FALSE(parse_head("GET http://a/ HTTP/1.1\r\n\r\n"));
  CHECK_FALSE(parse_head("GET http://a/ HTTP/1.1\r\nHost: [\r\n\r\n"));
}

TEST_CASE("a higher minor version is read as 1.1, another major version is not read") {
  const std::string text = "GET /x HTTP/1.2\r\nHost: a\r\nAccept: b\r\n\r\n";
  const auto head = parse_head(text);
  REQUIRE(head);
  CHECK(head->http_1_1);
  CHECK(head->keep_alive);
  CHECK(head->target == "/x");
  CHECK((*head)[Field::accept] == "b");
  for (const auto* version : {"HTTP/2.0", "HTTP/0.9", "HTTP/3.1"}) {
    CAPTURE(version);
    const auto refused = parse_head("GET / " + std::string(version) + "\r\nHost: a\r\n\r\n");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == HttpFault::Kind::version);
  }
}

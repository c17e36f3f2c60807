#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "server/request_head.hpp"

namespace kordon::server {

/// Beast's parser of HTTP/1's head, with checks for heads that it lets through and a safe server does not. The head's
/// views point into the text that was put, which must live as long. Bodies are body_reader.hpp's.
class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  RequestParser();

  /// A whole header, up to and with its blank line, without folded fields.
  std::expected<void, HttpFault> put_head(std::string_view text);

  [[nodiscard]] const RequestHead& head() const { return head_; }
  RequestHead take_head() { return std::move(head_); }

 private:
  using Error = boost::beast::error_code;
  using Text = boost::beast::string_view;

  std::expected<std::string_view, HttpFault> as_known_version(std::string_view text);
  void refuse(std::string fault, Error& error);
  void read_authority(Error& error);

  void on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Error& error) override;
  void on_field_impl(boost::beast::http::field, Text name, Text value, Error& error) override;
  void on_header_impl(Error& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(Text piece, Error&) override { return piece.size(); }
  void on_chunk_header_impl(std::uint64_t, Text, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text piece, Error&) override { return piece.size(); }
  void on_finish_impl(Error&) override {}
  void on_response_impl(int, Text, int, Error&) override {}

  RequestHead head_;
  std::string_view authority_;  ///< of the target, if it has one
  std::string fault_;
};

}  // namespace kordon::server

#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/message.hpp"
#include "batch/batch_stream.hpp"
#include "evaluation/error.hpp"
#include "evaluation/member.hpp"
#include "world/world.hpp"

namespace kordon::api {

struct OpenedStream {
  std::unique_ptr<batch::BatchStream> stream;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< beyond content type and length
  std::string_view route = "-";                                   ///< as Response::route
};

/// The header fields of the answer, once the stream has answered something: those of `opened`, whose Kordon-Notice says
/// also what of the columns is not used, and of CSV Kordon-Columns, which says which columns are.
std::vector<std::pair<std::string, std::string>> headers_of(const OpenedStream& opened);

/// A batch in any format but JSON answered as JSON. At most `max_rows` rows; 0: any number.
std::expected<OpenedStream, evaluation::FieldErrors> open_batch(const world::World& world, const http::Request& head,
                                                                const evaluation::Members& query, std::size_t max_rows);

/// Whether this request's body is read as a stream, from its head: method, target, Content-Type, Accept (`body` is not
/// read). Nothing: it is not, and `answer` wants it whole. Errors: it would be, but not like this (see `problem`).
/// `world` must outlive the stream.
std::expected<std::optional<OpenedStream>, evaluation::FieldErrors> open_stream(const world::World& world,
                                                                                const http::Request& head);

/// Answers the body of a request by a stream that was opened for it, step by step. False: there is no room for the
/// answer, see http::Request::hold.
std::expected<bool, evaluation::FieldErrors> answer_wholly(batch::BatchStream& stream, const http::Request& request,
                                                           std::string& out);

}  // namespace kordon::api

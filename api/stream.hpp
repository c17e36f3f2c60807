#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/error.hpp"
#include "api/http.hpp"
#include "api/member.hpp"
#include "config/world.hpp"

namespace kordon::api {

/// What a batch has come to so far.
struct StreamTotals {
  std::uint64_t rows = 0;
  std::uint64_t rows_in_error = 0;
};

/// A batch that is read, evaluated and answered in pieces, in order. It holds at most one unfinished row and the
/// piece in hand, however many rows there are. Used by one thread at a time.
class BatchStream {
 public:
  BatchStream() = default;
  BatchStream(const BatchStream&) = delete;
  BatchStream& operator=(const BatchStream&) = delete;
  virtual ~BatchStream() = default;

  /// Takes the next piece of the body, split anywhere, and appends what it answers to `out`, which may be nothing.
  /// Time and output are in proportion to the piece. After a fault the stream is over: where nothing was answered yet,
  /// the fault is that of the request; else the answer must end as one that was cut off.
  virtual std::expected<void, FieldErrors> feed(std::string_view piece, std::string& out) = 0;

  /// The body is complete: the rest of the answer. Called once.
  virtual std::expected<void, FieldErrors> finish(std::string& out) = 0;

  [[nodiscard]] virtual StreamTotals totals() const = 0;
};

struct OpenedStream {
  std::unique_ptr<BatchStream> stream;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< beyond content type and length
  std::string_view route = "-";                                   ///< as Response::route
};

/// A batch in any format but JSON answered as JSON. At most `max_rows` rows; 0: any number.
std::expected<OpenedStream, FieldErrors> open_batch(const config::World& world, const Request& head,
                                                    const Members& query, std::size_t max_rows);

/// Whether this request's body is read as a stream, from its head: method, target, Content-Type, Accept (`body` is not
/// read). Nothing: it is not, and `answer` wants it whole. Faults: it would be, but not like this (see `problem`).
/// `world` must outlive the stream.
std::expected<std::optional<OpenedStream>, FieldErrors> open_stream(const config::World& world, const Request& head);

}  // namespace kordon::api

#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/body_reader.hpp"
#include "server/content_coding.hpp"
#include "server/gunzip.hpp"
#include "server/request_parser.hpp"
#include "server/service.hpp"
#include "server/shared.hpp"

namespace kordon::server {

enum class Outcome {
  needs_more,  ///< bytes, to go on
  moved,       ///< something was consumed, and there may be more to do
  answered,    ///< and the connection goes on
  large,       ///< the body is here, and its answer takes longer than a turn may; see Incoming::take
  elsewhere,   ///< what was taken takes longer than a turn may; see Incoming::work
  ended,       ///< the last answer was appended; the connection must close after it
};

struct Advance {
  Outcome outcome = Outcome::needs_more;
  std::size_t consumed = 0;
};

/// A request whose header's text is copied, for the bytes that it came with are gone before its body is there.
class KeptRequest {
 public:
  explicit KeptRequest(std::string_view text) : text_(text.begin(), text.end()) {
    [[maybe_unused]] const auto read = parser_.put_head({text_.data(), text_.size()});  // as it was read before
    body_ = BodyReader(head().body, head().content_length);
    if (is_gzip(head()[Field::content_encoding])) gunzip_ = std::make_unique<Gunzip>();
  }
  [[nodiscard]] const RequestHead& head() const { return parser_.head(); }
  /// As BodyReader::put, with the content as it was before gzip packed it.
  std::expected<BodyReader::Step, HttpFault> put_body(std::string_view bytes);
  [[nodiscard]] bool is_packed() const { return gunzip_ != nullptr; }
  [[nodiscard]] bool is_done() const { return body_.is_done(); }

 private:
  std::vector<char> text_;
  RequestParser parser_;
  BodyReader body_;
  std::unique_ptr<Gunzip> gunzip_;  ///< null: the body is as it is
};

/// A request up to its body. The exchange's views point into the head's text, which does not move with it.
struct BegunRequest {
  KeptRequest kept;
  Exchange exchange;
  std::unique_ptr<FairShares::Holding> holding = {};  ///< of streams, or of bytes of bodies received whole
};

BegunRequest begin_request(Service& service, const Caller& caller, std::string_view head_text);

/// A request whose body is still coming.
class Incoming {
 public:
  Incoming() = default;
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;
  virtual ~Incoming() = default;

  /// Takes at most one piece from the front of the bytes received, and appends answers.
  virtual Advance advance(std::string_view received, std::string& out) = 0;

  /// After `elsewhere`, by another thread, while nothing else of this is called but `abandon`.
  virtual void work() { std::unreachable(); }
  /// Behind it, on the worker's thread: appends what there is to answer. Nothing is consumed.
  virtual Advance resume(std::string&) { std::unreachable(); }

  /// The request with its body, after `large`.
  virtual std::pair<BegunRequest, std::string> take() = 0;
  /// Abandons the request, which will not come to its end; `why` is for the log. Called at most once.
  virtual void abandon(std::string_view why) = 0;

  /// Whether it is answered while its body is read.
  [[nodiscard]] virtual bool streams() const = 0;
  /// Whether its client is to get nothing of the answer before its body is there.
  [[nodiscard]] virtual bool holds_answer() const { return false; }
  /// Whether a part of its answer is out: then nothing else may be said.
  [[nodiscard]] virtual bool answer_begun() const = 0;
};

/// Parts of a worker that requests with a body use.
struct Reception {
  Shared& shared;
  Service& service;
  const Caller& caller;
};

/// Begins a request with a body: streamed where the API says so, else received whole and answered then. A client that
/// expects it is invited to send the body, unless that `has_come`. Nothing: the request is refused before its body is
/// read, the problem was appended, and the connection must close after it.
std::unique_ptr<Incoming> receive_body(const Reception& reception, std::string_view head_text, bool has_come,
                                       std::string& out);

api::http::Response body_too_large(std::size_t max_bytes);

}  // namespace kordon::server

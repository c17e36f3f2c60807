#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "api/stream.hpp"
#include "evaluation/error.hpp"
#include "server/caller.hpp"
#include "server/gzip.hpp"
#include "server/log.hpp"
#include "server/metrics.hpp"
#include "server/request_head.hpp"
#include "server/request_id.hpp"
#include "server/shared.hpp"

namespace kordon::server {

struct MadeAnswer;
class Outbox;

/// One request on its way to its answer. The views point into the request's head.
struct Exchange {
  std::string_view method = "-";
  std::string_view target;  ///< only where it may be logged
  bool http_1_1 = true;
  bool keep_alive = false;
  RequestId id;
  TraceParent trace;
  std::string_view allowed_origin;  ///< see `allowed_origin` in cors.hpp
  bool varies_by_origin = false;    ///< CORS is configured
  bool preflight = false;           ///< CORS asks before it sends the request itself
  bool accepts_gzip = false;
  Caller caller;
  std::string token;   ///< name of the bearer token
  ClientKey client{};  ///< the client that limits count this for
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  std::uint64_t request_bytes = 0;  ///< of the body
  /// Of what is answered by other threads: set when no one waits for it any more.
  std::shared_ptr<std::atomic<bool>> abandoned = {};
};

/// A batch that is answered while it is read, with the world that it began with.
struct OpenStream {
  WorldPointer world;
  api::OpenedStream opened;
};

/// Service: makes an answer's bytes of a request's head and body, apart from sockets. One for each worker, used by its
/// thread.
class Service {
 public:
  explicit Service(Shared& shared) : shared_(shared), world_(shared.world), tokens_(shared.tokens) {}

  Exchange begin(const RequestHead& head, const Caller& caller);
  /// Exchange for bytes that could not be read as a request.
  Exchange begin();

  /// The problem with a request that may not be asked, by this caller or at this rate; to be called once, before its
  /// body is read.
  std::optional<api::http::Response> access_problem(Exchange& exchange, const RequestHead& head);
  /// A problem that tells nothing where the machine fails.
  api::http::Response answer(const Exchange& exchange, const RequestHead& head, std::string_view body);
  /// The answer to a request with a body that its path and method do not take: it is not received.
  api::http::Response answer_without_body(const Exchange& exchange, const RequestHead& head);
  /// Whether this request is answered while its body is read; if it may not be, the answer that says so.
  std::expected<std::optional<OpenStream>, api::http::Response> open_stream(const Exchange& exchange,
                                                                            const RequestHead& head);

  /// Appends a whole answer, and notes that it was given. Whether the connection goes on, as `exchange.keep_alive` then
  /// says, too: no longer when the server stops. One that is large is refused where the budget has no room for it.
  bool finish(Exchange& exchange, api::http::Response response, std::string& out);
  /// Finishes an answer that was made elsewhere.
  bool finish(Exchange& exchange, const MadeAnswer& made, Outbox& out);
  /// Appends the head of an answer that comes in pieces, compressed for a client that accepts it.
  void begin_answer(Exchange& exchange, const api::OpenedStream& opened, std::string& out);
  /// Counts rows of a batch against its client's rate.
  void charge(const Exchange& exchange, std::uint64_t rows);
  /// Notes that such an answer has ended, or why it was cut off.
  void end_answer(const Exchange& exchange, const api::OpenedStream& opened, std::uint64_t response_bytes,
                  std::string_view cut_off);
  /// Notes that a request was never answered.
  void note_cut_off(const Exchange& exchange, std::string_view why);

  /// Between requests, at least each half second: time goes on, and an idle worker must not hold an old world.
  void tick();

  [[nodiscard]] const WorkerMetrics& metrics() const { return metrics_; }
  TurnMetrics& turns() { return metrics_.turns; }

 private:
  evaluation::Evaluator& evaluator();
  void keep_room(std::string body);
  void note(const Exchange& exchange, Served served, std::uint64_t response_bytes, std::string_view cut_off = {});

  Shared& shared_;
  SnapshotReader<world::World> world_;
  SnapshotReader<Tokens> tokens_;
  std::shared_ptr<const world::World> remembered_;
  std::optional<evaluation::Evaluator> evaluator_;  ///< of that world
  AccessLog log_;
  WorkerMetrics metrics_;
  Gzip gzip_;
  IdSource ids_;
  std::string date_;
};

/// Answers a request by the table of endpoints. A problem that tells nothing where the machine fails.
api::http::Response answer_to(Shared& shared, evaluation::Evaluator& evaluator, const Exchange& exchange,
                              const RequestHead& head, std::string_view body);

/// Logs an exception; the answer tells nothing of it.
api::http::Response failed(const Exchange& exchange, const std::exception& fault);

/// 503 with Retry-After: come again later.
api::http::Response overloaded(std::string_view detail);

}  // namespace kordon::server

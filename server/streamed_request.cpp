#include "server/streamed_request.hpp"

#include <algorithm>

#include "api/http/problem.hpp"
#include "server/http_text.hpp"

namespace kordon::server {
namespace {

/// What one step may evaluate before other connections have their turn: of the body, and about that much of the answer.
constexpr std::size_t most_piece_bytes = 32 * 1024;
constexpr std::size_t least_piece_bytes = 64;
constexpr std::size_t step_answer_bytes = 256 * 1024;

/// What may become that many bytes: rows shrink to a tenth or so.
std::size_t packed_bytes(std::size_t piece_bytes) { return std::max(least_piece_bytes, piece_bytes / 16); }

/// aiohttp 3.14.5 closes the file that it sends as soon as an answer begins, and sends no more.
bool drops_its_body(const RequestHead& head) { return head[Field::user_agent].contains("aiohttp/"); }

using Clock = std::chrono::steady_clock;

}  // namespace

StreamedRequest::StreamedRequest(const Reception& reception, BegunRequest begun, OpenStream stream)
    : shared_(reception.shared),
      service_(reception.service),
      kept_(std::move(begun.kept)),
      stream_(std::move(stream)),
      exchange_(std::move(begun.exchange)),
      holding_(std::move(begun.holding)),
      parsed_(shared_.budget, Hold::parsed),
      holds_answer_(drops_its_body(kept_.head())) {}

StreamedRequest::~StreamedRequest() {
  if (!noted_) service_.end_answer(exchange_, stream_.opened, answer_bytes_, cut_off_);
}

Advance StreamedRequest::advance(std::string_view received, std::string& out) {
  if (stream_.opened.stream->has_more()) return {Outcome::elsewhere, 0};
  std::string gathered;
  const auto step =
      read_piece(received.substr(0, kept_.is_packed() ? packed_bytes(piece_bytes_) : piece_bytes_), gathered);
  if (!step)
    return fail(api::http::problem({{"body", evaluation::Code::bad_http, step.error().text}}), "bad_http", out);
  if (unanswered_bytes_ >= BudgetShare::few_bytes && !shared_.budget.has_room(step->piece.size())) {
    return fail(overloaded("as many bytes are held for clients as may be"), "overloaded", out);
  }
  const auto begin = Clock::now();
  if (const auto taken = take(step->piece); !taken) return fail(taken.error(), "bad_body", out);
  fit_next_piece(*step, Clock::now() - begin);
  return go_on(step->consumed, out);
}

std::expected<BodyReader::Step, HttpFault> StreamedRequest::read_piece(std::string_view bytes, std::string& gathered) {
  if (broken_) return std::unexpected(*broken_);
  const auto first = kept_.put_body(bytes);
  if (!first || first->consumed == bytes.size() || kept_.is_done()) return first;
  auto consumed = first->consumed;
  gathered = first->piece;
  while (consumed < bytes.size() && !kept_.is_done()) {
    const auto next = kept_.put_body(bytes.substr(consumed));
    if (!next) {
      broken_ = next.error();
      break;
    }
    consumed += next->consumed;
    gathered += next->piece;
  }
  return BodyReader::Step{consumed, gathered};
}

Advance StreamedRequest::go_on(std::size_t consumed, std::string& out) {
  charge();
  emit(out);
  if (stream_.opened.stream->has_more()) return {Outcome::elsewhere, consumed};
  if (kept_.is_done()) return end(consumed, out);
  return {consumed > 0 ? Outcome::moved : Outcome::needs_more, consumed};
}

void StreamedRequest::work() {
  try {
    const auto done = stream_.opened.stream->proceed(piece_);
    if (!done) worked_ = std::unexpected(api::http::problem(done.error()));
  } catch (...) {
    thrown_ = std::current_exception();
  }
}

Advance StreamedRequest::resume(std::string& out) {
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  if (!worked_) return fail(worked_.error(), "bad_body", out);
  auto next = go_on(0, out);
  if (next.outcome == Outcome::needs_more) next.outcome = Outcome::moved;
  return next;
}

std::expected<void, api::http::Response> StreamedRequest::take(std::string_view piece) {
  exchange_.request_bytes += piece.size();
  const auto max_bytes = shared_.config.limits.stream_bytes;
  if (max_bytes > 0 && exchange_.request_bytes > max_bytes) return std::unexpected(body_too_large(max_bytes));
  if (!piece.empty()) {
    if (const auto fed = stream_.opened.stream->feed(piece, piece_); !fed) {
      return std::unexpected(api::http::problem(fed.error()));
    }
  }
  if (kept_.is_done()) {
    if (const auto finished = stream_.opened.stream->finish(piece_); !finished) {
      return std::unexpected(api::http::problem(finished.error()));
    }
  }
  return {};
}

void StreamedRequest::charge() {
  const auto rows = std::max(stream_.opened.stream->totals().cost, charged_rows_);
  service_.charge(exchange_, rows - charged_rows_);
  charged_rows_ = rows;
}

/// Short rows may have long answers, and rows may take long.
void StreamedRequest::fit_next_piece(const BodyReader::Step& step, Clock::duration took) {
  const auto body_bytes = step.piece.size();
  unanswered_bytes_ += body_bytes;
  parsed_.set(unanswered_bytes_);
  const std::chrono::duration<double, std::milli> most_time(static_cast<double>(shared_.config.limits.turn.count()) /
                                                            2);
  if (took > most_time) {
    const auto share = most_time / took;
    piece_bytes_ = std::max(least_piece_bytes, static_cast<std::size_t>(static_cast<double>(body_bytes) * share));
  } else if (step.consumed == piece_bytes_) {
    piece_bytes_ = std::min(2 * piece_bytes_, most_piece_bytes);
  }
  if (piece_.empty()) return;
  const auto by_answer = unanswered_bytes_ * step_answer_bytes / piece_.size();
  piece_bytes_ = std::clamp(std::min(piece_bytes_, by_answer), least_piece_bytes, most_piece_bytes);
  unanswered_bytes_ = 0;
}

void StreamedRequest::abandon(std::string_view why) {
  cut_off_ = why;
  exchange_.abandoned->store(true, std::memory_order_relaxed);
}

void StreamedRequest::emit(std::string& out) {
  if (piece_.empty()) return;
  begin_answer(out);
  append(gzip_ ? gzip_->add(piece_) : piece_, out);
  piece_.clear();
}

void StreamedRequest::begin_answer(std::string& out) {
  if (answer_begun_) return;
  if (exchange_.accepts_gzip) gzip_.emplace();
  service_.begin_answer(exchange_, stream_.opened, out);
  answer_begun_ = true;
}

void StreamedRequest::append(std::string_view piece, std::string& out) {
  if (exchange_.http_1_1) {
    append_chunk(out, piece);
  } else {
    out += piece;
  }
  answer_bytes_ += piece.size();
}

Advance StreamedRequest::end(std::size_t consumed, std::string& out) {
  begin_answer(out);
  if (gzip_) append(gzip_->finish(), out);
  if (exchange_.http_1_1) out += last_chunk;
  service_.end_answer(exchange_, stream_.opened, answer_bytes_, {});
  noted_ = true;
  return {exchange_.keep_alive ? Outcome::answered : Outcome::ended, consumed};
}

/// An answer that has begun can only be cut off: without its last chunk a client sees that it is not whole.
Advance StreamedRequest::fail(const api::http::Response& problem, std::string_view why, std::string& out) {
  cut_off_ = why;
  if (!answer_begun_) {
    exchange_.keep_alive = false;
    service_.finish(exchange_, problem, out);
    noted_ = true;
  }
  return {Outcome::ended, 0};
}

}  // namespace kordon::server

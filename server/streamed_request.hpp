#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>

#include "server/gzip.hpp"
#include "server/incoming.hpp"

namespace kordon::server {

/// A batch that is answered piece by piece while its body is read. Its caller writes each piece of the answer before it
/// hands over the next piece of the body, so that neither side has to be held in memory. A piece is as large as can be
/// answered within a part of a turn, however much a row costs. Lines and areas are answered by other threads.
class StreamedRequest final : public Incoming {
 public:
  StreamedRequest(const Reception& reception, BegunRequest begun, OpenStream stream);
  ~StreamedRequest() override;
  StreamedRequest(const StreamedRequest&) = delete;
  StreamedRequest& operator=(const StreamedRequest&) = delete;

  Advance advance(std::string_view received, std::string& out) override;
  void work() override;
  Advance resume(std::string& out) override;
  std::pair<BegunRequest, std::string> take() override { std::unreachable(); }
  void abandon(std::string_view why) override;
  [[nodiscard]] bool streams() const override { return true; }
  [[nodiscard]] bool holds_answer() const override { return holds_answer_ && !kept_.is_done(); }
  [[nodiscard]] bool answer_begun() const override { return answer_begun_; }

 private:
  /// The content of all chunks in `bytes`, in `gathered` where they are several: a client may send a row in each. What
  /// came before a fault is answered first.
  std::expected<BodyReader::Step, HttpFault> read_piece(std::string_view bytes, std::string& gathered);
  std::expected<void, api::http::Response> take(std::string_view piece);
  Advance go_on(std::size_t consumed, std::string& out);
  void charge();
  void fit_next_piece(const BodyReader::Step& step, std::chrono::steady_clock::duration took);
  void emit(std::string& out);
  void begin_answer(std::string& out);
  void append(std::string_view piece, std::string& out);
  Advance end(std::size_t consumed, std::string& out);
  Advance fail(const api::http::Response& problem, std::string_view why, std::string& out);

  Shared& shared_;
  Service& service_;
  KeptRequest kept_;
  OpenStream stream_;
  Exchange exchange_;
  std::unique_ptr<FairShares::Holding> holding_;
  std::size_t piece_bytes_ = 1024;  ///< of the body, to be read next
  std::size_t unanswered_bytes_ = 0;
  std::optional<HttpFault> broken_;  ///< of the framing, behind what was gathered
  BudgetShare parsed_;
  std::string piece_;  ///< of the answer, before it is compressed and a chunk
  std::optional<GzipStream> gzip_;
  const bool holds_answer_;
  bool answer_begun_ = false;
  bool noted_ = false;
  std::expected<void, api::http::Response> worked_;  ///< what `work` came to
  std::exception_ptr thrown_;                        ///< what ended it
  std::string_view cut_off_ = "closed";              ///< why it did not come to its end, if it did not
  std::uint64_t answer_bytes_ = 0;
  std::uint64_t charged_rows_ = 1;  ///< the request itself is counted
};

}  // namespace kordon::server

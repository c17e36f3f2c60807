#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "server/incoming.hpp"
#include "server/outbox.hpp"

namespace kordon::server {

/// A request that is answered by another thread than its connection's; it lives until both have done with it.
struct Question {
  explicit Question(Budget& budget, BegunRequest the_begun, std::string the_body = {})
      : begun(std::move(the_begun)), body(std::move(the_body)), parsed(budget, Hold::parsed) {
    parsed.set(body.capacity());
  }

  BegunRequest begun;
  const std::string body;
  Share parsed;
};

/// An answer without its framing. The body is `own`, or `shared` by all who asked the same.
struct MadeAnswer {
  api::http::Response response;  ///< its body was taken out
  std::string own;
  std::shared_ptr<const SharedBody> shared;
  bool gzip = false;      ///< the body is compressed
  bool may_gzip = false;  ///< it would be, for a client that accepts it

  [[nodiscard]] std::size_t body_bytes() const { return shared ? shared->text.size() : own.size(); }
};

/// Makes answers that take longer than a worker's turn may: shapes for maps, large batches. Few threads of lower
/// priority, and a queue of bounded length in which no client address has more than its part. The same GET that several
/// ask at the same time, or shortly after, is made once, compressed once, and is one buffer in memory.
class AnswerQueue {
 public:
  /// Called by one of the queue's threads, once.
  using Take = std::function<void(std::shared_ptr<const MadeAnswer>)>;

  AnswerQueue(Shared& shared, std::size_t threads);
  ~AnswerQueue();
  AnswerQueue(const AnswerQueue&) = delete;
  AnswerQueue& operator=(const AnswerQueue&) = delete;

  void start();

  /// Made a moment ago and still good; null if not.
  std::shared_ptr<const MadeAnswer> find(const Question& question);
  /// False where the queue is full, or this client's part of it; then `take` is never called.
  bool ask(std::shared_ptr<const Question> question, Take take);

  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] std::uint64_t refused_total() const { return refused_total_.load(std::memory_order_relaxed); }

 private:
  struct Job {
    std::string key;  ///< empty: not shared
    std::shared_ptr<const Question> question;
    std::vector<Take> takers;
    bool begun = false;
  };
  struct Kept {
    std::string key;
    std::shared_ptr<const MadeAnswer> made;
    std::chrono::steady_clock::time_point until;
  };

  void work();
  std::shared_ptr<const MadeAnswer> make(const Question& question, std::optional<evaluation::Evaluator>& evaluator,
                                         WorldPointer& world, Gzip& gzip) const;
  void keep(const std::string& key, const std::shared_ptr<const MadeAnswer>& made);
  [[nodiscard]] std::string key_of(const Question& question) const;
  [[nodiscard]] bool has_room_for(const ClientAddress& address) const;

  Shared& shared_;
  const std::size_t thread_count_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;
  std::list<std::shared_ptr<Job>> jobs_;  ///< those under way, too
  std::list<Kept> kept_;                  ///< the newest first
  std::atomic<std::uint64_t> refused_total_ = 0;
  std::vector<std::jthread> threads_;
};

}  // namespace kordon::server

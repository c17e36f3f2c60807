#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
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
  BudgetShare parsed;
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

/// Does what takes longer than a worker's turn may: shapes for maps, large batches, lines and areas of streams. Few
/// threads of lower priority, and a queue of bounded length in which no client address has more than its part. Clients
/// have their turns one after the other (start-time fair queueing), whatever each has asked for. The same GET that
/// several ask at the same time, or shortly after, is made once, compressed once, and is one buffer in memory; what no
/// one waits for any more is not made.
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

  /// Calls `work` on one of the threads, in this client's turn. Never refused: only streams do this, one piece each.
  void run(const ClientAddress& client, std::function<void()> work);

  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] std::uint64_t refused_total() const { return refused_total_.load(std::memory_order_relaxed); }

 private:
  struct Job {
    std::string key;  ///< empty: not shared
    ClientAddress client{};
    std::vector<std::shared_ptr<const Question>> questions;  ///< of those who wait for the same; empty: there is `work`
    std::vector<Take> takers;                                ///< as many
    std::function<void()> work;
    std::uint64_t turn = 0;  ///< the least is next
    bool begun = false;
  };
  using Jobs = std::list<std::shared_ptr<Job>>;
  struct Kept {
    std::string key;
    std::shared_ptr<const MadeAnswer> made;
    std::chrono::steady_clock::time_point until;
  };

  void work();
  static std::shared_ptr<const Question> asked_by(const Job& job);
  void add(Job job);
  Jobs::iterator next();
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
  Jobs jobs_;  ///< those under way, too
  std::unordered_map<ClientAddress, std::uint64_t, ClientAddressHash>
      last_turns_;          ///< of clients that are ahead of the others
  std::uint64_t turn_ = 0;  ///< of the job begun last
  std::list<Kept> kept_;    ///< the newest first
  std::atomic<std::uint64_t> refused_total_ = 0;
  std::vector<std::jthread> threads_;
};

}  // namespace kordon::server

#include "server/answer_queue.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "server/log.hpp"

namespace kordon::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_jobs = 64;
constexpr std::size_t most_jobs_of_a_client = 16;
constexpr std::size_t most_kept_bytes = 32U << 20U;
constexpr std::chrono::seconds kept_time{10};
constexpr int below_requests = 5;  // nice

}  // namespace

AnswerQueue::AnswerQueue(Shared& shared, std::size_t threads) : shared_(shared), thread_count_(threads) {}

AnswerQueue::~AnswerQueue() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
}

void AnswerQueue::start() {
  for (std::size_t i = 0; i < thread_count_; ++i) threads_.emplace_back([this] { work(); });
}

std::shared_ptr<const MadeAnswer> AnswerQueue::find(const Question& question) {
  const auto key = key_of(question);
  const std::scoped_lock lock(mutex_);
  std::erase_if(kept_, [now = Clock::now()](const Kept& kept) { return kept.until <= now; });
  const auto found = std::ranges::find(kept_, key, &Kept::key);
  return key.empty() || found == kept_.end() ? nullptr : found->made;
}

bool AnswerQueue::ask(std::shared_ptr<const Question> question, Take take) {
  auto key = key_of(*question);
  const std::scoped_lock lock(mutex_);
  if (!key.empty()) {
    const auto same = std::ranges::find_if(jobs_, [&](const auto& job) { return job->key == key; });
    if (same != jobs_.end()) {
      (*same)->takers.push_back(std::move(take));
      return true;
    }
  }
  if (!has_room_for(question->begun.exchange.caller.address)) {
    ++refused_total_;
    return false;
  }
  jobs_.push_back(std::make_shared<Job>(Job{std::move(key), std::move(question), {std::move(take)}}));
  changed_.notify_one();
  return true;
}

std::size_t AnswerQueue::waiting() const {
  const std::scoped_lock lock(mutex_);
  return jobs_.size();
}

bool AnswerQueue::has_room_for(const ClientAddress& address) const {
  if (jobs_.size() >= most_jobs) return false;
  const auto own = std::ranges::count_if(
      jobs_, [&](const auto& job) { return job->question->begun.exchange.caller.address == address; });
  return static_cast<std::size_t>(own) < most_jobs_of_a_client;
}

void AnswerQueue::work() {
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), below_requests);
  std::optional<evaluation::Evaluator> evaluator;
  WorldPointer world;
  Gzip gzip;
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto next = [&] { return std::ranges::find(jobs_, false, [](const auto& job) { return job->begun; }); };
    changed_.wait(lock, [&] { return ending_ || next() != jobs_.end(); });
    if (ending_) return;
    const auto place = next();
    const auto job = *place;
    job->begun = true;
    lock.unlock();
    const auto made = make(*job->question, evaluator, world, gzip);
    lock.lock();
    jobs_.erase(place);
    keep(job->key, made);
    lock.unlock();
    for (const auto& take : job->takers) take(made);
    lock.lock();
  }
}

std::shared_ptr<const MadeAnswer> AnswerQueue::make(const Question& question,
                                                    std::optional<evaluation::Evaluator>& evaluator,
                                                    WorldPointer& world, Gzip& gzip) const {
  auto made = std::make_shared<MadeAnswer>();
  try {
    if (const auto newest = shared_.world.get(); newest != world) {
      evaluator.emplace(*newest);
      world = newest;
    }
    made->response = answer_to(shared_, *evaluator, question.begun.exchange, question.begun.kept.head(), question.body);
    std::string body = std::exchange(made->response.body, {});
    made->gzip = made->response.gzip;
    made->may_gzip = made->gzip || body.size() >= least_gzip_bytes;
    if (made->may_gzip && !made->gzip && question.begun.exchange.accepts_gzip) {
      const std::string compressed(gzip.compress(body));
      made->gzip = !compressed.empty();
      if (made->gzip) body = compressed;
    }
    if (key_of(question).empty()) {
      made->own = std::move(body);
    } else {
      made->shared = std::make_shared<const SharedBody>(shared_.budget, std::move(body));
    }
  } catch (const std::exception& fault) {
    made->response = failed(question.begun.exchange, fault);
    made->own = std::exchange(made->response.body, {});
  }
  return made;
}

/// Of a GET all that its answer depends on. A world is identified by how often there was a new one.
std::string AnswerQueue::key_of(const Question& question) const {
  const auto& exchange = question.begun.exchange;
  const auto& head = question.begun.kept.head();
  if (head.method != "GET" && head.method != "HEAD") return {};
  std::string key = std::to_string(shared_.world.generation()) + (exchange.accepts_gzip ? "z" : "-") +
                    (exchange.caller.tls ? "s" : "-");
  for (const auto part : {head.target, head[Field::host], head[Field::accept], head[Field::if_none_match]}) {
    (key += '\n') += part;
  }
  return key;
}

/// Under the lock.
void AnswerQueue::keep(const std::string& key, const std::shared_ptr<const MadeAnswer>& made) {
  if (key.empty() || made->response.status != 200 || made->body_bytes() > most_kept_bytes / 2) return;
  kept_.push_front({key, made, Clock::now() + kept_time});
  std::size_t bytes = 0;
  for (auto kept = kept_.begin(); kept != kept_.end();) {
    bytes += kept->made->body_bytes();
    kept = bytes > most_kept_bytes ? kept_.erase(kept) : std::next(kept);
  }
}

}  // namespace kordon::server

#include "server/answer_queue.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "server/log.hpp"

namespace kordon::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::ptrdiff_t most_jobs = 64;
constexpr std::ptrdiff_t most_jobs_of_a_client = 16;
constexpr std::size_t most_kept_bytes = 32U << 20U;
constexpr std::chrono::seconds kept_time{10};
constexpr int niceness = 5;

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
  const auto client = question->begun.exchange.caller.address;
  const std::scoped_lock lock(mutex_);
  const auto same = std::ranges::find_if(jobs_, [&](const auto& job) { return !key.empty() && job->key == key; });
  if (same != jobs_.end()) {
    (*same)->questions.push_back(std::move(question));
    (*same)->takers.push_back(std::move(take));
    return true;
  }
  if (!has_room_for(client)) {
    ++refused_total_;
    return false;
  }
  add({std::move(key), client, {std::move(question)}, {std::move(take)}, {}});
  return true;
}

void AnswerQueue::run(const ClientAddress& client, std::function<void()> work) {
  const std::scoped_lock lock(mutex_);
  add({{}, client, {}, {}, std::move(work)});
}

/// Under the lock. A client's next job comes a turn after its last; one that was away begins where the others are.
void AnswerQueue::add(Job job) {
  std::erase_if(last_turns_, [&](const auto& last) { return last.second < turn_; });
  const auto last = last_turns_.find(job.client);
  job.turn = last == last_turns_.end() ? turn_ : last->second + 1;
  last_turns_[job.client] = job.turn;
  jobs_.push_back(std::make_shared<Job>(std::move(job)));
  changed_.notify_one();
}

/// Under the lock: of those that were not begun the one whose turn it is, of these the oldest.
AnswerQueue::Jobs::iterator AnswerQueue::next() {
  auto best = jobs_.end();
  for (auto job = jobs_.begin(); job != jobs_.end(); ++job) {
    if (!(*job)->begun && (best == jobs_.end() || (*job)->turn < (*best)->turn)) best = job;
  }
  return best;
}

std::size_t AnswerQueue::waiting() const {
  const std::scoped_lock lock(mutex_);
  return jobs_.size();
}

bool AnswerQueue::has_room_for(const ClientAddress& address) const {
  if (std::ranges::count_if(jobs_, [](const auto& job) { return !job->work; }) >= most_jobs) return false;
  const auto own = std::ranges::count_if(jobs_, [&](const auto& job) { return !job->work && job->client == address; });
  return own < most_jobs_of_a_client;
}

void AnswerQueue::work() {
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness);
  std::optional<evaluation::Evaluator> evaluator;
  WorldPointer world;
  Gzip gzip;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return ending_ || next() != jobs_.end(); });
    if (ending_) return;
    const auto place = next();
    const auto job = *place;
    const auto question = asked_by(*job);
    if (!job->work && !question) {
      jobs_.erase(place);
      continue;
    }
    job->begun = true;
    turn_ = std::max(turn_, job->turn);
    lock.unlock();
    std::shared_ptr<const MadeAnswer> made;
    job->work ? std::exchange(job->work, {})() : void(made = make(*question, evaluator, world, gzip));
    lock.lock();
    jobs_.erase(place);
    if (!made) continue;
    keep(job->key, made);
    lock.unlock();
    for (const auto& take : job->takers) take(made);
    lock.lock();
  }
}

/// Under the lock: of someone who still waits for the answer.
std::shared_ptr<const Question> AnswerQueue::asked_by(const Job& job) {
  const auto found = std::ranges::find_if(job.questions, [](const auto& question) {
    const auto& abandoned = question->begun.exchange.abandoned;
    return !abandoned || !abandoned->load(std::memory_order_relaxed);
  });
  return found == job.questions.end() ? nullptr : *found;
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

#include "server/deadline.hpp"

#include <algorithm>

namespace kordon::server {
namespace {

constexpr std::chrono::milliseconds linger_time{2000};
constexpr std::chrono::hours answer_time{24};  // what is made here has an end of its own
constexpr std::chrono::milliseconds last_call{250};

}  // namespace

void Deadline::wait_for(Wait wait, Time now, bool stopping) {
  if (wait_ == Wait::linger) return;
  const bool moves = wait == Wait::idle || wait == Wait::piece || wait == Wait::write;
  if (wait != wait_ || moves) end_ = now + time_for(wait, stopping);
  wait_ = wait;
}

void Deadline::stop_soon(Time now) {
  if (wait_ == Wait::idle) end_ = std::min(end_, now + last_call);
}

std::chrono::milliseconds Deadline::time_for(Wait wait, bool stopping) const {
  switch (wait) {
    case Wait::handshake:
    case Wait::header:
      return timeouts_.header;
    case Wait::body:
    case Wait::piece:
      return timeouts_.body;
    case Wait::write:
      return timeouts_.write;
    case Wait::linger:
      return linger_time;
    case Wait::answer:
      return answer_time;
    case Wait::idle:
    case Wait::nothing:
      break;
  }
  return stopping ? last_call : timeouts_.idle;
}

}  // namespace kordon::server

#include "server/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <thread>

namespace kordon::server {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr int output_number = 3;
constexpr int file_number = 4;
constexpr int could_not_start = 127;
constexpr std::size_t max_output_bytes = 16U << 20U;
constexpr milliseconds farewell_time{2000};  // between the end of its output and its own
constexpr int niceness = 10;

// Sanitizers map terabytes before main.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool has_address_space_of_its_own = false;
#elif defined(__has_feature)
constexpr bool has_address_space_of_its_own = !(__has_feature(address_sanitizer) || __has_feature(thread_sanitizer));
#else
constexpr bool has_address_space_of_its_own = true;
#endif

void limit(__rlimit_resource resource, std::size_t most) {
  const rlimit both{most, most};
  setrlimit(resource, &both);
}

/// Between fork and exec: nothing that allocates or locks.
[[noreturn]] void become(char* const* arguments, const ChildLimits& limits, int output, int file) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (has_address_space_of_its_own && limits.memory_bytes > 0) limit(RLIMIT_AS, limits.memory_bytes);
  limit(RLIMIT_CORE, 0);
  if (limits.low_priority) setpriority(PRIO_PROCESS, 0, niceness);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  // Above both numbers first, for either may be the other's.
  const int high_output = fcntl(output, F_DUPFD, 10);
  const int high_file = fcntl(file, F_DUPFD, 10);
  dup2(high_output, output_number);
  dup2(high_file, file_number);
  close(high_output);
  close(high_file);
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(nowhere, STDIN_FILENO);
  dup2(nowhere, STDOUT_FILENO);
  execv("/proc/self/exe", arguments);
  _exit(could_not_start);
}

/// How its output ended: exited where the child closed it.
ChildOutcome::End read_output(const Descriptor& output, const Descriptor& cancel, Clock::time_point end,
                              std::string& text) {
  std::array<char, 65536> block;
  for (;;) {
    std::array<pollfd, 2> ready{pollfd{output.get(), POLLIN, 0}, pollfd{cancel.get(), POLLIN, 0}};
    const auto left = std::chrono::ceil<milliseconds>(end - Clock::now());
    if (left <= milliseconds::zero()) return ChildOutcome::End::timed_out;
    if (poll(ready.data(), ready.size(), static_cast<int>(left.count())) < 0 && errno != EINTR) {
      return ChildOutcome::End::failed;
    }
    if (ready[1].revents != 0) return ChildOutcome::End::cancelled;
    if (ready[0].revents == 0) continue;
    const auto got = read(output.get(), block.data(), block.size());
    if (got == 0) return ChildOutcome::End::exited;
    if (got < 0 && errno != EINTR) return ChildOutcome::End::failed;
    if (got > 0) text.append(block.data(), static_cast<std::size_t>(got));
    if (text.size() > max_output_bytes) return ChildOutcome::End::failed;
  }
}

/// Whether it is gone by then.
bool reaped(pid_t child, int& status, milliseconds time) {
  constexpr milliseconds pause{2};
  for (const auto end = Clock::now() + time;; std::this_thread::sleep_for(pause)) {
    const auto gone = waitpid(child, &status, WNOHANG);
    if (gone == child || (gone < 0 && errno != EINTR)) return true;
    if (Clock::now() >= end) return false;
  }
}

}  // namespace

ChildOutcome run_again(const std::vector<std::string>& arguments, const ChildLimits& limits, const Descriptor& file,
                       const Descriptor& cancel) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  Descriptor output(ends[0]);
  Descriptor input(ends[1]);
  std::vector<std::string> texts{"kordon"};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);

  const auto end = Clock::now() + limits.time;
  const pid_t child = fork();
  if (child < 0) return {};
  if (child == 0) become(pointers.data(), limits, input.get(), file.get());
  input.reset();
  ChildOutcome outcome;
  outcome.end = read_output(output, cancel, end, outcome.output);
  int status = 0;
  const bool by_itself = outcome.end == ChildOutcome::End::exited && reaped(child, status, farewell_time);
  if (!by_itself) {
    kill(child, SIGKILL);
    reaped(child, status, farewell_time);  // where even that does not end it, the system keeps it, and not this thread
    return outcome;
  }
  if (WIFSIGNALED(status)) outcome.end = ChildOutcome::End::killed;
  outcome.status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  if (outcome.status == could_not_start) outcome.end = ChildOutcome::End::failed;
  return outcome;
}

}  // namespace kordon::server

#include "tests/cli/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace kordon::test {
namespace {

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  return ends;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> list;
  for (auto& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

bool read_some(int descriptor, std::string& into) {
  std::array<char, 4096> bytes;
  const auto count = read(descriptor, bytes.data(), bytes.size());
  if (count <= 0) return false;
  into.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

}  // namespace

Program::Program(std::vector<std::string> arguments, std::vector<std::string> environment, Allowance allowance) {
  arguments.insert(arguments.begin(), KORDON_PROGRAM);
  const auto out = make_pipe();
  const auto err = make_pipe();
  process_ = fork();
  if (process_ == 0) {
    for (auto& setting : environment) putenv(setting.data());
    const rlimit file_size{allowance.file_bytes, allowance.file_bytes};
    if (allowance.file_bytes > 0) setrlimit(RLIMIT_FSIZE, &file_size);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    execv(KORDON_PROGRAM, pointers(arguments).data());
    std::_Exit(127);
  }
  close(out[1]);
  close(err[1]);
  out_ = out[0];
  err_ = err[0];
}

Program::~Program() {
  if (process_ > 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  close(out_);
  close(err_);
}

std::string Program::wait_for_output(const std::string& text) {
  while (!output_.contains(text)) {
    pollfd ready{out_, POLLIN, 0};
    if (poll(&ready, 1, 10'000) <= 0 || !read_some(out_, output_)) throw std::runtime_error("no output: " + text);
  }
  return output_;
}

void Program::signal(int number) const { kill(process_, number); }

Finished Program::finish() {
  Finished finished;
  while (read_some(out_, output_)) {
  }
  while (read_some(err_, finished.err)) {
  }
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  finished.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  finished.out = output_;
  return finished;
}

Finished run(std::vector<std::string> arguments, std::vector<std::string> environment) {
  return Program(std::move(arguments), std::move(environment)).finish();
}

}  // namespace kordon::test

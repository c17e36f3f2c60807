#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <string>
#include <vector>

namespace kordon::test {

struct Finished {
  int status = 0;  ///< exit status; 128 + n if signal n ended it
  std::string out;
  std::string err;
};

/// What a program may use; 0: as much as the tests.
struct Allowance {
  rlim_t file_bytes = 0;
};

/// The `kordon` program under test, in a process of its own.
class Program {
 public:
  /// `environment` is added to this process's one, as `NAME=VALUE`.
  explicit Program(std::vector<std::string> arguments, std::vector<std::string> environment = {},
                   Allowance allowance = {});
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Waits for output to hold this text, at most ten seconds; all output so far.
  std::string wait_for_output(const std::string& text);
  void signal(int number) const;
  /// Reads to the end and waits.
  Finished finish();

 private:
  pid_t process_ = -1;
  int out_ = -1;
  int err_ = -1;
  std::string output_;
};

/// Runs it to its end.
Finished run(std::vector<std::string> arguments, std::vector<std::string> environment = {});

}  // namespace kordon::test

#include "cli/sink.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "cli/plain_text.hpp"
#include "cli/replace_file.hpp"
#include "server/descriptor.hpp"

namespace kordon::cli {
namespace {

using server::Descriptor;

std::unexpected<std::string> fault(const std::string& name) {
  return std::unexpected(name + ": " + std::generic_category().message(errno));
}

class FileSink final : public Sink {
 public:
  /// `temporary` is renamed to `name`; empty: nothing is.
  FileSink(server::Descriptor file, std::string name, std::string temporary)
      : file_(std::move(file)), name_(std::move(name)), temporary_(std::move(temporary)) {}

  ~FileSink() override {
    if (!temporary_.empty()) unlink(temporary_.c_str());
  }

  std::expected<void, std::string> write(std::string_view text) override {
    while (!text.empty()) {
      const auto count = ::write(file_.get(), text.data(), text.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return fault(name_);
      text.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
  }

  std::expected<void, std::string> commit() override {
    if (close(file_.release()) != 0) return fault(name_);
    if (temporary_.empty()) return {};
    if (rename(temporary_.c_str(), name_.c_str()) != 0) return fault(name_);
    temporary_.clear();
    return {};
  }

 private:
  server::Descriptor file_;
  std::string name_;
  std::string temporary_;
};

/// Rows on a terminal: what they hold must not steer it.
class TerminalSink final : public Sink {
 public:
  explicit TerminalSink(std::unique_ptr<Sink> behind) : behind_(std::move(behind)) {}
  std::expected<void, std::string> write(std::string_view text) override { return behind_->write(plain_text(text)); }
  std::expected<void, std::string> commit() override { return behind_->commit(); }

 private:
  std::unique_ptr<Sink> behind_;
};

std::unique_ptr<Sink> standard_output() {
  auto sink = std::make_unique<FileSink>(Descriptor(dup(STDOUT_FILENO)), "standard output", "");
  if (isatty(STDOUT_FILENO) == 0) return sink;
  return std::make_unique<TerminalSink>(std::move(sink));
}

}  // namespace

std::expected<std::unique_ptr<Sink>, std::string> create_file(const std::string& name) {
  if (name == "-") return standard_output();
  struct stat info{};
  const bool exists = stat(name.c_str(), &info) == 0;
  if (exists && !S_ISREG(info.st_mode)) {
    server::Descriptor file(open(name.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file.is_open()) return fault(name);
    return std::make_unique<FileSink>(std::move(file), name, "");
  }
  // A link keeps pointing to what it points to.
  std::error_code unresolved;
  const auto target = exists ? std::filesystem::canonical(name, unresolved).string() : name;
  std::string temporary = target + ".part-XXXXXX";
  server::Descriptor file(mkostemp(temporary.data(), O_CLOEXEC));
  if (!file.is_open()) return fault(name);
  const auto fitted = fit_to_place(file.get(), target);
  auto sink = std::make_unique<FileSink>(std::move(file), target, temporary);
  if (!fitted) return std::unexpected(fitted.error());
  return sink;
}

}  // namespace kordon::cli

#include "cli/source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <system_error>

#include "cli/interrupt.hpp"
#include "server/descriptor.hpp"

namespace kordon::cli {
namespace {

using server::Descriptor;

class FileSource final : public Source {
 public:
  FileSource(server::Descriptor file, std::string name, std::size_t piece_bytes)
      : file_(std::move(file)), name_(std::move(name)), piece_bytes_(piece_bytes) {
    struct stat info{};
    if (fstat(file_.get(), &info) == 0 && S_ISREG(info.st_mode)) size_ = static_cast<std::uint64_t>(info.st_size);
  }

  std::expected<void, std::string> read(std::string& piece) override {
    piece.clear();
    if (!wait_for_input(file_.get())) return {};
    piece.resize(piece_bytes_);
    const auto count = ::read(file_.get(), piece.data(), piece.size());
    piece.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    read_ += piece.size();
    if (count >= 0) return {};
    return std::unexpected(name_ + ": " + std::generic_category().message(errno));
  }

  [[nodiscard]] std::optional<double> share_read() const override {
    if (size_ == 0) return std::nullopt;
    return static_cast<double>(read_.load()) / static_cast<double>(size_);
  }

 private:
  server::Descriptor file_;
  std::string name_;
  std::size_t piece_bytes_;
  std::uint64_t size_ = 0;
  std::atomic<std::uint64_t> read_ = 0;
};

}  // namespace

std::expected<std::unique_ptr<Source>, std::string> open_file(const std::string& name, std::size_t piece_bytes) {
  if (name == "-")
    return std::make_unique<FileSource>(server::Descriptor(dup(STDIN_FILENO)), "standard input", piece_bytes);
  server::Descriptor file(open(name.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return std::unexpected(name + ": " + std::generic_category().message(errno));
  return std::make_unique<FileSource>(std::move(file), name, piece_bytes);
}

}  // namespace kordon::cli

#include "cli/gzip_source.hpp"

#include <zlib.h>

#include <new>

namespace kordon::cli {
namespace {

using Done = std::expected<void, std::string>;

constexpr std::string_view gzip_mark = "\x1F\x8B";
constexpr int gzip_window_bits = 15 + 16;

class GzipSource final : public Source {
 public:
  GzipSource(std::unique_ptr<Source> packed, std::string name, std::size_t piece_bytes)
      : packed_(std::move(packed)), name_(std::move(name)), piece_bytes_(piece_bytes) {
    if (inflateInit2(&stream_, gzip_window_bits) != Z_OK) throw std::bad_alloc();
  }
  ~GzipSource() override { inflateEnd(&stream_); }

  Done read(std::string& piece) override {
    piece.clear();
    if (!begun_) {
      if (auto done = begin(); !done) return done;
    }
    if (plain_) return read_plain(piece);
    piece.resize(piece_bytes_);
    stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream_.avail_out = static_cast<uInt>(piece.size());
    while (stream_.avail_out == piece.size() && !ended_) {
      if (auto done = step(); !done) return done;
    }
    piece.resize(piece.size() - stream_.avail_out);
    return {};
  }

  [[nodiscard]] std::optional<double> share_read() const override { return packed_->share_read(); }

 private:
  Done begin() {
    if (auto done = packed_->read(input_); !done) return done;
    std::string more;
    while (!input_.empty() && input_.size() < gzip_mark.size()) {
      if (auto done = packed_->read(more); !done) return done;
      if (more.empty()) break;
      input_ += more;
    }
    begun_ = true;
    plain_ = !input_.starts_with(gzip_mark);
    take_input();
    return {};
  }

  Done read_plain(std::string& piece) {
    piece.swap(input_);
    input_.clear();
    return piece.empty() ? packed_->read(piece) : Done();
  }

  void take_input() {
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(input_.size());
  }

  Done step() {
    if (stream_.avail_in == 0) {
      if (auto done = packed_->read(input_); !done) return done;
      take_input();
    }
    if (stream_.avail_in == 0) {
      ended_ = true;
      if (between_members_) return {};
      return std::unexpected(name_ + ": ends in the middle of what gzip has packed");
    }
    if (between_members_) inflateReset(&stream_);
    const int result = inflate(&stream_, Z_NO_FLUSH);
    between_members_ = result == Z_STREAM_END;
    if (result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR) return {};
    return std::unexpected(name_ + ": is not what gzip writes" + (stream_.msg ? std::string(": ") + stream_.msg : ""));
  }

  std::unique_ptr<Source> packed_;
  std::string name_;
  std::size_t piece_bytes_;
  std::string input_;
  z_stream stream_{};
  bool begun_ = false;
  bool plain_ = false;
  bool between_members_ = false;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Source> unpacked(std::unique_ptr<Source> packed, std::string name, std::size_t piece_bytes) {
  return std::make_unique<GzipSource>(std::move(packed), std::move(name), piece_bytes);
}

}  // namespace kordon::cli

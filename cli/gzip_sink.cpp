#include "cli/gzip_sink.hpp"

#include "server/gzip.hpp"

namespace kordon::cli {
namespace {

class GzipSink final : public Sink {
 public:
  explicit GzipSink(std::unique_ptr<Sink> sink) : sink_(std::move(sink)) {}

  std::expected<void, std::string> write(std::string_view text) override {
    return text.empty() ? std::expected<void, std::string>() : sink_->write(stream_.add(text));
  }

  std::expected<void, std::string> commit() override {
    if (auto written = sink_->write(stream_.finish()); !written) return written;
    return sink_->commit();
  }

 private:
  std::unique_ptr<Sink> sink_;
  server::GzipStream stream_;
};

}  // namespace

std::unique_ptr<Sink> packed(std::unique_ptr<Sink> sink) { return std::make_unique<GzipSink>(std::move(sink)); }

}  // namespace kordon::cli

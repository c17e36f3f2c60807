#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kordon::server {

/// What a connection has received and not yet used. While it has its turn, that may lie in its worker's buffer; when
/// the turn ends, what is left is kept, so that an idle connection holds no memory.
class Input {
 public:
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }

  void consume(std::size_t count) { bytes_.remove_prefix(count); }

  /// `received` must live until `keep`, or until all of it is consumed.
  void add(std::string_view received) {
    if (bytes_.empty()) {
      bytes_ = received;
      return;
    }
    keep();
    kept_ += received;
    bytes_ = kept_;
  }

  /// The turn ends.
  void keep() {
    if (bytes_.empty()) {
      std::string().swap(kept_);
    } else if (bytes_.data() < kept_.data() || bytes_.data() > kept_.data() + kept_.size()) {
      kept_ = bytes_;
    } else {
      kept_.erase(0, kept_.size() - bytes_.size());
    }
    bytes_ = kept_;
  }

 private:
  std::string kept_;
  std::string_view bytes_;  ///< in `kept_`, at its end, or in the worker's buffer
};

}  // namespace kordon::server

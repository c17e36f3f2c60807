#pragma once

#include <zlib.h>

#include <string>
#include <string_view>

namespace kordon::test {

/// Reads gzip as a client does: whatever the bytes so far hold.
class Inflater {
 public:
  Inflater();
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  /// What these bytes add. Throws where they are not gzip.
  std::string add(std::string_view bytes);
  /// Whether the trailer has come, with the right checksum.
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  z_stream z_{};
  bool ended_ = false;
};

/// A whole body. Throws where it is not.
std::string unzipped(std::string_view body);

}  // namespace kordon::test

#pragma once

#include <iosfwd>
#include <memory>
#include <streambuf>
#include <string>
#include <string_view>

namespace kordon::cli {

/// Text that does nothing to a terminal: control characters (C0 but line ends and tabs, DEL, C1 as UTF-8 or as bytes),
/// marks that turn the direction of writing, and bytes that are no UTF-8 become `\x1b`, `\u202e`. A file's header, ids
/// and names may hold any of them.
std::string plain_text(std::string_view text);

/// While it lives, what is written to a stream is made plain, line by line. `\r` passes: progress is drawn with it.
class PlainStream : private std::streambuf {
 public:
  explicit PlainStream(std::ostream& stream);
  ~PlainStream() override;
  PlainStream(const PlainStream&) = delete;
  PlainStream& operator=(const PlainStream&) = delete;

 private:
  int_type overflow(int_type character) override;
  int sync() override;
  void hand_over();

  std::ostream& stream_;
  std::streambuf* behind_;
  std::string waiting_;
};

}  // namespace kordon::cli

#include "tests/server/inflater.hpp"

#include <array>
#include <stdexcept>

namespace kordon::test {

namespace {

constexpr int gzip_window = 31;

}  // namespace

Inflater::Inflater() {
  if (inflateInit2(&z_, gzip_window) != Z_OK) throw std::runtime_error("inflateInit2 failed");
}

Inflater::~Inflater() { inflateEnd(&z_); }

std::string Inflater::add(std::string_view bytes) {
  std::string in(bytes);
  std::string text;
  std::array<char, 65536> out{};
  z_.next_in = reinterpret_cast<Bytef*>(in.data());
  z_.avail_in = static_cast<uInt>(in.size());
  do {
    z_.next_out = reinterpret_cast<Bytef*>(out.data());
    z_.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&z_, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) throw std::runtime_error("not gzip");
    ended_ = result == Z_STREAM_END;
    text.append(out.data(), out.size() - z_.avail_out);
  } while (z_.avail_out == 0 && !ended_);
  if (z_.avail_in != 0) throw std::runtime_error("bytes after the end of gzip");
  return text;
}

std::string unzipped(std::string_view body) {
  Inflater inflater;
  auto text = inflater.add(body);
  if (!inflater.ended()) throw std::runtime_error("gzip without an end");
  return text;
}

}  // namespace kordon::test

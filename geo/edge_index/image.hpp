#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <type_traits>

#include "geo/edge_index/fixed_array.hpp"

namespace kordon::geo {

/// Image writer: arrays as bytes, one after the other, each where a line of the processor's cache begins, so that they
/// can be used in place from a mapped file. Both sides name them in the same order.
class ImageWriter {
 public:
  template <typename T>
  void put(std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    put_size(values.size());
    const auto* bytes = reinterpret_cast<const char*>(values.data());
    bytes_.append(bytes, values.size_bytes());
    align();
  }
  template <typename T>
  void put(const std::vector<T>& values) {
    put(std::span<const T>(values));
  }
  template <typename T>
  void put(const edge_index::FixedArray<T>& values) {
    put(values.values());
  }
  void put(const std::string& text) { put(std::span<const char>(text)); }

  [[nodiscard]] std::string take() && { return std::move(bytes_); }

 private:
  static constexpr std::size_t line = 64;
  void put_size(std::size_t size) {
    bytes_.append(reinterpret_cast<const char*>(&size), sizeof size);
    align();
  }
  void align() { bytes_.resize((bytes_.size() + line - 1) / line * line); }

  std::string bytes_;
};

class ImageReader {
 public:
  explicit ImageReader(std::span<const char> bytes) : bytes_(bytes) {}

  /// Empty, and `good` false from then on, if there are not as many bytes as there should be.
  template <typename T>
  std::span<const T> take() {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto size = take_size();
    if (size > (bytes_.size() - at_) / sizeof(T)) good_ = false;
    if (!good_) return {};
    const std::span values(reinterpret_cast<const T*>(bytes_.data() + at_), size);
    skip(values.size_bytes());
    return values;
  }
  template <typename T>
  void take(std::vector<T>& values) {
    const auto taken = take<T>();
    values.assign(taken.begin(), taken.end());
  }
  template <typename T>
  void take(edge_index::FixedArray<T>& values) {
    values = edge_index::FixedArray<T>(take<T>());
  }
  void take(std::string& text) {
    const auto taken = take<char>();
    text.assign(taken.begin(), taken.end());
  }

  [[nodiscard]] bool good() const { return good_; }
  /// Marks the image as bad: an array that was taken makes no sense.
  void refuse() { good_ = false; }
  /// The most elements, of a cache line each at least, that are still to come.
  [[nodiscard]] std::size_t most_elements() const { return (bytes_.size() - at_) / line; }

 private:
  static constexpr std::size_t line = 64;
  std::size_t take_size() {
    std::size_t size = 0;
    good_ = good_ && bytes_.size() - at_ >= line;
    if (!good_) return 0;
    std::memcpy(&size, bytes_.data() + at_, sizeof size);
    skip(sizeof size);
    return size;
  }
  void skip(std::size_t bytes) { at_ = std::min(bytes_.size(), at_ + (bytes + line - 1) / line * line); }

  std::span<const char> bytes_;
  std::size_t at_ = 0;
  bool good_ = true;
};

}  // namespace kordon::geo

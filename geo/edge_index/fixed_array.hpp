#pragma once

#include <span>
#include <vector>

namespace kordon::geo::edge_index {

/// An array that does not change any more: it owns its values, or they lie in a mapped file that outlives it.
template <typename T>
class FixedArray {
 public:
  FixedArray() = default;
  explicit FixedArray(std::vector<T> values) : own_(std::move(values)) {
    own_.shrink_to_fit();
    values_ = own_;
  }
  explicit FixedArray(std::span<const T> mapped) : values_(mapped) {}
  FixedArray(FixedArray&&) noexcept = default;
  FixedArray& operator=(FixedArray&&) noexcept = default;
  FixedArray(const FixedArray&) = delete;
  FixedArray& operator=(const FixedArray&) = delete;
  ~FixedArray() = default;

  [[nodiscard]] const T& operator[](std::size_t i) const { return values_[i]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }
  [[nodiscard]] std::span<const T> values() const { return values_; }

 private:
  std::vector<T> own_;
  std::span<const T> values_;
};

}  // namespace kordon::geo::edge_index

#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>
#include <vector>

namespace kordon::geo {

/// Allocator in huge pages, so that random access to megabytes does not miss the processor's table of pages. Smaller
/// blocks begin with a cache line.
template <typename T>
struct HugePages {
  using value_type = T;

  HugePages() = default;
  template <typename U>
  explicit HugePages(const HugePages<U>&) {}

  T* allocate(std::size_t count) {
    const bool many = count * sizeof(T) >= page;
    const auto unit = many ? page : cache_line;
    const auto bytes = (count * sizeof(T) + unit - 1) / unit * unit;
    auto* memory = std::aligned_alloc(unit, bytes);
    if (memory == nullptr) throw std::bad_alloc();
    if (many) madvise(memory, bytes, MADV_HUGEPAGE);
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t) { std::free(memory); }

  /// Leaves numbers unset that are given no value.
  template <typename U>
  void construct(U* at) {
    ::new (static_cast<void*>(at)) U;
  }
  template <typename U, typename... Arguments>
  void construct(U* at, Arguments&&... arguments) {
    ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
  }

  friend bool operator==(const HugePages&, const HugePages&) { return true; }

 private:
  static constexpr std::size_t page = std::size_t{1} << 21U;
  static constexpr std::size_t cache_line = 64;
};

template <typename T>
using HugeVector = std::vector<T, HugePages<T>>;

}  // namespace kordon::geo

#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "config/server_config.hpp"
#include "server/address.hpp"
#include "server/caller.hpp"

namespace kordon::server {

/// Connections of the operators' own listener that may be open at once. They are counted apart from all others, and not
/// by address: whatever clients hold open, a probe gets in.
inline constexpr std::size_t operators_connections = 128;

/// Descriptors kept back from clients: for the operators' connections, those that are being refused, and files.
inline constexpr std::size_t reserved_descriptors = operators_connections + 256;

/// Counts connections, in total and for each address. Safe from any thread.
class Admission {
 public:
  enum class Verdict {
    admitted,
    refused,  ///< over a limit: to be told so
    dropped,  ///< over a limit, and too many are being told so already
  };

  /// A connection's place among those counted, given back at its end.
  class Place {
   public:
    Place() = default;
    Place(Place&& other) noexcept
        : admission_(std::exchange(other.admission_, nullptr)), caller_(other.caller_), verdict_(other.verdict_) {}
    Place& operator=(Place&&) = delete;
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
      if (admission_) admission_->leave(*this);
    }
    [[nodiscard]] Verdict verdict() const { return verdict_; }

   private:
    friend class Admission;
    Admission* admission_ = nullptr;
    Caller caller_;
    Verdict verdict_ = Verdict::dropped;
  };

  /// `descriptors`: how many the process may have open; clients get all but `reserved_descriptors`.
  Admission(const config::Limits& limits, std::size_t descriptors);

  Place enter(const Caller& caller);
  [[nodiscard]] std::size_t connections() const;
  /// Connections over a limit, since the start.
  [[nodiscard]] std::uint64_t refused_total() const;

 private:
  [[nodiscard]] bool has_room_for(const Caller& caller) const;
  void leave(const Place& place);

  const std::size_t most_connections_;
  const std::size_t most_per_address_;
  mutable std::mutex mutex_;
  std::unordered_map<ClientAddress, std::size_t, ClientAddressHash> by_address_;
  std::size_t admitted_ = 0;   ///< of clients
  std::size_t operators_ = 0;  ///< admitted, of operators
  std::size_t refused_ = 0;    ///< at this time
  std::uint64_t refused_total_ = 0;
};

}  // namespace kordon::server

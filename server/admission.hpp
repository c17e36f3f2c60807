#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "config/server_config.hpp"
#include "server/address.hpp"

namespace kordon::server {

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
        : admission_(std::exchange(other.admission_, nullptr)), address_(other.address_), verdict_(other.verdict_) {}
    Place& operator=(Place&&) = delete;
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
      if (admission_) admission_->leave(*this);
    }
    [[nodiscard]] Verdict verdict() const { return verdict_; }
    [[nodiscard]] const ClientAddress& address() const { return address_; }

   private:
    friend class Admission;
    Admission* admission_ = nullptr;
    ClientAddress address_;
    Verdict verdict_ = Verdict::dropped;
  };

  explicit Admission(const config::Limits& limits) : limits_(limits) {}

  Place enter(const ClientAddress& address);
  [[nodiscard]] std::size_t connections() const;
  /// Connections over a limit, since the start.
  [[nodiscard]] std::uint64_t refusals() const;

 private:
  void leave(const Place& place);

  const config::Limits limits_;
  mutable std::mutex mutex_;
  std::unordered_map<ClientAddress, std::size_t, ClientAddressHash> by_address_;
  std::size_t admitted_ = 0;
  std::size_t refused_ = 0;  ///< at this time
  std::uint64_t refusals_ = 0;
};

}  // namespace kordon::server

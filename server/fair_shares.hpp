#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "server/client_key.hpp"

namespace kordon::server {

/// Fair division of a limited amount (streams, bytes) among clients, so that none can have it all: beyond its first
/// holding, a client may hold no more than what is left free for others (the dynamic threshold of shared-buffer
/// switches, with alpha 1). One client alone gets half, two a third each; each that comes later finds half of what is
/// left. Safe from any thread.
class FairShares {
 public:
  explicit FairShares(std::size_t limit);
  FairShares(const FairShares&) = delete;
  FairShares& operator=(const FairShares&) = delete;

  /// Holding of one request of a client; given back at its end. The shares must outlive it.
  class Holding {
   public:
    Holding(FairShares& shares, const ClientKey& client);
    ~Holding();
    Holding(const Holding&) = delete;
    Holding& operator=(const Holding&) = delete;

    /// Whether this much more may be held; if so, it is.
    bool add(std::size_t amount);

   private:
    FairShares& shares_;
    const ClientKey client_;
    std::size_t amount_ = 0;
  };

  /// Of all clients.
  [[nodiscard]] std::size_t held() const;

 private:
  struct Hash {
    std::uint64_t salt;
    std::size_t operator()(const ClientKey& key) const { return mixed(key, salt); }
  };
  struct OfClient {
    std::size_t holdings = 0;
    std::size_t amount = 0;
  };

  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::unordered_map<ClientKey, OfClient, Hash> clients_;
  std::size_t held_ = 0;
};

}  // namespace kordon::server

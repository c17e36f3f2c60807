#include "server/fair_shares.hpp"

#include <random>

namespace kordon::server {

FairShares::FairShares(std::size_t limit) : limit_(limit), clients_(0, Hash{std::random_device{}()}) {}

std::size_t FairShares::held() const {
  const std::scoped_lock lock(mutex_);
  return held_;
}

FairShares::Holding::Holding(FairShares& shares, const ClientKey& client) : shares_(shares), client_(client) {
  const std::scoped_lock lock(shares_.mutex_);
  ++shares_.clients_[client_].holdings;
}

FairShares::Holding::~Holding() {
  const std::scoped_lock lock(shares_.mutex_);
  const auto mine = shares_.clients_.find(client_);
  shares_.held_ -= amount_;
  mine->second.amount -= amount_;
  if (--mine->second.holdings == 0) shares_.clients_.erase(mine);
}

bool FairShares::Holding::add(std::size_t amount) {
  const std::scoped_lock lock(shares_.mutex_);
  auto& mine = shares_.clients_.find(client_)->second;
  const auto free = shares_.limit_ - shares_.held_;
  if (amount > free) return false;
  const bool leaves_as_much = mine.amount + amount <= free - amount;
  if (mine.holdings > 1 && !leaves_as_much) return false;
  shares_.held_ += amount;
  mine.amount += amount;
  amount_ += amount;
  return true;
}

}  // namespace kordon::server

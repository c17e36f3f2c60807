#pragma once

#include <utility>

#include "server/incoming.hpp"

namespace kordon::server {

/// A request with a body that its path and method do not take; none of it is kept. With GET, where a body means nothing
/// (RFC 9110, 9.3.1), it is read past, and the request is answered as if it had none. Else the bytes behind the head
/// are looked at, for they may be no HTTP, and the request is refused.
class SkippedRequest final : public Incoming {
 public:
  SkippedRequest(const Reception& reception, BegunRequest begun, bool to_its_end);

  Advance advance(std::string_view received, std::string& out) override;
  std::pair<BegunRequest, std::string> take() override { std::unreachable(); }
  void abandon(std::string_view why) override { service_.note_cut_off(exchange_, why); }
  [[nodiscard]] bool streams() const override { return false; }
  [[nodiscard]] bool answer_begun() const override { return false; }

 private:
  Service& service_;
  KeptRequest kept_;
  Exchange exchange_;
  bool to_its_end_;
};

}  // namespace kordon::server

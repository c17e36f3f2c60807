#pragma once

#include <optional>
#include <string>

#include "server/incoming.hpp"

namespace kordon::server {

/// A body that is received whole before it is answered.
class WholeRequest final : public Incoming {
 public:
  WholeRequest(const Reception& reception, BegunRequest begun);
  ~WholeRequest() override;
  WholeRequest(const WholeRequest&) = delete;
  WholeRequest& operator=(const WholeRequest&) = delete;

  Advance advance(std::string_view received, std::string& out) override;
  [[nodiscard]] bool streams() const override { return false; }
  [[nodiscard]] bool answer_begun() const override { return false; }

 private:
  std::optional<api::http::Response> hold(std::string_view piece);
  Advance refuse(const api::http::Response& problem, std::string& out);

  Shared& shared_;
  Service& service_;
  KeptRequest kept_;
  Exchange exchange_;
  std::string body_;
};

}  // namespace kordon::server

#pragma once

#include <optional>
#include <string>

#include "server/incoming.hpp"

namespace kordon::server {

/// A body that is received whole before it is answered: at once, or elsewhere if it is large.
class WholeRequest final : public Incoming {
 public:
  WholeRequest(const Reception& reception, BegunRequest begun);

  Advance advance(std::string_view received, std::string& out) override;
  std::pair<BegunRequest, std::string> take() override { return {std::move(begun_), std::move(body_)}; }
  void abandon(std::string_view why) override;
  [[nodiscard]] bool streams() const override { return false; }
  [[nodiscard]] bool answer_begun() const override { return false; }

 private:
  std::optional<api::http::Response> hold(std::string_view piece);
  Advance refuse(const api::http::Response& problem, std::string& out);

  Shared& shared_;
  Service& service_;
  BegunRequest begun_;
  std::string body_;
  BudgetShare held_;
};

}  // namespace kordon::server

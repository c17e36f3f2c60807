#include "api/batch/terms_memo.hpp"

#include "api/turns.hpp"

namespace kordon::api {
namespace {

constexpr std::size_t max_known = 1024;

}  // namespace

TermsMemo::TermsMemo(const Plan& plan) : plan_(plan), turns_(turns_of(plan.world)) {}

bool TermsMemo::make_key(std::string_view at, std::string_view own) {
  key_.assign(own);
  key_ += '\n';
  if (plan_.options.full || at.empty()) {
    key_ += at;
    return true;
  }
  const auto instant = policy::parse_instant(at);
  if (!instant) return false;
  append_turn(key_, turns_, *instant);
  return true;
}

const Terms* TermsMemo::find(std::string_view at, std::string_view own) {
  if (at.empty() && own.empty()) return &plan_.terms;
  if (!make_key(at, own)) return nullptr;
  const auto found = known_.find(key_);
  return found == known_.end() ? nullptr : &found->second;
}

std::expected<const Terms*, FieldErrors> TermsMemo::learn(std::string_view at, std::string_view own,
                                                          const Members& all) {
  auto terms = read_terms(plan_.world, all, plan_.options.now);
  if (!terms) return std::unexpected(std::move(terms.error()));
  if (!make_key(at, own)) key_ += at;
  return &known_.insert_or_assign(key_, std::move(*terms)).first->second;
}

void TermsMemo::trim() {
  if (known_.size() > max_known) known_.clear();
}

}  // namespace kordon::api

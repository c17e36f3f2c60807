#include "batch/query_memo.hpp"

#include "evaluation/change_times.hpp"

namespace kordon::batch {
namespace {

constexpr std::size_t max_known = 1024;

}  // namespace

QueryMemo::QueryMemo(const Plan& plan) : plan_(plan), change_times_(evaluation::change_times_of(plan.world)) {}

bool QueryMemo::make_key(std::string_view at, std::string_view own) {
  key_.assign(own);
  key_ += '\n';
  if (plan_.options.full || at.empty()) {
    key_ += at;
    return true;
  }
  const auto instant = policy::parse_instant(at);
  if (!instant) return false;
  evaluation::append_change_time(key_, change_times_, *instant);
  return true;
}

const evaluation::CompiledQuery* QueryMemo::find(std::string_view at, std::string_view own) {
  if (at.empty() && own.empty()) return &plan_.terms;
  if (!make_key(at, own)) return nullptr;
  const auto found = known_.find(key_);
  return found == known_.end() ? nullptr : &found->second;
}

std::expected<const evaluation::CompiledQuery*, evaluation::FieldErrors> QueryMemo::learn(
    std::string_view at, std::string_view own, const evaluation::Members& all) {
  auto terms = evaluation::compile_query(plan_.world, all, plan_.options.now);
  if (!terms) return std::unexpected(std::move(terms.error()));
  if (!make_key(at, own)) key_ += at;
  return &known_.insert_or_assign(key_, std::move(*terms)).first->second;
}

void QueryMemo::trim() {
  if (known_.size() > max_known) known_.clear();
}

}  // namespace kordon::batch

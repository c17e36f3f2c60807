#include "evaluation/notices.hpp"

#include <algorithm>

#include "policy/wording.hpp"

namespace kordon::evaluation {

std::vector<std::string> notices_of(const CompiledQuery& query) {
  std::vector<std::string> notices;
  const auto add = [&](const std::string& notice) {
    if (std::ranges::find(notices, notice) == notices.end()) notices.push_back(notice);
  };
  if (query.programs.empty()) return notices;
  const auto& program = query.programs.front();
  add(program.policy->disclaimer);
  for (const auto& warning : policy::warnings_of(program)) add(warning);
  return notices;
}

}  // namespace kordon::evaluation

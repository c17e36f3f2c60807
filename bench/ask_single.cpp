#include "bench/ask_single.hpp"

#include <numeric>

namespace kordon::bench {

SingleAsker::SingleAsker(const batch::BulkQuery& query)
    : query_(query),
      targets_(query.index.target_count()),
      signed_m_(targets_.size()),
      answer_{std::vector<geo::Standing>(targets_.size()), std::vector<policy::Outcome>(query.programs.size())} {
  std::iota(targets_.begin(), targets_.end(), geo::Target{0});
}

const SingleAsker::Answer& SingleAsker::ask(geo::LonLat place) {
  query_.index.locate(geo::Position::checked(place).value(), targets_, answer_.standings);
  for (std::size_t target = 0; target < targets_.size(); ++target) {
    signed_m_[target] = answer_.standings[target].margin_m();
  }
  for (std::size_t program = 0; program < answer_.outcomes.size(); ++program) {
    answer_.outcomes[program] = policy::evaluate(query_.programs[program], {signed_m_, query_.accuracy_m, 0});
  }
  return answer_;
}

}  // namespace kordon::bench

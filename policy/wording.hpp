#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/program.hpp"

/// What can be said of a program before any position is known.
namespace kordon::policy {

/// `inside RU`, `within 100 km of RU|UA-63`, `everywhere`.
std::string clause_text(const Program& program, const Clause& clause);

/// `100 km`, in the unit in which it was stated.
std::string radius_text(const Radius& radius, const Program& program);

/// What every answer rests on that no source states, and that the time asked for is later than `known_through`.
std::vector<std::string> warnings_of(const Program& program);

}  // namespace kordon::policy

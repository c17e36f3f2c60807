#pragma once

#include <filesystem>

#include "geo/atlas/atlas.hpp"
#include "geo/atlas/fault.hpp"
#include "policy/policy.hpp"

namespace kordon::config {

/// Reads a policy file (policy.schema.json states its form) and resolves its names against the atlas; without one,
/// regions and border sections go unresolved and unchecked.
///
/// Every fault is appended, each with file and JSON pointer (`x.json: /rules/2/area/all/0/inside`): malformed JSON with
/// line and column, wrong types, missing and unknown keys, duplicate ids, values out of range, reversed intervals,
/// unknown regions, parameters, activities and sources, border sections between regions that share no edge. After one
/// the result is not whole.
policy::Policy read_policy(const std::filesystem::path& file, const geo::Atlas* atlas, Faults& faults);

}  // namespace kordon::config

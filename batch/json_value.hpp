#pragma once

#include "batch/json_scanner.hpp"
#include "evaluation/member.hpp"

namespace kordon::batch {

/// What a member of a JSON row says, as a member of an evaluation request: whole numbers of 64 bits stay whole.
evaluation::Value value_of(const JsonMember& member);

}  // namespace kordon::batch

#pragma once

#include "cli/sink.hpp"

namespace kordon::cli {

/// Packs what is written by gzip into another sink.
std::unique_ptr<Sink> packed(std::unique_ptr<Sink> sink);

}  // namespace kordon::cli

#pragma once

#include "cli/source.hpp"

namespace kordon::cli {

/// What another source has, unpacked if it begins as gzip does, else as it is. Several members after one another are
/// one text, as gzip writes them; a file that ends within one is an error. Pieces have at most `piece_bytes`.
std::unique_ptr<Source> unpacked(std::unique_ptr<Source> packed, std::string name, std::size_t piece_bytes);

}  // namespace kordon::cli

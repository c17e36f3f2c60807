#include "batch/chunk.hpp"

#include <algorithm>

namespace kordon::batch {

void Chunk::drop_last_row() {
  texts.pop_back();
  splices.resize(std::min(splices.size(), texts.size()));
  cell_ends.resize(std::min(cell_ends.size(), texts.size()));
  cells.resize(cell_ends.empty() ? 0 : cell_ends.back());
}

void Chunk::clear() {
  texts.clear();
  splices.clear();
  cell_ends.clear();
  cells.clear();
  valid.clear();
  places.clear();
  queries.clear();
  extents.clear();
  extent_places = 0;
  bad.clear();
  read_as.clear();
  rewritten.clear();
}

}  // namespace kordon::batch

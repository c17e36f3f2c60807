#include "batch/chunk.hpp"

namespace kordon::batch {

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

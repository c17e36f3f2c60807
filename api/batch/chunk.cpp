#include "api/batch/chunk.hpp"

namespace kordon::api {

void Chunk::clear() {
  texts.clear();
  splices.clear();
  cell_ends.clear();
  cells.clear();
  asked.clear();
  places.clear();
  terms.clear();
  bad.clear();
  warnings.clear();
  rewritten.clear();
}

}  // namespace kordon::api

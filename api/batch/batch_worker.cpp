#include "api/batch/batch_worker.hpp"

namespace kordon::api {

BatchWorker::BatchWorker(const Plan& plan) : plan_(plan), reader_(make_reader(plan)), writer_(make_writer(plan)) {}

void BatchWorker::answer(std::string& block, std::string& out) {
  reader_->read(block, chunk_);
  if (plan_.options.evaluate) {
    score(plan_.world, chunk_.places.columns(), chunk_.terms, scores_);
  } else {
    score_nothing(chunk_.places.columns(), scores_);
  }
  writer_->write(chunk_, scores_, out);
  tally_.add(chunk_, scores_);
}

Tally BatchWorker::tally() const {
  Tally tally = tally_;
  tally.without_column = writer_->without_column();
  return tally;
}

}  // namespace kordon::api

#include "batch/batch_worker.hpp"

namespace kordon::batch {

BatchWorker::BatchWorker(const Plan& plan) : plan_(plan), reader_(make_reader(plan)), writer_(make_writer(plan)) {}

void BatchWorker::answer(std::string& block, std::string& out, const Drain& drain) {
  answer_from(block, 0, {}, out, drain);
}

std::size_t BatchWorker::answer_from(std::string& block, std::size_t from, const Step& step, std::string& out,
                                     const Drain& drain) {
  const auto end = reader_->read_from(block, from, step, chunk_);
  Part part;
  const auto write_until = [&](std::uint32_t row, std::size_t valid) {
    part.end = row;
    writer_->write(chunk_, part, scores_, out, drain);
    part = {row, row, valid};
  };
  const auto take = [&] {
    const auto valid = scores_.first + scores_.size();
    write_until(chunk_.valid[valid - 1] + 1, valid);
    counts_.add(scores_);
  };
  if (plan_.options.evaluate) {
    score(plan_.world, chunk_.places.columns(), chunk_.queries, scores_, take);
  } else {
    score_nothing(chunk_.places.columns(), scores_, take);
  }
  write_until(static_cast<std::uint32_t>(chunk_.rows()), chunk_.valid.size());
  counts_.add(chunk_);
  return end;
}

Counts BatchWorker::counts() const {
  Counts counts = counts_;
  counts.without_column = writer_->without_column();
  return counts;
}

}  // namespace kordon::batch

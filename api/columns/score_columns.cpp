#include "api/columns/score_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <future>
#include <iterator>

#include "api/batch/score.hpp"
#include "api/columns/region_sets.hpp"
#include "api/fields.hpp"
#include "api/merge.hpp"

namespace kordon::api {
namespace {

constexpr std::size_t piece_rows = 1U << 19U;
constexpr double not_there = std::numeric_limits<double>::quiet_NaN();

/// What all pieces of a request share.
struct Job {
  const config::World& world;
  const ColumnsRequest& request;
  const TermsByTime& terms;
  double accuracy_m;
  RegionSets sets = {};
  std::atomic<std::size_t> next = 0;  ///< row of the next piece
};

Member number(std::string key, double value) {
  return {std::move(key), std::isnan(value) ? Value(Null{}) : Value(value)};
}

/// Answers pieces, one after the other; for one thread.
class Worker {
 public:
  Worker(Job& job, ColumnScores& out) : job_(job), out_(out), sets_(job.sets) {}

  std::vector<BadPosition> run() {
    while (true) {
      const auto first = job_.next.fetch_add(piece_rows);
      if (first >= out_.rows) return std::move(bad_);
      read(first, std::min(piece_rows, out_.rows - first));
      score(job_.world, positions_, terms_, scores_);
      write();
    }
  }

 private:
  void read(std::size_t first, std::size_t rows) {
    const auto& request = job_.request;
    for (auto* column : {&lon_deg_, &lat_deg_}) column->resize(rows);
    accuracy_m_.assign(rows, not_there);
    request.lon_deg.copy(first, lon_deg_);
    request.lat_deg.copy(first, lat_deg_);
    if (request.accuracy_m) request.accuracy_m->copy(first, accuracy_m_);
    positions_.clear();
    asked_.clear();
    terms_.clear();
    for (std::size_t i = 0; i < rows; ++i) {
      const double accuracy_m = std::isnan(accuracy_m_[i]) ? job_.accuracy_m : accuracy_m_[i];
      const auto position = geo::Position::checked({lon_deg_[i], lat_deg_[i]}, accuracy_m);
      if (!position) {
        refuse(first + i, lon_deg_[i], lat_deg_[i], accuracy_m);
        continue;
      }
      positions_.push_back(*position);
      asked_.push_back(first + i);
      terms_.push_back(request.at_ms.empty() ? &job_.terms.shared() : &job_.terms.at(request.at_ms[first + i]));
    }
  }

  void refuse(std::size_t row, double lon_deg, double lat_deg, double accuracy_m) {
    auto place = read_place({number("lon", lon_deg), number("lat", lat_deg), number("accuracy_m", accuracy_m)});
    bad_.push_back({row, std::move(place.error())});
    out_.verdict[row] = no_verdict;
    for (const auto* column : {&out_.margin_m, &out_.distance_m, &out_.nearest_lon_deg, &out_.nearest_lat_deg}) {
      (*column)[row] = not_there;
    }
    out_.regions[row] = sets_.code_of({});
  }

  void write() {
    std::uint32_t begin = 0;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      const auto row = asked_[i];
      const bool has_border = std::isfinite(scores_.distance_m[i]);
      out_.verdict[row] = static_cast<std::uint8_t>(scores_.verdict[i]);
      out_.margin_m[row] = scores_.margin_m[i];
      out_.distance_m[row] = scores_.distance_m[i];
      out_.nearest_lon_deg[row] = has_border ? scores_.nearest[i].lon_deg : not_there;
      out_.nearest_lat_deg[row] = has_border ? scores_.nearest[i].lat_deg : not_there;
      const auto end = scores_.inside_ends[i];
      out_.regions[row] = sets_.code_of({scores_.inside.data() + begin, scores_.inside.data() + end});
      begin = end;
    }
  }

  Job& job_;
  ColumnScores& out_;
  SeenSets sets_;
  std::vector<double> lon_deg_, lat_deg_, accuracy_m_;
  std::vector<geo::Position> positions_;
  std::vector<std::size_t> asked_;  ///< the positions' rows
  std::vector<const Terms*> terms_;
  Scores scores_;
  std::vector<BadPosition> bad_;
};

FieldErrors length_errors(const ColumnsRequest& request) {
  Fields fields(request.members);
  const auto rows = request.lon_deg.size();
  const auto check = [&](const char* name, std::size_t size) {
    if (size != rows) fields.fault(name, Code::wrong_columns, fmt::format("has {} rows, and lon has {}", size, rows));
  };
  check("lat", request.lat_deg.size());
  if (request.accuracy_m) check("accuracy_m", request.accuracy_m->size());
  if (!request.at_ms.empty()) check("at", request.at_ms.size());
  return fields.take_errors();
}

void run(Job& job, ColumnScores& out) {
  std::vector<std::future<std::vector<BadPosition>>> helpers;
  const auto pieces = (out.rows + piece_rows - 1) / piece_rows;
  for (std::size_t i = 1; i < std::min<std::size_t>(job.request.threads, pieces); ++i) {
    helpers.push_back(std::async(std::launch::async, [&] { return Worker(job, out).run(); }));
  }
  out.bad = Worker(job, out).run();
  for (auto& helper : helpers) std::ranges::move(helper.get(), std::back_inserter(out.bad));
  std::ranges::sort(out.bad, {}, &BadPosition::row);
}

void name_regions(const Job& job, ColumnScores& out) {
  std::vector<std::string> ids;
  for (const auto& region : job.world.atlas.regions) ids.push_back(region.id);
  auto [texts, place_of] = job.sets.texts(ids);
  out.region_sets = std::move(texts);
  for (std::size_t row = 0; row < out.rows; ++row) out.regions[row] = place_of[out.regions[row]];
}

}  // namespace

ColumnScores::ColumnScores(std::size_t the_rows)
    : rows(the_rows),
      verdict(std::make_unique_for_overwrite<std::uint8_t[]>(rows)),
      margin_m(std::make_unique_for_overwrite<double[]>(rows)),
      distance_m(std::make_unique_for_overwrite<double[]>(rows)),
      nearest_lon_deg(std::make_unique_for_overwrite<double[]>(rows)),
      nearest_lat_deg(std::make_unique_for_overwrite<double[]>(rows)),
      regions(std::make_unique_for_overwrite<std::uint32_t[]>(rows)) {}

std::expected<ColumnScores, FieldErrors> score_columns(const config::World& world, const ColumnsRequest& request) {
  auto errors = length_errors(request);
  std::ranges::move(shared_errors(world, request.members), std::back_inserter(errors));
  auto terms = TermsByTime::read(world, request.members, request.now);
  if (!terms) std::ranges::move(terms.error(), std::back_inserter(errors));
  if (!errors.empty()) return std::unexpected(std::move(errors));
  ColumnScores out(request.lon_deg.size());
  Job job{world, request, *terms, Fields(request.members).number("accuracy_m").value_or(0)};
  run(job, out);
  name_regions(job, out);
  return out;
}

}  // namespace kordon::api

#include "batch/columns/score_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <future>
#include <iterator>

#include "batch/columns/region_sets.hpp"
#include "batch/score.hpp"
#include "evaluation/fields.hpp"
#include "evaluation/query_cache.hpp"
#include "evaluation/shared_members.hpp"

namespace kordon::batch::columns {
namespace {

constexpr std::size_t piece_rows = 1U << 18U;
constexpr double not_there = std::numeric_limits<double>::quiet_NaN();

/// What all pieces of a request share.
struct Job {
  const world::World& world;
  const ColumnsRequest& request;
  const evaluation::CompiledQuery& query;  ///< of rows that state no time
  double accuracy_m;
  const evaluation::Member* crs;  ///< null: columns of degrees
  RegionSets sets = {};
  std::atomic<std::size_t> next = 0;  ///< row of the next piece
};

evaluation::Member number(std::string key, double value) {
  return {std::move(key), std::isnan(value) ? evaluation::Value(evaluation::Null{}) : evaluation::Value(value)};
}

evaluation::CompiledQuery moved_to(evaluation::CompiledQuery query, policy::Instant at) {
  query.at = at;
  for (auto& program : query.programs) {
    program = policy::compile(*program.policy, program.activity, at, program.values);
  }
  return query;
}

/// Answers pieces, one after the other; for one thread.
class Worker {
 public:
  Worker(Job& job, ColumnScores& out)
      : job_(job), out_(out), sets_(job.sets), cache_(job.world, 0), by_span_(cache_.span_count()) {}

  std::vector<BadPosition> run() {
    while (true) {
      const auto first = job_.next.fetch_add(piece_rows);
      if (first >= out_.rows) return std::move(bad_);
      const auto known_bad = bad_.size();
      read(first, std::min(piece_rows, out_.rows - first));
      find_queries(first);
      measure(job_.world.index, targets_of(queries_), {lon_deg_, lat_deg_}, distances_);
      evaluate_piece(first);
      write(first);
      for (const auto& bad : std::span(bad_).subspan(known_bad)) blank(bad.row);
    }
  }

 private:
  void read(std::size_t first, std::size_t rows) {
    const auto& request = job_.request;
    for (auto* column : {&lon_deg_, &lat_deg_}) column->assign(rows, 0);
    if (request.positions.empty()) {
      request.lon_deg.copy(first, lon_deg_);
      request.lat_deg.copy(first, lat_deg_);
    }
    if (request.accuracy_m) {
      accuracy_m_.resize(rows);
      request.accuracy_m->copy(first, accuracy_m_);
      std::ranges::replace_if(accuracy_m_, [](double value) { return std::isnan(value); }, job_.accuracy_m);
    } else if (job_.accuracy_m > 0) {
      accuracy_m_.assign(rows, job_.accuracy_m);
    }
    if (job_.crs != nullptr || !request.positions.empty()) return read_places(first, rows);
    for (std::size_t i = 0; i < rows; ++i) {
      const double accuracy_m = accuracy_m_.empty() ? 0 : accuracy_m_[i];
      if (!geo::Position::is_valid({lon_deg_[i], lat_deg_[i]}, accuracy_m)) {
        refuse(first + i, i, place_of(first, i).error());
      } else {
        refuse_time(first + i);
      }
    }
  }

  /// Of what is more than two numbers of degrees.
  void read_places(std::size_t first, std::size_t rows) {
    accuracy_m_.resize(rows, 0);
    for (std::size_t i = 0; i < rows; ++i) {
      const auto place = place_of(first, i);
      if (!place) {
        refuse(first + i, i, place.error());
        continue;
      }
      const auto [lon_deg, lat_deg] = place->position.place();
      lon_deg_[i] = lon_deg;
      lat_deg_[i] = lat_deg;
      accuracy_m_[i] = place->position.accuracy_m();
      refuse_time(first + i);
    }
  }

  std::expected<evaluation::Place, evaluation::FieldErrors> place_of(std::size_t first, std::size_t i) {
    evaluation::Members members{number("accuracy_m", accuracy_m_.empty() ? 0 : accuracy_m_[i])};
    if (job_.request.positions.empty()) {
      members.push_back(number("lon", lon_deg_[i]));
      members.push_back(number("lat", lat_deg_[i]));
    } else {
      members.push_back({"position", job_.request.positions[first + i]});
    }
    if (job_.crs != nullptr) members.push_back(*job_.crs);
    return evaluation::read_place(members, systems_);
  }

  void refuse_time(std::size_t row) {
    const auto times = job_.request.at_ms;
    if (!times.empty() && times[row] <= bad_time) bad_.push_back({row, {time_error(times[row])}});
  }

  static evaluation::FieldError time_error(std::int64_t time_ms) {
    using evaluation::Code;
    if (time_ms == no_time) return {"at", Code::missing, "the row has no time where others have one"};
    return {"at", Code::bad_time, "expected a time with its zone such as `2024-06-15T00:00:00Z`, or state at_zone"};
  }

  /// A position at 0, 0 is evaluated in its place, so that every row keeps its number.
  void refuse(std::size_t row, std::size_t i, evaluation::FieldErrors errors) {
    bad_.push_back({row, std::move(errors)});
    lon_deg_[i] = lat_deg_[i] = 0;
    if (!accuracy_m_.empty()) accuracy_m_[i] = 0;
  }

  void find_queries(std::size_t first) {
    const auto times = job_.request.at_ms;
    queries_.assign(lon_deg_.size(), &job_.query);
    for (std::size_t i = 0; i < queries_.size() && !times.empty(); ++i) queries_[i] = query_at(times[first + i]);
  }

  void evaluate_piece(std::size_t first) {
    const auto rows = lon_deg_.size();
    verdict_.resize(rows);
    if (job_.world.policies.empty()) {
      std::fill_n(&out_.margin_m[first], rows, not_there);
      return;
    }
    evaluate_rows(job_.world, distances_, accuracy_m_, queries_,
                  {.verdict = verdict_, .margin_m = {&out_.margin_m[first], rows}});
  }

  /// The shared query, moved to a time. Only verdicts and margins are right: `at` may be another time of its span.
  const evaluation::CompiledQuery* query_at(std::int64_t time_ms) {
    if (time_ms <= bad_time) return &job_.query;
    const policy::Instant at{std::chrono::milliseconds(time_ms)};
    auto& known = by_span_[cache_.span_of(at)];
    if (known == nullptr) known = &cache_.learn({}, cache_.span_of(at), moved_to(job_.query, at)).query;
    return known;
  }

  void write(std::size_t first) {
    for (std::size_t i = 0; i < verdict_.size(); ++i) {
      const auto row = first + i;
      const double distance_m = distances_.border_distance_m(i);
      const auto nearest = distances_.border_nearest[i];
      const bool has_border = std::isfinite(distance_m);
      out_.verdict[row] = job_.world.policies.empty() ? no_verdict : static_cast<std::uint8_t>(verdict_[i]);
      out_.distance_m[row] = distance_m;
      out_.nearest_lon_deg[row] = has_border ? nearest.lon_deg : not_there;
      out_.nearest_lat_deg[row] = has_border ? nearest.lat_deg : not_there;
      list_regions(distances_, i, inside_);
      out_.regions[row] = sets_.code_of(inside_);
    }
  }

  void blank(std::size_t row) {
    out_.verdict[row] = no_verdict;
    for (const auto* column : {&out_.margin_m, &out_.distance_m, &out_.nearest_lon_deg, &out_.nearest_lat_deg}) {
      (*column)[row] = not_there;
    }
    out_.regions[row] = sets_.code_of({});
  }

  Job& job_;
  ColumnScores& out_;
  SeenSets sets_;
  evaluation::QueryCache cache_;
  geo::CrsPlaces systems_;
  std::vector<const evaluation::CompiledQuery*> by_span_;  ///< in the cache; null: not compiled yet
  std::vector<double> lon_deg_, lat_deg_;
  std::vector<double> accuracy_m_;  ///< empty: all are 0
  NearDistances distances_;
  std::vector<const evaluation::CompiledQuery*> queries_;  ///< by row of the piece
  std::vector<policy::Verdict> verdict_;
  std::vector<std::uint32_t> inside_;  ///< of the row in hand
  std::vector<BadPosition> bad_;
};

evaluation::FieldErrors length_errors(const ColumnsRequest& request) {
  evaluation::Fields fields(request.members);
  const auto rows = request.rows();
  const auto check = [&](const char* name, std::size_t size) {
    if (size != rows)
      fields.add_error(
          name, evaluation::Code::wrong_columns,
          fmt::format("has {} rows, and {} has {}", size, request.positions.empty() ? "lon" : "position", rows));
  };
  if (request.positions.empty()) check("lat", request.lat_deg.size());
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

std::expected<ColumnScores, evaluation::FieldErrors> score_columns(const world::World& world,
                                                                   const ColumnsRequest& request) {
  auto errors = length_errors(request);
  std::ranges::move(evaluation::shared_errors(world, request.members), std::back_inserter(errors));
  const auto query = evaluation::compile_query(world, request.members, request.now);
  if (!query) std::ranges::copy(query.error(), std::back_inserter(errors));
  if (!errors.empty()) return std::unexpected(std::move(errors));
  ColumnScores out(request.rows());
  evaluation::Fields shared(request.members);
  Job job{world, request, *query, shared.number("accuracy_m").value_or(0), shared.find("crs")};
  run(job, out);
  name_regions(job, out);
  return out;
}

}  // namespace kordon::batch::columns

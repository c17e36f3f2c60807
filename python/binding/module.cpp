#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "api/endpoints.hpp"
#include "batch/batch_stream.hpp"
#include "batch/column_name.hpp"
#include "batch/column_notices.hpp"
#include "batch/flat_answer.hpp"
#include "batch/geometries/extent.hpp"
#include "evaluation/evaluate.hpp"
#include "geo/atlas/proj_data.hpp"
#include "policy/evaluate.hpp"
#include "python/binding/arrow_scores.hpp"
#include "python/binding/column.hpp"
#include "python/binding/errors.hpp"
#include "python/binding/members.hpp"

namespace nb = nanobind;

namespace kordon::python {
namespace {

using World = std::shared_ptr<const world::World>;
using Doubles = nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Times = nb::ndarray<const std::int64_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

/// What Python holds of a world and of scores.
struct PyWorld {
  World world;
};
struct PyScores {
  std::shared_ptr<const batch::columns::ColumnScores> scores;
};

policy::Instant now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

PyWorld load(const std::string& file) {
  std::expected<World, Faults> world;
  {
    const nb::gil_scoped_release unlocked;
    world = world::load_world(file, world::Parts::answers);
  }
  if (!world) throw BadConfig{std::move(world.error())};
  return {std::move(*world)};
}

std::vector<std::string> warnings_of(const PyWorld& self) {
  std::vector<std::string> texts;
  for (const auto& [where, message] : self.world->warnings) texts.push_back(where + ": " + message);
  return texts;
}

Column numpy_column(const Doubles& values) {
  return {{{{{values.data(), values.shape(0)}}}}, {std::make_shared<Doubles>(values)}};
}

PyScores score(const PyWorld& self, const Column* lon, const Column* lat, const std::vector<std::string>& positions,
               const Column* accuracy_m, const std::optional<Times>& at_ms, const nb::list& members, unsigned threads) {
  batch::columns::ColumnsRequest request{.lon_deg = {},
                                         .lat_deg = {},
                                         .positions = positions,
                                         .accuracy_m = {},
                                         .at_ms = {},
                                         .members = members_of(members),
                                         .now = now(),
                                         .threads = threads};
  if (lon) request.lon_deg = lon->numbers;
  if (lat) request.lat_deg = lat->numbers;
  if (accuracy_m) request.accuracy_m = accuracy_m->numbers;
  if (at_ms) request.at_ms = {at_ms->data(), at_ms->shape(0)};
  std::expected<batch::columns::ColumnScores, evaluation::FieldErrors> scores =
      std::unexpected(evaluation::FieldErrors{});
  {
    const nb::gil_scoped_release unlocked;
    scores = batch::columns::score_columns(*self.world, request);
  }
  if (!scores) throw Refused{std::move(scores.error())};
  return {std::make_shared<const batch::columns::ColumnScores>(std::move(*scores))};
}

nb::str evaluate_one(const PyWorld& self, const nb::list& stated) {
  evaluation::Evaluator evaluator(*self.world);
  const auto json = evaluation::evaluate_one(evaluator, members_of(stated), now());
  if (!json) throw Refused{json.error()};
  return nb::str(json->data(), json->size());
}

/// Features, one a line, answered as lines of JSON.
nb::str answer_features(const PyWorld& self, const std::string& features, const nb::list& members, bool full,
                        const std::string& edges, double max_gap_s, double max_speed_m_s) {
  batch::BatchOptions options;
  options.from = batch::Format::geojsonseq;
  options.to = batch::Format::ndjson;
  options.shared = members_of(members);
  options.full = full;
  options.reading = {batch::read_edge_kind(edges).value(), max_gap_s, max_speed_m_s};
  options.now = now();
  std::string out;
  std::expected<void, evaluation::FieldErrors> done;
  {
    const nb::gil_scoped_release unlocked;
    const auto stream = batch::make_batch_stream(*self.world, std::move(options), 0);
    done = stream->feed(features, out);
    if (done) done = stream->finish(out);
  }
  if (!done) throw Refused{done.error()};
  return nb::str(out.data(), out.size());
}

nb::tuple get(const PyWorld& self, const std::string& target) {
  api::http::Response response;
  {
    const nb::gil_scoped_release unlocked;
    response = api::answer(
        *self.world,
        {.method = "GET", .target = target, .accept = {}, .content_type = {}, .body = {}, .received = now()});
  }
  return nb::make_tuple(response.status, nb::str(response.body.data(), response.body.size()));
}

template <typename Number>
auto array_of(PyScores& self, const std::unique_ptr<Number[]>& values) {
  const std::size_t rows = self.scores->rows;
  return nb::ndarray<nb::numpy, Number, nb::ndim<1>>(values.get(), {rows}, nb::find(self));
}

nb::list bad_rows(const PyScores& self, std::size_t limit) {
  nb::list rows;
  for (const auto& [row, errors] : self.scores->bad) {
    if (limit-- == 0) break;
    nb::list tuples;
    for (const auto& error : errors) tuples.append(tuple_of(error));
    rows.append(nb::make_tuple(row, nb::str(batch::error_text(errors).c_str()), tuples));
  }
  return rows;
}

/// Columns that look like an accuracy or a time, where none is stated: a frame's are used by argument alone.
std::vector<std::string> unused_columns(const std::vector<std::string>& names, bool has_at, bool has_accuracy) {
  using enum batch::NameMeans;
  std::vector<std::size_t> accuracies;
  std::vector<std::size_t> times;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto means = batch::read_column_name(names[i]).means;
    if (!has_accuracy && (means == accuracy_m || means == like_accuracy)) accuracies.push_back(i);
    if (!has_at && (means == at || means == like_time)) times.push_back(i);
  }
  std::vector<std::string> notices;
  for (const auto& unused : {batch::UnusedColumns{"an accuracy", "accuracy_m", batch::meaning_of_accuracy, accuracies},
                             {"times", "at", batch::meaning_of_time, times}}) {
    if (auto notice = batch::unused_notice(unused, names)) notices.push_back(std::move(*notice));
  }
  return notices;
}

void define_scores(nb::module_& module) {
  nb::class_<PyScores>(module, "Scores")
      .def("__len__", [](const PyScores& self) { return self.scores->rows; })
      .def_prop_ro("verdict", [](PyScores& self) { return array_of(self, self.scores->verdict); })
      .def_prop_ro("margin_m", [](PyScores& self) { return array_of(self, self.scores->margin_m); })
      .def_prop_ro("distance_m", [](PyScores& self) { return array_of(self, self.scores->distance_m); })
      .def_prop_ro("nearest_lon", [](PyScores& self) { return array_of(self, self.scores->nearest_lon_deg); })
      .def_prop_ro("nearest_lat", [](PyScores& self) { return array_of(self, self.scores->nearest_lat_deg); })
      .def_prop_ro("regions", [](PyScores& self) { return array_of(self, self.scores->regions); })
      .def_prop_ro("region_sets", [](const PyScores& self) { return self.scores->region_sets; })
      .def_prop_ro("bad_count", [](const PyScores& self) { return self.scores->bad.size(); })
      .def("bad_rows", bad_rows, nb::arg("limit"))
      .def("arrow_capsules", [](const PyScores& self) { return arrow_capsules(self.scores); });
}

}  // namespace

NB_MODULE(_core, module) {
  nb::set_leak_warnings(false);  // a world that is kept until the interpreter ends is no leak
  register_exceptions();
  nb::class_<Column>(module, "Column").def("__len__", [](const Column& self) { return self.numbers.size(); });
  module.def("numpy_column", numpy_column, nb::arg("values"));
  module.def("arrow_column", arrow_column, nb::arg("source"), nb::arg("name"));
  module.def("arrow_schema", arrow_schema);
  module.def("use_proj_data", [](const std::string& folder) { geo::use_proj_data(folder); }, nb::arg("folder"));
  module.def("unused_columns", unused_columns, nb::arg("names"), nb::arg("has_at"), nb::arg("has_accuracy"));
  module.attr("no_time") = batch::columns::no_time;
  module.attr("bad_time") = batch::columns::bad_time;
  nb::class_<PyWorld>(module, "World")
      .def_static("load", load, nb::arg("file"))
      .def_prop_ro("data_version", [](const PyWorld& self) { return self.world->data_version; })
      .def_prop_ro("warnings", warnings_of)
      .def("score", score, nb::arg("lon").none(), nb::arg("lat").none(), nb::arg("positions"),
           nb::arg("accuracy_m").none(), nb::arg("at_ms").none(), nb::arg("members"), nb::arg("threads"))
      .def("evaluate_one", evaluate_one, nb::arg("members"))
      .def("answer_features", answer_features, nb::arg("features"), nb::arg("members"), nb::arg("full"),
           nb::arg("edges"), nb::arg("max_gap_s"), nb::arg("max_speed_m_s"))
      .def("get", get, nb::arg("target"));
  define_scores(module);
}

}  // namespace kordon::python

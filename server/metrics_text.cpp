#include "server/metrics_text.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <vector>

namespace kordon::server {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

/// One route over all workers.
struct RouteSums {
  std::array<std::uint64_t, statuses.size()> by_status{};
  std::array<std::uint64_t, latency_bounds_s.size() + 1> by_latency{};
  std::uint64_t latency_us = 0;
};

std::map<std::string_view, RouteSums> sums_of(std::span<const WorkerMetrics* const> workers) {
  std::map<std::string_view, RouteSums> sums;
  for (const auto* worker : workers) {
    for (std::size_t i = 0; i < worker->route_count(); ++i) {
      const auto& route = worker->route(i);
      auto& sum = sums[route.route];
      for (std::size_t k = 0; k < sum.by_status.size(); ++k) sum.by_status[k] += route.by_status[k].get();
      for (std::size_t k = 0; k < sum.by_latency.size(); ++k) sum.by_latency[k] += route.by_latency[k].get();
      sum.latency_us += route.latency_us.get();
    }
  }
  return sums;
}

std::uint64_t sum_of(std::span<const WorkerMetrics* const> workers, Counter WorkerMetrics::* counter) {
  std::uint64_t sum = 0;
  for (const auto* worker : workers) sum += (worker->*counter).get();
  return sum;
}

ClientMetric counted(std::vector<ClientMetric::Label> labels, double value) {
  ClientMetric metric;
  metric.label = std::move(labels);
  metric.counter.value = metric.gauge.value = value;
  return metric;
}

MetricFamily family(std::string name, std::string help, MetricType type, std::vector<ClientMetric> metrics) {
  return {std::move(name), std::move(help), type, std::move(metrics)};
}

MetricFamily single(std::string name, std::string help, MetricType type, double value) {
  return family(std::move(name), std::move(help), type, {counted({}, value)});
}

MetricFamily requests(const std::map<std::string_view, RouteSums>& sums) {
  std::vector<ClientMetric> metrics;
  for (const auto& [route, sum] : sums) {
    for (std::size_t k = 0; k < statuses.size(); ++k) {
      if (sum.by_status[k] == 0) continue;
      metrics.push_back(counted({{"route", std::string(route)}, {"status", std::to_string(statuses[k])}},
                                static_cast<double>(sum.by_status[k])));
    }
  }
  return family("kordon_http_requests_total", "Answered requests; status 0: cut off", MetricType::Counter,
                std::move(metrics));
}

MetricFamily latencies(const std::map<std::string_view, RouteSums>& sums) {
  std::vector<ClientMetric> metrics;
  for (const auto& [route, sum] : sums) {
    ClientMetric metric;
    metric.label = {{"route", std::string(route)}};
    auto& histogram = metric.histogram;
    for (std::size_t k = 0; k < latency_bounds_s.size(); ++k) {
      histogram.sample_count += sum.by_latency[k];
      histogram.bucket.push_back({histogram.sample_count, latency_bounds_s[k]});
    }
    histogram.sample_count += sum.by_latency.back();
    histogram.sample_sum = static_cast<double>(sum.latency_us) / 1e6;
    metrics.push_back(std::move(metric));
  }
  return family("kordon_http_request_duration_seconds", "From a request's header to the end of its answer",
                MetricType::Histogram, std::move(metrics));
}

MetricFamily turns(std::span<const WorkerMetrics* const> workers) {
  ClientMetric metric;
  auto& histogram = metric.histogram;
  for (std::size_t k = 0; k <= turn_bounds_s.size(); ++k) {
    for (const auto* worker : workers) histogram.sample_count += worker->turns.by_time[k].get();
    if (k < turn_bounds_s.size()) histogram.bucket.push_back({histogram.sample_count, turn_bounds_s[k]});
  }
  for (const auto* worker : workers) histogram.sample_sum += static_cast<double>(worker->turns.ns.get()) / 1e9;
  return family("kordon_turn_duration_seconds", "How long a worker was at one connection before others had their turn",
                MetricType::Histogram, {std::move(metric)});
}

MetricFamily held(const ServerFigures& figures) {
  std::vector<ClientMetric> metrics;
  for (std::size_t i = 0; i < hold_names.size(); ++i) {
    metrics.push_back(counted({{"kind", std::string(hold_names[i])}}, static_cast<double>(figures.held[i])));
  }
  return family("kordon_held_bytes", "Held for clients: spooled on disk, all else in memory", MetricType::Gauge,
                std::move(metrics));
}

double resident_bytes() {
  std::ifstream in("/proc/self/statm");
  double pages = 0;
  double resident_pages = 0;
  in >> pages >> resident_pages;
  return resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

void add_figures(std::vector<MetricFamily>& families, const ServerFigures& figures) {
  const auto add = [&](std::string name, std::string help, MetricType type, auto value) {
    families.push_back(single(std::move(name), std::move(help), type, static_cast<double>(value)));
  };
  add("kordon_connections", "Open connections", MetricType::Gauge, figures.connections);
  add("kordon_streams", "Streams under way", MetricType::Gauge, figures.streams);
  families.push_back(held(figures));
  add("kordon_answers_being_made", "Large answers that wait or are being made off the workers", MetricType::Gauge,
      figures.answers_being_made);
  add("kordon_answers_refused_total", "Large answers refused, for too many were being made", MetricType::Counter,
      figures.answers_refused);
  add("kordon_connections_refused_total", "Connections over a limit", MetricType::Counter, figures.connections_refused);
  families.push_back(family("kordon_reloads_total", "Configurations loaded while serving", MetricType::Counter,
                            {counted({{"result", "served"}}, static_cast<double>(figures.reloads)),
                             counted({{"result", "refused"}}, static_cast<double>(figures.reloads_refused))}));
  add("kordon_last_reload_good", "0: the last reload was refused", MetricType::Gauge, figures.last_reload_good);
  families.push_back(family(
      "kordon_info", "What is served", MetricType::Gauge,
      {counted({{"data_version", std::string(figures.data_version)}, {"engine", std::string(figures.engine)}}, 1)}));
  add("process_resident_memory_bytes", "Resident memory", MetricType::Gauge, resident_bytes());
}

}  // namespace

std::string metrics_text(std::span<const WorkerMetrics* const> workers, const ServerFigures& figures) {
  const auto sums = sums_of(workers);
  std::vector<MetricFamily> families{requests(sums), latencies(sums), turns(workers)};
  const auto add_sum = [&](std::string name, std::string help, Counter WorkerMetrics::* counter) {
    families.push_back(
        single(std::move(name), std::move(help), MetricType::Counter, static_cast<double>(sum_of(workers, counter))));
  };
  add_sum("kordon_evaluations_total", "Positions evaluated", &WorkerMetrics::evaluations);
  add_sum("kordon_batch_rows_total", "Rows of batches", &WorkerMetrics::rows);
  add_sum("kordon_batch_rows_in_error_total", "Rows of batches that were answered with an error",
          &WorkerMetrics::rows_in_error);
  add_figures(families, figures);
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace kordon::server

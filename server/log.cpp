#include "server/log.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <iostream>

#include "api/json_writer.hpp"
#include "policy/instant.hpp"

namespace kordon::server {
namespace {

std::string timestamp() {
  return policy::to_text(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
}

void log_event(spdlog::level::level_enum level, std::string_view event, std::string_view detail) {
  const auto logger = spdlog::get("kordon");
  if (!logger) return;
  std::string line;
  api::JsonWriter out(line);
  out.begin_object().key("time").text(timestamp()).key("level").text(spdlog::level::to_string_view(level).data());
  out.key("event").text(event).key("detail").text(detail).end_object();
  logger->log(level, line);
  logger->flush();
}

}  // namespace

void start_log(bool with_access) {
  // The stdout sinks of spdlog flush each line, which costs a system call for each request.
  auto logger = std::make_shared<spdlog::logger>("kordon", std::make_shared<spdlog::sinks::ostream_sink_mt>(std::cout));
  logger->set_pattern("%v");
  spdlog::register_logger(logger);
  auto access = logger->clone("access");
  access->set_level(with_access ? spdlog::level::info : spdlog::level::off);
  spdlog::set_default_logger(access);
  spdlog::flush_every(std::chrono::seconds(1));
}

void flush_log() {
  if (const auto logger = spdlog::get("kordon")) logger->flush();
}

void log_access(const AccessLine& access) {
  auto* logger = spdlog::default_logger_raw();
  if (logger->name() != "access" || !logger->should_log(spdlog::level::info)) return;
  std::string line;
  line.reserve(256);
  api::JsonWriter out(line);
  out.begin_object().key("time").text(timestamp()).key("event").text("request");
  out.key("method").text(access.method).key("route").text(access.route).key("status").integer(access.status);
  out.key("request_bytes").integer(static_cast<std::int64_t>(access.request_bytes));
  out.key("response_bytes").integer(static_cast<std::int64_t>(access.response_bytes));
  out.key("took_us").integer(access.took.count()).end_object();
  logger->log(spdlog::level::info, line);
}

void log_info(std::string_view event, std::string_view detail) { log_event(spdlog::level::info, event, detail); }

void log_error(std::string_view event, std::string_view detail) { log_event(spdlog::level::err, event, detail); }

}  // namespace kordon::server

#include "server/log.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <iostream>

#include "policy/instant.hpp"
#include "text/json_writer.hpp"

namespace kordon::server {
namespace {

constexpr std::size_t handed_over_bytes = 16 * 1024;

std::string timestamp() {
  return policy::to_text(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
}

void log_event(spdlog::level::level_enum level, std::string_view event, std::string_view detail) {
  const auto logger = spdlog::get("kordon");
  if (!logger) return;
  std::string line;
  text::JsonWriter out(line);
  out.begin_object().key("time").text(timestamp()).key("level").text(spdlog::level::to_string_view(level).data());
  out.key("event").text(event).key("detail").text(detail).end_object();
  logger->log(level, line);
  logger->flush();
}

void write_if(text::JsonWriter& out, std::string_view key, std::string_view text) {
  if (!text.empty()) out.key(key).text(text);
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

AccessLog::AccessLog() {
  const auto* logger = spdlog::default_logger_raw();
  enabled_ = logger->name() == "access" && logger->should_log(spdlog::level::info);
}

void AccessLog::write_time() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  if (second != second_) {
    second_ = second;
    second_text_ = policy::to_text(second);
    second_text_.pop_back();
  }
  const auto milliseconds = static_cast<int>((now - second).count());
  lines_ += second_text_;
  lines_ += '.';
  for (const int place : {100, 10, 1}) lines_ += static_cast<char>('0' + milliseconds / place % 10);
  lines_ += 'Z';
}

void AccessLog::add(const AccessLine& line) {
  if (!enabled_) return;
  if (!lines_.empty()) lines_ += '\n';
  lines_ += R"({"time":")";
  write_time();
  lines_ += R"(","event":"request",)";
  text::JsonWriter out(lines_);
  out.key("method").text(line.method).key("route").text(line.route).key("status").integer(line.status);
  out.key("request_bytes").integer(static_cast<std::int64_t>(line.request_bytes));
  out.key("response_bytes").integer(static_cast<std::int64_t>(line.response_bytes));
  out.key("took_us").integer(line.took.count());
  write_if(out, "cut_off", line.cut_off);
  write_if(out, "request_id", line.request_id);
  write_if(out, "trace_id", line.trace_id);
  write_if(out, "token", line.token);
  write_if(out, "target", line.target);
  out.end_object();
  if (lines_.size() >= handed_over_bytes) flush();
}

void AccessLog::flush() {
  if (lines_.empty()) return;
  spdlog::default_logger_raw()->log(spdlog::level::info, spdlog::string_view_t(lines_));
  lines_.clear();
}

void log_info(std::string_view event, std::string_view detail) { log_event(spdlog::level::info, event, detail); }

void log_error(std::string_view event, std::string_view detail) { log_event(spdlog::level::err, event, detail); }

}  // namespace kordon::server

#include "cli/summary.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "api/batch/doctor.hpp"

namespace kordon::cli {
namespace {

constexpr std::chrono::milliseconds redraw{200};
constexpr int bar_cells = 24;

/// 1,234,567.
std::string grouped(std::uint64_t number) {
  auto digits = fmt::format("{}", number);
  for (auto place = static_cast<std::ptrdiff_t>(digits.size()) - 3; place > 0; place -= 3) {
    digits.insert(static_cast<std::size_t>(place), 1, ',');
  }
  return digits;
}

std::string rate(std::uint64_t rows, double seconds) {
  return grouped(static_cast<std::uint64_t>(static_cast<double>(rows) / std::max(seconds, 1e-6)));
}

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * bar_cells);
  return fmt::format("[{:.<{}}]", std::string(full, '#'), bar_cells);
}

std::string errors_by_code(const api::Tally& tally) {
  std::string text;
  for (std::size_t i = 0; i < tally.by_code.size(); ++i) {
    if (tally.by_code[i] == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grouped(tally.by_code[i]),
                        api::row_of(static_cast<api::Code>(i)).name);
  }
  return text;
}

std::string verdicts(const api::Tally& tally) {
  std::string text;
  for (std::size_t i = 0; i < tally.by_verdict.size(); ++i) {
    if (tally.by_verdict[i] == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grouped(tally.by_verdict[i]),
                        policy::name_of(static_cast<policy::Verdict>(i)));
  }
  return text;
}

}  // namespace

std::string summary(const config::World& world, const api::Tally& tally, std::chrono::duration<double> took) {
  std::string text = fmt::format("{} rows in {:.2f} s, {} a second; {} in error\n", grouped(tally.rows), took.count(),
                                 rate(tally.rows, took.count()), grouped(tally.rows_in_error));
  if (tally.rows_in_error > 0) text += "errors: " + errors_by_code(tally) + '\n';
  if (tally.rows_in_error < tally.rows) text += "verdicts: " + verdicts(tally) + '\n';
  if (tally.without_column > 0) {
    text += fmt::format("note: {} values had no column in the answer; its columns are those of the first rows\n",
                        grouped(tally.without_column));
  }
  for (const auto& finding : api::diagnose(world, tally)) text += "look: " + finding + '\n';
  return text;
}

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO) == 1) {}

void ProgressLine::show(const Progress& progress) {
  const auto now = Clock::now();
  if (!terminal_ || now - shown_ < redraw) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  std::string line = "\r\x1b[K";
  if (progress.share) line += fmt::format("{} {:3.0f}%  ", bar(*progress.share), 100 * *progress.share);
  line += fmt::format("{} rows  {}/s  {} in error", grouped(progress.rows), rate(progress.rows, seconds),
                      grouped(progress.rows_in_error));
  std::fputs(line.c_str(), stderr);
}

void ProgressLine::clear() {
  if (terminal_) std::fputs("\r\x1b[K", stderr);
}

}  // namespace kordon::cli

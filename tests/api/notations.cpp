// Every text of notations.tsv through every door of the service, and the page docs/notations.md that says how each is
// read.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/api/batch_run.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;
using batch::Format;

namespace {

constexpr const char* page_file = KORDON_SOURCE_DIR "/docs/notations.md";

std::vector<std::string> texts() {
  std::vector<std::string> all;
  std::ifstream file(KORDON_SOURCE_DIR "/tests/evaluation/notations.tsv");
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    auto text = line.substr(0, line.find('\t'));
    const auto tab = text.find("\\t");
    if (tab != std::string::npos) text = text.substr(0, tab) + '\t' + text.substr(tab + 2);
    all.push_back(text);
  }
  return all;
}

std::string percent_encoded(const std::string& text) {
  std::string out;
  for (const char c : text) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

/// `position` as an answer has it, or the message of its error.
std::string said(const nlohmann::json& answer) {
  if (answer.contains("position")) return answer["position"].dump();
  const auto& errors = answer.contains("error") ? answer["error"]["errors"] : answer["errors"];
  return errors[0]["message"].get<std::string>();
}

std::string by_get(const std::string& text) {
  return said(nlohmann::json::parse(test::get("/v1/evaluate?position=" + percent_encoded(text)).body));
}

std::string by_post(const std::string& text) {
  const auto body = nlohmann::json::array({{{"position", text}}}).dump();
  return said(nlohmann::json::parse(test::post(body).body)["items"][0]);
}

std::string by_lines(Format from, const std::string& body) {
  const auto ran = test::run_batch({.from = from, .to = Format::ndjson, .query = "?detail=full"}, body);
  REQUIRE_MESSAGE(ran.status == 200, ran.out);
  return said(nlohmann::json::parse(ran.out));
}

std::string csv_cell(const std::string& text) {
  std::string cell = "\"";
  for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
  return cell + "\"";
}

/// A row of the page; bars and tabs would end a cell.
std::string row_of(const std::string& text, const std::string& answer) {
  std::string shown;
  for (const char c : text) shown += c == '|' ? std::string("\\|") : c == '\t' ? std::string(" ⇥ ") : std::string(1, c);
  const std::string code = shown.contains('`') ? "`` " + shown + " ``" : "`" + shown + "`";
  if (!answer.starts_with('{'))
    return fmt::format("| {} | refused: {} | |\n", code, answer.substr(0, answer.find("; expected")));
  const auto place = nlohmann::json::parse(answer);
  const double accuracy_m = place["accuracy_m"];
  return fmt::format("| {} | {} | {:.6f}, {:.6f}{} |\n", code, place["read_as"].get<std::string>(),
                     place["lat"].get<double>(), place["lon"].get<double>(),
                     accuracy_m > 0 ? fmt::format(" ± {:.1f} m", accuracy_m) : "");
}

std::string file_text(const char* name) {
  std::ostringstream text;
  text << std::ifstream(name, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a position text is the same by GET, POST, CSV and JSON lines, and docs/notations.md says how it is read") {
  std::string rows;
  for (const auto& text : texts()) {
    CAPTURE(text);
    const auto answer = by_get(text);
    CHECK(by_post(text) == answer);
    CHECK(by_lines(Format::csv, "position\n" + csv_cell(text) + "\n") == answer);
    CHECK(by_lines(Format::ndjson, nlohmann::json{{"position", text}}.dump() + "\n") == answer);
    rows += row_of(text, answer);
  }
  const auto page = file_text(page_file);
  const auto begin = page.find("| text |");
  REQUIRE(begin != page.npos);
  const auto end = std::min(page.find("\n\n", begin), page.size());
  const std::string table = "| text | read as | latitude, longitude |\n| --- | --- | --- |\n" + rows;
  if (std::getenv("KORDON_WRITE_DOCS") != nullptr) {
    std::ofstream(page_file, std::ios::binary)
        << page.substr(0, begin) << table << page.substr(std::min(end + 1, page.size()));
    return;
  }
  CHECK_MESSAGE(page.substr(begin, end + 1 - begin) == table, "write it again with KORDON_WRITE_DOCS=1");
}

#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "batch/place_columns.hpp"
#include "tests/api/batch_run.hpp"

namespace kordon::test {

/// Verdict and error code of the only row, or the code of the whole with the message.
inline std::string answer_of(const std::string& body, const std::string& query = {},
                             batch::Format from = batch::Format::csv) {
  const auto ran = run_batch({.from = from, .to = batch::Format::ndjson, .query = query}, body);
  if (ran.status != 200) return ran.out;
  const auto rows = read_answer(batch::Format::ndjson, ran.out);
  REQUIRE(rows.size() == 1);
  return rows[0].verdict + rows[0].error_code;
}

/// What is said of a header's columns.
inline std::vector<std::string> notices_of(const std::vector<std::string>& names) {
  const auto found = batch::find_place_columns({names, {}, false, false});
  REQUIRE(found);
  return found->notices;
}

}  // namespace kordon::test

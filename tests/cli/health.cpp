// What the environment states, and how a supervisor without a shell asks whether the service is ready.
#include <doctest/doctest.h>

#include <csignal>

#include "tests/cli/program.hpp"

using namespace kordon;
using kordon::test::run;

namespace {

/// What follows `key` in the log, up to the quote after it.
std::string logged(kordon::test::Program& program, const std::string& key) {
  const auto text = program.wait_for_output(key);
  const auto begin = text.find(key) + key.size();
  return text.substr(begin, text.find('"', begin) - begin);
}

std::string listening(kordon::test::Program& program) { return logged(program, R"("listening","detail":"http://)"); }

}  // namespace

TEST_CASE("a flag wins over the environment, the environment over the file") {
  kordon::test::Program by_environment({"serve"}, {"KORDON_LISTEN=127.0.0.2:0"});
  CHECK(listening(by_environment).starts_with("127.0.0.2:"));
  kordon::test::Program by_flag({"serve", "--listen", "127.0.0.3:0"}, {"KORDON_LISTEN=127.0.0.2:0"});
  CHECK(listening(by_flag).starts_with("127.0.0.3:"));
  kordon::test::Program with_admin({"serve"}, {"KORDON_LISTEN=127.0.0.1:0", "KORDON_ADMIN_LISTEN=127.0.0.4:0"});
  CHECK(logged(with_admin, R"("listening_admin","detail":"http://)").starts_with("127.0.0.4:"));
}

TEST_CASE("an environment that makes no sense is refused by name") {
  const auto endpoint = kordon::test::run({"serve"}, {"KORDON_LISTEN=here"});
  CHECK(endpoint.status == 1);
  CHECK(endpoint.err.contains("KORDON_LISTEN: is 'here'"));
  for (const std::string setting : {"KORDON_THREADS=-1", "KORDON_THREADS=4097", "KORDON_THREADS=two",
                                    "KORDON_THREADS=2.5", "KORDON_UNREADY_MS=1s", "KORDON_SHUTDOWN_MS=0"}) {
    CAPTURE(setting);
    const auto refused = kordon::test::run({"serve", "--listen", "127.0.0.1:0"}, {setting});
    CHECK(refused.status == 1);
    CHECK(refused.err.contains(setting.substr(0, setting.find('='))));
    CHECK(refused.err.contains("expected a whole number from"));
  }
}

TEST_CASE("health is good for a service that is ready, bad for one that stops or is not there") {
  kordon::test::Program program({"serve", "--listen", "127.0.0.1:0"}, {"KORDON_UNREADY_MS=60000"});
  const auto endpoint = listening(program);
  const auto ready = kordon::test::run({"health", "--listen", endpoint});
  CHECK(ready.status == 0);
  CHECK(ready.out == "ready\n");
  const auto port = endpoint.substr(endpoint.find(':'));
  CHECK(kordon::test::run({"health"}, {"KORDON_LISTEN=0.0.0.0" + port}).status == 0);
  CHECK(kordon::test::run({"health"}, {"KORDON_LISTEN=127.0.0.9:1", "KORDON_ADMIN_LISTEN=" + endpoint}).status == 0);

  program.signal(SIGTERM);
  program.wait_for_output("\"stopping\"");
  auto stopping = kordon::test::run({"health", "--listen", endpoint});
  for (int i = 0; i < 100 && stopping.status == 0; ++i) stopping = kordon::test::run({"health", "--listen", endpoint});
  CHECK(stopping.status == 1);
  CHECK(stopping.out == "not ready\n");
  program.signal(SIGTERM);
  program.finish();
  const auto gone = kordon::test::run({"health", "--listen", endpoint});
  CHECK(gone.status == 1);
  CHECK(gone.err.contains(endpoint));
}

#include <iostream>

#include "cli/commands.hpp"
#include "world/tokens.hpp"

namespace kordon::cli {

int token(const std::string& name) {
  const auto made = world::make_token(name);
  if (!made) {
    std::cerr << made.error() << '\n';
    return exit_bad;
  }
  std::cout << made->line << std::endl;
  std::cerr << "secret: " << made->secret << "\nIt is kept nowhere. The client sends: Authorization: Bearer <secret>\n";
  return std::cout ? exit_good : exit_bad;
}

}  // namespace kordon::cli

#pragma once

#include "server/address.hpp"

namespace kordon::server {

/// Caller: the client as far as its connection tells.
struct Caller {
  ClientAddress address;
  bool operators = false;  ///< came by the operators' own listener
  bool tls = false;
};

}  // namespace kordon::server

#include "python/binding/members.hpp"

#include <nanobind/stl/string.h>

namespace nb = nanobind;

namespace kordon::python {
namespace {

evaluation::Value value_of(nb::handle value) {
  if (value.is_none()) return evaluation::Null{};
  if (nb::isinstance<nb::bool_>(value)) return nb::cast<bool>(value);
  if (nb::isinstance<nb::int_>(value)) return nb::cast<double>(value);
  if (nb::isinstance<nb::float_>(value)) return nb::cast<double>(value);
  if (nb::isinstance<nb::str>(value)) return nb::cast<std::string>(value);
  return evaluation::Composite{};
}

}  // namespace

evaluation::Members members_of(const nb::list& stated) {
  evaluation::Members members;
  for (const auto entry : stated) {
    members.push_back({nb::cast<std::string>(entry[0]), value_of(entry[1]), nb::cast<bool>(entry[2])});
  }
  return members;
}

}  // namespace kordon::python

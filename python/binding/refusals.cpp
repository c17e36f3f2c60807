#include "python/binding/refusals.hpp"

namespace nb = nanobind;

namespace kordon::python {
namespace {

void raise(const char* exception, const nb::list& faults) {
  const auto type = nb::module_::import_("kordon.errors").attr(exception);
  PyErr_SetObject(type.ptr(), type(faults).ptr());
}

void translate(const std::exception_ptr& thrown, void*) {
  nb::list faults;
  try {
    std::rethrow_exception(thrown);
  } catch (const Refused& refused) {
    for (const auto& error : refused.errors) faults.append(tuple_of(error));
    raise("InputError", faults);
  } catch (const BadConfig& bad) {
    for (const auto& [where, message] : bad.faults) faults.append(nb::make_tuple(where.c_str(), message.c_str()));
    raise("ConfigError", faults);
  }
}

}  // namespace

nb::tuple tuple_of(const evaluation::FieldError& error) {
  const auto code = evaluation::row_of(error.code).name;
  return nb::make_tuple(nb::str(error.where.data(), error.where.size()), nb::str(code.data(), code.size()),
                        nb::str(error.message.data(), error.message.size()));
}

void register_refusals() { nb::register_exception_translator(translate); }

}  // namespace kordon::python

#include "python/binding/errors.hpp"

namespace nb = nanobind;

namespace kordon::python {
namespace {

void raise(const char* exception, const nb::list& errors) {
  const auto type = nb::module_::import_("kordon.errors").attr(exception);
  PyErr_SetObject(type.ptr(), type(errors).ptr());
}

void translate(const std::exception_ptr& thrown, void*) {
  nb::list errors;
  try {
    std::rethrow_exception(thrown);
  } catch (const Refused& refused) {
    for (const auto& error : refused.errors) errors.append(tuple_of(error));
    raise("InputError", errors);
  } catch (const BadConfig& bad) {
    for (const auto& [where, message] : bad.faults) errors.append(nb::make_tuple(where.c_str(), message.c_str()));
    raise("ConfigError", errors);
  }
}

}  // namespace

nb::tuple tuple_of(const evaluation::FieldError& error) {
  const auto code = evaluation::row_of(error.code).name;
  return nb::make_tuple(nb::str(error.where.data(), error.where.size()), nb::str(code.data(), code.size()),
                        nb::str(error.message.data(), error.message.size()));
}

void register_exceptions() { nb::register_exception_translator(translate); }

}  // namespace kordon::python

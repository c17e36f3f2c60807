#include <cstring>
#include <limits>

#include "python/binding/arrow_abi.hpp"
#include "python/binding/column.hpp"
#include "python/binding/errors.hpp"

namespace nb = nanobind;

namespace kordon::python {
namespace {

/// Owns one of the interface's structs: takes it out of its capsule, and releases it.
template <typename Struct>
class Taken {
 public:
  Taken() = default;
  explicit Taken(Struct& from) : held_(from) { from.release = nullptr; }
  Taken(const Taken&) = delete;
  Taken& operator=(const Taken&) = delete;
  ~Taken() {
    if (held_.release) held_.release(&held_);
  }

  Struct* operator->() { return &held_; }
  Struct* get() { return &held_; }

 private:
  Struct held_{};
};

using Array = std::shared_ptr<Taken<ArrowArray>>;

template <typename Struct>
Struct& struct_in(nb::handle capsule, const char* name) {
  auto* pointer = PyCapsule_GetPointer(capsule.ptr(), name);
  if (!pointer) nb::raise_python_error();
  return *static_cast<Struct*>(pointer);
}

template <typename Number>
std::shared_ptr<std::vector<double>> converted(const ArrowArray& array) {
  const auto* values = static_cast<const Number*>(array.buffers[1]) + array.offset;
  return std::make_shared<std::vector<double>>(values, values + array.length);
}

std::shared_ptr<std::vector<double>> converted(const ArrowArray& array, char format) {
  switch (format) {
    case 'f':
      return converted<float>(array);
    case 'c':
      return converted<std::int8_t>(array);
    case 'C':
      return converted<std::uint8_t>(array);
    case 's':
      return converted<std::int16_t>(array);
    case 'S':
      return converted<std::uint16_t>(array);
    case 'i':
      return converted<std::int32_t>(array);
    case 'I':
      return converted<std::uint32_t>(array);
    case 'l':
      return converted<std::int64_t>(array);
    case 'L':
      return converted<std::uint64_t>(array);
    case 'n':
      return std::make_shared<std::vector<double>>(static_cast<std::size_t>(array.length),
                                                   std::numeric_limits<double>::quiet_NaN());
    default:
      return nullptr;
  }
}

/// Adds one array to the column; false if it holds no numbers.
bool append(Column& column, const Array& owner, const ArrowSchema& schema) {
  const auto& array = *owner->get();
  if (array.length == 0) return true;
  if (std::strlen(schema.format) != 1 || schema.dictionary) return false;
  batch::columns::NumberChunk chunk;
  if (schema.format[0] == 'g') {
    const auto* values = static_cast<const double*>(array.buffers[1]) + array.offset;
    chunk.values = {values, static_cast<std::size_t>(array.length)};
    column.owners.push_back(owner);
  } else {
    const auto values = converted(array, schema.format[0]);
    if (!values) return false;
    chunk.values = *values;
    column.owners.insert(column.owners.end(), {owner, values});
  }
  if (array.null_count != 0 && array.n_buffers > 0) chunk.valid = static_cast<const std::uint8_t*>(array.buffers[0]);
  chunk.first_bit = static_cast<std::size_t>(array.offset);
  column.numbers.chunks.push_back(chunk);
  return true;
}

[[noreturn]] void refuse(const std::string& name, const ArrowSchema& schema) {
  throw Refused({{name, evaluation::Code::wrong_type,
                  "expected a column of numbers, got one of Arrow's format `" + std::string(schema.format) + "`"}});
}

Column from_stream(nb::handle source, const std::string& name) {
  const auto capsule = source.attr("__arrow_c_stream__")();
  Taken stream(struct_in<ArrowArrayStream>(capsule, stream_capsule));
  const auto check = [&](int error) {
    if (error == 0) return;
    const char* said = stream->get_last_error(stream.get());
    throw std::runtime_error(said ? said : "the Arrow stream failed");
  };
  Taken<ArrowSchema> schema;
  check(stream->get_schema(stream.get(), schema.get()));
  Column column;
  while (true) {
    const auto array = std::make_shared<Taken<ArrowArray>>();
    check(stream->get_next(stream.get(), array->get()));
    if (!(*array)->release) return column;
    if (!append(column, array, *schema.get())) refuse(name, *schema.get());
  }
}

}  // namespace

Column arrow_column(nb::handle source, const std::string& name) {
  if (!nb::hasattr(source, "__arrow_c_array__")) return from_stream(source, name);
  const auto capsules = nb::cast<nb::tuple>(source.attr("__arrow_c_array__")());
  Taken schema(struct_in<ArrowSchema>(capsules[0], schema_capsule));
  const auto array = std::make_shared<Taken<ArrowArray>>(struct_in<ArrowArray>(capsules[1], array_capsule));
  Column column;
  if (!append(column, array, *schema.get())) refuse(name, *schema.get());
  return column;
}

}  // namespace kordon::python

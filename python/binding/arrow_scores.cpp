#include "python/binding/arrow_scores.hpp"

#include <array>
#include <string>
#include <vector>

#include "batch/flat_answer.hpp"
#include "policy/evaluate.hpp"
#include "python/binding/arrow_abi.hpp"

namespace nb = nanobind;

namespace kordon::python {
namespace {

struct Field {
  const char* name;
  const char* format;
  const char* dictionary;  ///< format of the values that numbers stand for, or null
};

/// Codes are signed, as pandas needs them; that of a bad row's verdict, which is null, is then -1.
constexpr std::array<Field, 7> fields{{{"verdict", "c", "u"},
                                       {"margin_m", "g", nullptr},
                                       {"distance_m", "g", nullptr},
                                       {"nearest_lon", "g", nullptr},
                                       {"nearest_lat", "g", nullptr},
                                       {"regions", "i", "u"},
                                       {"error", "u", nullptr}}};

/// What a struct of the interface points to.
template <typename Struct>
struct Held {
  std::vector<std::unique_ptr<Struct>> children;
  std::vector<Struct*> child_pointers;
  std::unique_ptr<Struct> dictionary;
  std::vector<const void*> buffers;
  std::vector<std::shared_ptr<const void>> owners;
};

template <typename Struct>
void release(Struct* released) {
  const std::unique_ptr<Held<Struct>> held(static_cast<Held<Struct>*>(released->private_data));
  for (const auto& child : held->children) {
    if (child->release) child->release(child.get());
  }
  if (held->dictionary && held->dictionary->release) held->dictionary->release(held->dictionary.get());
  released->release = nullptr;
}

/// Lets the struct own what it points to.
template <typename Struct>
void hold(Struct& made, std::unique_ptr<Held<Struct>> held) {
  for (const auto& child : held->children) held->child_pointers.push_back(child.get());
  made.n_children = static_cast<std::int64_t>(held->children.size());
  made.children = held->child_pointers.data();
  made.dictionary = held->dictionary.get();
  made.release = release<Struct>;
  made.private_data = held.release();
}

template <typename Struct>
nb::object capsule_of(std::unique_ptr<Struct> made, const char* name) {
  const auto destroy = [](PyObject* capsule) {
    const std::unique_ptr<Struct> held(static_cast<Struct*>(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule))));
    if (held->release) held->release(held.get());
  };
  auto* capsule = PyCapsule_New(made.get(), name, destroy);
  if (!capsule) nb::raise_python_error();
  static_cast<void>(made.release());
  return nb::steal(capsule);
}

std::unique_ptr<ArrowSchema> schema_of(const char* name, const char* format, const char* dictionary = nullptr) {
  auto schema = std::make_unique<ArrowSchema>();
  schema->name = name;
  schema->format = format;
  schema->flags = arrow_nullable;
  auto held = std::make_unique<Held<ArrowSchema>>();
  if (dictionary) held->dictionary = schema_of("", dictionary);
  hold(*schema, std::move(held));
  return schema;
}

std::unique_ptr<ArrowSchema> batch_schema() {
  auto schema = std::make_unique<ArrowSchema>();
  schema->name = "";
  schema->format = "+s";
  auto held = std::make_unique<Held<ArrowSchema>>();
  for (const auto& [name, format, dictionary] : fields) held->children.push_back(schema_of(name, format, dictionary));
  hold(*schema, std::move(held));
  return schema;
}

using Bits = std::vector<std::uint8_t>;

/// An array of one buffer of values, `null_count` of them not valid.
std::unique_ptr<ArrowArray> array_of(std::size_t length, const void* values, std::shared_ptr<const void> owner,
                                     std::size_t null_count = 0, const std::shared_ptr<const Bits>& valid = {}) {
  auto array = std::make_unique<ArrowArray>();
  array->length = static_cast<std::int64_t>(length);
  array->null_count = static_cast<std::int64_t>(null_count);
  auto held = std::make_unique<Held<ArrowArray>>();
  held->buffers = {null_count > 0 ? valid->data() : nullptr, values};
  held->owners = {std::move(owner), valid};
  array->buffers = held->buffers.data();
  array->n_buffers = 2;
  hold(*array, std::move(held));
  return array;
}

struct Texts {
  std::vector<std::int32_t> ends{0};
  std::string bytes;

  void add(std::string_view text) {
    bytes += text;
    ends.push_back(static_cast<std::int32_t>(bytes.size()));
  }
};

std::unique_ptr<ArrowArray> text_array(const std::shared_ptr<const Texts>& texts, std::size_t null_count = 0,
                                       const std::shared_ptr<const Bits>& valid = {}) {
  auto array = array_of(texts->ends.size() - 1, texts->ends.data(), texts, null_count, valid);
  auto& held = *static_cast<Held<ArrowArray>*>(array->private_data);
  held.buffers.push_back(texts->bytes.data());
  array->buffers = held.buffers.data();
  array->n_buffers = 3;
  return array;
}

void set_dictionary(ArrowArray& array, const std::shared_ptr<const Texts>& texts) {
  auto& held = *static_cast<Held<ArrowArray>*>(array.private_data);
  held.dictionary = text_array(texts);
  array.dictionary = held.dictionary.get();
}

std::shared_ptr<const Texts> verdict_names() {
  auto texts = std::make_shared<Texts>();
  for (const auto verdict : {policy::Verdict::eligible, policy::Verdict::ineligible, policy::Verdict::indeterminate,
                             policy::Verdict::not_applicable}) {
    texts->add(policy::name_of(verdict));
  }
  return texts;
}

std::unique_ptr<ArrowArray> error_array(const batch::columns::ColumnScores& scores) {
  auto texts = std::make_shared<Texts>();
  texts->ends.reserve(scores.rows + 1);
  auto valid = std::make_shared<Bits>(scores.rows / 8 + 1);
  for (const auto& [row, errors] : scores.bad) {
    texts->ends.resize(row + 1, texts->ends.back());
    texts->add(batch::error_text(errors));
    (*valid)[row / 8] |= static_cast<std::uint8_t>(1U << (row % 8));
  }
  texts->ends.resize(scores.rows + 1, texts->ends.back());
  return text_array(texts, scores.rows - scores.bad.size(), valid);
}

std::unique_ptr<ArrowArray> batch_array(const std::shared_ptr<const batch::columns::ColumnScores>& scores) {
  const auto nulls = scores->bad.size();
  auto valid = std::make_shared<Bits>(nulls > 0 ? scores->rows / 8 + 1 : 0, std::uint8_t{0xFF});
  for (const auto& bad : scores->bad) (*valid)[bad.row / 8] &= static_cast<std::uint8_t>(~(1U << (bad.row % 8)));
  const auto column = [&](const void* values) { return array_of(scores->rows, values, scores, nulls, valid); };
  auto sets = std::make_shared<Texts>();
  for (const auto& text : scores->region_sets) sets->add(text);

  auto held = std::make_unique<Held<ArrowArray>>();
  held->children.push_back(column(scores->verdict.get()));
  set_dictionary(*held->children.back(), verdict_names());
  for (const auto* values :
       {&scores->margin_m, &scores->distance_m, &scores->nearest_lon_deg, &scores->nearest_lat_deg}) {
    held->children.push_back(column(values->get()));
  }
  held->children.push_back(column(scores->regions.get()));
  set_dictionary(*held->children.back(), sets);
  held->children.push_back(error_array(*scores));
  held->buffers = {nullptr};
  auto batch = std::make_unique<ArrowArray>();
  batch->length = static_cast<std::int64_t>(scores->rows);
  batch->n_buffers = 1;
  batch->buffers = held->buffers.data();
  hold(*batch, std::move(held));
  return batch;
}

}  // namespace

nb::tuple arrow_capsules(const std::shared_ptr<const batch::columns::ColumnScores>& scores) {
  auto schema = capsule_of(batch_schema(), schema_capsule);
  return nb::make_tuple(std::move(schema), capsule_of(batch_array(scores), array_capsule));
}

nb::object arrow_schema() { return capsule_of(batch_schema(), schema_capsule); }

}  // namespace kordon::python

#include "geo/atlas/proj_operations.hpp"

#include <cpl_string.h>
#include <ogr_srs_api.h>
#include <proj.h>

namespace kordon::geo::proj {
namespace {

struct DestroyFactory {
  void operator()(PJ_OPERATION_FACTORY_CONTEXT* context) const { proj_operation_factory_context_destroy(context); }
};

}  // namespace

void Destroy::operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
void Destroy::operator()(PJ* object) const { proj_destroy(object); }
void Destroy::operator()(PJ_OBJ_LIST* list) const { proj_list_destroy(list); }

Context make_context() {
  Context context(proj_context_create());
  proj_log_level(context.get(), PJ_LOG_NONE);
  char** folders = OSRGetPROJSearchPaths();
  int count = 0;
  while (folders != nullptr && folders[count] != nullptr) ++count;
  if (count > 0) proj_context_set_search_paths(context.get(), count, folders);
  CSLDestroy(folders);
  return context;
}

Objects operations(PJ_CONTEXT* context, const PJ* from, const PJ* to, const Extent* area, Ballpark ballpark) {
  const std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, DestroyFactory> factory(
      proj_create_operation_factory_context(context, nullptr));
  proj_operation_factory_context_set_spatial_criterion(context, factory.get(),
                                                       PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
  proj_operation_factory_context_set_grid_availability_use(context, factory.get(),
                                                           PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
  proj_operation_factory_context_set_allow_ballpark_transformations(context, factory.get(),
                                                                    ballpark == Ballpark::accept ? 1 : 0);
  if (area != nullptr) {
    proj_operation_factory_context_set_area_of_interest(context, factory.get(), area->min_x, area->min_y, area->max_x,
                                                        area->max_y);
  }
  return Objects(proj_create_operations(context, from, to, factory.get()));
}

Object first_of(PJ_CONTEXT* context, const Objects& list) {
  if (!list || proj_list_get_count(list.get()) == 0) return nullptr;
  return Object(proj_list_get(context, list.get(), 0));
}

Object normalized(PJ_CONTEXT* context, const Object& operation) {
  return operation ? Object(proj_normalize_for_visualization(context, operation.get())) : nullptr;
}

bool lies_on_surface(PJ_CONTEXT* context, const PJ* crs) {
  switch (proj_get_type(crs)) {
    case PJ_TYPE_GEOGRAPHIC_2D_CRS:
    case PJ_TYPE_GEOGRAPHIC_3D_CRS:
    case PJ_TYPE_PROJECTED_CRS:
      return true;
    case PJ_TYPE_BOUND_CRS:
      return lies_on_surface(context, Object(proj_get_source_crs(context, crs)).get());
    case PJ_TYPE_COMPOUND_CRS:
      return lies_on_surface(context, Object(proj_crs_get_sub_crs(context, crs, 0)).get());
    default:
      return false;
  }
}

double accuracy_of(PJ_CONTEXT* context, const PJ* operation) {
  const bool is_conversion = proj_get_type(operation) == PJ_TYPE_CONVERSION;
  return is_conversion ? 0 : proj_coordoperation_get_accuracy(context, operation);
}

}  // namespace kordon::geo::proj

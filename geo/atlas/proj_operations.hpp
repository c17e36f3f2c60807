#pragma once

#include <memory>

#include "geo/atlas/transformation.hpp"

struct PJconsts;
struct pj_ctx;
struct PJ_OBJ_LIST;

namespace kordon::geo::proj {

// PROJ's objects, and what is asked of its database: one context for one thread.

struct Destroy {
  void operator()(pj_ctx* context) const;
  void operator()(PJconsts* object) const;
  void operator()(PJ_OBJ_LIST* list) const;
};
using Context = std::unique_ptr<pj_ctx, Destroy>;
using Object = std::unique_ptr<PJconsts, Destroy>;
using Objects = std::unique_ptr<PJ_OBJ_LIST, Destroy>;

/// Silent, with PROJ's database where GDAL was told that it is.
Context make_context();

/// The operations that are known for an area, in degrees; the best one first. Operations that lack their grid are left
/// out.
Objects operations(pj_ctx* context, const PJconsts* from, const PJconsts* to, const Extent* area, Ballpark ballpark);

/// Null: the list is empty.
Object first_of(pj_ctx* context, const Objects& list);

/// In the order that drawings have: easting or longitude first.
Object normalized(pj_ctx* context, const Object& operation);

/// Of a system with a height, or with a shift to WGS 84 beside it, the system itself.
bool lies_on_surface(pj_ctx* context, const PJconsts* crs);

/// 95 %, metres, as its source states it; 0: exact, between coordinates of one datum; negative: not stated.
double accuracy_of(pj_ctx* context, const PJconsts* operation);

}  // namespace kordon::geo::proj

-- wrk: a random position in each request, so that no answer can be kept from the last.
math.randomseed(1)

function request()
  local lon = 33 + 8 * math.random()
  local lat = 48 + 4.5 * math.random()
  return wrk.format("GET", string.format("/v1/evaluate?lon=%.5f&lat=%.5f&at=2024-06-15T00:00:00Z", lon, lat))
end

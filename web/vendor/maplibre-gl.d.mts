// The build puts MapLibre's own module here.
export * from 'maplibre-gl';

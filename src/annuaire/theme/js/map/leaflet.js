// The pieces of Leaflet that the map uses, taken one by one: whole, it weighs half as much again. What is drawn is SVG, so
// that colours are those of the style sheet.
import { Map as LeafletMap } from "leaflet/src/map/Map.js";
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.Keyboard.js";
import "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";
import { DivIcon } from "leaflet/src/layer/marker/DivIcon.js";
import { LayerGroup } from "leaflet/src/layer/LayerGroup.js";
import { Marker } from "leaflet/src/layer/marker/Marker.js";
import { Polygon } from "leaflet/src/layer/vector/Polygon.js";
import { SVG } from "leaflet/src/layer/vector/SVG.js";
import { TileLayer } from "leaflet/src/layer/tile/TileLayer.js";

// Leaflet would choose between two ways of drawing; the other one is left out.
LeafletMap.include({ getRenderer: ({ options }) => options.renderer });

export { DivIcon, LayerGroup, LeafletMap, Marker, Polygon, SVG, TileLayer };

"""Page layout (コマ割り): a page's panels in, polygons in millimetres out."""

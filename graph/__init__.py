"""The state graph: phases, reviews, feedback, panels; wires ports to adapters."""

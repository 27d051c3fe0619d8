/* Counts calls of malloc and its like; preloaded by `bench allocations`. */

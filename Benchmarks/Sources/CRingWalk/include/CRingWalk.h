/* The peer of the ring benchmark: the walk of Sources/Model/Rings in C, over the same bytes, with the
 * same checks, giving the same checksum. Little-endian only, guest memory in one piece. */
#ifndef CRINGWALK_H
#define CRINGWALK_H

#include <stdbool.h>
#include <stdint.h>

struct ring_memory {
  const uint8_t *bytes;
  uint64_t start;
  uint64_t size;
};

struct ring_layout {
  uint32_t size;
  uint64_t descriptors;
  uint64_t driver_area;
  uint64_t device_area;
  bool allows_indirect;
  bool in_order;
};

/* What can end a chain, or be said of it. */
enum ring_fault {
  RING_NOT_BACKED = 1,
  RING_HEAD_OUT_OF_RANGE,
  RING_NEXT_OUT_OF_RANGE,
  RING_LOOP,
  RING_NESTED_INDIRECT,
  RING_INDIRECT_LENGTH,
  RING_INDIRECT_EMPTY,
  RING_INDIRECT_WITH_NEXT,
  RING_INDIRECT_NOT_NEGOTIATED,
  RING_INDIRECT_IN_CHAIN,
  RING_ADDRESS_WRAPS,
  RING_CHAIN_NOT_AVAILABLE,
};

/* Both walk every pending chain of a queue and return the checksum, begun at `sum`. */
uint64_t ring_walk_split(
    const struct ring_memory *memory, const struct ring_layout *layout, uint64_t sum);
uint64_t ring_walk_packed(
    const struct ring_memory *memory, const struct ring_layout *layout, uint64_t sum);

#endif

#include "CRingWalk.h"

#include <stddef.h>
#include <string.h>

enum { NEXT = 1, WRITE = 2, INDIRECT = 4, AVAILABLE = 1 << 7, USED = 1 << 15 };
enum {
  ZERO_LENGTH = 1,
  WRAPS = 2,
  OUTSIDE_MEMORY = 4,
  READABLE_AFTER_WRITABLE = 8,
  NEXT_NOT_IN_ORDER = 16,
  INDIRECT_FLAGS = 32,
};

struct descriptor {
  uint64_t address;
  uint32_t length;
  uint16_t flags;
  uint16_t link;
};

/* The bytes at a guest-physical address, or NULL when not all of them are in memory. */
static inline const uint8_t *at(const struct ring_memory *memory, uint64_t address, uint64_t count) {
  if (address < memory->start) return NULL;
  uint64_t place = address - memory->start;
  if (place > memory->size || memory->size - place < count) return NULL;
  return memory->bytes + place;
}

static inline bool read16(const struct ring_memory *memory, uint64_t address, uint16_t *value) {
  const uint8_t *bytes = at(memory, address, 2);
  if (!bytes) return false;
  memcpy(value, bytes, 2);
  return true;
}

static inline bool read_descriptor(
    const struct ring_memory *memory, uint64_t address, bool packed, struct descriptor *result) {
  const uint8_t *bytes = at(memory, address, 16);
  if (!bytes) return false;
  memcpy(&result->address, bytes, 8);
  memcpy(&result->length, bytes + 8, 4);
  memcpy(&result->flags, bytes + (packed ? 14 : 12), 2);
  memcpy(&result->link, bytes + (packed ? 12 : 14), 2);
  return true;
}

static inline uint64_t mix(uint64_t sum, uint64_t value) {
  return (sum << 1 | sum >> 63) + value;
}

static inline uint64_t mix_fault(uint64_t sum, uint32_t head, enum ring_fault fault) {
  return mix(sum, 0xfa0000 + fault + head);
}

/* Whether memory has only one end of a buffer. */
static inline bool is_cut(const struct ring_memory *memory, const struct descriptor *found) {
  uint64_t last = found->address + (found->length - 1);
  return (at(memory, found->address, 1) == NULL) != (at(memory, last, 1) == NULL);
}

static inline uint64_t mix_buffer(
    const struct ring_memory *memory, uint64_t sum, uint32_t head,
    const struct descriptor *found, uint32_t index, uint64_t problems, bool *saw_writable) {
  if (found->length == 0) {
    problems |= ZERO_LENGTH;
  } else if (found->address + (found->length - 1) < found->address) {
    problems |= WRAPS;
  } else if (is_cut(memory, found)) {
    problems |= OUTSIDE_MEMORY;
  }
  bool writable = found->flags & WRITE;
  if (*saw_writable && !writable) problems |= READABLE_AFTER_WRITABLE;
  *saw_writable |= writable;
  uint64_t shape = (uint64_t)found->length << 32 ^ (uint64_t)found->flags << 12 ^ index;
  return mix(sum, (found->address ^ shape ^ problems << 56) + head);
}

/* A fault of an indirect descriptor that ends the chain, or 0. */
static inline int refuse_table(const struct descriptor *found) {
  if (found->length == 0) return RING_INDIRECT_EMPTY;
  if (found->length % 16 != 0) return RING_INDIRECT_LENGTH;
  if (found->address + (found->length - 1) < found->address) return RING_ADDRESS_WRAPS;
  return 0;
}

/* What is wrong with an indirect descriptor whose table can be read all the same. */
static inline uint64_t mix_table(
    uint64_t sum, uint32_t head, const struct ring_layout *layout,
    const struct descriptor *found, bool behind_others) {
  if (found->flags & NEXT) return mix_fault(sum, head, RING_INDIRECT_WITH_NEXT);
  if (behind_others) return mix_fault(sum, head, RING_INDIRECT_IN_CHAIN);
  if (!layout->allows_indirect) return mix_fault(sum, head, RING_INDIRECT_NOT_NEGOTIATED);
  return sum;
}

static inline uint64_t walk_split_chain(
    const struct ring_memory *memory, const struct ring_layout *layout, uint16_t head,
    uint64_t sum) {
  uint64_t table = layout->descriptors;
  uint32_t limit = layout->size, left = limit, index = head;
  bool indirect = false, saw_writable = false;
  if (head >= layout->size) return mix_fault(sum, head, RING_HEAD_OUT_OF_RANGE);
  for (;;) {
    struct descriptor found;
    if (left-- == 0) return mix_fault(sum, head, RING_LOOP);
    if (!read_descriptor(memory, table + 16 * (uint64_t)index, false, &found))
      return mix_fault(sum, head, RING_NOT_BACKED);
    if (found.flags & INDIRECT) {
      if (indirect) return mix_fault(sum, head, RING_NESTED_INDIRECT);
      int fault = refuse_table(&found);
      if (fault) return mix_fault(sum, head, fault);
      table = found.address;
      limit = left = found.length / 16;
      index = 0;
      indirect = true;
      sum = mix_table(sum, head, layout, &found, false);
      continue;
    }
    uint64_t problems = 0;
    if (layout->in_order && found.flags & NEXT) {
      uint32_t behind = !indirect && index + 1 == layout->size ? 0 : index + 1;
      if (found.link != behind) problems = NEXT_NOT_IN_ORDER;
    }
    sum = mix_buffer(memory, sum, head, &found, index, problems, &saw_writable);
    if (!(found.flags & NEXT)) return sum;
    if (found.link >= limit) return mix_fault(sum, head, RING_NEXT_OUT_OF_RANGE);
    index = found.link;
  }
}

uint64_t ring_walk_split(
    const struct ring_memory *memory, const struct ring_layout *layout, uint64_t sum) {
  uint16_t used, available;
  if (!read16(memory, layout->device_area + 2, &used)) return sum;
  if (!read16(memory, layout->driver_area + 2, &available)) return sum;
  uint16_t pending = available - used;
  if (pending > layout->size) return sum;
  for (uint32_t offset = 0; offset < pending; offset++) {
    uint16_t position = used + offset, head;
    uint64_t slot = position & (layout->size - 1);
    if (!read16(memory, layout->driver_area + 4 + 2 * slot, &head)) continue;
    sum = walk_split_chain(memory, layout, head, sum);
  }
  return sum;
}

/* Walks one chain and tells how many slots it takes. */
static inline uint64_t walk_packed_chain(
    const struct ring_memory *memory, const struct ring_layout *layout, uint32_t head, bool wrap,
    uint32_t *taken, uint64_t sum) {
  uint32_t index = head;
  uint32_t left = layout->size;
  bool saw_writable = false;
  *taken = 0;
  for (;;) {
    struct descriptor found;
    if (left-- == 0) return mix_fault(sum, head, RING_LOOP);
    if (!read_descriptor(memory, layout->descriptors + 16 * (uint64_t)index, true, &found))
      return mix_fault(sum, head, RING_NOT_BACKED);
    ++*taken;
    if (!!(found.flags & AVAILABLE) != wrap || !!(found.flags & USED) == wrap)
      return mix_fault(sum, head, RING_CHAIN_NOT_AVAILABLE);
    if (found.flags & INDIRECT) {
      int fault = refuse_table(&found);
      if (fault) return mix_fault(sum, head, fault);
      sum = mix_table(sum, head, layout, &found, *taken > 1);
      for (uint32_t entry = 0; entry < found.length / 16; entry++) {
        struct descriptor inner;
        if (!read_descriptor(memory, found.address + 16 * (uint64_t)entry, true, &inner))
          return mix_fault(sum, head, RING_NOT_BACKED);
        uint64_t problems = inner.flags & ~WRITE ? INDIRECT_FLAGS : 0;
        sum = mix_buffer(memory, sum, head, &inner, entry, problems, &saw_writable);
      }
      return sum;
    }
    sum = mix_buffer(memory, sum, head, &found, index, 0, &saw_writable);
    if (!(found.flags & NEXT)) return sum;
    if (++index == layout->size) {
      index = 0;
      wrap = !wrap;
    }
  }
}

static inline uint32_t before(const struct ring_layout *layout, uint32_t slot, uint32_t count) {
  return slot >= count ? slot - count : slot + layout->size - count;
}

/* How many slots behind the used descriptor in `mark` are the rest of its chain. */
static uint32_t rest_of(
    const struct ring_memory *memory, const struct ring_layout *layout, uint32_t mark,
    uint32_t run) {
  struct descriptor used, next, last;
  if (run == 0) return 0;
  if (!read_descriptor(memory, layout->descriptors + 16 * (uint64_t)mark, true, &used)) return 0;
  if (!used.address && !used.length && !used.flags && !used.link) return 0;
  for (uint32_t length = 1; length <= run; length++) {
    uint64_t slot = (mark + length) % layout->size;
    if (!read_descriptor(memory, layout->descriptors + 16 * slot, true, &next)) return 0;
    if (next.flags & NEXT) continue;
    if (next.flags & INDIRECT || next.link != used.link) return 0;
    if (length > 1) return length;
    uint64_t place = before(layout, mark, 1);
    if (!read_descriptor(memory, layout->descriptors + 16 * place, true, &last)) return 1;
    return !(last.flags & AVAILABLE) == !(last.flags & USED) ? 0 : 1;
  }
  return 0;
}

uint64_t ring_walk_packed(
    const struct ring_memory *memory, const struct ring_layout *layout, uint64_t sum) {
  uint32_t size = layout->size, next_available = 0, run = 0;
  uint64_t flags_at = layout->descriptors + 14;
  uint16_t flags;
  /* The driver stands where AVAIL changes, */
  if (!read16(memory, flags_at, &flags)) return sum;
  uint16_t first = flags & AVAILABLE;
  for (uint32_t slot = 1; slot < size; slot++) {
    if (!read16(memory, flags_at + 16 * (uint64_t)slot, &flags)) return sum;
    if (!next_available && (flags & AVAILABLE) != first) next_available = slot;
  }
  bool wrap = next_available ? first != 0 : first == 0;
  /* the device behind the last used descriptor before it, and the rest of its chain. */
  while (run < size) {
    uint64_t slot = before(layout, next_available, run + 1);
    if (!read16(memory, flags_at + 16 * slot, &flags)) return sum;
    if (!(flags & AVAILABLE) == !(flags & USED)) break;
    run++;
  }
  uint32_t pending = run;
  if (run < size) pending -= rest_of(memory, layout, before(layout, next_available, run + 1), run);
  uint32_t slot = before(layout, next_available, pending);
  while (pending > 0) {
    uint32_t taken;
    bool chain_wrap = slot < next_available ? wrap : !wrap;
    sum = walk_packed_chain(memory, layout, slot, chain_wrap, &taken, sum);
    if (taken == 0) taken = 1;
    slot = (slot + taken) & (size - 1);
    pending = pending > taken ? pending - taken : 0;
  }
  return sum;
}

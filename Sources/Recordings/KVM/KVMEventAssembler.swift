public import Model

/// Makes accesses of KVM's records: joins what one access left in several records.
///
/// A read that user space serves shows twice, as it leaves (`unsatisfied-read`) and as it returns
/// with its value (`read`), and other threads' records may stand between, so both are joined by
/// thread. The access carries the number and place of the record that settles it, and the time of
/// the one that began it; accesses therefore come in the order of their record numbers. A read that
/// never returned comes out, its data unknown, at the record that shows this: the next access of
/// the same thread, a loss of events among which its return may be, or the end.
///
/// What KVM shows of an access over 8 bytes is its first 8 (`truncatedData`). The returning record
/// of such a read names an address behind the first one, because KVM advances it 8 bytes at a time;
/// the address of the record that left is the right one. A read that crosses a page leaves as its
/// first part and returns with the whole length.
public struct KVMEventAssembler: Sendable {
  /// A read that has left and not returned.
  private struct Pending {
    var thread: UInt64
    var address: UInt64
    var width: UInt32
    var time: Int64
    var cpu: UInt16
    var buffer: UInt16
  }

  /// Reads under way: one for each virtual CPU that is in user space, so a handful.
  private var pending: [Pending] = []
  private var last = KVMEvent.Place(record: 0, time: 0, location: 0, thread: 0, cpu: Access.noCPU)

  /// More threads than this never wait at once, but for damaged or made input.
  private static var pendingLimit: Int { 1024 }

  public init() {}

  /// Takes the next record, and hands `emit` the accesses that it settles: none, one, or two.
  @inline(__always)
  public mutating func take(
    _ event: KVMEvent, at place: KVMEvent.Place, emit: (Access) -> Void
  ) {
    last = place
    switch event.kind {
    case .mmioReadBegins:
      if let former = removePending(of: place.thread) { emit(abandoned(former)) }
      begin(event, at: place, emit: emit)
    case .mmioRead:
      let former = removePending(of: place.thread)
      if let former, !Self.completes(event, former) {
        emit(abandoned(former))
        emit(Self.access(of: event, at: place))
      } else {
        emit(Self.read(event, begun: former, at: place))
      }
    case .mmioWrite, .fastMMIO, .portRead, .portWrite:
      if !pending.isEmpty, let former = removePending(of: place.thread) {
        emit(abandoned(former))
      }
      emit(Self.access(of: event, at: place))
    case .message, .line:
      // Raised by any thread, that of a waiting virtual CPU too while it is in user space.
      emit(Self.access(of: event, at: place))
    }
  }

  /// Takes note that events of the CPU and buffer of `place` were lost before it: the return of a
  /// read that began there may be one of them, so what returns later is no longer joined with it.
  public mutating func lose(at place: KVMEvent.Place, emit: (Access) -> Void) {
    guard !pending.isEmpty else { return }
    last = place
    pending.removeAll { read in
      let isAffected =
        read.buffer == place.buffer
        && (read.cpu == place.cpu || read.cpu == Access.noCPU || place.cpu == Access.noCPU)
      if isAffected { emit(Self.abandoned(read, at: place)) }
      return isAffected
    }
  }

  /// Hands out the reads that the recording ends without completing.
  public mutating func finish(emit: (Access) -> Void) {
    for read in pending { emit(abandoned(read)) }
    pending.removeAll()
  }

  private mutating func begin(
    _ event: KVMEvent, at place: KVMEvent.Place, emit: (Access) -> Void
  ) {
    if pending.count >= Self.pendingLimit { emit(abandoned(pending.removeFirst())) }
    pending.append(
      Pending(
        thread: place.thread, address: event.address, width: event.width, time: place.time,
        cpu: place.cpu, buffer: place.buffer))
  }

  private mutating func removePending(of thread: UInt64) -> Pending? {
    for index in pending.indices where pending[index].thread == thread {
      let found = pending[index]
      pending.swapAt(index, pending.count - 1)
      pending.removeLast()
      return found
    }
    return nil
  }

  /// Whether `event` is the end of the read `former`: at its address, or further inside it.
  private static func completes(_ event: KVMEvent, _ former: Pending) -> Bool {
    let distance = event.address &- former.address
    return distance == 0 || distance < UInt64(max(former.width, event.width))
  }

  private static func read(
    _ event: KVMEvent, begun former: Pending?, at place: KVMEvent.Place
  ) -> Access {
    var access = access(of: event, at: place)
    guard let former else { return access }
    access.time = former.time
    access.address = former.address
    return access
  }

  private func abandoned(_ read: Pending) -> Access { Self.abandoned(read, at: last) }

  private static func abandoned(_ read: Pending, at place: KVMEvent.Place) -> Access {
    Access(
      kind: .mmio, record: place.record, time: read.time, location: place.location,
      address: read.address, width: read.width, flags: .unknownData, cpu: read.cpu)
  }

  private static func access(of event: KVMEvent, at place: KVMEvent.Place) -> Access {
    var access = Access(
      kind: .mmio, record: place.record, time: place.time, location: place.location,
      address: event.address, width: event.width, cpu: place.cpu)
    switch event.kind {
    case .mmioReadBegins, .mmioRead, .mmioWrite:
      access.value = masked(event.value, to: event.width)
      if event.kind == .mmioWrite { access.flags.insert(.toDevice) }
      if event.width > 8 { access.flags.insert(.truncatedData) }
    case .fastMMIO:
      access.flags = [.toDevice, .unknownData]
      access.width = 0
    case .portRead, .portWrite:
      access.kind = .portIO
      access.value = masked(event.value, to: event.width)
      if event.kind == .portWrite { access.flags.insert(.toDevice) }
      // A string instruction: KVM keeps the first element only.
      if event.count > 1 {
        access.code = event.count
        access.flags.insert(.truncatedData)
      }
    case .message:
      access.kind = .interrupt
      access.code = 1
      access.width = 4
      access.value = event.value & 0xffff_ffff
    case .line:
      access.kind = .interrupt
      access.code = 0
      access.width = 1
      access.value = event.value & 0xff
    }
    return access
  }

  /// The low `width` bytes of `value`.
  private static func masked(_ value: UInt64, to width: UInt32) -> UInt64 {
    width >= 8 ? value : value & ((1 << (UInt64(width) * 8)) &- 1)
  }
}

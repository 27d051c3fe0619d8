internal import Glibc

/// The events of one CPU as pages, each of which can be read once.
final class TracePipe {
  let cpu: UInt16
  private let descriptor: Descriptor
  private let pageSize: Int

  /// Pages that are read in one go.
  private static var limit: Int { 1024 }

  init(
    _ instance: TraceInstance, cpu: UInt16, pageSize: Int, _ system: TraceFS
  ) throws(RecordingError) {
    self.cpu = cpu
    self.pageSize = pageSize
    let path = "\(instance.path)/per_cpu/cpu\(cpu)/trace_pipe_raw"
    do throws(RecordingError) {
      descriptor = try Descriptor(polling: path)
    } catch {
      throw system.problem("read \(path)")
    }
  }

  /// Hands over the pages that are there, whole or begun; false when there are more than `limit`.
  func drain(_ take: ([UInt8]) -> Void) -> Bool {
    for _ in 0..<Self.limit {
      var count = 0
      let page = unsafe [UInt8](unsafeUninitializedCapacity: pageSize) { room, filled in
        // `read` fills no more than the room that it is given, and does not wait.
        count = unsafe read(descriptor.number, room.baseAddress, room.count)
        filled = max(count, 0)
      }
      guard count > 0 else { return true }
      take(page)
    }
    return false
  }
}

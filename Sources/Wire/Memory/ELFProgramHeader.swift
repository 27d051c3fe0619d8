/// One program header of an ELF file: where a range of memory lies in it.
public struct ELFProgramHeader: Equatable, Sendable {
  /// Offset in the file of this header.
  public var place: Int
  /// `p_type`.
  public var type: UInt32
  /// `p_offset`: where the segment's bytes begin in the file.
  public var offset: UInt64
  /// `p_paddr`.
  public var physicalAddress: UInt64
  /// `p_filesz`: how many bytes of the segment are in the file.
  public var fileSize: UInt64

  /// `p_type` of a segment of memory.
  public static var load: UInt32 { 1 }
}

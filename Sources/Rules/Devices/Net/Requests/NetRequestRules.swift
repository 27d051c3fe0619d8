import Model

/// Rules about the buffers, packets and commands of the network device, and which steps each one sees.
struct NetRequestRules: Area {
  private var rxBufSizeGSO = NetRxBufSizeGSO()
  private var rxBufSizePlain = NetRxBufSizePlain()
  private var rxBufMinHdr = NetRxBufMinHdr()
  private var ctrlRxNeedsCtrlRx = NetCtrlRxNeedsCtrlRx()
  private var ctrlRxNeedsExtra = NetCtrlRxNeedsExtra()
  private var macNeedsCtrlRx = NetMacNeedsCtrlRx()
  private var rssNeedsFeature = NetRSSNeedsFeature()
  private var coalNeedsNotfCoal = NetCoalNeedsNotfCoal()
  private var coalNeedsVqNotfCoal = NetCoalNeedsVqNotfCoal()
  private var hashTunnelNeedsFeature = NetHashTunnelNeedsFeature()
  private var mqPairsRange = NetMQPairsRange()
  private var offloadsNegotiatedOnly = NetOffloadsNegotiatedOnly()
  private var offloadsDataLen = NetOffloadsDataLen()
  private var macTableFormat = NetMacTableFormat()
  private var rssTablePow2 = NetRSSTablePow2()
  private var rssHashTypesSupported = NetRSSHashTypesSupported()
  private var ctrlShape = NetCtrlShape()
  private var txHdrSizeSameAsRx = NetTxHdrSizeSameAsRx()
  private var txNumBuffersZero = NetTxNumBuffersZero()
  private var txNoCsumFlagsZero = NetTxNoCsumFlagsZero()
  private var txNoDataValid = NetTxNoDataValid()
  private var txGSOTCPv4 = NetTxGSOTCPv4()
  private var txGSOTCPv6 = NetTxGSOTCPv6()
  private var txGSOUDP = NetTxGSOUDP()
  private var txGSONone = NetTxGSONone()
  private var txGSONeedsCsum = NetTxGSONeedsCsum()
  private var txGSOSizeSet = NetTxGSOSizeSet()
  private var ctrlAckValue = NetCtrlAckValue()
  private var rxNumBuffersOne = NetRxNumBuffersOne()
  private var rxNumBuffersMrg = NetRxNumBuffersMrg()
  private var rxNoGuestCsumFlags = NetRxNoGuestCsumFlags()
  private var rxGSOTCPv4 = NetRxGSOTCPv4()
  private var rxGSOTCPv6 = NetRxGSOTCPv6()
  private var rxGSOUDP = NetRxGSOUDP()

  mutating func judge(_ step: Transaction, in session: Session, _ out: inout Verdicts) {
    switch step.kind {
    case .bufferAvailable:
      out.run(&rxBufSizeGSO, step, session)
      out.run(&rxBufSizePlain, step, session)
      out.run(&rxBufMinHdr, step, session)
    case .requestMade:
      out.run(&ctrlRxNeedsCtrlRx, step, session)
      out.run(&ctrlRxNeedsExtra, step, session)
      out.run(&macNeedsCtrlRx, step, session)
      out.run(&rssNeedsFeature, step, session)
      out.run(&coalNeedsNotfCoal, step, session)
      out.run(&coalNeedsVqNotfCoal, step, session)
      out.run(&hashTunnelNeedsFeature, step, session)
      out.run(&mqPairsRange, step, session)
      out.run(&offloadsNegotiatedOnly, step, session)
      out.run(&offloadsDataLen, step, session)
      out.run(&macTableFormat, step, session)
      out.run(&rssTablePow2, step, session)
      out.run(&rssHashTypesSupported, step, session)
      out.run(&ctrlShape, step, session)
      out.run(&txHdrSizeSameAsRx, step, session)
      out.run(&txNumBuffersZero, step, session)
      out.run(&txNoCsumFlagsZero, step, session)
      out.run(&txNoDataValid, step, session)
      out.run(&txGSOTCPv4, step, session)
      out.run(&txGSOTCPv6, step, session)
      out.run(&txGSOUDP, step, session)
      out.run(&txGSONone, step, session)
      out.run(&txGSONeedsCsum, step, session)
      out.run(&txGSOSizeSet, step, session)
    case .requestAnswered:
      out.run(&ctrlAckValue, step, session)
      out.run(&rxNumBuffersOne, step, session)
      out.run(&rxNumBuffersMrg, step, session)
      out.run(&rxNoGuestCsumFlags, step, session)
      out.run(&rxGSOTCPv4, step, session)
      out.run(&rxGSOTCPv6, step, session)
      out.run(&rxGSOUDP, step, session)
    default:
      // No rule about what a chain holds looks at the rest.
      break
    }
  }

  mutating func conclude(_ session: Session, end: SessionEnd, _ out: inout Verdicts) {}

  var rules: [(type: any Rule.Type, tally: Tally)] {
    [
      (NetRxBufSizeGSO.self, rxBufSizeGSO.tally),
      (NetRxBufSizePlain.self, rxBufSizePlain.tally),
      (NetRxBufMinHdr.self, rxBufMinHdr.tally),
      (NetCtrlRxNeedsCtrlRx.self, ctrlRxNeedsCtrlRx.tally),
      (NetCtrlRxNeedsExtra.self, ctrlRxNeedsExtra.tally),
      (NetMacNeedsCtrlRx.self, macNeedsCtrlRx.tally),
      (NetRSSNeedsFeature.self, rssNeedsFeature.tally),
      (NetCoalNeedsNotfCoal.self, coalNeedsNotfCoal.tally),
      (NetCoalNeedsVqNotfCoal.self, coalNeedsVqNotfCoal.tally),
      (NetHashTunnelNeedsFeature.self, hashTunnelNeedsFeature.tally),
      (NetMQPairsRange.self, mqPairsRange.tally),
      (NetOffloadsNegotiatedOnly.self, offloadsNegotiatedOnly.tally),
      (NetOffloadsDataLen.self, offloadsDataLen.tally),
      (NetMacTableFormat.self, macTableFormat.tally),
      (NetRSSTablePow2.self, rssTablePow2.tally),
      (NetRSSHashTypesSupported.self, rssHashTypesSupported.tally),
      (NetCtrlShape.self, ctrlShape.tally),
      (NetTxHdrSizeSameAsRx.self, txHdrSizeSameAsRx.tally),
      (NetTxNumBuffersZero.self, txNumBuffersZero.tally),
      (NetTxNoCsumFlagsZero.self, txNoCsumFlagsZero.tally),
      (NetTxNoDataValid.self, txNoDataValid.tally),
      (NetTxGSOTCPv4.self, txGSOTCPv4.tally),
      (NetTxGSOTCPv6.self, txGSOTCPv6.tally),
      (NetTxGSOUDP.self, txGSOUDP.tally),
      (NetTxGSONone.self, txGSONone.tally),
      (NetTxGSONeedsCsum.self, txGSONeedsCsum.tally),
      (NetTxGSOSizeSet.self, txGSOSizeSet.tally),
      (NetCtrlAckValue.self, ctrlAckValue.tally),
      (NetRxNumBuffersOne.self, rxNumBuffersOne.tally),
      (NetRxNumBuffersMrg.self, rxNumBuffersMrg.tally),
      (NetRxNoGuestCsumFlags.self, rxNoGuestCsumFlags.tally),
      (NetRxGSOTCPv4.self, rxGSOTCPv4.tally),
      (NetRxGSOTCPv6.self, rxGSOTCPv6.tally),
      (NetRxGSOUDP.self, rxGSOUDP.tally),
    ]
  }
}

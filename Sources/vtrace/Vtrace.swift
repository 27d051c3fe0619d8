@main struct Vtrace { static func main() {} }
